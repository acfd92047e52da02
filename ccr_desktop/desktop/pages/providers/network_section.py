"""The way to a provider: a proxy of its own, and how long it may take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from ccr_desktop.core.config.schema import Timeouts
from ccr_desktop.core.setup.secret_fields import find_secrets
from ccr_desktop.desktop.pages.providers.section import (
    Section,
    line,
    number_or_text,
    put_text,
    text_of,
)
from ccr_desktop.desktop.tokens import M
from ccr_desktop.desktop.widgets.form_row import FormRow

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject


class NetworkSection(Section):
    """Empty fields mean what is usual, which they show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.proxy = line("proxy", self.tr("as for all providers"))
        help_text = self.tr(
            "http://, https://, socks5://, socks5h://, socks4:// or socks4a://; “none” goes"
            " without one."
        )
        self.add_row("proxy_url", FormRow(self.tr("Network proxy"), self.proxy, help_text))
        self.limits = {name: self._limit(name) for name in self._names()}
        grid = QGridLayout()
        grid.setHorizontalSpacing(M)
        grid.setVerticalSpacing(M)
        for number, (name, edit) in enumerate(self.limits.items()):
            row = self.add_row(f"timeout.{name}", FormRow(self._names()[name], edit))
            grid.addWidget(row, number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        self.column.addLayout(grid)
        self.proxy.textChanged.connect(lambda _text: self._proxy_changed())

    def show_entry(self, entry: JsonObject) -> None:
        self.proxy.setText(text_of(entry.get("proxy_url")))
        found = entry.get("timeout")
        said = found if isinstance(found, dict) else {}
        for name, edit in self.limits.items():
            edit.setText(text_of(said.get(name)))

    def put(self, entry: JsonObject) -> None:
        put_text(entry, "proxy_url", self.proxy.text())
        found = entry.get("timeout")
        said = dict(found) if isinstance(found, dict) else {}
        before = dict(said)
        for name, edit in self.limits.items():
            text = edit.text().strip()
            if text == text_of(said.get(name)):
                continue
            if text:
                said[name] = number_or_text(text)
            else:
                said.pop(name, None)
        if said == before:
            return
        if said:
            entry["timeout"] = said
        else:
            entry.pop("timeout", None)

    def _names(self) -> dict[str, str]:
        return {
            "connect_s": self.tr("Seconds until a connection stands"),
            "first_byte_s": self.tr("Seconds until an answer begins"),
            "idle_s": self.tr("Seconds of silence within an answer"),
            "total_s": self.tr("Seconds for the whole answer"),
        }

    def _limit(self, name: str) -> QLineEdit:
        usual = getattr(Timeouts(), name)
        edit = line(name, f"{usual:g}" if usual else self.tr("no limit"))
        edit.textChanged.connect(lambda _text: self.changed.emit())
        return edit

    def _proxy_changed(self) -> None:
        """A password within the address is not for everybody's eyes."""
        mode = QLineEdit.EchoMode
        is_secret = any(find_secrets({"proxy": self.proxy.text()}))
        self.proxy.setEchoMode(mode.Password if is_secret else mode.Normal)
        self.changed.emit()
