"""How commands print: tables for people, JSON for programs."""

from __future__ import annotations

import codecs
import io
import json
import os
import sys
from typing import TYPE_CHECKING, Any, TextIO

from ccr_desktop.core.hidden_signs import visible

if TYPE_CHECKING:
    from collections.abc import Sequence


_BYTES_OR_MARK = "ccr-bytes-or-mark"
_FIRST_BYTE, _LAST_BYTE = 0xDC80, 0xDCFF
"""What `surrogateescape` reads bytes as that are no UTF-8."""


def shows_color(stream: TextIO) -> bool:
    """Whether *stream* is a terminal whose user did not ask for plain text."""
    is_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not is_plain


def take_every_letter(stream: TextIO) -> None:
    """Have *stream* show a mark for letters that its encoding has not, instead of failing.

    Windows gives a pipe the code page of the system, and old locales are none of UTF-8. The locale
    C writes names of files by their bytes; half a letter, of a model's answer, is none of those.
    """
    if not isinstance(stream, io.TextIOWrapper):
        return
    if stream.errors == "strict" or not _is_utf8(stream):
        stream.reconfigure(errors="replace")
    elif stream.errors == "surrogateescape":
        codecs.register_error(_BYTES_OR_MARK, _byte_or_mark)
        stream.reconfigure(errors=_BYTES_OR_MARK)


def _byte_or_mark(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letter = ord(error.object[error.start])
    is_byte = _FIRST_BYTE <= letter <= _LAST_BYTE
    return bytes([letter & 0xFF]) if is_byte else b"?", error.start + 1


def print_json(value: Any) -> None:
    """With every letter as it is where the stream has it, and escaped where it may not."""
    print(json.dumps(value, ensure_ascii=not _is_utf8(sys.stdout), indent=2))


def _is_utf8(stream: TextIO) -> bool:
    encoding = getattr(stream, "encoding", None) or "utf-8"  # in memory there is none
    return codecs.lookup(encoding).name == "utf-8"


def print_table(rows: Sequence[Sequence[str]], header: Sequence[str] = ()) -> None:
    """Columns as wide as their widest cell; the last one is not padded."""
    shown = ([visible(cell) for cell in row] for row in rows)
    lines = [header, *shown] if header else list(shown)
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = [f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)]
        print("  ".join(cells).rstrip())
