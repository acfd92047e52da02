"""The JSON text of tool arguments while it arrives in pieces."""

from __future__ import annotations

import re
from itertools import product

from ccr_desktop.core.protocol.json import JSONDecodeError, JsonObject, loads_lenient

_OUTSIDE = re.compile(r'["{}\[\]]')
_CLOSER = {"{": "}", "[": "]"}
JSON_SPACE = " \t\r\n"


class BrokenArguments(ValueError):
    """Arguments that no addition makes a JSON object."""


class ArgumentScanner:
    """Follows the nesting of a JSON object over fragments, in time linear to their length."""

    def __init__(self) -> None:
        self.is_complete = False
        self.in_string = False
        self._nesting: list[str] = []
        self._skip = False  # the next character is escaped

    @property
    def closers(self) -> str:
        """What would close everything that is open, innermost first."""
        return "".join(_CLOSER[opener] for opener in reversed(self._nesting))

    def feed(self, text: str) -> int:
        """Read *text*; the number of its characters that belong to the object."""
        at = 0
        while not self.is_complete:
            at = self._inside(text, at) if self.in_string else self._outside(text, at)
            if at < 0:
                return len(text)
        return at

    def _inside(self, text: str, at: int) -> int:
        if at == len(text):
            return -1
        start = at = at + self._skip
        while True:
            found = text.find('"', start)
            end = before = found if found >= 0 else len(text)
            while before > at and text[before - 1] == "\\":
                before -= 1
            self._skip = (end - before) % 2 == 1
            if found < 0:
                return -1
            if not self._skip:
                self.in_string = False
                return found + 1
            start = found + 1

    def _outside(self, text: str, at: int) -> int:
        if (match := _OUTSIDE.search(text, at)) is None:
            return -1
        mark = match.group()
        if mark == '"':
            self.in_string = True
        elif mark in _CLOSER:
            self._nesting.append(mark)
        elif self._nesting:
            self._nesting.pop()
            self.is_complete = not self._nesting
        return match.end()


def closing_suffix(text: str, scanner: ArgumentScanner) -> str | None:
    """The shortest text that makes the cut-off object *text* valid JSON, or None."""
    if scanner.is_complete:
        return None if parse_object(text) is None else ""
    strings = ("", "\\", "0", "00", "000", "0000") if scanner.in_string else ("",)
    quote = '"' if scanner.in_string else ""
    values = ("", "null", ":null", '"":null', *_literal_rests(text))
    for string, value in product(strings, values):
        suffix = f"{string}{quote}{value}{scanner.closers}"
        if parse_object(text + suffix) is not None:
            return suffix
    return None


def _literal_rests(text: str) -> list[str]:
    """What completes a `true`, `false`, `null` or number that was cut."""
    rests = ["0"]
    for literal in ("true", "false", "null"):
        cuts = range(1, len(literal))
        rests += [literal[cut:] for cut in cuts if text.endswith(literal[:cut])]
    return rests


def parse_object(text: str) -> JsonObject | None:
    """*text* as a JSON object; empty text is the empty object; None when it is neither."""
    bare = text.strip(JSON_SPACE)
    if not bare:
        return {}
    if not bare.endswith("}"):
        return None  # the beginning of one, mostly, and failing to read it costs much
    try:
        value = loads_lenient(text)
    except JSONDecodeError:
        return None
    return value if isinstance(value, dict) else None


def unwrap_object(text: str) -> JsonObject | None:
    """Like `parse_object`, and also for `null` and an object in a JSON string (encoded twice)."""
    try:
        value = loads_lenient(text)
    except JSONDecodeError:
        return None
    if value is None:
        return {}
    if isinstance(value, str):
        return parse_object(value)
    return value if isinstance(value, dict) else None
