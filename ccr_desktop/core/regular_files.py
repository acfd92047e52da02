"""Files that somebody else named, opened only when they are files.

Reading a pipe waits for whoever writes to it, and a device may never end.
"""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from pathlib import Path

_OTHERS = (
    (stat.S_ISFIFO, "It is a pipe, not a file"),
    (stat.S_ISSOCK, "It is a socket, not a file"),
    (stat.S_ISCHR, "It is a device, not a file"),
    (stat.S_ISBLK, "It is a device, not a file"),
)
_FLAGS = ("O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY", "O_NOINHERIT")  # those there are


def open_regular(path: Path) -> BinaryIO:
    """*path* for reading. Raises `OSError`, also when it is a folder, a pipe or a device."""
    refuse_others(path)  # some do something when they are opened, and a socket can't be
    flags = os.O_RDONLY
    for name in _FLAGS:
        flags |= getattr(os, name, 0)
    descriptor = os.open(path, flags)
    try:
        _refuse(os.fstat(descriptor).st_mode, path)
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def read_regular(path: Path) -> bytes:
    """What is in *path*; raises as `open_regular` does."""
    with open_regular(path) as file:
        return file.read()


def refuse_others(path: Path) -> None:
    """Raise `OSError` when something stands there that is no file."""
    _refuse(path.stat().st_mode, path)


def _refuse(mode: int, path: Path) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        words = next((words for is_it, words in _OTHERS if is_it(mode)), "It is no file")
        raise OSError(errno.EINVAL, words, str(path))
