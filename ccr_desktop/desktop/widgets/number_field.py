"""A field for a whole number."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget

from ccr_desktop.desktop.tokens import S


class NumberField(QSpinBox):
    """`valueChanged(int)` tells; the wheel scrolls the page unless the cursor is here."""

    def __init__(
        self, least: int, most: int, parent: QWidget | None = None, *, suffix: str = ""
    ) -> None:
        super().__init__(parent)
        self.setRange(least, most)
        self.setSuffix(suffix)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(S, 0, 0, 0)  # style sheets do not reach it

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
