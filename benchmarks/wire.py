"""HTTP as the load client speaks it: one connection, one answer, the marks in it."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass, field

MARK = re.compile(rb"@T(\d{15});")
_TIMELESS = b"@T000000000000000;"
_ENDS = (b"message_stop", b"[DONE]")
_STATUS_AT = slice(9, 12)


@dataclass(slots=True)
class Answer:
    """One answer, as far as it has come."""

    sent_s: float
    status: int = 0
    marks: int = 0
    first_mark_s: float = 0.0
    end_s: float = 0.0
    has_end: bool = False
    lags_us: list[int] = field(default_factory=list)
    excerpt: bytes = b""

    def is_good(self, marks: int) -> bool:
        """Whether it came whole: with this many marks, or with none as a JSON object."""
        is_whole = self.status == 200 and self.end_s > 0
        return is_whole and (not marks or (self.marks == marks and self.has_end))


class Dechunker:
    """Takes the framing off a body with `Transfer-Encoding: chunked`."""

    def __init__(self) -> None:
        self._rest = b""
        self.is_complete = False

    def feed(self, data: bytes) -> bytes:
        data = self._rest + data if self._rest else data
        at, parts = 0, []
        while (line_end := data.find(b"\r\n", at)) >= 0:
            size = int(data[at:line_end].partition(b";")[0], 16)
            after = line_end + 2 + size + 2
            if after > len(data):
                break
            self.is_complete = size == 0
            parts.append(data[line_end + 2 : after - 2])
            at = after
        self._rest = data[at:]
        return b"".join(parts)


class Connection(asyncio.Protocol):
    """One keep-alive connection with one request at a time on it."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self._done: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]  # create_connection makes this kind

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        self._finish()

    async def ask(self, request: bytes) -> Answer:
        """Send the request and read to the end of its answer."""
        self._answer = Answer(sent_s=time.monotonic())
        self._head, self._tail, self._left = b"", b"", -1
        self._dechunker: Dechunker | None = None
        self._done = asyncio.get_running_loop().create_future()
        if self.transport is not None:
            self.transport.write(request)
            await self._done
        return self._answer

    def data_received(self, data: bytes) -> None:
        now = time.monotonic()
        if not self._answer.status:
            self._head += data
            head, found, data = self._head.partition(b"\r\n\r\n")
            if not found:
                return
            self._read_head(head.lower())
        complete = self._take_body(data, now)
        if complete:
            self._answer.end_s = now
            self._finish()

    def _read_head(self, head: bytes) -> None:
        self._answer.status = int(head[_STATUS_AT])
        if b"\r\ntransfer-encoding: chunked" in head:
            self._dechunker = Dechunker()
        elif (length := re.search(rb"\r\ncontent-length: *(\d+)", head)) is not None:
            self._left = int(length[1])

    def _take_body(self, data: bytes, now: float) -> bool:
        """Take in a piece of the body; whether it was the last."""
        if self._dechunker is None:
            self._left -= len(data)
            self._scan(data, now)
            return self._left == 0
        self._scan(self._dechunker.feed(data), now)
        return self._dechunker.is_complete

    def _scan(self, body: bytes, now: float) -> None:
        """Count marks; the tail that is kept is too short to hold a whole one."""
        answer = self._answer
        text = self._tail + body
        if found := text.count(_TIMELESS):  # many times faster than the pattern
            answer.marks += found
        elif stamps := MARK.findall(text):
            answer.marks += len(stamps)
            now_us = int(now * 1e6)
            answer.lags_us += [now_us - int(stamp) for stamp in stamps]
        if answer.marks and not answer.first_mark_s:
            answer.first_mark_s = now
        answer.has_end = answer.has_end or any(end in text for end in _ENDS)
        answer.excerpt = answer.excerpt or body[:300]
        self._tail = text[1 - len(_TIMELESS) :]

    def _finish(self) -> None:
        if self._done is not None and not self._done.done():
            self._done.set_result(None)
