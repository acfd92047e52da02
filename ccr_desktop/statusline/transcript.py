"""The last answer in Claude Code's transcript, read from the end: the file may hold 100 MB."""

from __future__ import annotations

import os

from ccr_desktop.statusline.reading import dig, loads, open_file, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_BLOCK_BYTES = 64 * 1024
_MOST_BYTES = 8 * 1024 * 1024
_MADE_UP = "<synthetic>"  # the model of lines that Claude Code wrote itself


def last_answer(path: str) -> dict[str, Any]:
    """The newest message of a model in the main conversation; empty when there is none."""
    if not path:
        return {}
    try:
        with open_file(path) as file:
            for line in _lines_backwards(file):
                if b'"assistant"' in line and (message := _answer(line)):
                    return message
    except (OSError, ValueError):
        return {}
    return {}


def _answer(line: bytes) -> dict[str, Any]:
    try:
        entry = loads(line)
    except ValueError:
        return {}
    if dig(entry, "type") != "assistant" or dig(entry, "isSidechain") is True:
        return {}
    message = dig(entry, "message")
    model = text_of(dig(message, "model"))
    return message if model and model != _MADE_UP else {}


def _lines_backwards(file: Any) -> Iterator[bytes]:
    """Whole lines, the last one first, as far back as the limit allows."""
    position = file.seek(0, os.SEEK_END)
    least = max(0, position - _MOST_BYTES)
    tail: list[bytes] = []  # the pieces of a line that begins further up, the last piece first
    while position > least:
        size = min(_BLOCK_BYTES, position - least)
        position -= size
        file.seek(position)
        first, *lines = file.read(size).split(b"\n")
        if lines:
            tail.append(lines.pop())
            yield b"".join(reversed(tail))
            yield from reversed(lines)
            tail = []
        tail.append(first)
    if position == 0:
        yield b"".join(reversed(tail))
