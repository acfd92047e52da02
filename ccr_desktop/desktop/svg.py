"""Drawings of `resources/icons/`, in any one colour and size."""

from __future__ import annotations

import functools

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from ccr_desktop import paths


@functools.cache
def source(name: str) -> str:
    """The drawing with `currentColor` where its colour goes."""
    return paths.resource(f"icons/{name}.svg").read_text(encoding="utf-8")


def colored(svg: str, color: str) -> str:
    return svg.replace("currentColor", color)


def draw(svg: str, width_px: int, height_px: int | None = None) -> QImage:
    """The drawing on nothing, as large as fits, in device pixels."""
    height_px = height_px or width_px
    image = QImage(width_px, height_px, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    side = min(width_px, height_px)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    renderer.render(
        painter, QRectF((width_px - side) / 2, (height_px - side) / 2, float(side), float(side))
    )
    painter.end()
    return image
