"""A field for a key: masked, and never filled with one that is stored."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ccr_desktop.desktop.tokens import XS, S
from ccr_desktop.desktop.widgets.buttons import IconButton, PlainButton
from ccr_desktop.desktop.widgets.labels import HelpText


class SecretField(QWidget):
    """`changed` while it is typed, `pasted` when a whole key came at once."""

    changed = Signal(str)
    pasted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QLineEdit()
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.show_button = IconButton("eye", self.tr("Show while held"))
        self.paste_button = PlainButton(self.tr("Paste"), "clipboard-paste")
        self._stored = HelpText()
        self._stored.hide()
        self.setFocusProxy(self.edit)
        row = QHBoxLayout()
        row.setSpacing(S)
        row.addWidget(self.edit, 1)
        row.addWidget(self.show_button)
        row.addWidget(self.paste_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(XS)
        column.addLayout(row)
        column.addWidget(self._stored)
        self._connect()

    def text(self) -> str:
        return self.edit.text().strip()

    def clear(self) -> None:
        self.edit.clear()

    def set_placeholder(self, text: str) -> None:
        self.edit.setPlaceholderText(text)

    def set_stored(self, where: str) -> None:
        """Say where the present key lies; empty if there is none."""
        self._stored.setText(self.tr("Stored in: %s") % where if where else "")
        self._stored.setVisible(bool(where))
        self.edit.setPlaceholderText(self.tr("Stored. Type to replace it.") if where else "")

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.edit.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        super().setAccessibleDescription(description)
        self.edit.setAccessibleDescription(description)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving the button in any way hides the key again."""
        if event.type() in {QEvent.Type.FocusOut, QEvent.Type.Hide}:
            self._show_key(False)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.edit.text():
            self.edit.clear()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self.edit.textChanged.connect(lambda _text: self.changed.emit(self.text()))
        self.show_button.pressed.connect(lambda: self._show_key(True))
        self.show_button.released.connect(lambda: self._show_key(False))
        self.show_button.installEventFilter(self)
        self.paste_button.clicked.connect(self._paste)

    def _show_key(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode
        self.edit.setEchoMode(mode.Normal if shown else mode.Password)
        self.show_button.set_icon("eye-off" if shown else "eye")

    def _paste(self) -> None:
        text = QGuiApplication.clipboard().text().strip()
        if text:
            self.edit.setText(text)
            self.edit.setFocus()
            self.pasted.emit(text)
