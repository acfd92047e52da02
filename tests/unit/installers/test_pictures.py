"""What of the logo is committed is what the script draws."""

from pathlib import Path

import pytest
from PIL import Image, ImageChops
from PySide6.QtGui import QImage

from scripts import update_pictures

AGAIN = "run python -m scripts.update_pictures"
NEAR = 8
"""Levels by which the edges of two versions of Qt may differ."""


@pytest.mark.parametrize("file", update_pictures.drawings(), ids=lambda file: file.name)
def test_a_drawing_is_the_present_logo(file: Path) -> None:
    assert file.read_text(encoding="utf-8") == update_pictures.drawings()[file], AGAIN


@pytest.mark.usefixtures("qapp")
def test_pictures_are_the_present_logo() -> None:
    for file, image in update_pictures.pictures().items():
        drawn = image.convertToFormat(QImage.Format.Format_RGBA8888)
        size = (drawn.width(), drawn.height())
        wanted = Image.frombytes("RGBA", size, bytes(drawn.constBits()))
        with Image.open(file) as found:
            assert found.size == size, AGAIN
            levels = ImageChops.difference(found.convert("RGBA"), wanted).getextrema()
        assert max(level for _, level in levels) <= NEAR, f"{file.name}: {AGAIN}"
