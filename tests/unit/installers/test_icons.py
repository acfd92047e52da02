"""The files of icons, read back."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image, ImageChops
from PySide6.QtGui import QImage

from installers.common.icons import (
    MACOS_SIZES,
    SIZES,
    WINDOWS_SIZES,
    icon,
    write_hicolor,
    write_icns,
    write_ico,
)

pytestmark = pytest.mark.usefixtures("qapp")


def as_drawn(pixels: int, system: str) -> Image.Image:
    image = icon(pixels, system).convertToFormat(QImage.Format.Format_RGBA8888)
    return Image.frombytes("RGBA", (pixels, pixels), bytes(image.constBits()))


def differs(one: Image.Image, other: Image.Image) -> bool:
    return ImageChops.difference(one.convert("RGBA"), other).getbbox() is not None


def test_linux_has_each_size_and_one_for_all_and_one_in_one_colour(tmp_path: Path) -> None:
    *sizes, scalable, symbolic = write_hicolor(tmp_path)

    for side, file in zip(SIZES, sizes, strict=True):
        image = QImage(str(file))
        assert (image.width(), image.height()) == (side, side)
        assert file.parent.parent.name == f"{side}x{side}"
    colors = {path.get("fill") for path in ET.parse(symbolic).getroot()}
    assert (scalable.suffix, symbolic.stem, colors) == (
        ".svg",
        "ccr-desktop-symbolic",
        {"#2e3436"},
    )


def test_windows_has_all_sizes_in_one_file_each_drawn_for_itself(tmp_path: Path) -> None:
    [file] = write_ico(tmp_path)

    with Image.open(file) as found:
        assert found.info["sizes"] == {(side, side) for side in WINDOWS_SIZES}
        for side in WINDOWS_SIZES:
            read = found.ico.getimage((side, side))  # type: ignore[attr-defined]
            assert not differs(read, as_drawn(side, "win32")), side


def test_macos_has_all_sizes_in_one_file_each_drawn_for_itself(tmp_path: Path) -> None:
    [file] = write_icns(tmp_path)

    with Image.open(file) as found:
        sizes = found.info["sizes"]
        assert {width * ratio for width, _, ratio in sizes} == set(MACOS_SIZES)
        for size in sizes:
            read = found.icns.getimage(size)  # type: ignore[attr-defined]
            assert not differs(read, as_drawn(size[0] * size[2], "darwin")), size
