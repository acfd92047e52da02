"""A field to look for things with."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ccr_desktop.desktop.icons import icon


class SearchField(QLineEdit):
    """Escape empties it, Down goes to what was found, Enter takes the first of it.

    Without `empties` Escape is left to what is around it.
    """

    searched = Signal(str)
    down_pressed = Signal()
    enter_pressed = Signal()

    def __init__(
        self, placeholder: str = "", parent: QWidget | None = None, *, empties: bool = True
    ) -> None:
        super().__init__(parent)
        self._empties = empties
        words = placeholder or self.tr("Search")
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        leading = QLineEdit.ActionPosition.LeadingPosition
        trailing = QLineEdit.ActionPosition.TrailingPosition
        self.addAction(icon("search", "secondary"), leading)
        self._clear = self.addAction(icon("x", "secondary"), trailing)
        self._clear.setToolTip(self.tr("Clear"))
        self._clear.setVisible(False)
        self._clear.triggered.connect(self.clear)
        self.textChanged.connect(self._tell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape if self._empties and self.text():
                self.clear()
            case Qt.Key.Key_Down:
                self.down_pressed.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.enter_pressed.emit()
            case _:
                super().keyPressEvent(event)

    def _tell(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self.searched.emit(text.strip())
