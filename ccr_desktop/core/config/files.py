"""The configuration as a file: its text, and a cheap way to see that it changed."""

from __future__ import annotations

import errno
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.file_trouble import why
from ccr_desktop.core.regular_files import open_regular
from ccr_desktop.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

    from ccr_desktop.core.protocol.json import JsonObject

_MOST_BYTES = 16 * 1024 * 1024
_HINT = "Give the path of a readable file with --config."
_IN_THE_WAY = "Move it away, or give the path of a readable file with --config."
_DENIED = "Give yourself the right to read it, or the path of another file with --config."
Stamp = tuple[int, int, int]
"""Time of the last change, size and inode: differs when a file was written or replaced."""


@dataclass(frozen=True, slots=True)
class Present:
    """The file as it was read: `data` is empty where there is none."""

    path: Path | None
    data: bytes
    revision: str
    unread: Issue | None = None
    """What is wrong with what stands at `path`, when nothing of it could be read."""


def read_bytes(path: Path, *, hint: str = "") -> bytes:
    """What is in *path*. Raises `ConfigError`, also for a folder or a file of somebody else."""
    try:
        with open_regular(path) as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as exc:
        raise _unreadable(path, f"{why(exc)}.", hint or _remedy(exc)) from exc
    if len(data) > _MOST_BYTES:
        raise _unreadable(path, f"It is larger than {_MOST_BYTES >> 20} MiB.", hint or _HINT)
    return data


def _remedy(error: OSError) -> str:
    if error.errno in {errno.EISDIR, errno.EINVAL}:
        return _IN_THE_WAY
    return _DENIED if error.errno in {errno.EACCES, errno.EPERM} else _HINT


def _unreadable(path: Path, problem: str, hint: str) -> ConfigError:
    return ConfigError(str(path), [Issue("", problem, hint)])


def stamp(path: Path) -> Stamp | None:
    """None when there is no such file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def changed_at_s(path: Path) -> float | None:
    """When the file was written, in seconds since 1970, as far as it says so."""
    found = stamp(path)
    return min(found[0] / 1e9, time.time()) if found else None


def encode(raw: JsonObject) -> bytes:
    """The text that is saved: JSON with two spaces, keys in their order."""
    text = json.dumps(raw, indent=2, ensure_ascii=False)
    try:
        return f"{text}\n".encode()
    except UnicodeEncodeError:  # half of a surrogate pair, which only an escape can hold
        return f"{json.dumps(raw, indent=2)}\n".encode()
