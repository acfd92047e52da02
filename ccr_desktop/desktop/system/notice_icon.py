"""Which icon notices have: that of the themes, or the shipped one where no theme has it.

Themes have it once a package is installed. A program that runs from its source, or out of an
AppImage, has only its own file: https://specifications.freedesktop.org/icon-theme-spec/latest/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop import paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

NAME = "ccr-desktop"
_LOGO = "icons/app.svg"
_FILES = (f"icons/hicolor/*/apps/{NAME}.png", f"icons/hicolor/*/apps/{NAME}.svg")
_USUAL = "/usr/local/share:/usr/share"


def notice_icon(environ: Mapping[str, str]) -> str:
    """A name for the theme, or an address of a file."""
    for folder in _data_folders(environ):
        if any(any(folder.glob(pattern)) for pattern in _FILES):
            return NAME
    return paths.resource(_LOGO).resolve().as_uri()


def _data_folders(environ: Mapping[str, str]) -> Iterator[Path]:
    yield paths.expanded(environ.get("XDG_DATA_HOME") or "~/.local/share")
    for folder in (environ.get("XDG_DATA_DIRS") or _USUAL).split(":"):
        if folder:
            yield paths.expanded(folder)
