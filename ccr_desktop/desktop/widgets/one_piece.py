"""Paths among other words: a line ends between two of them, not within one."""

from __future__ import annotations

import re

_JOINER = "\N{WORD JOINER}"
_LONGEST = 40  # characters; what is longer may need more than a line
_ENDS_LINES = re.compile(r"[/\\-](?=.)")


def in_one_piece(path: str) -> str:
    """*path* for a text that nobody copies; it looks the same."""
    if len(path) > _LONGEST:
        return path
    return _ENDS_LINES.sub(lambda found: f"{found.group()}{_JOINER}", path)


def as_written(text: str) -> str:
    """*text* without what holds its paths together."""
    return text.replace(_JOINER, "")
