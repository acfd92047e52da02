"""The fields of the network proxy: none, the system's, or one of one's own with its login."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ccr_desktop.desktop.carrying import Draft
from ccr_desktop.desktop.pages.settings.rows import ChoiceRow
from ccr_desktop.desktop.setting_places import row_name, title_of
from ccr_desktop.desktop.tokens import M
from ccr_desktop.desktop.unsaved import Unsaved
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.secret_field import SecretField

NONE, SYSTEM, OWN = "none", "system", "own"


class ProxyFields(QWidget):
    """`mode_wanted(str)` at once; `use_wanted` for what is in the fields of an own proxy."""

    mode_wanted = Signal(str)
    use_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        modes = [
            (NONE, self.tr("None")),
            (SYSTEM, self.tr("As the system")),
            (OWN, self.tr("Own")),
        ]
        self.mode = ChoiceRow(title_of("PROXY_URL"), modes)
        self.mode.setObjectName(row_name("PROXY_URL"))
        self.address = QLineEdit()
        self.address.setObjectName("proxy-address")
        self.address.setPlaceholderText("http://proxy.example:8080")
        self.user = QLineEdit()
        self.user.setObjectName("proxy-user")
        self.password = SecretField()
        self.password.edit.setObjectName("proxy-password")
        self.use = PlainButton(self.tr("Use this proxy"))
        self.use.setObjectName("use-proxy")
        words = self.tr("http://, https://, socks5://, socks5h://, socks4:// or socks4a://")
        self.address_row = FormRow(self.tr("Address"), self.address, words)
        self._own = QWidget()
        self._in_use: tuple[str, str, str] | None = None
        self._is_begun = False
        self._mode = NONE
        Unsaved(self, lambda: title_of("PROXY_URL"), self.has_changes, "settings/network")
        Draft(self, "own-proxy", lambda: self._is_begun or None, lambda _: self._show_own())
        self._lay_out()
        self.mode.wanted.connect(self.mode_wanted)
        self.use.clicked.connect(self.use_wanted)
        for edit in (self.address, self.user, self.password.edit):
            edit.returnPressed.connect(self.use_wanted)

    def has_changes(self) -> bool:
        """Whether something stands in the fields that is not in use."""
        address, user, _ = self._in_use or ("", "", "")
        typed = (self.address.text().strip(), self.user.text().strip())
        return typed != (address, user) or bool(self.password.text())

    def show_mode(self, mode: str, help_text: str) -> None:
        """The fields of an own proxy that was begun stay: another setting may have changed."""
        if self._is_begun and mode != self._mode:
            self._is_begun = False
        self._mode = mode
        self.mode.show_value(OWN if self._is_begun else mode)
        self.mode.show_help(help_text)
        self._own.setVisible(self._is_begun or mode == OWN)

    def end_own(self) -> None:
        """Another way was chosen: what was begun is gone."""
        self._is_begun, self._in_use = False, None

    def show_proxy(self, address: str, user: str, stored: str) -> None:
        """What is in use; *stored* says where its password is. What is typed stays until then."""
        if self._in_use == (address, user, stored):
            return
        self._in_use = (address, user, stored)
        self.address.setText(address)
        self.user.setText(user)
        self.password.clear()
        self.password.set_stored(stored)
        self.address_row.clear_error()

    def begin_own(self) -> None:
        """Nothing is written before there is an address."""
        self._show_own()
        self.address.setFocus()

    def _show_own(self) -> None:
        self._is_begun = self._mode != OWN
        self.mode.show_value(OWN)
        self._own.show()

    def _lay_out(self) -> None:
        own = QVBoxLayout(self._own)
        own.setContentsMargins(0, 0, 0, 0)
        own.setSpacing(M)
        own.addWidget(self.address_row)
        own.addWidget(FormRow(self.tr("User name, if it wants one"), self.user))
        own.addWidget(FormRow(self.tr("Password"), self.password))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.use)
        own.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(M)
        column.addWidget(self.mode)
        column.addWidget(self._own)
