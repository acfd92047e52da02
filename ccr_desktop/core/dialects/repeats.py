"""Chunks that differ from the one before in a single JSON string.

A stream repeats its envelope in every chunk: id, model, choice. Once one chunk was read in full,
those that begin and end with the same bytes hold the same but for the string between.
"""

from __future__ import annotations

from bisect import bisect
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.json import JSONDecodeError, find_literal, loads

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccr_desktop.core.protocol.sse import Events

_PROBE = "\u00a7probe"  # stands in for the text, to see whether that is what is read
_TOGETHER = 128  # chunks that are looked at in one go, however few of them fit
_MAX_MISSES = 8  # a provider whose envelope differs every time is not asked again


class Repeats:
    """Reads the texts of chunks by their envelope, at a fraction of the price of all they hold."""

    def __init__(self) -> None:
        self._head = b""
        self._tail = b""
        self._misses = 0

    def texts(self, events: Events, start: int) -> list[str]:
        """The texts of the events from *start* on, as far as they have the known envelope."""
        first = events.data[start]
        if not self._head or not first.startswith(self._head):
            return []
        begin, end = len(self._head), -len(self._tail)
        if start + 1 == len(events.data):
            return self._text(first[begin:end]) if self._fits(first) else []
        found = events.data[start : start + _TOGETHER]
        if not self._fits(found[-1]):
            # The text has ended somewhere among them; before that nearly always all fit.
            found = found[: bisect(found, 0, key=lambda data: not self._fits(data))]
        literals = [data[begin:end] for data in found]
        return self._parsed(literals[: self._fitting(found, literals)])

    def _fitting(self, found: list[bytes], literals: list[bytes]) -> int:
        """How many of *found*, from the first on, are the known envelope around their literals.

        All are compared at once, and by halves if there is another among them.
        """
        if len(found) < 2:
            return sum(map(self._fits, found))
        envelopes = (self._tail + b"\n" + self._head).join(literals)
        is_plain = b"" not in literals
        if is_plain and self._head + envelopes + self._tail == b"\n".join(found):
            return len(found)
        half = len(found) // 2
        fitting = self._fitting(found[:half], literals[:half])
        if fitting < half:
            return fitting
        return half + self._fitting(found[half:], literals[half:])

    def _fits(self, data: bytes) -> bool:
        head, tail = self._head, self._tail
        # Without text, its quotes may be head and tail at once.
        return data.startswith(head) and data.endswith(tail) and len(data) > len(head) + len(tail)

    def _text(self, literal: bytes) -> list[str]:
        """The only text; a literal with a quote of its own is none."""
        try:
            text = loads(b'"%b"' % literal)
        except JSONDecodeError:
            return []
        self._misses = 0
        return [text]

    def _parsed(self, literals: list[bytes]) -> list[str]:
        """All texts in one go; a literal with quotes of its own would give more than one."""
        together = b'","'.join(literals)
        if b'\\","' in together or together.endswith(b"\\"):
            # The escape may be one of the quote that joins the literal to the next.
            literals = list(takewhile(lambda literal: not literal.endswith(b"\\"), literals))
            together = b'","'.join(literals)
        if not literals:
            return []
        try:
            found = loads(b'["%b"]' % together)
        except JSONDecodeError:
            found = []
        if len(found) == len(literals):
            self._misses = 0
            return found  # type: ignore[no-any-return]
        return self._parsed(literals[:1]) if len(literals) > 1 else []

    def learn(self, data: bytes, text: str, read: Callable[[Any], str | None]) -> None:
        """Keep the envelope of *data*, a chunk from which *read* took *text*."""
        self.forget()
        if self._misses >= _MAX_MISSES:
            return
        self._misses += 1
        if not (literal := find_literal(data, text)):
            return
        at = data.find(literal)
        head, tail = data[: at + 1], data[at + len(literal) - 1 :]
        try:
            probed = read(loads(head + _PROBE.encode() + tail))
        except JSONDecodeError:
            return
        if probed == _PROBE:
            self._head, self._tail = head, tail

    def forget(self) -> None:
        """The next chunks mean something else, however alike they are."""
        self._head = b""
