"""Starting a verified installer, which outlives this program and replaces it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.core.updates.installation import Method
from ccr_desktop.errors import UpdateError
from ccr_desktop.own_program import own_app

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.updates.download import Fetched
    from ccr_desktop.core.updates.installation import Installation

LOG = "update.log"
_INSTALL = 'sh "$1" --quiet -- --quiet --prefix "$2"'
_AND_START = 'sh "$1" --quiet -- --quiet --prefix "$2" --start || { shift 2; exec "$@"; }'
"""Our archive opens the new app by itself; where it fails it has changed nothing, and the old one
comes back."""

Started = subprocess.Popen[bytes] | None
"""What runs on, where the system tells."""


def check_place(installation: Installation) -> None:
    """Raise `UpdateError` where what is installed can't be replaced by this person."""
    if installation.method is Method.ARCHIVE:
        _check_writable(_prefix())
    elif installation.method is Method.APPIMAGE and installation.place:
        _check_writable(installation.place.parent)


def hand_over(fetched: Fetched, installation: Installation, *, starts_app: bool = True) -> Started:
    """Start what was fetched. Raises `UpdateError`, and then nothing was changed.

    *starts_app*: the new version is opened, where its installer would not ask.
    """
    check_place(installation)
    fetched.recheck()
    try:
        match installation.method:
            case Method.ARCHIVE:
                script = _AND_START if starts_app else _INSTALL
                words = ["sh", str(fetched.path), str(_prefix()), *own_app(), "ui"]
                return _start(["sh", "-c", script, *words])
            case Method.APPIMAGE:
                image = _replaced(fetched.path, installation.place)
                return _start([str(image), "ui"]) if starts_app else None
            case Method.DMG:
                return _start(["open", str(fetched.path)])
            case _ if sys.platform == "win32":
                os.startfile(fetched.path)  # noqa: S606  # it may ask for an administrator
                return None
            case _:
                return _start([str(fetched.path)])
    except OSError as exc:
        raise UpdateError(
            "The installer could not be started", f"{exc.strerror or exc}: {fetched.path}."
        ) from exc


def open_package(fetched: Fetched) -> Started:
    """Show a package in what the desktop installs packages with."""
    fetched.recheck()
    try:
        return _start(["xdg-open", str(fetched.path)])
    except OSError as exc:
        title = "The package could not be opened"
        raise UpdateError(title, f"{exc.strerror or exc}: xdg-open.") from exc


def _prefix() -> Path:
    """The folder that the archive installed below: PREFIX/lib/ccr-desktop/ccr-desktop."""
    folder = Path(own_app()[0]).parent
    is_installed = folder.parts[-2:] == ("lib", "ccr-desktop")
    return folder.parents[1] if is_installed else Path.home() / ".local"


def _check_writable(folder: Path) -> None:
    if folder.exists() and not os.access(folder, os.W_OK):
        raise UpdateError(
            "The new version can't take the place of this one", f"{folder} can't be written."
        )


def _replaced(new: Path, old: Path | None) -> Path:
    """The AppImage where the old one was, which may run on: its file stays until it ends."""
    if old is None:
        return new
    beside = old.with_name(f".{old.name}.new")
    try:
        beside.write_bytes(new.read_bytes())
        beside.chmod(0o755)
        return beside.replace(old)
    finally:
        beside.unlink(missing_ok=True)


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Apart from this process: neither its end nor a signal to it concerns the installer."""
    log = paths.log_dir() / LOG
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as said:
        return subprocess.Popen(  # noqa: S603  # verified, or named above
            command,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            cwd=Path.home(),
        )
