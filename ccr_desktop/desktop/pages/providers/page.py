"""The page of providers: the list, the choice of a new one, and the form of one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ccr_desktop.desktop.pages.providers.list_view import ProvidersList

if TYPE_CHECKING:
    from ccr_desktop.desktop.pages.providers.add_view import AddProvider
    from ccr_desktop.desktop.pages.providers.form_view import ProviderForm


class ProvidersPage(QStackedWidget):
    """One of three views at a time; the form and the choice come up when they are wanted."""

    detail_wanted = Signal(str)
    """What the window was asked to show here: `add`, or the name of a provider."""

    setting_wanted = Signal(str)
    """The key of a setting whose field is to be seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("providers-page")
        self.list = ProvidersList()
        self.addWidget(self.list)
        self.setFocusProxy(self.list.rows)
        self._adding: AddProvider | None = None
        self._form: ProviderForm | None = None

    @property
    def adding(self) -> AddProvider:
        """Loaded and made when it is wanted first, as is the form: the list opens at once."""
        from ccr_desktop.desktop.pages.providers.add_view import AddProvider  # noqa: PLC0415

        if self._adding is None:
            self._adding = AddProvider()
            self.addWidget(self._adding)
        return self._adding

    @property
    def form(self) -> ProviderForm:
        from ccr_desktop.desktop.pages.providers.form_view import ProviderForm  # noqa: PLC0415

        if self._form is None:
            self._form = ProviderForm()
            self.addWidget(self._form)
        return self._form

    def show_list(self) -> None:
        self.setCurrentWidget(self.list)
        self.list.rows.setFocus()

    def show_adding(self) -> None:
        self.setCurrentWidget(self.adding)
        self.adding.search.setFocus()

    def show_form(self) -> None:
        self.setCurrentWidget(self.form)
        self.form.focus_first()

    def show_setting(self, key: str) -> None:
        self.setting_wanted.emit(key)

    def show_detail(self, detail: str) -> None:
        self.detail_wanted.emit(detail)
