"""The icon beside the clock: one shape a state, so that it is read without colour."""

from __future__ import annotations

import enum
import functools
from typing import Literal

from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap

from ccr_desktop.desktop import logo, svg
from ccr_desktop.desktop.tokens import DARK, LIGHT, Tokens

Panel = Literal["light", "dark", "template"]

SIZES = (16, 22, 24, 32)


class TrayLook(enum.Enum):
    """What the icon tells."""

    RUNNING = "running"
    OFF = "off"
    BACKUP = "backup"
    ATTENTION = "attention"


@functools.cache
def tray_icon(look: TrayLook, panel: Panel) -> QIcon:
    """The icon for a light or dark panel; `template` lets macOS choose the colour."""
    result = QIcon()
    for size in SIZES:
        for ratio in (1, 2):
            pixmap = QPixmap.fromImage(drawing(look, panel, size * ratio))
            result.addPixmap(pixmap)
    result.setIsMask(panel == "template")
    return result


def drawing(look: TrayLook, panel: Panel, pixels: int) -> QImage:
    """The icon in one size, in device pixels: full while the router runs, hollow while not."""
    ink, badge_ink = _inks(look, panel)
    mark, badge = logo.on_pixels(pixels), _badge(look, pixels)
    if look is TrayLook.OFF:
        body = logo.hollow(mark, pixels)
    else:
        body = logo.solid(mark, pixels, whole=not badge)
    image = svg.draw(svg.colored(body, ink), pixels)
    if badge:
        # A gap around it, of half that width, parts it from the body.
        gap = round(pixels * 3 / 16)
        _lay(image, _shape(pixels, badge, gap), "#000000", erase=True)
        _lay(image, _shape(pixels, badge, 0), badge_ink)
    return image


def _inks(look: TrayLook, panel: Panel) -> tuple[str, str]:
    """The colours of the body and of what is added to it."""
    if panel == "template":
        return "#000000", "#000000"
    colors: Tokens = DARK if panel == "dark" else LIGHT
    badges = {TrayLook.BACKUP: colors.backup, TrayLook.ATTENTION: colors.attention}
    return colors.text, badges.get(look, colors.text)


def _badge(look: TrayLook, pixels: int) -> str:
    """What lies over the lower right corner, up to the very edge."""
    if look is TrayLook.BACKUP:
        radius = round(pixels * 13 / 32) / 2
        return f'<circle cx="{pixels - radius}" cy="{pixels - radius}" r="{radius}"'
    if look is TrayLook.ATTENTION:
        width, height = 2 * round(pixels * 9 / 32), round(pixels / 2)
        top = f"M{pixels - width / 2} {pixels - height}"
        return f'<path d="{top}L{pixels} {pixels}H{pixels - width}Z"'
    return ""


def _shape(pixels: int, open_tag: str, stroke: int) -> str:
    line = f'stroke="currentColor" stroke-width="{stroke}" stroke-linejoin="round"'
    return logo.page(pixels, f'{open_tag} fill="currentColor" {line if stroke else ""}/>')


def _lay(image: QImage, drawn: str, color: str, *, erase: bool = False) -> None:
    mode = QPainter.CompositionMode
    painter = QPainter(image)
    painter.setCompositionMode(
        mode.CompositionMode_DestinationOut if erase else mode.CompositionMode_SourceOver
    )
    painter.drawImage(0, 0, svg.draw(svg.colored(drawn, color), image.width()))
    painter.end()
