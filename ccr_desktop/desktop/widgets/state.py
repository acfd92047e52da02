"""States: a shape, a colour and a word, never the colour alone."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.announcing import announce

State = Literal["running", "backup", "attention", "off", "busy"]
SIDE = 12
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute

_COLORS = {"busy": "secondary"}


def paint_state(painter: QPainter, place: QRect, state: State) -> None:
    """Draw the shape of *state* in the middle of *place*."""
    side = float(SIDE)
    box = QRectF(0, 0, side, side)
    box.moveCenter(QRectF(place).center())
    color = theme.current().color(_COLORS.get(state, state))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    _SHAPES[state](painter, box, color)
    painter.restore()


def _disc(painter: QPainter, box: QRectF, color: QColor) -> None:
    painter.drawEllipse(box.adjusted(1, 1, -1, -1))


def _ring(painter: QPainter, box: QRectF, color: QColor) -> None:
    painter.setPen(QPen(color, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box.adjusted(2, 2, -2, -2))


def _half(painter: QPainter, box: QRectF, color: QColor) -> None:
    """A ring that is half full: it works, and not as it should."""
    _ring(painter, box, color)
    painter.setBrush(color)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPie(box.adjusted(2, 2, -2, -2), 90 * 16, 180 * 16)


def _triangle(painter: QPainter, box: QRectF, color: QColor) -> None:
    painter.setPen(QPen(color, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, _ROUND))
    low = box.bottom() - 1.5
    top = QPointF(box.center().x(), box.top() + 1.5)
    painter.drawPolygon(
        QPolygonF([top, QPointF(box.right() - 1, low), QPointF(box.left() + 1, low)])
    )


def _arc(painter: QPainter, box: QRectF, color: QColor) -> None:
    pen = QPen(color, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawArc(box.adjusted(2, 2, -2, -2), 30 * 16, 270 * 16)


_ROUND = Qt.PenJoinStyle.RoundJoin
_SHAPES = {
    "running": _disc,
    "backup": _half,
    "attention": _triangle,
    "off": _ring,
    "busy": _arc,
}


class StateDot(QWidget):
    """Shape and word of a state, such as that of the service."""

    def __init__(
        self,
        state: State = "off",
        word: str = "",
        parent: QWidget | None = None,
        *,
        announces: bool = False,
        elides: bool = False,
    ) -> None:
        """*announces* has screen readers say a new word as it comes: for what is waited for.

        One that *elides* gives way: a word that does not fit ends in dots, and is in the tooltip.
        """
        super().__init__(parent)
        self._announces = announces
        self._elides = elides
        self._state: State = state
        self._word = word
        across = QSizePolicy.Policy.Maximum if elides else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(word)

    @property
    def state(self) -> State:
        return self._state

    @property
    def word(self) -> str:
        return self._word

    def show_state(self, state: State, word: str) -> None:
        if word != self._word and self._announces:
            announce(self, word)
        self._state, self._word = state, word
        self.setAccessibleName(word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.current().font("strong"))
        wide = SIDE + (S + metrics.horizontalAdvance(self._word) if self._word else 0)
        return QSize(wide + 2, max(SIDE, metrics.height()))

    def minimumSizeHint(self) -> QSize:
        wanted = self.sizeHint()
        return QSize(SIDE, wanted.height()) if self._elides else wanted

    def changeEvent(self, event: QEvent) -> None:
        self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        dot = QRect(self.width() - SIDE if rtl else 0, 0, SIDE, self.height())
        paint_state(painter, dot, self._state)
        painter.setFont(theme.current().font("strong"))
        painter.setPen(theme.current().color("text"))
        words = self.rect().adjusted(0 if rtl else SIDE + S, 0, -(SIDE + S) if rtl else 0, 0)
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        painter.drawText(words, side | _MIDDLE, self._fitting(painter.fontMetrics(), words.width()))
        painter.end()

    def _fitting(self, metrics: QFontMetrics, wide: int) -> str:
        if not self._elides:
            return self._word
        cut = metrics.elidedText(self._word, Qt.TextElideMode.ElideRight, wide)
        self.setToolTip("" if cut == self._word else self._word)
        return cut
