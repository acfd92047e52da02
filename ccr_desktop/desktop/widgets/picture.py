"""Small pictures: an icon that follows the theme, a provider's initials, our own logo."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ccr_desktop.desktop import logo, svg, theme
from ccr_desktop.desktop.icons import icon
from ccr_desktop.desktop.mark import Mark
from ccr_desktop.desktop.tokens import RADIUS_CONTROL


class Picture(QWidget):
    """An icon beside text; it says nothing of its own to a screen reader."""

    def __init__(
        self,
        name: str,
        color: str = "secondary",
        side: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._color = name, color
        self._side = side or theme.current().icon_side()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, name: str, color: str) -> None:
        self._name, self._color = name, color
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        icon(self._name, self._color).paint(painter, self.rect())
        painter.end()


class Monogram(QWidget):
    """A neutral tile with up to two letters in place of another company's logo."""

    def __init__(self, name: str = "", side: int = 28, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_name(self, name: str) -> None:
        self._name = name
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_monogram(painter, self.rect(), self._name)
        painter.end()


class Logo(QWidget):
    """The app's own tile, on the pixels of the screen that it is on."""

    def __init__(self, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        pixels = round(self._side * ratio)
        image = svg.draw(logo.tile(Mark.on_pixels(0, pixels), pixels), pixels)
        image.setDevicePixelRatio(ratio)
        painter = QPainter(self)
        painter.drawImage(0, 0, image)
        painter.end()


def initials(name: str) -> str:
    """`DeepSeek` -> DS, `my work key` -> MW, `ollama` -> O."""
    words = name.replace("-", " ").replace("_", " ").replace(".", " ").split()
    if len(words) > 1:
        return (words[0][0] + words[1][0]).upper()
    word = words[0] if words else "?"
    inner = [letter for letter in word[1:] if letter.isupper()]
    return (word[0] + (inner[0] if inner and not word.isupper() else "")).upper()


def paint_monogram(painter: QPainter, place: QRect, name: str) -> None:
    look = theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("pressed"))
    painter.drawRoundedRect(place, RADIUS_CONTROL, RADIUS_CONTROL)
    font = look.font("strong")
    font.setPixelSize(max(9, round(place.height() * 0.42)))
    painter.setFont(font)
    painter.setPen(look.color("text"))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, initials(name))
    painter.restore()
