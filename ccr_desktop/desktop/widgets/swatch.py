"""A colour of the terminal, shown."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.widgets.ansi import color_of, runs_of

_SIDE = 20


class Swatch(QWidget):
    """A square; crossed out while there is no colour. It says nothing to a screen reader."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_code(self, code: str) -> None:
        """*code* is what a terminal is told: `94`, `38;5;208`; empty for none."""
        self._code = code
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setPen(QPen(look.color("line_strong"), 1))
        runs = runs_of(f"\x1b[{self._code}mx") if self._code else []
        if runs and runs[0].ink:
            painter.setBrush(color_of(runs[0].ink, dark=True))
            painter.drawRoundedRect(box, 4, 4)
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 4, 4)
            painter.drawLine(box.bottomLeft(), box.topRight())
        painter.end()
