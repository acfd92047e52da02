"""The numbers of the lines, beside a text that is edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.filling import fill

if TYPE_CHECKING:
    from ccr_desktop.desktop.widgets.code_editor import CodeEditor


class LineNumbers(QWidget):
    """Lines with a problem have a dot and their number in its colour."""

    def __init__(self, editor: CodeEditor) -> None:
        super().__init__(editor)
        self._editor = editor

    def wanted_width(self) -> int:
        digits = max(3, len(str(self._editor.blockCount())))
        return self._editor.fontMetrics().horizontalAdvance("9") * digits + 2 * S + S

    def sizeHint(self) -> QSize:
        return QSize(self.wanted_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill(painter, event.rect(), theme.current().color("hover"))
        painter.setFont(self._editor.font())
        for number, top, height in self._editor.visible_lines():
            level = self._editor.level_of(number)
            painter.setPen(theme.current().color(level or "secondary"))
            if level:
                self._dot(painter, top + height / 2, level)
            place = QRect(0, round(top), self.width() - S, round(height))
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, side, str(number))
        painter.end()

    def _dot(self, painter: QPainter, middle: float, color: str) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.current().color(color))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(4, round(middle) - 2, 5, 5)
        painter.restore()
