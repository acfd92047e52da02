"""A field for a whole number."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget

from ccr_desktop.desktop.tokens import NUMBER_WIDTH, S
from ccr_desktop.desktop.widgets.behind import KeepsNumber

FARTHEST = 2**31 - 1  # more is no number for Qt's field


class NumberField(KeepsNumber, QSpinBox):
    """`valueChanged(int)` tells; the wheel scrolls the page unless the cursor is here."""

    def __init__(
        self, least: int, most: int, parent: QWidget | None = None, *, suffix: str = ""
    ) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self.setRange(least, most)
        self.setSuffix(suffix)
        self.setMinimumWidth(NUMBER_WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.keep_behind(self.textChanged)
        self.lineEdit().setTextMargins(S, 0, 0, 0)  # style sheets do not reach it

    def show_number(self, value: int) -> None:
        """Show what is so, also beyond what can be chosen here."""
        shown = max(-FARTHEST, min(value, FARTHEST))
        self.setRange(min(self._least, shown), max(self._most, shown))
        self.show_value(shown)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
