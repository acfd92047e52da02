"""A Messages answer as deltas, for answers that cannot just pass through: filters want to see them.

Source: https://docs.anthropic.com/en/docs/build-with-claude/streaming
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.dialects.anthropic.fold import closed, extend
from ccr_desktop.core.protocol.deltas import (
    Alive,
    CarrierDelta,
    CitationDelta,
    Delta,
    DeltaRun,
    ErrorDelta,
    Finish,
    ResultDelta,
    TextDelta,
    ThinkingDelta,
    ToolDelta,
    ToolEnd,
    Usage,
    UsageDelta,
)
from ccr_desktop.core.protocol.failures import Failure, failure_of
from ccr_desktop.core.protocol.json import JSONDecodeError, JsonObject, dumps_text, loads_lenient
from ccr_desktop.core.protocol.messages import as_object, objects
from ccr_desktop.core.protocol.usage import count, prompt_tokens

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.sse import Events, SseEvent

log = logging.getLogger(__name__)


class MessagesDecoder:
    """Decodes one answer. Blocks that are neither text, thinking nor calls stay whole."""

    def __init__(self, note: Callable[[JsonObject], None] = lambda _: None) -> None:
        self._note = note
        """Learns of every thinking block and its signature."""
        self.is_done = False
        self._blocks: dict[object, JsonObject] = {}
        self._usage: JsonObject = {}

    def feed(self, event: SseEvent) -> list[Delta]:
        try:
            payload = loads_lenient(event.data)
        except JSONDecodeError:
            if event.data.strip() != b"[DONE]":
                log.warning("an event of the provider is not JSON")
            return []
        if not isinstance(payload, dict):
            return []
        return list(self._decode(str(payload.get("type") or event.name), payload))

    def feed_run(self, _events: Events, _start: int) -> DeltaRun | None:
        return None

    def finish(self) -> list[Delta]:
        return []

    def decode(self, payload: Any) -> list[Delta]:
        content = payload.get("content") if isinstance(payload, dict) else None
        if not isinstance(content, list):
            failure = failure_of(payload) if isinstance(payload, dict) else None
            return [ErrorDelta(failure or Failure.of(502, "the provider's answer is no message"))]
        for block in objects(content):
            self._note(block)
        deltas = [d for at, block in enumerate(objects(content)) for d in _whole(at, block)]
        return [*deltas, *self._ended(payload, payload)]

    def _decode(self, kind: str, payload: JsonObject) -> Iterator[Delta]:
        match kind:
            case "message_start":
                self._usage |= as_object(as_object(payload.get("message")).get("usage"))
                yield Alive()
            case "content_block_start":
                yield from self._started(_key(payload), as_object(payload.get("content_block")))
            case "content_block_delta":
                yield from self._grown(_key(payload), as_object(payload.get("delta")))
            case "content_block_stop":
                yield from self._stopped(_key(payload))
            case "message_delta":
                yield from self._ended(as_object(payload.get("delta")), payload)
            case "message_stop":
                self.is_done = True
            case "ping":
                yield Alive()
            case _ if failure := failure_of(payload) if "error" in payload else None:
                yield ErrorDelta(failure)

    def _started(self, key: object, block: JsonObject) -> Iterator[Delta]:
        self._blocks[key] = dict(block)
        match block.get("type"):
            case "text":
                yield TextDelta(str(block.get("text") or ""))
            case "thinking":
                yield ThinkingDelta(str(block.get("thinking") or ""))
            case "tool_use":
                yield ToolDelta(key, str(block.get("id") or ""), str(block.get("name") or ""))

    def _grown(self, key: object, delta: JsonObject) -> Iterator[Delta]:
        block = self._blocks.get(key, {})
        match block.get("type"), delta.get("type"):
            case "text", "citations_delta":
                yield from map(CitationDelta, objects([delta.get("citation")]))
            case "text", "text_delta":
                yield TextDelta(str(delta.get("text") or ""))
            case "thinking", "thinking_delta":
                yield ThinkingDelta(str(delta.get("thinking") or ""))
            case "thinking", "signature_delta":
                block["signature"] = str(delta.get("signature") or "")
                yield CarrierDelta(block["signature"])
            case "tool_use", "input_json_delta":
                yield ToolDelta(key, arguments=str(delta.get("partial_json") or ""))
            case _:
                extend(block, delta)

    def _stopped(self, key: object) -> Iterator[Delta]:
        block = self._blocks.pop(key, {})
        self._note(block)
        match block.get("type"):
            case "text" | "thinking":
                return
            case "tool_use":
                yield ToolEnd(key)
            case str():
                yield ResultDelta(closed(block))

    def _ended(self, delta: JsonObject, holder: JsonObject) -> Iterator[Delta]:
        found = as_object(holder.get("usage"))
        self._usage |= {name: value for name, value in found.items() if value is not None}
        if self._usage:
            yield UsageDelta(_usage(self._usage))
        if reason := delta.get("stop_reason"):
            matched = delta.get("stop_sequence")
            yield Finish(str(reason), matched if isinstance(matched, str) else None)


def _key(payload: JsonObject) -> object:
    """What tells the blocks of an answer apart."""
    index = payload.get("index")
    return index if isinstance(index, int | str) else None


def _whole(key: int, block: JsonObject) -> Iterator[Delta]:
    """The deltas of a complete block."""
    match block.get("type"):
        case "text":
            yield TextDelta(str(block.get("text") or ""))
            yield from map(CitationDelta, objects(block.get("citations")))
        case "thinking":
            yield ThinkingDelta(str(block.get("thinking") or ""))
            if signature := block.get("signature"):
                yield CarrierDelta(str(signature))
        case "tool_use":
            name, identity = str(block.get("name") or ""), str(block.get("id") or "")
            yield ToolDelta(key, identity, name, dumps_text(block.get("input") or {}), True)
        case str():
            yield ResultDelta(block)


def _usage(found: JsonObject) -> Usage:
    """Anthropic's counts, whose `input_tokens` leave out what the cache gave and took."""
    details = as_object(found.get("output_tokens_details"))
    return Usage(
        prompt=prompt_tokens(found) if "input_tokens" in found else None,
        cached=count(found.get("cache_read_input_tokens")),
        written=count(found.get("cache_creation_input_tokens")),
        output=count(found.get("output_tokens")),
        thinking=count(details.get("thinking_tokens")),
    )
