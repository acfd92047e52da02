"""The logo as SVG, drawn anew for each size: a tile in colour, or the mark alone in one colour."""

from __future__ import annotations

import sys

from ccr_desktop.desktop.mark import Mark, rounded
from ccr_desktop.desktop.tokens import LIGHT

TILE = LIGHT.accent
ROUTE = "#FFFFFF"
_CANVAS = 24
"""Of the drawings that are scaled."""
_MARGIN = 1 / 16
_APPLE_TILE = 824 / 1024
"""Of an icon's side: the rest is the margin of Apple's grid, which makes every app's as large."""


def on_pixels(pixels: int) -> Mark:
    """The mark with the margin that icons of applications and of panels have."""
    margin = max(1, round(pixels * _MARGIN - 0.25))
    return Mark.on_pixels(margin, pixels - 2 * margin)


def app(pixels: int, system: str = sys.platform) -> str:
    """The app's icon as those beside it are drawn on *system*."""
    if system == "win32":
        return tile(Mark.on_pixels(0, pixels), pixels)  # from edge to edge
    if system == "darwin":
        side = 2 * round(pixels * _APPLE_TILE / 2)
        return tile(Mark.on_pixels((pixels - side) // 2, side), pixels)
    return tile(on_pixels(pixels), pixels)


def tile(mark: Mark, pixels: float) -> str:
    """The mark in its colours."""
    return page(
        pixels,
        f'<path fill="{TILE}" d="{mark.frame}"/><path fill="{ROUTE}" d="{mark.route}"/>',
    )


def solid(mark: Mark, pixels: float, *, whole: bool = True) -> str:
    """The mark in one colour; not *whole*, there is room for a badge at the lower right."""
    pieces = mark.pieces if whole else mark.three_pieces
    return page(pixels, f'<path fill="currentColor" d="{pieces}"/>')


def hollow(mark: Mark, pixels: float) -> str:
    """The mark's edges and lines alone."""
    width = max(1, mark.side // 14)
    hole = rounded(mark.margin + width, mark.side - 2 * width, max(mark.corner - width, 0))
    return page(
        pixels,
        f'<path fill="currentColor" fill-rule="evenodd" d="{mark.frame} {hole}"/>'
        f'<path fill="currentColor" d="{mark.route}"/>',
    )


def page(pixels: float, inner: str) -> str:
    side = f"{pixels:g}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" '
        f'viewBox="0 0 {side} {side}">{inner}</svg>\n'
    )


def scalable() -> dict[str, str]:
    """The drawings of `resources/icons/` by their names, which are made for no size."""
    mark = Mark.exact(_CANVAS * _MARGIN, _CANVAS * (1 - 2 * _MARGIN))
    return {"app": tile(mark, _CANVAS), "logo": solid(mark, _CANVAS)}
