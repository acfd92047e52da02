"""Chunks that differ in one JSON string and in counts: Gemini counts tokens in every chunk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.dialects.repeats import Repeats

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccr_desktop.core.protocol.sse import Events

_TOGETHER = 128  # chunks that are looked at in one go
_DIGITS = b"0123456789"
_WITHOUT_DIGITS = re.compile(rb"[^0-9]*")


class CountedRepeats(Repeats):
    """Like `Repeats`, but what follows the text may have other digits than before."""

    def __init__(self) -> None:
        super().__init__()
        self._marker = b""
        self._shape = b""

    def texts(self, events: Events, start: int) -> list[str]:
        first = events.data[start]
        if not self._head or not first.startswith(self._head):
            return []
        if start + 1 == len(events):
            return self._parsed(self._literal(first))
        found = events.data[start : start + _TOGETHER]
        while len(found) > 1:
            if literals := self._literals(found):
                return self._parsed(literals)
            found = found[: len(found) // 2]
        return self._parsed(self._literal(first))

    def _literal(self, data: bytes) -> list[bytes]:
        """What stands between head and tail in *data*, if it has both."""
        literal, marker, counts = data[len(self._head) :].rpartition(self._marker)
        fits = marker and counts.translate(None, _DIGITS) == self._shape
        return [literal] if fits else []

    def _literals(self, found: list[bytes]) -> list[bytes]:
        """The same for each of *found*, at once; nothing unless all have both."""
        begin, count = len(self._head), len(found)
        rests = [data[begin:] for data in found]
        if self._head + (b"\n" + self._head).join(rests) != b"\n".join(found):
            return []
        parted = [rest.rpartition(self._marker) for rest in rests]
        literals, markers, counts = zip(*parted, strict=True)
        shapes = b"\n".join(counts).translate(None, _DIGITS)
        is_same = shapes == b"\n".join([self._shape] * count)
        return [*literals] if is_same and markers.count(self._marker) == count else []

    def learn(self, data: bytes, text: str, read: Callable[[Any], str | None]) -> None:
        super().learn(data, text, read)
        if not self._head:
            return
        self._marker = _WITHOUT_DIGITS.match(self._tail)[0]  # type: ignore[index]  # matches always
        self._shape = self._tail[len(self._marker) :].translate(None, _DIGITS)
        is_clear = self._marker.count(b'"') > 1  # or it could stand in a text
        if not is_clear or b"\n" in self._tail:
            self.forget()
