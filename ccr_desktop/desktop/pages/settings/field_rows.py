"""Settings that are a text: the field stands below its name, as wide as the card."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ccr_desktop.desktop import lists
from ccr_desktop.desktop.dialogs import pick_file
from ccr_desktop.desktop.pages.settings.rows import SettingRow
from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.buttons import PlainButton

if TYPE_CHECKING:
    from ccr_desktop.desktop.bridge import Bridge

_COMMA = re.compile("[,，、]")


class TextRow(SettingRow):
    """`wanted` once the text is finished, not while it is typed; empty: the default counts."""

    wanted = Signal(object)

    def __init__(
        self, title: str, help_text: str = "", placeholder: str = "", beside: QWidget | None = None
    ) -> None:
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(title)
        self._shown = ""
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S)
        row.addWidget(self.edit, 1)
        if beside:
            row.addWidget(beside)
        super().__init__(title, help_text, line, is_below=True)
        line.setFocusProxy(self.edit)
        self.edit.editingFinished.connect(self._tell)

    def show_value(self, value: Any) -> None:
        """A text that is being typed is left alone."""
        was_touched = self.edit.text() != self._shown
        self._shown = self.as_text(value)
        if not (self.edit.hasFocus() and was_touched):
            self.edit.setText(self._shown)

    def words(self, value: object) -> str:
        """What was done, for the undo."""
        text = self.as_text(value) or self.tr("as usual")
        return lists.titled(self.title, text)

    def as_text(self, value: Any) -> str:
        """What the field shows of *value*."""
        return "" if value is None else str(value)

    def as_value(self, text: str) -> Any:
        """What is written into the file; None takes the setting out of it."""
        return text or None

    def _tell(self) -> None:
        text = self.edit.text().strip()
        if text != self._shown:
            self._shown = text
            self.wanted.emit(self.as_value(text))


class ListRow(TextRow):
    """A few words, with commas between them, Chinese or not."""

    def as_text(self, value: Any) -> str:
        return lists.names(map(str, value)) if isinstance(value, list | tuple) else ""

    def as_value(self, text: str) -> Any:
        return [word for part in _COMMA.split(text) if (word := part.strip())] or None


class PathRow(TextRow):
    """A file that can be typed, or picked: *kinds* is Qt's filter, `Text (*.txt)`."""

    def __init__(self, bridge: Bridge, title: str, help_text: str = "", kinds: str = "") -> None:
        self.choose = PlainButton(QCoreApplication.translate("Settings", "Choose…"), "folder-open")
        super().__init__(
            title, help_text, QCoreApplication.translate("Settings", "None"), self.choose
        )
        self.choose.setAccessibleName(self.tr("Choose: {title}").format(title=title))
        self._bridge = bridge
        self._kinds = kinds
        self.choose.clicked.connect(self._pick)

    def _pick(self) -> None:
        self._bridge.do(self._picked(), self.tr("Choosing a file"))

    async def _picked(self) -> None:
        if path := await pick_file(self.window(), self.title, self._kinds):
            self.wanted.emit(str(path))
