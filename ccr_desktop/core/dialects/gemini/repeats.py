"""Chunks that differ in one JSON string and in counts: Gemini counts tokens in every chunk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.dialects.repeats import Repeats

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccr_desktop.core.protocol.sse import Events

_DIGITS = b"0123456789"
_WITHOUT_DIGITS = re.compile(rb"[^0-9]*")


class CountedRepeats(Repeats):
    """Like `Repeats`, but what follows the text may have other digits than before."""

    def __init__(self) -> None:
        super().__init__()
        self._marker = b""
        self._shape = b""

    def texts(self, events: Events, start: int) -> list[str]:
        head, marker, shape = self._head, self._marker, self._shape
        if not head:
            return []
        begin = len(head)
        literals = []
        for data in events.data[start:]:
            end = data.rfind(marker, begin)
            if end < 0 or data[:begin] != head or data[end:].translate(None, _DIGITS) != shape:
                break
            literals.append(data[begin:end])
        return self._parsed(literals)

    def learn(self, data: bytes, text: str, read: Callable[[Any], str | None]) -> None:
        super().learn(data, text, read)
        if not self._head:
            return
        self._marker = _WITHOUT_DIGITS.match(self._tail)[0]  # type: ignore[index]  # matches always
        self._shape = self._tail.translate(None, _DIGITS)
        if self._marker.count(b'"') < 2:  # could stand in a text, where quotes are escaped
            self.forget()
