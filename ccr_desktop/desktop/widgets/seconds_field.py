"""A field for seconds, whole or not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from ccr_desktop.desktop.tokens import NUMBER_WIDTH, S
from ccr_desktop.desktop.widgets.behind import KeepsNumber

_DECIMALS = 2


class SecondsField(KeepsNumber, QDoubleSpinBox):
    """Shows `5 s` and `0.25 s`; the wheel scrolls the page unless the cursor is here."""

    def __init__(self, least: float, most: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDecimals(_DECIMALS)
        self._least, self._most = least, most
        self.setRange(least, most)
        self.setSuffix(self.tr(" s"))
        self.setMinimumWidth(NUMBER_WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.keep_behind(self.textChanged)
        self.lineEdit().setTextMargins(S, 0, 0, 0)  # style sheets do not reach it

    def show_number(self, value: float) -> None:
        """Show what is so, also beyond what can be chosen here."""
        self.setRange(min(self._least, value), max(self._most, value))
        self.show_value(value)

    def textFromValue(self, value: float) -> str:
        text = self.locale().toString(value, "f", _DECIMALS)
        return text.rstrip("0").rstrip(self.locale().decimalPoint())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
