"""A Messages stream on its way through: forwarded as it is, mended where it would break clients.

Gateways send second `message_start` events, leave out event names or `usage`, report errors in
other shapes, or just end. Everything else keeps its bytes.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from ccr_desktop.core.dialects.anthropic.call_ids import GivenIds
from ccr_desktop.core.protocol.failures import Failure, failure_of, masked_json
from ccr_desktop.core.protocol.json import JSONDecodeError, JsonObject, loads_lenient
from ccr_desktop.core.protocol.sinks import error_event
from ccr_desktop.core.protocol.sse import SseEvent, encode_event, parse_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

log = logging.getLogger(__name__)

# Events that nothing can be wrong with; nearly all are such.
_PASSED = frozenset({"content_block_delta", "content_block_stop", "ping"})
_BLANK_LINES = (b"\n\n", b"\n\r\n", b"\r\r", b"\n\r")
_NO_USAGE = {"input_tokens": 0, "output_tokens": 0}
_STOP = encode_event("message_stop", {"type": "message_stop"})
_CUT_SHORT = "the provider closed the stream before the answer was finished"


class MessageStream:
    """Follows one streamed answer.

    `usage` collects what the provider reports, in Anthropic's own members; `failure` is set when
    the stream holds an error, which tells none of *secrets*. *note* learns of every thinking
    block and its signature, not its words. *ids* sees to those of calls.
    """

    def __init__(
        self,
        model: str,
        upstream_model: str,
        request_id: str,
        secrets: Sequence[str] = (),
        note: Callable[[JsonObject], None] = lambda _: None,
        *,
        ids: GivenIds | None = None,
    ) -> None:
        self.usage: JsonObject = {}
        self.failure: Failure | None = None
        self.stop_reason: str | None = None
        self.has_started = False
        self.has_ended = False
        self._model = model
        self._upstream_model = upstream_model
        self._request_id = request_id
        self._secrets = secrets
        self._note = note
        self._ids = ids or GivenIds({})
        self._thought: JsonObject | None = None
        """The thinking block that is open."""

    def feed(self, frames: Iterable[bytes]) -> bytes:
        """The bytes for the client."""
        batch = list(frames)
        if batch and not batch[-1].endswith(_BLANK_LINES):
            batch[-1:] = _mended_tail(batch[-1])
        return b"".join(map(self._forward, batch))

    def finish(self) -> bytes:
        """The end of the provider's stream: an error when the answer had none.

        An answer that said why it stopped is complete; some gateways send nothing after that.
        """
        if self.has_ended or self.failure:
            return b""
        if self.has_started and self.stop_reason:
            self.has_ended = True
            return _STOP
        self.failure = Failure.of(502, _CUT_SHORT if self.has_started else "the answer was empty")
        return self._error(self.failure) if self.has_started else b""

    def fail(self, failure: Failure) -> bytes:
        self.failure = failure
        return self._error(failure)

    # -- one event -------------------------------------------------------------------------

    def _forward(self, frame: bytes) -> bytes:
        if self.has_ended or self.failure:
            return b""  # nothing may follow the end
        event = parse_frame(frame)
        if event is None:
            return frame
        if event.name == "message_stop":
            self.has_ended = True
            return frame
        if event.name in _PASSED and (self.has_started or event.name == "ping"):
            if self._thought is not None:
                self._follow(event.name, event)
            return frame
        return self._read(event, frame)

    def _read(self, event: SseEvent, frame: bytes) -> bytes:
        payload = _payload(event)
        if payload is None:
            return b""
        kind = str(payload.get("type") or event.name)
        match kind:
            case "message_start":
                return self._message_start(payload, event, frame)
            case "content_block_start":
                return self._block_start(payload, event, frame)
            case "message_delta":
                return self._message_delta(payload, event, frame)
            case "message_stop":
                self.has_ended = True
            case "content_block_delta" | "content_block_stop":
                self._follow(kind, event)
            case "error":
                return self._upstream_error(payload, event, frame)
        if failure := failure_of(payload) if "error" in payload else None:
            return self.fail(failure.without(self._secrets))
        return _named(frame, event, payload)

    def _message_start(self, payload: JsonObject, event: SseEvent, frame: bytes) -> bytes:
        if self.has_started:
            log.warning("a second message_start was dropped")
            return b""
        self.has_started = True
        message = payload.get("message")
        message = message if isinstance(message, dict) else {}
        usage = message.get("usage")
        mended = {
            **message,
            "usage": {**_NO_USAGE, **usage} if isinstance(usage, dict) else _NO_USAGE,
        }
        if self._model != self._upstream_model and "model" in message:
            mended["model"] = self._model
        self.usage = dict(mended["usage"])
        if mended == message and event.name:
            return frame
        return encode_event("message_start", {**payload, "message": mended})

    def _follow(self, kind: str, event: SseEvent) -> None:
        """Something became of the thinking block that is open."""
        if self._thought is None:
            return
        if kind == "content_block_stop":
            self._note(self._thought)
            self._thought = None
        elif b"signature_delta" in event.data and (payload := _payload(event)):
            delta = payload.get("delta")
            if isinstance(delta, dict) and delta.get("signature"):
                self._thought = {**self._thought, "signature": delta["signature"]}

    def _block_start(self, payload: JsonObject, event: SseEvent, frame: bytes) -> bytes:
        block = payload.get("content_block")
        if isinstance(block, dict) and block.get("type") == "redacted_thinking":
            self._note(block)
        if isinstance(block, dict) and block.get("type") == "thinking":
            mended = {"thinking": "", "signature": "", **block}
            self._thought = mended
            if mended != block:
                return encode_event("content_block_start", {**payload, "content_block": mended})
        elif isinstance(block, dict) and (owned := self._ids.owned(block)) is not block:
            return encode_event("content_block_start", {**payload, "content_block": owned})
        return _named(frame, event, payload)

    def _message_delta(self, payload: JsonObject, event: SseEvent, frame: bytes) -> bytes:
        delta = payload.get("delta")
        if isinstance(delta, dict) and delta.get("stop_reason"):
            self.stop_reason = str(delta["stop_reason"])
        usage = payload.get("usage")
        if isinstance(usage, dict):
            self.usage |= {name: value for name, value in usage.items() if value is not None}
            if event.name:
                return frame
        mended = usage if isinstance(usage, dict) else {"output_tokens": 0}
        return encode_event("message_delta", {**payload, "usage": mended})

    def _upstream_error(self, payload: JsonObject, event: SseEvent, frame: bytes) -> bytes:
        failure = failure_of(payload) or Failure.of(502, "the provider reported an error")
        is_anthropic = isinstance(payload.get("error"), dict) and payload.get("type") == "error"
        told = self.fail(failure.without(self._secrets))
        passed = masked_json(frame, self._secrets) if event.name and is_anthropic else b""
        return passed or told

    def _error(self, failure: Failure) -> bytes:
        return error_event(failure, self._request_id)


def _named(frame: bytes, event: SseEvent, payload: JsonObject) -> bytes:
    """The frame itself if its event has a name: clients skip those without."""
    if event.name:
        return frame
    kind = payload.get("type")
    is_name = isinstance(kind, str) and kind.isascii() and kind.isidentifier()
    return encode_event(str(kind), payload) if is_name else b""


def _mended_tail(frame: bytes) -> list[bytes]:
    """The last frame of a stream that lacks its blank line: whole, or cut off and worthless."""
    if not frame.strip(b"\r\n"):
        return [frame]  # the rest of a CRLF that was cut in two
    event = parse_frame(frame)
    if event is None or _payload(event) is None:
        return []
    return [frame.rstrip(b"\r\n") + b"\n\n"]


def _payload(event: SseEvent) -> JsonObject | None:
    try:
        payload = loads_lenient(event.data)
    except JSONDecodeError:
        if event.data.strip() != b"[DONE]":
            log.warning("an event of the provider is not JSON")
        return None
    return payload if isinstance(payload, dict) else None
