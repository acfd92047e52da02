"""The structure of a JSON5 text without its values: what is wrong where, and keys set twice.

Libraries that decode JSON5 say neither in words that help somebody who edits the file by hand.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

TOKEN = re.compile(
    r"""
      (?P<space>[\s\ufeff]+)
    | (?P<comment>//[^\r\n\u2028\u2029]*|/\*.*?\*/)
    | (?P<string>"(?:[^"\\\r\n]|\\(?:\r\n|.))*"|'(?:[^'\\\r\n]|\\(?:\r\n|.))*')
    | (?P<mark>[{}\[\]:,])
    | (?P<word>[^\s{}\[\]:,"'/]+)
    """,
    re.VERBOSE | re.DOTALL,
)
_LITERAL = re.compile(
    r"true|false|null|[+-]?(?:Infinity|NaN|0[xX][0-9a-fA-F]+"
    r"|(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
)
_NAME = re.compile(r"[^\W\d][\w$]*|\$[\w$]*")
MAX_NESTING = 100
_MOST_DIGITS = 1000
"""Of a whole number. Python neither reads nor writes one of some thousand."""
_CLOSING = {"{": "}", "[": "]"}


@dataclass(slots=True)
class Outline:
    """`fault` is what is wrong first, and its position in the text; None when nothing is."""

    fault: tuple[str, int] | None = None
    duplicates: list[tuple[str, int]] = field(default_factory=list)
    """JSON paths of keys that are in an object twice, with positions."""


def scan(text: str) -> Outline:
    """The outline of *text*, read up to its first fault."""
    scanner = _Scanner()
    position = 0
    while position < len(text):
        match = TOKEN.match(text, position)
        if match is None:
            scanner.fail(_unreadable(text[position]), position)
        elif match.lastgroup not in {"space", "comment"}:
            scanner.feed(match.lastgroup or "", match.group(), position)
        if match is None or scanner.outline.fault:
            return scanner.outline
        position = match.end()
    scanner.finish(position)
    return scanner.outline


def _is_too_large(literal: str) -> bool:
    if not any(character.isdigit() for character in literal):
        return False  # a word, such as null
    is_whole = not {*".eE"} & {*literal} or "x" in literal.lower()
    return len(literal) > _MOST_DIGITS if is_whole else math.isinf(float(literal))


def _unreadable(character: str) -> str:
    if character in "\"'":
        return "this text has no closing quotation mark on its line"
    return "this comment has no end" if character == "/" else f"{character!r} can't stand here"


@dataclass(slots=True)
class _Container:
    opening: str
    position: int
    where: str
    keys: set[str] = field(default_factory=set)
    items: int = 0
    key: str = ""

    @property
    def path(self) -> str:
        """The JSON path of the value that is read at the moment."""
        if self.opening == "[":
            return f"{self.where}[{self.items}]"
        return f"{self.where}.{self.key}" if self.where else self.key


class _Scanner:
    """Takes token by token and knows what may come next."""

    def __init__(self) -> None:
        self.outline = Outline()
        self._open: list[_Container] = []
        self._expects = "value"  # or item, key, colon, comma, end

    def fail(self, problem: str, position: int) -> None:
        self.outline.fault = self.outline.fault or (problem, position)

    def finish(self, position: int) -> None:
        if self._open:
            last = self._open[-1]
            closing = _CLOSING[last.opening]
            self.fail(
                f"the {closing} that belongs to this {last.opening} is missing", last.position
            )
        elif self._expects == "value":
            self.fail("the file is empty", position)

    def feed(self, kind: str, piece: str, position: int) -> None:
        match self._expects:
            case "key" if piece != "}":
                self._key(kind, piece, position)
            case "colon":
                self._colon(piece, position)
            case "end":
                self.fail("the file goes on behind its end", position)
            case "comma":
                self._comma(kind, piece, position)
            case _:
                self._value(kind, piece, position)

    def _key(self, kind: str, piece: str, position: int) -> None:
        if kind == "mark" or (kind == "word" and not _NAME.fullmatch(piece)):
            self.fail("a key in quotation marks must stand here", position)
            return
        container = self._open[-1]
        container.key = piece[1:-1] if kind == "string" else piece
        if container.key in container.keys:
            self.outline.duplicates.append((container.path, position))
        container.keys.add(container.key)
        self._expects = "colon"

    def _colon(self, piece: str, position: int) -> None:
        if piece == ":":
            self._expects = "value"
        else:
            key = self._open[-1].key
            self.fail(f"a colon is missing behind the key {key!r}", position)

    def _comma(self, kind: str, piece: str, position: int) -> None:
        container = self._open[-1]
        if piece == ",":
            container.items += 1
            self._expects = "key" if container.opening == "{" else "item"
        elif piece in {"}", "]"}:
            self._close(piece, position)
        else:
            before = f" before {piece}" if container.opening == "{" and kind == "string" else ""
            self.fail(f"a comma is missing{before}", position)

    def _value(self, kind: str, piece: str, position: int) -> None:
        if piece in _CLOSING:
            where = self._open[-1].path if self._open else ""
            self._open.append(_Container(piece, position, where))
            if len(self._open) > MAX_NESTING:
                self.fail("this is nested too deeply", position)
            self._expects = "key" if piece == "{" else "item"
        elif piece in {"}", "]"} and self._expects in {"key", "item"}:
            self._close(piece, position)
        elif kind == "mark":
            self.fail(f"a value must stand here instead of {piece}", position)
        elif kind == "word" and not _LITERAL.fullmatch(piece):
            self.fail("this value needs quotation marks", position)
        elif kind == "word" and _is_too_large(piece):
            self.fail("this number is too large", position)
        else:
            self._expects = "comma" if self._open else "end"

    def _close(self, piece: str, position: int) -> None:
        container = self._open.pop()
        if piece != _CLOSING[container.opening]:
            expected = _CLOSING[container.opening]
            self.fail(f"a comma or {expected} must stand here instead of {piece}", position)
        self._expects = "comma" if self._open else "end"
