"""Draw what of the logo is committed: `python -m scripts.update_pictures`.

The drawings of `resources/icons/`, which the window, the documentation and the packages share, and
the pictures of `docs/images/` that a page on the web shows before anything is built. Icons of the
packages are made with them, by `installers/common/icons.py`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPainterPath, QPen
from PySide6.QtSvg import QSvgRenderer

from ccr_desktop.desktop import logo, svg

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
LETTERS = ROOT / "installers" / "common"
"""Two texts as outlines, of the typeface Inter: so that no font is needed to draw them."""
PALE = "#CCFBF1"
_BEND = 3.5
"""Radius of a turn, in widths of the line."""


class Scene(NamedTuple):
    """A picture that is a part of the tile, with words above and below the line that enters."""

    width: int
    height: int
    corner: float
    line: float
    turn: float
    left: float
    wordmark: float
    """Height of the words."""
    tagline: float


BANNER = Scene(1280, 320, 40, 30, 1000, 72, 88, 38)
SOCIAL = Scene(1280, 640, 0, 52, 1010, 88, 116, 46)
"""In the shape that cards of links have."""


def drawings() -> dict[Path, str]:
    icons = ROOT / "resources" / "icons"
    return {icons / f"{name}.svg": drawing for name, drawing in logo.scalable().items()}


def pictures() -> dict[Path, QImage]:
    return {
        IMAGES / "banner.png": scene(BANNER),
        IMAGES / "social.png": scene(SOCIAL),
        IMAGES / "favicon.png": svg.draw(logo.app(32, "win32"), 32),
    }


def scene(about: Scene) -> QImage:
    image = QImage(about.width, about.height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = QPainterPath()
    ground.addRoundedRect(QRectF(image.rect()), about.corner, about.corner)
    painter.fillPath(ground, QColor(logo.TILE))
    painter.setClipPath(ground)
    _route(painter, about)
    _words(painter, about)
    painter.end()
    return image


def _route(painter: QPainter, about: Scene) -> None:
    """The mark's lines, as far as the picture goes."""
    middle, radius = about.height / 2, about.line * _BEND
    pen = QPen(QColor(logo.ROUTE), about.line)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    path = QPainterPath(QPointF(0, middle))
    path.lineTo(about.width, middle)
    for way, edge in ((-1, 0), (1, about.height)):
        end = middle + way * radius
        path.moveTo(about.turn - radius, middle)
        circle = QRectF(0, 0, 2 * radius, 2 * radius)
        circle.moveCenter(QPointF(about.turn - radius, end))
        path.arcTo(circle, way * 90, -way * 90)
        path.lineTo(about.turn, edge)
    painter.drawPath(path)


def _words(painter: QPainter, about: Scene) -> None:
    """The name above the line, what it does below: each in the middle of its half."""
    free = (about.height - about.line) / 2
    lower = about.height - free
    for name, height, color, top in (
        ("wordmark", about.wordmark, logo.ROUTE, 0.0),
        ("tagline", about.tagline, PALE, lower),
    ):
        drawing = (LETTERS / f"{name}.svg").read_text(encoding="utf-8")
        renderer = QSvgRenderer(QByteArray(svg.colored(drawing, color).encode()))
        box = renderer.viewBoxF()
        place = QRectF(about.left, top, height * box.width() / box.height(), height)
        place.moveTop(top + (free - height) / 2)
        renderer.render(painter, place)


def main() -> None:
    for file, drawing in drawings().items():
        file.write_text(drawing, encoding="utf-8")
    for file, image in pictures().items():
        if not image.save(str(file)):
            raise OSError(f"{file} could not be written")


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication(["pictures"])
    main()
