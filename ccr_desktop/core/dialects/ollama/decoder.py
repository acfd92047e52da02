"""Ollama's answers: a JSON object a line, or one for all.

Source: https://github.com/ollama/ollama/blob/main/docs/api.md#generate-a-chat-completion
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from itertools import count as numbers
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.deltas import (
    Alive,
    Delta,
    DeltaRun,
    ErrorDelta,
    Finish,
    TextDelta,
    ThinkingDelta,
    ToolDelta,
    Usage,
    UsageDelta,
)
from ccr_desktop.core.protocol.failures import Failure, failure_of
from ccr_desktop.core.protocol.json import JSONDecodeError, JsonObject, dumps_text, loads_lenient
from ccr_desktop.core.protocol.usage import count

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import Target
    from ccr_desktop.core.protocol.sse import Events, SseEvent

log = logging.getLogger(__name__)

_MAX_UNREADABLE = 3


class OllamaDecoder:
    """Decodes one answer."""

    def __init__(self, target: Target) -> None:
        self.is_done = False
        self._target = target
        self._calls = numbers()
        self._unreadable = 0

    def feed(self, event: SseEvent) -> list[Delta]:
        try:
            payload = loads_lenient(event.data)
        except JSONDecodeError:
            return self._not_read()
        self._unreadable = 0
        return list(self._decode(payload)) if isinstance(payload, dict) else []

    def feed_run(self, _events: Events, _start: int) -> DeltaRun | None:
        return None

    def finish(self) -> list[Delta]:
        return []

    def decode(self, payload: Any) -> list[Delta]:
        if isinstance(payload, dict) and ("message" in payload or "error" in payload):
            return list(self._decode({"done": True, **payload}))
        return [ErrorDelta(Failure.of(502, "the provider's answer holds no message"))]

    def _not_read(self) -> list[Delta]:
        self._unreadable += 1
        log.warning("a line of %s is not JSON", self._target.provider)
        if self._unreadable <= _MAX_UNREADABLE:
            return []
        return [ErrorDelta(Failure.of(502, "the provider's stream can't be read as JSON"))]

    def _decode(self, payload: JsonObject) -> Iterator[Delta]:
        if "error" in payload:
            failure = failure_of(payload)
            yield ErrorDelta(failure or Failure.of(502, "the provider reported an error"))
            return
        message = payload.get("message")
        deltas = list(self._message(message)) if isinstance(message, dict) else []
        yield from deltas or [Alive()]
        if payload.get("done") is True:
            self.is_done = True
            yield UsageDelta(_usage(payload))
            yield Finish(str(payload.get("done_reason") or ""))

    def _message(self, message: JsonObject) -> Iterator[Delta]:
        thinking, content = message.get("thinking"), message.get("content")
        if thinking and isinstance(thinking, str):
            yield ThinkingDelta(thinking)
        if content and isinstance(content, str):
            yield TextDelta(content)
        calls = message.get("tool_calls")
        for call in calls if isinstance(calls, list) else ():
            function = call.get("function") if isinstance(call, dict) else None
            if isinstance(function, dict) and function.get("name"):
                yield self._call(str(call.get("id") or ""), function)

    def _call(self, identity: str, function: JsonObject) -> ToolDelta:
        """Calls come whole, their arguments as an object."""
        found = function.get("arguments")
        arguments = found if isinstance(found, str) else dumps_text(found or {})
        name = str(function["name"])
        return ToolDelta(next(self._calls), identity, name, arguments, is_whole=True)


def _usage(payload: JsonObject) -> Usage:
    """`prompt_eval_count` is missing when the whole prompt was cached."""
    return Usage(
        prompt=count(payload.get("prompt_eval_count")), output=count(payload.get("eval_count"))
    )
