"""A streamed answer of Amazon Bedrock as the stream of events that it carries.

Each frame holds one event of Anthropic's in base64; what Bedrock has to say by itself is a frame of
another kind. Sources: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ResponseStream.html
and the package anthropic (2.14, `lib/bedrock/_stream_decoder.py`).
"""

from __future__ import annotations

from binascii import a2b_base64
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.aws_frames import BrokenFrame, Frame, FrameDecoder
from ccr_desktop.core.protocol.failures import Failure, envelope, failure_of
from ccr_desktop.core.protocol.json import JSONDecodeError, loads_lenient, loads_object
from ccr_desktop.core.protocol.messages import as_object
from ccr_desktop.core.protocol.sse import encode_event, frame_event
from ccr_desktop.errors import UpstreamProtocolError

if TYPE_CHECKING:
    from ccr_desktop.core.transformers.base import TransformContext

CONTENT_TYPE = "application/vnd.amazon.eventstream"
_SSE = "text/event-stream"
# What payloads and events begin with: nearly all need not be read.
_BYTES, _TYPE = b'{"bytes":"', b'{"type":"'
_NO_EVENT = "a frame holds no event"
_ADVICE = "Try again; a proxy on the way may have changed the answer."


class BedrockReply:
    """The answer *inner*, whose frames are taken out of its bytes."""

    def __init__(self, inner: Any, context: TransformContext) -> None:
        self.status: int = inner.status
        self.headers: Mapping[str, str] = {**inner.headers, "content-type": _SSE}
        self._inner = inner
        self._route = context.provider.name, context.model
        self._decoder = FrameDecoder()
        self._broken: BrokenFrame | None = None

    async def read_some(self) -> bytes:
        """At least one event; empty at the end, also in the middle of a frame."""
        while self._broken is None:
            data = await self._inner.read_some()
            events = self._events(data)
            if events or not data:
                return events
        raise self._error(self._broken)

    def _events(self, data: bytes) -> bytes:
        made: list[bytes] = []
        try:
            made.extend(map(event_of, self._decoder.feed(data)))  # keeps those before a broken one
        except BrokenFrame as exc:
            self._broken = exc
        return b"".join(made)

    def _error(self, broken: BrokenFrame) -> UpstreamProtocolError:
        provider, model = self._route
        title = f"{provider},{model} sent an answer that can't be read"
        return UpstreamProtocolError(provider, model, title, f"{broken}. {_ADVICE}")

    async def read_all(self, limit: int) -> bytes:
        data: bytes = await self._inner.read_all(limit)
        return data

    async def drain(self) -> None:
        await self._inner.drain()

    def close(self) -> None:
        self._inner.close()


def event_of(frame: Frame) -> bytes:
    """What a frame holds, as an event of a Messages stream; empty when that is nothing for it."""
    headers = frame.headers
    match headers.get(":message-type", "event"):
        case "event" if headers.get(":event-type", "chunk") != "chunk":
            return b""
        case "event":
            return _chunk(frame)
        case "exception":
            told = loads_object(frame.payload)
            message = told.get("message") or told.get("Message")
            return _failed(headers.get(":exception-type", ""), message)
        case _:
            return _failed(headers.get(":error-code", ""), headers.get(":error-message"))


def _chunk(frame: Frame) -> bytes:
    try:
        data = a2b_base64(_quoted(frame.payload, _BYTES) or _loads(frame.payload)["bytes"])
    except (KeyError, TypeError, ValueError) as exc:
        raise BrokenFrame(_NO_EVENT) from exc
    is_line = b"\n" not in data and b"\r" not in data
    if is_line and (kind := _quoted(data, _TYPE)):
        return frame_event(kind, data)
    event = as_object(_loads(data))
    name = event.get("type")
    if not isinstance(name, str) or not name.isidentifier():
        return b""
    return frame_event(name.encode(), data) if is_line else encode_event(name, event)


def _quoted(data: bytes, start: bytes) -> bytes:
    """The text that follows on *start*; nothing when *data* begins otherwise."""
    return data[len(start) :].partition(b'"')[0] if data.startswith(start) else b""


def _failed(name: str, message: Any) -> bytes:
    error = {"type": name, "message": str(message or name or "the stream ended with an error")}
    failure = failure_of({"error": error}) or Failure.of(502, error["message"])
    return encode_event("error", envelope(failure))


def _loads(data: bytes) -> Any:
    try:
        return loads_lenient(data)
    except JSONDecodeError as exc:
        raise BrokenFrame(_NO_EVENT) from exc
