"""Whether anybody reads what a start that fails says to its outputs."""

from __future__ import annotations

import os
import stat

_INPUT, _OUTPUT, _ERRORS = 0, 1, 2


def is_heard() -> bool:
    """By a person at a terminal, or by the program that started it: a script goes on then.

    What a menu starts has a log, a journal or nothing there.
    """
    return any(_is_at(each) for each in (_INPUT, _OUTPUT, _ERRORS)) or _is_pipe(_ERRORS)


def _is_at(descriptor: int) -> bool:
    """In the foreground: a desktop that was begun at a console leaves that to its programs, too."""
    try:
        if not os.isatty(descriptor):
            return False
        return os.name == "nt" or os.tcgetpgrp(descriptor) == os.getpgrp()
    except OSError:
        return False


def _is_pipe(descriptor: int) -> bool:
    try:
        return stat.S_ISFIFO(os.fstat(descriptor).st_mode)
    except OSError:
        return False
