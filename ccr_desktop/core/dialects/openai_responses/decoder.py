"""Answers of the Responses API, streamed or complete, as deltas.

Events are told apart by `output_index`: the ids of items change between the events of some
servers. Source: https://platform.openai.com/docs/api-reference/responses-streaming
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, ClassVar

from ccr_desktop.core.dialects.openai_responses.output import Item, text_of
from ccr_desktop.core.dialects.openai_responses.runs import Runs
from ccr_desktop.core.dialects.openai_responses.search import SearchResults
from ccr_desktop.core.dialects.openai_responses.usage import read_usage
from ccr_desktop.core.protocol.deltas import (
    Alive,
    ArgumentsDelta,
    Delta,
    DeltaRun,
    ErrorDelta,
    Finish,
    RefusalDelta,
    TextDelta,
    ToolDelta,
    UsageDelta,
)
from ccr_desktop.core.protocol.failures import Failure, failure_of
from ccr_desktop.core.protocol.json import JSONDecodeError, JsonObject, loads, loads_lenient
from ccr_desktop.core.protocol.messages import objects

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ccr_desktop.core.dialects.base import Target
    from ccr_desktop.core.protocol.sse import Events, SseEvent

log = logging.getLogger(__name__)

_MAX_UNREADABLE = 3
_BROKEN = frozenset({"failed", "cancelled"})


class ResponsesDecoder:
    """Decodes one answer of a Responses server."""

    def __init__(self, target: Target) -> None:
        self.is_done = False
        self._target = target
        self._items: dict[object, Item] = {}
        self._search = SearchResults()
        self._runs = Runs()
        self._unreadable = 0

    # -- input -----------------------------------------------------------------------------

    def feed(self, event: SseEvent) -> list[Delta]:
        """The deltas in one event."""
        try:
            payload = loads(event.data)
        except JSONDecodeError:
            try:
                payload = loads_lenient(event.data)
            except JSONDecodeError:
                return self._feed_other(event.data)
        self._unreadable = 0
        if not isinstance(payload, dict):
            return _error(payload) if isinstance(payload, list) else []
        kind = payload.get("type") or event.name
        handler = self._handlers.get(kind) if isinstance(kind, str) else None
        if handler is None:
            return _error(payload) if payload.get("error") else []
        return self._passed(handler(self, payload))

    def feed_run(self, events: Events, start: int) -> DeltaRun | None:
        """The pieces of one text or one call's arguments from *start* on, read together."""
        if self._search.is_waiting or (run := self._runs.read(events, start)) is None:
            return None
        key, kind, texts = run
        item = self._items.get(key)
        if item is None or item.is_wrapper or (kind is ArgumentsDelta and not item.name):
            return None
        item.has_content = True
        self._unreadable = 0
        return DeltaRun(kind, key, texts)

    def finish(self) -> list[Delta]:
        """What was held back until the stream ended."""
        return self._search.release()

    def decode(self, payload: Any) -> list[Delta]:
        """The deltas in a complete answer; something else than an answer is an error."""
        if not isinstance(payload, dict) or not isinstance(payload.get("output"), list):
            failure = Failure.of(502, "the provider's answer holds no output")
            return _error(payload) or [ErrorDelta(failure)]
        return [*self._passed(self._end(payload)), *self.finish()]

    def _feed_other(self, data: bytes) -> list[Delta]:
        text = data.strip()
        if text == b"[DONE]":
            self.is_done = True
        if not text or self.is_done:
            return []
        self._unreadable += 1
        log.warning("an event of %s is not JSON", self._target.provider)
        if self._unreadable <= _MAX_UNREADABLE:
            return []
        return [ErrorDelta(Failure.of(502, "the provider's stream can't be read as JSON"))]

    def _passed(self, deltas: list[Delta]) -> list[Delta]:
        """*deltas*, or nothing while an answer is held back."""
        if self._search.is_waiting:
            self._search.hold(deltas)
            return []
        return deltas

    # -- pieces ----------------------------------------------------------------------------

    def _item(self, payload: JsonObject) -> Item:
        key = payload.get("output_index")
        if not isinstance(key, int):
            key = text_of(payload, "item_id") or text_of(_object(payload, "item"), "id")
        item = self._items.get(key)
        if item is None:
            item = self._items[key] = Item(key)
        return item

    def _add_text(self, payload: JsonObject) -> list[Delta]:
        if not (text := text_of(payload, "delta")):
            return []
        self._item(payload).has_content = True
        return [TextDelta(text)]

    def _add_refusal(self, payload: JsonObject) -> list[Delta]:
        if not (text := text_of(payload, "delta")):
            return []
        self._item(payload).has_content = True
        return [RefusalDelta(text)]

    def _add_summary(self, payload: JsonObject) -> list[Delta]:
        text, index = text_of(payload, "delta"), str(payload.get("summary_index"))
        return self._item(payload).reasoning("summary", index, text) if text else []

    def _add_reasoning(self, payload: JsonObject) -> list[Delta]:
        text, index = text_of(payload, "delta"), str(payload.get("content_index"))
        return self._item(payload).reasoning("raw", index, text) if text else []

    def _add_arguments(self, payload: JsonObject) -> list[Delta]:
        item, text = self._item(payload), text_of(payload, "delta")
        if item.is_wrapper:
            item.wrapped.append(text)
            return []
        item.has_content = item.has_content or bool(text)
        return [ArgumentsDelta(item.key, text)]

    def _end_arguments(self, payload: JsonObject) -> list[Delta]:
        item, text = self._item(payload), text_of(payload, "arguments")
        if item.is_wrapper or item.has_content or not text:
            return []
        item.has_content = True
        return [ToolDelta(item.key, arguments=text, is_whole=True)]

    def _add_citation(self, payload: JsonObject) -> list[Delta]:
        self._search.note_citation(payload.get("annotation"))
        return []

    # -- items -----------------------------------------------------------------------------

    def _begin_item(self, payload: JsonObject) -> list[Delta]:
        item, content = self._item(payload), _object(payload, "item")
        match content.get("type"):
            case "function_call":
                return item.begin_call(content)
            case "reasoning":
                item.encrypted = content.get("encrypted_content")
        return [Alive()]

    def _end_item(self, payload: JsonObject) -> list[Delta]:
        return self._close(self._item(payload), _object(payload, "item"))

    def _close(self, item: Item, content: JsonObject) -> list[Delta]:
        """What an item that is complete still lacks. Those of server-side tools say nothing."""
        if item.is_over:
            return []
        item.is_over = True
        match content.get("type"):
            case "function_call":
                return item.end_call(content)
            case "reasoning":
                return item.end_reasoning(content, self._target)
            case "message":
                return self._close_message(item, content)
            case "web_search_call":
                self._search.note_call(content, item.key)
        return []

    def _close_message(self, item: Item, content: JsonObject) -> list[Delta]:
        for part in objects(content.get("content")):
            for annotation in objects(part.get("annotations")):
                self._search.note_citation(annotation)
        deltas = item.end_message(content)
        if self._search.is_waiting:
            self._search.hold(deltas)
            return self._search.release()
        return deltas

    # -- the end ---------------------------------------------------------------------------

    def _complete(self, payload: JsonObject) -> list[Delta]:
        return self._end({"status": "completed", **_object(payload, "response")})

    def _break_off(self, payload: JsonObject) -> list[Delta]:
        return self._end({"status": "incomplete", **_object(payload, "response")})

    def _fail(self, payload: JsonObject) -> list[Delta]:
        return self._end({**_object(payload, "response"), "status": "failed"})

    def _report(self, payload: JsonObject) -> list[Delta]:
        """An error event, whose members stand in it or one level down."""
        self.is_done = True
        holder = _object(payload, "error") or {k: v for k, v in payload.items() if k != "type"}
        failure = failure_of({"error": holder})
        return [ErrorDelta(failure or Failure.of(502, "the provider reported an error"))]

    def _end(self, response: JsonObject) -> list[Delta]:
        self.is_done = True
        status = text_of(response, "status")
        if status in _BROKEN:
            failure = (
                failure_of({"error": response.get("error")}) if response.get("error") else None
            )
            return [ErrorDelta(failure or Failure.of(502, f"the provider's answer {status}"))]
        out: list[Delta] = []
        has_places = not any(isinstance(key, str) for key in self._items)
        for index, content in enumerate(objects(response.get("output"))):
            place = {"output_index": index} if has_places else {}
            item = self._item({**place, "item": content})
            out += self._passed(self._close(item, content))
        out += self._search.release()
        if isinstance(usage := response.get("usage"), dict):
            out.append(UsageDelta(read_usage(usage, self._target.profile)))
        reason = _object(response, "incomplete_details").get("reason")
        is_whole = status != "incomplete" or not isinstance(reason, str)
        return [*out, Finish(status if is_whole else str(reason))]

    # No methods of each decoder: they would wait for the garbage collector with it.
    _handlers: ClassVar[Mapping[str, Callable[[ResponsesDecoder, JsonObject], list[Delta]]]] = {
        "response.output_text.delta": _add_text,
        "response.function_call_arguments.delta": _add_arguments,
        "response.reasoning_summary_text.delta": _add_summary,
        "response.reasoning_text.delta": _add_reasoning,
        "response.refusal.delta": _add_refusal,
        "response.function_call_arguments.done": _end_arguments,
        "response.output_text.annotation.added": _add_citation,
        "response.output_item.added": _begin_item,
        "response.output_item.done": _end_item,
        "response.completed": _complete,
        "response.incomplete": _break_off,
        "response.failed": _fail,
        "response.cancelled": _fail,
        "error": _report,
    }


def _error(payload: Any) -> list[Delta]:
    failure = failure_of(payload)
    return [ErrorDelta(failure)] if failure else []


def _object(payload: JsonObject, name: str) -> JsonObject:
    value = payload.get(name)
    return value if isinstance(value, dict) else {}
