"""Chunks that differ from the one before in a single JSON string.

A stream repeats its envelope in every chunk: id, model, choice. Once one chunk was read in full,
those that begin and end with the same bytes hold the same but for the string between.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ccr_desktop.core.protocol.json import JSONDecodeError, dumps_safe, loads

_PROBE = (
    "\u00a7probe"  # stands where the text does, to see whether it is the text that stands there
)
_MAX_MISSES = 8  # a provider whose envelope differs every time is not asked again


class Repeats:
    """Reads the text of a chunk by its envelope, at a fraction of the price of reading it all."""

    def __init__(self) -> None:
        self._head = b""
        self._tail = b""
        self._envelope_size = 0
        self._misses = 0

    def text(self, data: bytes) -> str | None:
        """The text of a chunk with the known envelope; None for any other."""
        head, tail = self._head, self._tail
        if not head or not data.startswith(head) or not data.endswith(tail):
            return None
        if len(data) <= self._envelope_size:
            return None  # no text, or quotes that are head and tail at once
        try:
            found = loads(b'"%b"' % data[len(head) : -len(tail)])
        except JSONDecodeError:
            return None
        self._misses = 0
        return found if type(found) is str else None

    def learn(self, data: bytes, text: str, read: Callable[[Any], str | None]) -> None:
        """Keep the envelope of *data*, a chunk from which *read* took *text*."""
        self.forget()
        if self._misses >= _MAX_MISSES:
            return
        self._misses += 1
        literal = dumps_safe(text)
        at = data.find(literal)
        if at < 0:
            return
        head, tail = data[: at + 1], data[at + len(literal) - 1 :]
        try:
            probed = read(loads(head + _PROBE.encode() + tail))
        except JSONDecodeError:
            return
        if probed == _PROBE:
            self._head, self._tail = head, tail
            self._envelope_size = len(head) + len(tail)

    def forget(self) -> None:
        """The next chunks mean something else, however alike they are."""
        self._head = b""
