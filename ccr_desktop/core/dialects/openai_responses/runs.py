"""Neighbouring events that each hold one piece of the same text, read at one go.

Nearly all events of an answer are such. Each repeats ids beside its piece and counts on, so that
most of what it costs is to read what is known already.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

from ccr_desktop.core.protocol.deltas import ArgumentsDelta, TextDelta
from ccr_desktop.core.protocol.json import JSONDecodeError, find_literal, loads

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.sse import Events

Kind = type[TextDelta] | type[ArgumentsDelta]

_KINDS: dict[str, Kind] = {
    "response.output_text.delta": TextDelta,
    "response.function_call_arguments.delta": ArgumentsDelta,
}
_MARKS = tuple(f'"{name}"'.encode() for name in _KINDS)
# Up to here such events are alike: `{"type":"response.output_text.delta","sequence_number":`.
_HEAD_BYTES = 30
_MOST = 512
# What is another in every event.
_COUNT = re.compile(rb'"sequence_number":\s*')
_PADDING = re.compile(rb'"obfuscation":\s*"')
_NEXT_MEMBER = re.compile(rb'",\s*"')
_DIGITS = re.compile(rb"\d+")


class Run(NamedTuple):
    """Pieces of one text; `key` is the output index of the item that they belong to."""

    key: int
    kind: Kind
    pieces: list[str]


class Envelope(NamedTuple):
    """The bytes around the pieces of one text.

    An event is *head*, its number, *middle*, the piece, *tail*, and padding that says nothing,
    unless *tail* is its end.
    What an event means is said in the three.
    """

    key: int
    kind: Kind
    head: bytes
    middle: bytes
    tail: bytes

    def pieces(self, events: Events, start: int) -> list[str]:
        """The pieces in the events from *start* on, as far as they have this envelope."""
        head, middle, tail = self.head, self.middle, self.tail
        digits = _DIGITS.match(events.data[start], len(head)) if head else None
        after = digits.end() if digits else len(head)
        begin = after + len(middle)
        is_end, escaped = tail.endswith(b"}"), b"\\" + tail
        literals = []
        for data in events.data[start : start + _MOST]:
            # A number with another count of digits begins a run of its own.
            if not data.startswith(middle, after) or not data.startswith(head):
                break
            if not is_end:
                end = data.find(tail, begin)
            elif data.endswith(tail) and not (data.endswith(escaped) and _is_cut(data, tail)):
                end = len(data) - len(tail)
            else:
                end = -1
            if end < begin:
                break
            literals.append(data[begin:end])
        return _texts(literals)


def _is_cut(data: bytes, tail: bytes) -> bool:
    """Whether the quote that *tail* begins with is a part of the text."""
    before = data.removesuffix(tail)
    return (len(before) - len(before.rstrip(b"\\"))) % 2 == 1


def _texts(literals: list[bytes]) -> list[str]:
    """What the literals stand for; nothing if that is not one text each."""
    try:
        texts = loads(b'["%b"]' % b'","'.join(literals)) if literals else []
    except JSONDecodeError:
        return []
    return texts if len(texts) == len(literals) else []


def learn(data: bytes, payload: dict[str, Any]) -> Envelope | None:
    """The envelope of an event that was read in full; None where the parts can't be told apart."""
    at = data.find(b'"delta":') + len(b'"delta":')
    literal = find_literal(data, payload["delta"], at)
    if not literal or not data.startswith(literal, at):
        return None
    head, middle = _cut_count(data[: at + 1])
    tail = data[at + len(literal) - 1 :]
    ends = [m.end() for mark in (_COUNT, _PADDING) if (m := mark.search(tail))]
    tail = tail[: min(ends, default=len(tail))]
    said = b"%b0%b%b" % (head, middle, tail)
    kind, index = payload["type"], payload["output_index"]
    is_known = f'"{kind}"'.encode() in said and b'"output_index":%d' % index in said
    # Inside of a piece each quote is escaped, so that these two are not found there.
    is_end = tail.endswith(b"}")
    is_clear = middle.count(b'"') > 1 and (is_end or _NEXT_MEMBER.match(tail) is not None)
    return Envelope(index, _KINDS[kind], head, middle, tail) if is_known and is_clear else None


def _cut_count(data: bytes) -> tuple[bytes, bytes]:
    """What stands before the number of the event, and after it."""
    found = _COUNT.search(data)
    digits = _DIGITS.match(data, found.end()) if found else None
    return (data[: digits.start()], data[digits.end() :]) if digits else (b"", data)


class Runs:
    """Reads runs of one answer; `_reach` is how many events it tries, by how many it found."""

    def __init__(self) -> None:
        self._reach = 8
        self._envelope: Envelope | None = None

    def read(self, events: Events, start: int) -> Run | None:
        """The run of the events from *start* on; None for events of another kind."""
        if (envelope := self._envelope) and (pieces := envelope.pieces(events, start)):
            return Run(envelope.key, envelope.kind, pieces)
        if start + 1 == len(events):
            return None
        name, data = events[start]
        if name not in _KINDS and not any(mark in data for mark in _MARKS):
            return None
        head = data[:_HEAD_BYTES]
        found = []
        for at in range(start, min(start + self._reach, len(events))):
            data = events.data[at]
            if events.name(at) != name or not data.startswith(head):
                break
            found.append(data)
        if len(found) < 2:
            return None
        return self._read_in_full(found)

    def _read_in_full(self, found: list[bytes]) -> Run | None:
        if (payloads := _parsed(found)) is None or (run := _run(payloads)) is None:
            return None
        size = len(run.pieces)
        if size == len(found):
            self._reach = min(self._reach * 2, _MOST)
            self._envelope = learn(found[-1], payloads[-1])
        else:
            self._reach = max(2, size * 2)
        return run if size > 1 else None


def _parsed(found: list[bytes]) -> list[Any] | None:
    try:
        payloads = loads(b"[%b]" % b",".join(found))
    except JSONDecodeError:
        return None
    return payloads if len(payloads) == len(found) else None


def _run(payloads: list[Any]) -> Run | None:
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
    return Run(index, kind, pieces) if set(map(type, pieces)) == {str} else None
