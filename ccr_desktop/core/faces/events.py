"""Reading the events of a streamed message, for whatever other protocol they are put into."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.failures import Failure
from ccr_desktop.core.protocol.json import loads_lenient
from ccr_desktop.core.protocol.sse import SseDecoder

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

_STILL_THERE = b": still working\n\n"


class MessageEvents(ABC):
    """Takes the events of one message apart; subclasses put into `_out` what becomes of them."""

    def __init__(self) -> None:
        self._decoder = SseDecoder()
        self._usage: JsonObject = {}
        self._stop_reason: object = None
        self._out: list[bytes] = []

    def feed(self, data: bytes) -> bytes:
        """What becomes of a piece of the stream of events."""
        for event in self._decoder.events(data):
            self._take(loads_lenient(event.data))
        return self._taken()

    def _taken(self) -> bytes:
        out = b"".join(self._out)
        self._out.clear()
        return out

    def _take(self, event: JsonObject) -> None:
        match event:
            case {"type": "content_block_delta", "delta": dict(delta)}:
                self._grow(delta)
            case {"type": "content_block_start", "content_block": dict(block)}:
                self._open(block)
            case {"type": "content_block_stop"}:
                self._close()
            case {"type": "message_start", "message": dict(message)}:
                self._usage = dict(message.get("usage") or {})
                self._start(message)
            case {"type": "message_delta", "delta": dict(delta)}:
                self._stop_reason = delta.get("stop_reason")
                self._usage |= event.get("usage") or {}
            case {"type": "message_stop"}:
                self._finish()
            case {"type": "ping"}:
                self._out.append(_STILL_THERE)
            case {"type": "error", "error": dict(error)}:
                self._fail(Failure(500, str(error.get("type")), str(error.get("message"))))

    @abstractmethod
    def _start(self, message: JsonObject) -> None: ...

    @abstractmethod
    def _open(self, block: JsonObject) -> None: ...

    @abstractmethod
    def _grow(self, delta: JsonObject) -> None: ...

    @abstractmethod
    def _close(self) -> None: ...

    @abstractmethod
    def _finish(self) -> None: ...

    @abstractmethod
    def _fail(self, failure: Failure) -> None: ...
