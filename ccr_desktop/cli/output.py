"""How commands print: tables for people, JSON for programs."""

from __future__ import annotations

import codecs
import io
import json
import os
import sys
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from collections.abc import Sequence


def shows_color(stream: TextIO) -> bool:
    """Whether *stream* is a terminal whose user did not ask for plain text."""
    is_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not is_plain


def take_every_letter(stream: TextIO) -> None:
    """Have *stream* show a mark for letters that its encoding has not, instead of failing.

    Windows gives a pipe the code page of the system, and old locales are none of UTF-8.
    """
    if isinstance(stream, io.TextIOWrapper) and (stream.errors == "strict" or not _is_utf8(stream)):
        stream.reconfigure(errors="replace")


def print_json(value: Any) -> None:
    """With every letter as it is where the stream has it, and escaped where it may not."""
    print(json.dumps(value, ensure_ascii=not _is_utf8(sys.stdout), indent=2))


def _is_utf8(stream: TextIO) -> bool:
    encoding = getattr(stream, "encoding", None) or "utf-8"  # in memory there is none
    return codecs.lookup(encoding).name == "utf-8"


def print_table(rows: Sequence[Sequence[str]], header: Sequence[str] = ()) -> None:
    """Columns as wide as their widest cell; the last one is not padded."""
    lines = [header, *rows] if header else list(rows)
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = [f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)]
        print("  ".join(cells).rstrip())
