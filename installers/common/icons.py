"""Draw the app's icon as each system wants it, in every size that it asks for.

    QT_QPA_PLATFORM=offscreen python installers/common/icons.py FOLDER [linux|windows|macos]

Linux: `hicolor/<size>/apps/ccr-desktop.png`, the scalable one and the one in one colour.
Windows: `ccr-desktop.ico`. macOS: `ccr-desktop.icns`. These need Pillow, which knows both formats.

They are made while a package is built and never committed: then no size can be an old drawing.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QImage

from ccr_desktop.desktop import logo, svg

SIZES = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)
WINDOWS_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
MACOS_SIZES = (32, 64, 128, 256, 512, 1024)
"""16 to 512 points, most with two pixels a point."""
NAME = "ccr-desktop"
_SYMBOLIC_INK = "#2e3436"
"""What GTK replaces by the colour of the text around it."""


def icon(pixels: int, system: str) -> QImage:
    return svg.draw(logo.app(pixels, system), pixels)


def write_hicolor(folder: Path) -> list[Path]:
    """The files, in the layout of the icon theme that all others fall back on."""
    files = []
    for side in SIZES:
        file = _place(folder, f"{side}x{side}", f"{NAME}.png")
        if not icon(side, "linux").save(str(file)):
            raise OSError(f"{file} could not be written")
        files.append(file)
    symbolic = logo.solid(logo.on_pixels(16), 16).replace("currentColor", _SYMBOLIC_INK)
    for size, name, drawing in (
        ("scalable", f"{NAME}.svg", svg.source("app")),
        ("symbolic", f"{NAME}-symbolic.svg", symbolic),
    ):
        file = _place(folder, size, name)
        file.write_text(drawing, encoding="utf-8")
        files.append(file)
    return files


def write_ico(folder: Path) -> list[Path]:
    """One file for Windows. Bitmaps, not PNG: makers of installers don't all read that."""
    from PIL import Image  # noqa: PLC0415  # packages of Linux are built without

    file = folder / f"{NAME}.ico"
    images = [Image.open(_png(icon(side, "win32"))) for side in WINDOWS_SIZES]
    images[-1].save(
        file,
        sizes=[(side, side) for side in WINDOWS_SIZES],
        append_images=images[:-1],
        bitmap_format="bmp",
    )
    return [file]


def write_icns(folder: Path) -> list[Path]:
    """One file for macOS."""
    from PIL import Image  # noqa: PLC0415  # packages of Linux are built without

    file = folder / f"{NAME}.icns"
    images = [Image.open(_png(icon(side, "darwin"))) for side in MACOS_SIZES]
    images[-1].save(file, append_images=images[:-1])
    return [file]


def _place(folder: Path, size: str, name: str) -> Path:
    file = folder / "hicolor" / size / "apps" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    return file


def _png(image: QImage) -> io.BytesIO:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return io.BytesIO(buffer.data().data())


WRITERS = {"linux": write_hicolor, "windows": write_ico, "macos": write_icns}

if __name__ == "__main__":
    application = QGuiApplication([NAME])
    place, system, *_ = *sys.argv[1:], "linux"
    Path(place).mkdir(parents=True, exist_ok=True)
    WRITERS[system](Path(place))
