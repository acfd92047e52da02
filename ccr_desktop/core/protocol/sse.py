"""Server-sent events: bytes to frames, frames to events, events to bytes.

The decoder follows the WHATWG grammar with two leniencies that real providers need: an event
without its last blank line counts, and invalid UTF-8 is left to the JSON reader. Source:
https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Self

from ccr_desktop.core.protocol.json import dumps_safe

MAX_EVENT_BYTES = 32 * 1024 * 1024

BOM = b"\xef\xbb\xbf"
_LINE_END = re.compile(rb"\r\n|\r|\n")
_LF, _LF_BLANK, _CRLF_BLANK = b"\n", b"\n\n", b"\r\n\r\n"
_BLANK_LINE = re.compile(rb"(?:\r\n|\r(?!\n)|\n)(?:\r\n|\r|\n)")


class SseEvent(NamedTuple):
    """One event: its name (`""` when none was given) and its data as bytes."""

    name: str
    data: bytes


_new_event = tuple.__new__  # half the price of calling the class


class Events:
    """Events that came together, without an object for each: mostly their data is enough."""

    __slots__ = ("_names", "data")

    def __init__(self, data: list[bytes], names: str | list[str] = "") -> None:
        """*names* is the one that all have, or one for each."""
        self.data = data
        self._names = names

    @classmethod
    def of(cls, events: Iterable[SseEvent]) -> Self:
        names, data = [], []
        for name, each in events:
            names.append(name)
            data.append(each)
        return cls(data, names)

    def name(self, at: int) -> str:
        return self._names if isinstance(self._names, str) else self._names[at]

    def __len__(self) -> int:
        return len(self.data)

    def __getitem__(self, at: int) -> SseEvent:
        names = self._names
        return _new_event(SseEvent, (names if type(names) is str else names[at], self.data[at]))

    def __iter__(self) -> Iterator[SseEvent]:
        return map(self.__getitem__, range(len(self.data)))


class EventTooLarge(ValueError):
    """An event grew beyond `MAX_EVENT_BYTES`."""


class SseDecoder:
    """Cuts a byte stream into frames: the bytes of one event with the blank line that ends it.

    How the stream is cut into chunks never matters. Joined, the frames are the input, less a
    byte order mark.
    """

    def __init__(self) -> None:
        self._pending: list[bytes] = []
        self._size = 0
        self._is_first = True

    def feed(self, chunk: bytes) -> list[bytes]:
        """The frames that *chunk* completes."""
        data = self._take(chunk)
        if b"\r" in data:
            return self._split_cr(data)
        return [part + b"\n\n" for part in self._split_lf(data)]

    def events(self, chunk: bytes) -> Events:
        """The events that *chunk* completes: those of the frames, in one pass."""
        if not self._size and not self._is_first and _is_plain_event(chunk):
            return Events([chunk[len(b"data: ") : -len(_LF_BLANK)]])  # as when each is sent alone
        data = self._take(chunk)
        has_cr = b"\r" in data
        if plain := self._plain(data, _CRLF_BLANK if has_cr else _LF_BLANK):
            return Events(plain)
        if has_cr:
            return Events.of(filter(None, map(parse_frame, self._split_cr(data))))
        return self._named(data) or Events.of(filter(None, map(_event, self._split_lf(data))))

    def _plain(self, data: bytes, blank: bytes) -> list[bytes]:
        """The data of the events in *data* when all have one line of it and nothing else.

        *blank* is how such a line and the blank one after it end: as Google's servers do, or as
        all others.
        """
        end = data.rfind(blank)
        if end < 0 or not data.startswith(b"data: "):
            return []
        lines = data[len(b"data: ") : end]
        parts = [lines]
        if b"\n" in lines or b"\r" in lines:
            parts = lines.split(blank + b"data: ")
            joined = b"".join(parts)
            if b"\n" in joined or b"\r" in joined:
                return []  # there are lines of another kind
        tail = data[end + len(blank) :]
        if blank is _CRLF_BLANK and (b"\n" in tail or b"\r" in tail):
            return []  # there may be events whose lines end otherwise
        self._keep(tail)
        return parts

    def _named(self, data: bytes) -> Events | None:
        """The same for events that all have one name: those of the Responses API have names."""
        head = data[: data.find(b"\ndata: ") + len(b"\ndata: ")]
        end = data.rfind(b"\n\n")
        if end < len(head) or not head.startswith(b"event: ") or head.count(b"\n") != 1:
            return None
        parts = data[len(head) : end].split(b"\n\n" + head)
        if b"\n" in b"".join(parts):
            return None
        self._keep(data[end + 2 :])
        name = head[len(b"event: ") : -len(b"\ndata: ")].decode("utf-8", "replace")
        return Events(parts, name)

    def finish(self) -> list[bytes]:
        """What is left at the end of the stream, as a frame of its own."""
        tail = b"".join(self._pending)
        self._keep(b"")
        if self._is_first:
            tail = tail.removeprefix(BOM)
        return [tail] if tail else []

    def _take(self, chunk: bytes) -> bytes:
        """What waited and *chunk*, as far as something in it may be complete."""
        if not self._size and not self._is_first and chunk.endswith((_LF_BLANK, _CRLF_BLANK)):
            return chunk
        self._pending.append(chunk)
        self._size += len(chunk)
        if self._size > MAX_EVENT_BYTES + len(chunk):
            raise EventTooLarge(f"an event of more than {MAX_EVENT_BYTES} bytes")
        if b"\n" not in chunk and b"\r" not in chunk:
            return b""  # a long line in many pieces is joined once, not once a piece
        data = b"".join(self._pending) if len(self._pending) > 1 else chunk
        if self._is_first:
            data = data.removeprefix(BOM)
            self._is_first = False
        return data

    def _split_lf(self, data: bytes) -> list[bytes]:
        if not data:
            return []
        parts = data.split(b"\n\n")
        self._keep(parts.pop())
        return parts

    def _split_cr(self, data: bytes) -> list[bytes]:
        frames = []
        start = 0
        for match in _BLANK_LINE.finditer(data):
            frames.append(data[start : match.end()])
            start = match.end()
        self._keep(data[start:])
        return frames

    def _keep(self, tail: bytes) -> None:
        self._pending = [tail] if tail else []
        self._size = len(tail)


def _is_plain_event(frame: bytes) -> bool:
    """Whether *frame* is one line of data and the blank one."""
    end = len(frame) - len(_LF_BLANK)
    return (
        frame.startswith(b"data: ")
        and frame.find(_LF) == end
        and frame.endswith(_LF_BLANK)
        and b"\r" not in frame
    )


def _event(part: bytes) -> SseEvent | None:
    """The event of a frame without its blank line, whose lines end with LF: mostly two lines."""
    name, _, rest = part.partition(b"\n")
    if name[:7] == b"event: " and rest[:6] == b"data: " and b"\n" not in rest:
        return SseEvent(name[7:].decode("utf-8", "replace"), rest[6:])
    return parse_frame(part)


def parse_frame(frame: bytes) -> SseEvent | None:
    """The event of a frame, or None when it holds only comments or no data."""
    if _is_plain_event(frame):
        return SseEvent("", frame[6:-2])
    name = ""
    data: list[bytes] = []
    for line in _LINE_END.split(frame):
        field, _, value = line.partition(b":")
        if field == b"data":
            data.append(value.removeprefix(b" "))
        elif field == b"event":
            name = value.removeprefix(b" ").decode("utf-8", "replace")
    return SseEvent(name, b"\n".join(data)) if data else None


def encode_event(name: str, payload: object) -> bytes:
    """One event with a JSON payload, ready for the wire."""
    return frame_event(name.encode(), dumps_safe(payload))


def frame_event(name: bytes, data: bytes) -> bytes:
    """One event whose data is a single line."""
    return b"event: %b\ndata: %b\n\n" % (name, data)


PING = encode_event("ping", {"type": "ping"})
