"""A line as a terminal shows it: its colours, arrows, and a sign for icons without a font."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QRawFont,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ccr_desktop.desktop import lists, theme
from ccr_desktop.desktop.tokens import RADIUS_CONTROL, M
from ccr_desktop.desktop.widgets.ansi import Run, color_of, plain, runs_of
from ccr_desktop.desktop.widgets.filling import fill

_GROUNDS = {True: ("#1E1E1E", "#D4D4D4"), False: ("#FFFFFF", "#1E1C19")}
_ICON_WIDTH = 1.5
_ARROW, _THIN_ARROW = "\ue0b0", "\ue0b1"


class TerminalLine(QWidget):
    """One line, cut off at its end as Claude Code cuts it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """*name* is what a screen reader calls it; the text comes after it."""
        super().__init__(parent)
        self._name = name
        self._text = ""
        self._runs: list[Run] = []
        self._dark = True
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.show_line("")

    def text(self) -> str:
        return self._text

    def show_line(self, text: str) -> None:
        self._text = text
        self._runs = runs_of(text)
        self.setAccessibleName(lists.phrases((self._name, plain(text))))
        self.setToolTip(plain(text))
        self.update()

    def set_dark(self, dark: bool) -> None:  # as a choice gives it
        self._dark = dark
        self.update()

    def lacks_icons(self) -> bool:
        """Whether this computer's own font can't draw an icon of the line."""
        raw = QRawFont.fromFont(self._font())
        return any(_is_private(c) and not raw.supportsCharacter(ord(c)) for c in self._icons())

    def sizeHint(self) -> QSize:
        return QSize(300, round(QFontMetricsF(self._font()).height()) + 2 * M)

    def minimumSizeHint(self) -> QSize:
        return QSize(100, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        ground, ink = (QColor(name) for name in _GROUNDS[self._dark])
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.current().color("line_strong"), 1))
        painter.setBrush(ground)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, RADIUS_CONTROL, RADIUS_CONTROL)
        painter.setClipRect(frame.adjusted(M - 1, 0, 1 - M, 0))
        painter.translate(M, 0)
        at = 0.0
        for run in self._runs:
            at = self._paint_run(painter, run, at, ink)
        painter.end()

    def _paint_run(self, painter: QPainter, run: Run, at: float, usual: QColor) -> float:
        font = self._font()
        font.setBold(run.bold)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        ink = color_of(run.ink, dark=self._dark) if run.ink else usual
        high = metrics.height()
        top = (self.height() - high) / 2
        wide = sum(_width(c, metrics) for c in run.text)
        if run.ground:  # on whole pixels, or a seam would be between two grounds
            left, right = math.floor(at), math.ceil(at + wide)
            place = QRectF(left, math.floor(top), right - left, math.ceil(high))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            fill(painter, place, color_of(run.ground, dark=self._dark))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        raw = QRawFont.fromFont(font)
        for character in run.text:
            place = QRectF(at, top, _width(character, metrics), high)
            _paint_character(painter, character, place, ink, raw)
            at += place.width()
        return at

    def _icons(self) -> set[str]:
        return {c for c in plain(self._text) if _is_private(c) and c not in {_ARROW, _THIN_ARROW}}

    @staticmethod
    def _font() -> QFont:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(theme.current().font().pointSizeF() or font.pointSizeF())
        return font


def _is_private(character: str) -> bool:
    """Whether it is drawn by fonts of their own, as the icons of Nerd Fonts are."""
    return "\ue000" <= character <= "\uf8ff" or character >= "\U000f0000"


def _width(character: str, metrics: QFontMetricsF) -> float:
    """Icons get more room than letters, as in the fonts that have them."""
    if character in {_ARROW, _THIN_ARROW}:
        return metrics.horizontalAdvance("M")
    if _is_private(character):
        return metrics.horizontalAdvance("M") * _ICON_WIDTH
    return metrics.horizontalAdvance(character)


def _paint_character(
    painter: QPainter, character: str, place: QRectF, ink: QColor, raw: QRawFont
) -> None:
    if character in {_ARROW, _THIN_ARROW}:
        _paint_arrow(painter, place, ink, is_filled=character == _ARROW)
    elif _is_private(character) and not raw.supportsCharacter(ord(character)):
        painter.setPen(QPen(ink, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        side = round(place.width() * 0.8)
        box = QRectF(0, 0, side, side)
        box.moveCenter(place.center())
        painter.drawRoundedRect(box, 1, 1)
    else:
        painter.setPen(ink)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, character)


def _paint_arrow(painter: QPainter, place: QRectF, ink: QColor, *, is_filled: bool) -> None:
    """As terminals do: as high as the line, whatever font there is."""
    left, top = math.floor(place.left()), math.floor(place.top())
    bottom = top + math.ceil(place.height())
    tip = QPointF(place.right(), (top + bottom) / 2)
    points = QPolygonF([QPointF(left, top), tip, QPointF(left, bottom)])
    painter.setPen(Qt.PenStyle.NoPen if is_filled else QPen(ink, 1))
    painter.setBrush(ink if is_filled else QColor(0, 0, 0, 0))
    if is_filled:
        painter.drawPolygon(points)
    else:
        painter.drawPolyline(points)
