"""The logo, on the pixels of every size that it is shown in."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtGui import QImage

from ccr_desktop.desktop import logo, svg
from ccr_desktop.desktop.mark import Mark

TILES = [(margin, side) for side in range(10, 65) for margin in (0, 1)]


def alphas(image: QImage, row: int) -> list[int]:
    return [image.pixelColor(x, row).alpha() for x in range(image.width())]


@pytest.mark.parametrize(("margin", "side"), TILES, ids=str)
def test_every_edge_lies_between_two_pixels(margin: int, side: int) -> None:
    mark = Mark.on_pixels(margin, side)
    straight = re.findall(r"[HV]([\d.]+)Z?", mark.route)

    assert straight
    # The lines end in the middle of the tile, where their two halves meet.
    assert {float(at) for at in straight if not float(at).is_integer()} <= {margin + side / 2}


@pytest.mark.parametrize("pixels", [16, 22, 24, 32, 44, 48])
@pytest.mark.usefixtures("qapp")
def test_one_line_enters_and_three_leave(pixels: int) -> None:
    image = svg.draw(svg.colored(logo.solid(logo.on_pixels(pixels), pixels), "#000000"), pixels)
    margin = logo.on_pixels(pixels).margin
    first, last, middle = int(margin), int(pixels - margin - 1), pixels // 2

    left = [image.pixelColor(first, y).alpha() for y in range(pixels)]
    right = [image.pixelColor(last, y).alpha() for y in range(pixels)]
    for edge in (left, right):
        assert gaps(edge) == 1
        assert edge[middle] == 0
    assert gaps(alphas(image, first)) == gaps(alphas(image, last)) == 1
    assert alphas(image, middle) == [0] * pixels


def gaps(alphas: list[int]) -> int:
    """How many openings there are between solid parts."""
    solid = "".join("x" if alpha > 128 else " " for alpha in alphas).strip()
    return len(re.findall(" +", solid))


@pytest.mark.parametrize("pixels", [16, 22, 24, 32, 48, 64])
@pytest.mark.usefixtures("qapp")
def test_the_lower_half_mirrors_the_upper(pixels: int) -> None:
    image = svg.draw(svg.colored(logo.solid(logo.on_pixels(pixels), pixels), "#000000"), pixels)

    for y in range(pixels // 2):
        pairs = zip(alphas(image, y), alphas(image, pixels - 1 - y), strict=True)
        assert all(abs(above - below) < 24 for above, below in pairs)


def test_drawings_are_well_formed_and_name_no_size_but_their_own() -> None:
    for drawing in (
        *logo.scalable().values(),
        logo.hollow(logo.on_pixels(22), 22),
        *(logo.app(48, system) for system in ("linux", "win32", "darwin")),
    ):
        root = ET.fromstring(drawing)
        assert root.attrib["viewBox"].split()[2:] == [root.attrib["width"], root.attrib["height"]]


@pytest.mark.usefixtures("qapp")
def test_each_system_gets_the_margin_that_its_icons_have() -> None:
    drawn = {
        system: svg.draw(logo.app(1024, system), 1024) for system in ("linux", "win32", "darwin")
    }

    free = {system: alphas(image, 300).index(255) for system, image in drawn.items()}

    assert free == {"linux": 64, "win32": 0, "darwin": 100}
