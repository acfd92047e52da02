"""Draw the app's icon in every size that a desktop asks for.

    QT_QPA_PLATFORM=offscreen python installers/common/icons.py FOLDER

makes `hicolor/<size>/apps/ccr-desktop.png` and the scalable one in FOLDER.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from ccr_desktop.desktop import svg

SIZES = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)
NAME = "ccr-desktop"


def write_hicolor(folder: Path) -> list[Path]:
    """The files, in the layout of the icon theme that all others fall back on."""
    drawing = svg.source("app")
    files = []
    for side in SIZES:
        file = folder / "hicolor" / f"{side}x{side}" / "apps" / f"{NAME}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        if not svg.draw(drawing, side).save(str(file)):
            raise OSError(f"{file} could not be written")
        files.append(file)
    scalable = folder / "hicolor" / "scalable" / "apps" / f"{NAME}.svg"
    scalable.parent.mkdir(parents=True, exist_ok=True)
    scalable.write_text(drawing, encoding="utf-8")
    return [*files, scalable]


if __name__ == "__main__":
    application = QGuiApplication([NAME])
    write_hicolor(Path(sys.argv[1]))
