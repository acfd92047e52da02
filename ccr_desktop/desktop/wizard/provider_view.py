"""The second step: who shall answer. Servers found here come first, then well-known providers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ccr_desktop.desktop.tokens import M
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.labels import BodyText, HelpText
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.search_field import SearchField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.desktop.widgets.rows import Row

_LEAST_HIGH = 100


class ProviderView(QWidget):
    """`searched` while something is typed, `selected` and `opened` with the key of a row."""

    searched = Signal(str)
    selected = Signal(str)
    opened = Signal(str)
    address_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("fills", True)  # the list takes what room there is
        self.search = SearchField(self.tr("Search providers"))
        self.search.setObjectName("wizard-search")
        self.list = RowList(self.tr("Providers"))
        self.list.setObjectName("wizard-providers")
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.about = HelpText()
        self.address = QLineEdit()
        self.address.setObjectName("wizard-address")
        self.address.setPlaceholderText("https://api.example.com/v1")
        self.address_row = FormRow(
            self.tr("Address"),
            self.address,
            self.tr("Of any server that speaks OpenAI's or Anthropic's language."),
        )
        self.address_row.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(M)
        for part in (
            BodyText(self.tr("Who shall answer? You can add others later.")),
            self.search,
            self.list,
            self.about,
            self.address_row,
        ):
            column.addWidget(part)
        column.setStretchFactor(self.list, 1)
        column.addStretch()  # below the address, which stands by the rows there are
        self.setFocusProxy(self.search)
        self.search.searched.connect(self.searched)
        self.search.down_pressed.connect(self._into_list)
        self.search.enter_pressed.connect(self._open_first)
        self.list.selected.connect(self.selected)
        self.list.opened.connect(self.opened)
        self.address.textChanged.connect(self.address_changed)

    def show_rows(self, rows: Sequence[Row]) -> None:
        self.list.set_rows(rows)
        high = self.list.height_of_rows()
        self.list.setMinimumHeight(min(high, _LEAST_HIGH))
        self.list.setMaximumHeight(high)

    def show_about(self, text: str, *, wants_address: bool) -> None:
        self.about.setText(text)
        self.about.setVisible(bool(text))
        self.address_row.setVisible(wants_address)

    def _into_list(self) -> None:
        if not self.list.current_key():
            self.list.setCurrentIndex(self.list.rows.index(0))
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _open_first(self) -> None:
        key = self.list.current_key()
        rows = self.list.rows.rows
        if not key and rows:
            key = rows[0].key
            self.list.select(key)
        if key:
            self.opened.emit(key)
