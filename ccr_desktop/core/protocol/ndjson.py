"""Newline-delimited JSON: a value a line (https://github.com/ndjson/ndjson-spec)."""

from __future__ import annotations

from ccr_desktop.core.protocol.sse import MAX_EVENT_BYTES, Events, EventTooLarge


class LineDecoder:
    """Cuts a byte stream into lines that are not blank. How it is cut into chunks never matters."""

    def __init__(self) -> None:
        self._pending: list[bytes] = []
        self._size = 0

    def events(self, chunk: bytes) -> Events:
        """The lines that *chunk* completes."""
        self._pending.append(chunk)
        self._size += len(chunk)
        if self._size > MAX_EVENT_BYTES + len(chunk):
            raise EventTooLarge(f"a line of more than {MAX_EVENT_BYTES} bytes")
        if b"\n" not in chunk:
            return Events([])  # a long line in many pieces is joined once, not once a piece
        *lines, tail = b"".join(self._pending).split(b"\n")
        self._pending, self._size = [tail], len(tail)
        return Events([line for line in lines if line.strip()])

    def finish(self) -> Events:
        """The last line, which need not have an end."""
        tail = b"".join(self._pending)
        self._pending, self._size = [], 0
        return Events([tail] if tail.strip() else [])
