"""A field for a time of the day."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QTimeEdit, QWidget

from ccr_desktop.desktop.tokens import S

TIME_FORMAT = "HH:mm"


class TimeField(QTimeEdit):
    """`timeChanged` tells; the wheel scrolls the page unless the cursor is here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDisplayFormat(TIME_FORMAT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(S, 0, 0, 0)  # style sheets do not reach it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit replaces hours or minutes; Qt takes none unless one of them is selected alone."""
        if event.text().isdigit() and len(self.lineEdit().text()) == len(TIME_FORMAT):
            is_all = self.lineEdit().selectedText() == self.lineEdit().text()
            hours = QTimeEdit.Section.HourSection
            self.setSelectedSection(hours if is_all else self.currentSection())
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
