"""A small curve of the last values, without axes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ccr_desktop.desktop import theme


class Sparkline(QWidget):
    """The words beside it say what it shows; *name* says so to screen readers."""

    def __init__(
        self, values: Sequence[float] = (), parent: QWidget | None = None, *, name: str = ""
    ) -> None:
        super().__init__(parent)
        self._values = tuple(values)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_values(self, values: Sequence[float]) -> None:
        self._values = tuple(values)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        low = self.height() - 2.0
        painter.setPen(QPen(look.color("line"), 1))
        painter.drawLine(QPointF(0, low + 0.5), QPointF(self.width(), low + 0.5))
        if len(self._values) > 1:
            painter.setPen(QPen(look.color("accent"), 2))
            painter.drawPolyline(QPolygonF(self._points(low)))
        painter.end()

    def _points(self, low: float) -> list[QPointF]:
        top = max(*self._values, 1e-9)
        step = (self.width() - 4) / (len(self._values) - 1)
        room = low - 4
        return [
            QPointF(2 + number * step, low - room * max(value, 0) / top)
            for number, value in enumerate(self._values)
        ]
