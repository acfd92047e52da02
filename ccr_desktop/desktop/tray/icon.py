"""The icon beside the clock: one shape a state, so that it is read without colour."""

from __future__ import annotations

import enum
import functools
from typing import Literal

from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap

from ccr_desktop.desktop import svg
from ccr_desktop.desktop.tokens import DARK, LIGHT, Tokens

Panel = Literal["light", "dark", "template"]

SIZES = (16, 22, 24, 32)
_LOGO_STROKE = 'stroke-width="2.5"'
# The logo's two paths as one surface, and its dot as a hole in it.
_BODY = (
    "M12 4C12 7 4.75 7 4.75 11V13C4.75 17 12 17 12 20C12 17 19.25 17 19.25 13V11C19.25 7 12 7 12 4Z"
)
_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="currentColor">'
_TRIANGLE = "M18.7 13.4L23 22.2H14.4Z"


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
    """The icon in one size, in device pixels."""
    ink, badge_ink = _inks(look, panel)
    image = svg.draw(svg.colored(_outline(pixels), ink), pixels)
    if look is TrayLook.OFF:
        _lay(image, _shape('<circle cx="12" cy="12" r="3.6"/>'), "#000000", erase=True)
        return image
    _lay(image, _shape(f'<path d="{_BODY}"/>'), ink)
    _lay(image, _shape('<circle cx="12" cy="12" r="3.1"/>'), "#000000", erase=True)
    for shape, erase in _badge(look):
        _lay(image, _shape(shape), badge_ink, erase=erase)
    return image


def _inks(look: TrayLook, panel: Panel) -> tuple[str, str]:
    """The colours of the body and of what is added to it."""
    if panel == "template":
        return "#000000", "#000000"
    colors: Tokens = DARK if panel == "dark" else LIGHT
    badges = {TrayLook.BACKUP: colors.backup, TrayLook.ATTENTION: colors.attention}
    return colors.text, badges.get(look, colors.text)


def _outline(pixels: int) -> str:
    """The logo with lines of an even number of pixels: its stem stands on the middle."""
    line = 2 * max(1, round(pixels * 2.5 / 24 / 2))
    return svg.source("logo").replace(_LOGO_STROKE, f'stroke-width="{line * 24 / pixels:.3f}"')


def _badge(look: TrayLook) -> tuple[tuple[str, bool], ...]:
    """What lies over the corner: first a gap around it, which parts it from the body."""
    if look is TrayLook.BACKUP:
        return (
            ('<circle cx="19" cy="18.9" r="6"/>', True),
            ('<circle cx="19" cy="18.9" r="4.6"/>', False),
        )
    if look is TrayLook.ATTENTION:
        wide = 'stroke="currentColor" stroke-width="3.6" stroke-linejoin="round"'
        thin = 'stroke="currentColor" stroke-width="1" stroke-linejoin="round"'
        return (
            (f'<path {wide} d="{_TRIANGLE}"/>', True),
            (f'<path {thin} d="{_TRIANGLE}"/>', False),
        )
    return ()


def _shape(inner: str) -> str:
    return f"{_HEAD}{inner}</svg>"


def _lay(image: QImage, drawn: str, color: str, *, erase: bool = False) -> None:
    mode = QPainter.CompositionMode
    painter = QPainter(image)
    painter.setCompositionMode(
        mode.CompositionMode_DestinationOut if erase else mode.CompositionMode_SourceOver
    )
    painter.drawImage(0, 0, svg.draw(svg.colored(drawn, color), image.width()))
    painter.end()
