"""Output items of an answer, complete or growing, as deltas.

Source: https://platform.openai.com/docs/api-reference/responses/object
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.dialects.openai_responses.reasoning import (
    PART_GAP,
    raw_texts,
    reasoning_carrier,
    summary_texts,
)
from ccr_desktop.core.protocol.deltas import (
    BlockEnd,
    CarrierDelta,
    Delta,
    RefusalDelta,
    TextDelta,
    ThinkingDelta,
    ToolDelta,
    ToolEnd,
)
from ccr_desktop.core.protocol.json import JSONDecodeError, dumps_text, loads_lenient
from ccr_desktop.core.protocol.messages import objects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccr_desktop.core.dialects.base import Target
    from ccr_desktop.core.protocol.json import JsonObject

# Models sometimes call several tools by a call of this tool, which only ChatGPT knows.
_WRAPPERS = frozenset({"parallel", "multi_tool_use.parallel"})
_FUNCTIONS = "functions."


@dataclass(slots=True)
class Item:
    """What is known of one output item. `key` tells the items of an answer apart."""

    key: object
    name: str = ""
    has_content: bool = False
    """Whether text, reasoning or arguments have come in pieces."""
    is_over: bool = False
    part: object = None
    """Which part of the reasoning, and of which kind, came last."""
    encrypted: object = None
    wrapped: list[str] = field(default_factory=list)

    @property
    def is_wrapper(self) -> bool:
        return self.name in _WRAPPERS

    # -- calls

    def begin_call(self, payload: JsonObject) -> list[Delta]:
        self.name = text_of(payload, "name")
        if self.is_wrapper:
            return []
        arguments = _arguments(payload)
        self.has_content = bool(arguments)
        return [ToolDelta(self.key, text_of(payload, "call_id"), self.name, arguments)]

    def end_call(self, payload: JsonObject) -> list[Delta]:
        name, arguments = self.name or text_of(payload, "name"), _arguments(payload)
        if name in _WRAPPERS:
            return [*self._unwrapped(payload, name, arguments or "".join(self.wrapped))]
        out: list[Delta] = []
        if not self.has_content or not self.name:
            whole = "" if self.has_content else arguments
            call_id = text_of(payload, "call_id")
            out.append(ToolDelta(self.key, call_id, name, whole, is_whole=bool(whole)))
        if payload.get("status") != "incomplete":
            out.append(ToolEnd(self.key))
        return out

    def _unwrapped(self, payload: JsonObject, name: str, arguments: str) -> Iterator[Delta]:
        """The calls in a wrapper; one that holds something else is a call like any other."""
        call_id = text_of(payload, "call_id")
        uses = _tool_uses(arguments)
        if not uses:
            yield ToolDelta(self.key, call_id, name, arguments, is_whole=True)
            return
        for number, (called, parameters) in enumerate(uses):
            key = (self.key, number)
            identity = f"{call_id}_{number}" if call_id else ""
            yield ToolDelta(key, identity, called, dumps_text(parameters), is_whole=True)
            yield ToolEnd(key)

    # -- reasoning

    def reasoning(self, kind: str, index: object, text: str) -> list[Delta]:
        """A piece of the summary, or of the reasoning itself where there is no summary."""
        part = (kind, index)
        if self.part is None:
            self.part = part
        if self.part == part:
            self.has_content = True
            return [ThinkingDelta(text)]
        if self.part[0] != kind:  # type: ignore[index]  # both say the same
            return []
        self.part = part
        return [ThinkingDelta(PART_GAP + text)]

    def end_reasoning(self, payload: JsonObject, target: Target) -> list[Delta]:
        out: list[Delta] = []
        if not self.has_content:
            text = PART_GAP.join(summary_texts(payload) or raw_texts(payload))
            out += [ThinkingDelta(text)] if text else []
        # The one that comes with the beginning of the item is not final.
        encrypted = payload.get("encrypted_content") or self.encrypted
        if carrier := reasoning_carrier(payload, encrypted, target):
            out.append(CarrierDelta(carrier))
        return [*out, BlockEnd()] if out or self.has_content else []

    # -- messages

    def end_message(self, payload: JsonObject) -> list[Delta]:
        out = [] if self.has_content else [*_message_deltas(payload)]
        return [*out, BlockEnd()] if out or self.has_content else []


def _message_deltas(payload: JsonObject) -> Iterator[Delta]:
    content = payload.get("content")
    if isinstance(content, str):
        yield TextDelta(content)
    for part in objects(content):
        match part:
            case {"type": "output_text" | "text", "text": str(text)} if text:
                yield TextDelta(text)
            case {"type": "refusal", "refusal": str(text)}:
                yield RefusalDelta(text)


def text_of(payload: JsonObject, name: str) -> str:
    value = payload.get(name)
    return value if isinstance(value, str) else ""


def _arguments(payload: JsonObject) -> str:
    value = payload.get("arguments")
    return dumps_text(value) if isinstance(value, dict | list) else text_of(payload, "arguments")


def _tool_uses(arguments: str) -> list[tuple[str, Any]]:
    try:
        value = loads_lenient(arguments)
    except JSONDecodeError:
        return []
    uses = objects(value.get("tool_uses")) if isinstance(value, dict) else []
    return [
        (name.removeprefix(_FUNCTIONS), use.get("parameters") or {})
        for use in uses
        if (name := text_of(use, "recipient_name"))
    ]
