"""Icons of one stroke family, in the colours in force and crisp on every screen.

button.setIcon(icon("play"))             follows a change of the theme by itself
button.setIcon(icon("play", "on_accent"))
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache

from ccr_desktop.desktop import logo, svg, theme

Draw = Callable[[int, float, QIcon.Mode], QPixmap]

SMALL = 16
_NORMAL = QIcon.Mode.Normal
_COLORS = {QIcon.Mode.Disabled: "disabled", QIcon.Mode.Selected: "on_selection"}

# Qt takes clones over without telling PySide, which would delete them at once. They are rare:
# only an icon that somebody changes is cloned.
_LENT: list[QIconEngine] = []


class _Engine(QIconEngine):
    """Draws when asked, with *drawn*: it takes the side in logical pixels, how many pixels of the
    screen are one of them, and the mode.
    """

    def __init__(self, drawn: Draw, sides: Sequence[int] = ()) -> None:
        super().__init__()
        self._drawn = drawn
        self._sides = sides

    def clone(self) -> QIconEngine:
        copy = _Engine(self._drawn, self._sides)
        _LENT.append(copy)
        return copy

    def availableSizes(
        self, mode: QIcon.Mode = _NORMAL, state: QIcon.State = QIcon.State.Off
    ) -> list[QSize]:
        return [QSize(side, side) for side in self._sides]

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = _scale(painter)
        side = min(rect.width(), rect.height())
        place = QRect(QPoint(), QSize(side, side))
        place.moveCenter(rect.center())
        painter.drawPixmap(place, self._drawn(side, ratio, mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        side = min(size.width(), size.height())
        square = self._drawn(side, scale, mode)
        return square if size.width() <= side else _at_start(square, size.width() - side)


def _scale(painter: QPainter) -> float:
    """Pixels of the screen per logical one.

    Its `device()` would say that, too, but PySide takes 20 ms for the first one of an unknown type.
    """
    onto_device = painter.deviceTransform()
    return math.hypot(onto_device.m11(), onto_device.m12())


def _at_start(square: QPixmap, room: int) -> QPixmap:
    """The icon with room behind it, which is before the words of a button."""
    ratio = square.devicePixelRatio()
    wide = QPixmap(square.width() + round(room * ratio), square.height())
    wide.setDevicePixelRatio(ratio)
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    rtl = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    painter.drawPixmap(QPointF(room if rtl else 0, 0), square)
    painter.end()
    return wide


def icon(name: str, color: str = "text") -> QIcon:
    """An icon of `resources/icons/`; *color* names a token."""
    svg.source(name)  # an unknown name fails here, not at the first paint
    return _icon(name, color)


@functools.cache
def app_icon() -> QIcon:
    """The logo on a tile, which is seen on light and dark alike."""

    def draw(side: int, ratio: float, _: QIcon.Mode) -> QPixmap:
        pixels = round(side * ratio)
        picture = QPixmap.fromImage(svg.draw(logo.app(pixels), pixels))
        picture.setDevicePixelRatio(ratio)
        return picture

    return QIcon(_Engine(draw, (16, 20, 24, 32, 40, 48, 64, 128, 256, 512)))


def drawn(name: str, color: str, side: int, ratio: float = 1.0) -> QPixmap:
    """An icon as a picture of *side* logical pixels, in the colour `#rrggbb`."""
    pixels = max(1, round(side * ratio))
    key = f"ccr {name} {color} {pixels}"
    found = QPixmap()
    if not QPixmapCache.find(key, found):
        found = QPixmap.fromImage(svg.draw(svg.colored(svg.source(name), color), pixels))
        QPixmapCache.insert(key, found)
    found.setDevicePixelRatio(ratio)
    return found


@functools.cache
def _icon(name: str, color: str) -> QIcon:
    def draw(side: int, ratio: float, mode: QIcon.Mode) -> QPixmap:
        present = str(getattr(theme.current().tokens, _COLORS.get(mode, color)))
        return drawn(name, present, side, ratio)

    return QIcon(_Engine(draw))
