"""Neighbouring events that each hold one piece of the same text, read at one go.

Nearly all events of an answer are such. Each repeats ids and counts beside its piece, so that
most of what it costs is the call of the JSON reader.
"""

from __future__ import annotations

from itertools import islice, takewhile
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.deltas import ArgumentsDelta, TextDelta
from ccr_desktop.core.protocol.json import JSONDecodeError, loads

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.protocol.sse import SseEvent

Kind = type[TextDelta] | type[ArgumentsDelta]

_KINDS: dict[str, Kind] = {
    "response.output_text.delta": TextDelta,
    "response.function_call_arguments.delta": ArgumentsDelta,
}
_MARKS = tuple(f'"{name}"'.encode() for name in _KINDS)
# Up to here such events are alike: `{"type":"response.output_text.delta","sequence_number":`.
_HEAD_BYTES = 30
_MOST = 512


class Runs:
    """Reads runs of one answer; `_reach` is how many events it tries, by how many it found."""

    def __init__(self) -> None:
        self._reach = 8

    def read(self, events: Sequence[SseEvent], start: int) -> tuple[int, Kind, list[str]] | None:
        """The output index, kind and pieces of the events from *start* on; None for others."""
        name, data = events[start]
        if name not in _KINDS and not any(mark in data for mark in _MARKS):
            return None
        head = data[:_HEAD_BYTES]
        found = []
        for other, data in islice(events, start, start + self._reach):
            if other != name or not data.startswith(head):
                break
            found.append(data)
        if len(found) < 2 or (payloads := _parsed(found)) is None:
            return None
        run = _pieces(payloads)
        size = len(run[2]) if run else 0
        self._reach = min(self._reach * 2, _MOST) if size == len(found) else max(2, size * 2)
        return run if size > 1 else None


def _parsed(found: list[bytes]) -> list[Any] | None:
    try:
        payloads = loads(b"[%b]" % b",".join(found))
    except JSONDecodeError:
        return None
    return payloads if len(payloads) == len(found) else None


def _pieces(payloads: list[Any]) -> tuple[int, Kind, list[str]] | None:
    """The pieces up to the first event that belongs to another text."""
    try:
        name, index = payloads[0]["type"], payloads[0]["output_index"]
        kind = _KINDS.get(name)
        if kind is None or type(index) is not int:
            return None
        pieces = [
            payload["delta"]
            for payload in payloads
            if payload["output_index"] == index and payload["type"] == name
        ]
        if len(pieces) < len(payloads):
            same = takewhile(lambda p: (p["output_index"], p["type"]) == (index, name), payloads)
            pieces = [payload["delta"] for payload in same]
    except (KeyError, TypeError):
        return None
    return (index, kind, pieces) if set(map(type, pieces)) == {str} else None
