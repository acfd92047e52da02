"""How this program is run again, installed, from a checkout, or as a bundle."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import MutableMapping

CONSOLE, WINDOWED = "ccr", "ccr-desktop"
"""The two programs of a bundle. On Windows only the first has streams, the second no console."""
_STARTED = Path("/proc/self/exe")
LIBRARY_PATHS = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LIBPATH")


def own_command() -> list[str]:
    """The command line that runs this program again, and no module of the folder it starts in."""
    return [_beside(CONSOLE)] if is_bundle() else _by_interpreter()


def own_app() -> list[str]:
    """The same, for what opens a window and says nothing."""
    return [_beside(WINDOWED)] if is_bundle() else _by_interpreter()


def _by_interpreter() -> list[str]:
    return [sys.executable, "-P", "-m", "ccr_desktop"]


def _beside(name: str) -> str:
    """A program of the bundle, whichever of them this is.

    An AppImage is gone from where it is mounted once this process ends: its file is both of them.
    """
    running = Path(sys.executable)
    image, mounted = os.environ.get("APPIMAGE"), os.environ.get("APPDIR")
    if image and mounted and running.is_relative_to(mounted):
        return image
    return str(running.with_name(name + running.suffix))


def is_bundle() -> bool:
    """Whether it brings its own interpreter and libraries along."""
    return bool(getattr(sys, "frozen", False))


def leave_bundle(environment: MutableMapping[str, str] = os.environ) -> None:
    """Take out of the environment what the bundle's start has put there for this process alone.

    The system's loader has read it by now. Programs that are started from here find their own
    libraries again, and a second program of the bundle starts as the first one did.
    """
    folder = str(getattr(sys, "_MEIPASS", ""))
    for name in LIBRARY_PATHS:
        before = environment.pop(f"{name}_ORIG", "")
        if folder and folder in environment.get(name, "").split(os.pathsep):
            del environment[name]
            if before:
                environment[name] = before
    for name in [name for name in environment if name.startswith("_PYI_")]:
        del environment[name]


def keep_bundle() -> None:
    """Have modules come from the program as it was started, for as long as it runs.

    A package manager puts another file in its place meanwhile. The bundle's loader opens the file
    anew for each module, and would read the bytes of this one at the places of the other.
    """
    archive = getattr(sys.modules.get("pyimod02_importers"), "pyz_archive", None)
    if archive is not None and os.access(_STARTED, os.R_OK):
        archive._filename = str(_STARTED)  # noqa: SLF001  # there is no other way in
