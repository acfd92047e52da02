"""How a file holds its text: encoding, mark and line ends. What is edited gets the same again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccr_desktop.core.config.syntax import decode, encoding_of

if TYPE_CHECKING:
    from pathlib import Path

_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class TextForm:
    """`encode` gives the bytes of a text whose line ends are `\\n`."""

    encoding: str = "utf-8"
    has_mark: bool = False
    line_end: str = "\n"

    def encode(self, text: str) -> bytes:
        mark = _MARK if self.has_mark else ""
        return f"{mark}{text.replace(chr(10), self.line_end)}".encode(self.encoding)


def read_form(data: bytes, path: Path) -> tuple[str, TextForm]:
    """The text of a file with `\\n` alone, and its form. Raises `ConfigError` for no text."""
    encoding = encoding_of(data)
    text = decode(data, path)
    has_mark = encoding == "utf-8-sig" or encoding in {"utf-16", "utf-32"}
    text = text.removeprefix(_MARK)
    line_end = "\r\n" if "\r\n" in text else "\n"
    plain = {"utf-8-sig": "utf-8", "utf-16": _order(data, 16), "utf-32": _order(data, 32)}
    form = TextForm(plain.get(encoding, encoding), has_mark, line_end)
    return text.replace(line_end, "\n"), form


def _order(data: bytes, bits: int) -> str:
    return f"utf-{bits}-{'le' if data[:1] == bytes([0xFF]) else 'be'}"
