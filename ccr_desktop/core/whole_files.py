"""Files written as a whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from ccr_desktop.core.file_trouble import why
from ccr_desktop.core.regular_files import refuse_others
from ccr_desktop.errors import WriteError


def write_safely(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Replace *path* as a whole or not at all; unless *mode* says else only its owner may read it.

    A link stays a link: the file that it points to is replaced.
    """
    target = Path(os.path.realpath(path))
    try:
        with contextlib.suppress(FileNotFoundError):
            refuse_others(target)  # a pipe or a device would be replaced
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _replace(target, data, mode)
    except OSError as exc:
        title = f"{path} can't be written"
        raise WriteError(title, f"{why(exc)}. Nothing was changed.") from exc


def _replace(target: Path, data: bytes, mode: int) -> None:
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:  # mode 0600, as mkstemp makes it
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name itself last, where a folder can be opened (not on Windows)."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
