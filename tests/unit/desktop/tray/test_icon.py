from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.tray.icon import SIZES, TrayLook, drawing, tray_icon

PAIRS = list(combinations(TrayLook, 2))


def _shape(image: QImage) -> list[int]:
    """How solid every pixel is: the icon without its colours."""
    places = [(x, y) for x in range(image.width()) for y in range(image.height())]
    return [image.pixelColor(x, y).alpha() for x, y in places]


@pytest.mark.parametrize("pixels", [16, 22, 24, 32, 64])
@pytest.mark.parametrize(("one", "other"), PAIRS, ids=lambda look: look.value)
def test_states_differ_in_shape_alone(
    one: TrayLook, other: TrayLook, pixels: int, look: theme.Theme
) -> None:
    shapes = [_shape(drawing(look, "template", pixels)) for look in (one, other)]

    different = sum(abs(a - b) > 128 for a, b in zip(*shapes, strict=True))

    assert different >= pixels * pixels * 0.03


@pytest.mark.parametrize("state", TrayLook, ids=lambda look: look.value)
def test_an_icon_comes_in_the_sizes_of_panels_and_twice_those(
    state: TrayLook, look: theme.Theme
) -> None:
    sizes = {size.width() for size in tray_icon(state, "light").availableSizes()}

    assert sizes == {side * ratio for side in SIZES for ratio in (1, 2)}


def test_an_icon_is_dark_on_a_light_panel_and_light_on_a_dark_one(look: theme.Theme) -> None:
    on_light, on_dark = (
        tray_icon(TrayLook.RUNNING, panel).pixmap(QSize(32, 32), 1.0).toImage()
        for panel in ("light", "dark")
    )

    assert on_light.pixelColor(8, 8).lightness() < 64
    assert on_dark.pixelColor(8, 8).lightness() > 192


def test_only_the_template_takes_its_colour_from_the_system(look: theme.Theme) -> None:
    masks = [tray_icon(TrayLook.OFF, panel).isMask() for panel in ("light", "dark", "template")]

    assert masks == [False, False, True]
