"""Arguments as a person types them into one field. No shell reads that line."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def read_arguments(line: str, platform: str = sys.platform) -> tuple[str, ...]:
    r"""Raises `ValueError` where a quotation mark is not closed. `C:\new` is a path on Windows."""
    words = shlex.shlex(line, posix=True)
    words.whitespace_split = True
    words.commenters = ""
    if platform == "win32":
        words.escape = ""
    return tuple(words)


def write_arguments(arguments: Iterable[str], platform: str = sys.platform) -> str:
    """A line that is read as *arguments* again, with as few marks as that needs."""
    return " ".join(_quoted(argument, platform) for argument in arguments)


def _quoted(argument: str, platform: str) -> str:
    if "'" not in argument:
        return shlex.quote(argument)
    if platform != "win32":
        argument = argument.replace("\\", "\\\\").replace('"', '\\"')
    elif '"' in argument:
        return shlex.quote(argument)
    return f'"{argument}"'
