"""A switch: works at once, needs no Save."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.ring import came_by_keyboard
from ccr_desktop.desktop.widgets.tick_box import TickBox

_WIDE, _HIGH = 34, 20
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute


class Switch(TickBox):
    """A check box to screen readers and keys, drawn as a switch; `toggled(bool)` tells.

    `switched(bool)` tells of what a person does, also through a screen reader, which does not
    click; what `show_checked` shows is not told of.
    *name* is for screen readers, where the words stand elsewhere.
    """

    switched = Signal(bool)

    def __init__(self, text: str = "", parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(text, parent)
        self._ring = False
        self.toggled.connect(self._tell)
        self.setAccessibleName(name or text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _tell(self, checked: bool) -> None:
        if not self._is_shown:
            self.switched.emit(checked)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        words = S + metrics.horizontalAdvance(self.text()) if self.text() else 0
        return QSize(_WIDE + 6 + words, max(_HIGH + 6, metrics.height()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = came_by_keyboard(event, self._ring)
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        track = QRect(0, 0, _WIDE, _HIGH)
        track.moveCenter(self.rect().center())
        track.moveLeft(self.width() - _WIDE - 3 if rtl else 3)
        self._paint_track(painter, QRectF(track))
        self._paint_knob(painter, QRectF(track), at_right=self.isChecked() != rtl)
        if self._ring and self.hasFocus():
            painter.setPen(QPen(theme.current().color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(track).adjusted(-2, -2, 2, 2), 12, 12)
        self._paint_words(painter, rtl=rtl)
        painter.end()

    def _paint_track(self, painter: QPainter, track: QRectF) -> None:
        look = theme.current()
        line = "accent" if self.isChecked() else "line_strong"
        painter.setPen(QPen(look.color(line if self.isEnabled() else "disabled"), 1))
        if self.isChecked():
            painter.setBrush(look.color("accent" if self.isEnabled() else "disabled"))
        else:
            painter.setBrush(look.color("hover" if self.underMouse() else "field"))
        inner = track.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(inner, inner.height() / 2, inner.height() / 2)

    def _paint_knob(self, painter: QPainter, track: QRectF, *, at_right: bool) -> None:
        look = theme.current()
        side = track.height() - (6 if self.isChecked() else 8)
        knob = QRectF(0, 0, side, side)
        half = track.height() / 2
        middle = track.right() - half if at_right else track.left() + half
        knob.moveCenter(QPointF(middle, track.center().y()))
        painter.setPen(Qt.PenStyle.NoPen)
        color = "on_accent" if self.isChecked() else "line_strong"
        painter.setBrush(look.color(color if self.isEnabled() or self.isChecked() else "disabled"))
        painter.drawEllipse(knob)

    def _paint_words(self, painter: QPainter, *, rtl: bool) -> None:
        beside = _WIDE + 6 + S - 3
        place = self.rect().adjusted(0 if rtl else beside, 0, -beside if rtl else 0, 0)
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        painter.setPen(theme.current().color("text" if self.isEnabled() else "disabled"))
        painter.drawText(place, side | _MIDDLE, self.text())
