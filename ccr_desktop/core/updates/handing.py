"""Starting a verified installer, which outlives this program and replaces it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop.core.updates.installation import Method
from ccr_desktop.errors import UpdateError
from ccr_desktop.own_program import own_app

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.updates.download import Fetched
    from ccr_desktop.core.updates.installation import Installation

_THEN_START = 'sh "$1" --nox11 && shift && exec "$@"'
"""What makeself makes asks for no terminal of its own then."""


Started = subprocess.Popen[bytes] | None
"""What runs on, where the system tells."""


def hand_over(fetched: Fetched, installation: Installation) -> Started:
    """Start what was fetched. Raises `UpdateError`, and then nothing was changed."""
    fetched.recheck()
    try:
        match installation.method:
            case Method.ARCHIVE:
                return _start(["sh", "-c", _THEN_START, "sh", str(fetched.path), *own_app(), "ui"])
            case Method.APPIMAGE:
                return _start([str(_replaced(fetched.path, installation.place)), "ui"])
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
    return subprocess.Popen(  # noqa: S603  # verified, or named above
        command,
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=Path.home(),
    )
