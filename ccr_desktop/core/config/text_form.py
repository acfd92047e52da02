"""How a file holds its text: encoding, mark and line ends. What is edited gets the same again."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING

from ccr_desktop.core.config.same_lines import same_lines
from ccr_desktop.core.config.syntax import decode, encoding_of

if TYPE_CHECKING:
    from pathlib import Path

_MARK = "\ufeff"
_ENDS = re.compile("\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class TextForm:
    """`encode` gives the bytes of a text whose line ends are `\\n`."""

    encoding: str = "utf-8"
    has_mark: bool = False
    line_end: str = "\n"
    """That of most lines, which new and changed ones get."""
    mixed: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Each line of the file and its own end, where those are not all the same."""

    def encode(self, text: str) -> bytes:
        mark = _MARK if self.has_mark else ""
        ended = self._with_own_ends(text) if self.mixed else text.replace("\n", self.line_end)
        return f"{mark}{ended}".encode(self.encoding)

    def _with_own_ends(self, text: str) -> str:
        lines = text.split("\n")
        ends = [self.line_end] * (len(lines) - 1)
        for before, now in same_lines([line for line, _ in self.mixed], lines):
            if now < len(ends):  # the last line has none
                ends[now] = self.mixed[before][1] or self.line_end
        return "".join(f"{line}{end}" for line, end in zip_longest(lines, ends, fillvalue=""))


def read_form(data: bytes, path: Path) -> tuple[str, TextForm]:
    """The text of a file with `\\n` alone, and its form. Raises `ConfigError` for no text."""
    encoding = encoding_of(data)
    text = decode(data, path)
    has_mark = encoding == "utf-8-sig" or encoding in {"utf-16", "utf-32"}
    plain = {"utf-8-sig": "utf-8", "utf-16": _order(data, 16), "utf-32": _order(data, 32)}
    ends = _ENDS.findall(text)
    most = Counter(ends).most_common(1)
    lines = _ENDS.split(text)
    mixed = tuple(zip_longest(lines, ends, fillvalue="")) if len(set(ends)) > 1 else ()
    form = TextForm(plain.get(encoding, encoding), has_mark, most[0][0] if most else "\n", mixed)
    return "\n".join(lines), form


def _order(data: bytes, bits: int) -> str:
    return f"utf-{bits}-{'le' if data[:1] == bytes([0xFF]) else 'be'}"
