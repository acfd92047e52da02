"""Why a file can't be read or written, in words that can be translated: the system's own can't."""

from __future__ import annotations

import errno

_WORDS = {
    errno.ENOSPC: "The disk is full",
    errno.EDQUOT: "Your share of the disk is used up",
    errno.EACCES: "Access is denied",
    errno.EPERM: "Access is denied",
    errno.EROFS: "That disk can only be read",
    errno.ENOENT: "There is no such file or folder",
    errno.EISDIR: "It is a folder",
    errno.EEXIST: "Something else is there",
    errno.ENOTDIR: "A part of its path is no folder",
}


def why(error: OSError) -> str:
    return _WORDS.get(error.errno or 0) or error.strerror or str(error)
