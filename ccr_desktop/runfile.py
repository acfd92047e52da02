"""What a running service tells other programs of the same user: process, address and token.

One file a port, mode 0600, removed when the service stops. It is a hint only: whoever reads it
asks the address whether the service really answers.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from ccr_desktop import paths

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class RunInfo:
    pid: int
    url: str
    token: str = field(repr=False)


def write(port: int, info: RunInfo) -> None:
    path = place(port)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(info), file)


def read(port: int) -> RunInfo | None:
    try:
        return RunInfo(**json.loads(place(port).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, RecursionError):
        return None


def place(port: int) -> Path:
    """Where it stands, of whomever it is."""
    return _folder() / f"{port}.json"


def ports() -> list[int]:
    """The ports for which there are run files."""
    return sorted(int(path.stem) for path in _folder().glob("*.json") if path.stem.isdecimal())


def remove(port: int) -> None:
    info = read(port)
    if info and info.pid == os.getpid():
        place(port).unlink(missing_ok=True)


def forget(port: int, seen: RunInfo | None) -> None:
    """Remove what a service left that is gone, if that is what is still there: *seen*."""
    if read(port) == seen:
        place(port).unlink(missing_ok=True)


def _folder() -> Path:
    return paths.data_dir() / "run"
