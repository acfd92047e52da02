"""An Anthropic conversation as input items of the Responses API.

The same conversation always gives the same items, and a longer one begins with those of the
shorter: providers' prompt caches depend on it. The order is the API's: reasoning directly before
what it led to, the results of all calls after the calls. Nothing has an `id` but reasoning: the
requests say `store: false`, and ids would be looked for in the store.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from ccr_desktop.core.dialects.openai_responses.parts import encode_output, encode_parts, text_part
from ccr_desktop.core.dialects.openai_responses.reasoning import reasoning_item
from ccr_desktop.core.protocol.conversation import (
    AssistantTurn,
    SystemNote,
    Turn,
    UserTurn,
    read_turns,
)
from ccr_desktop.core.protocol.json import dumps_text
from ccr_desktop.core.protocol.words import answer_text

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import Target
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.protocol.tools import ToolNames

_GOOD_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


def encode_items(body: JsonObject, target: Target, names: ToolNames) -> list[JsonObject]:
    """The items of the whole conversation; the system prompt is not among them."""
    items = _Items(target, names)
    for turn in read_turns(body["messages"]):
        items.add(turn)
    return items.out


class _Items:
    """Collects items; `_reasoning` waits for the item that it led to."""

    def __init__(self, target: Target, names: ToolNames) -> None:
        self.out: list[JsonObject] = []
        self._target = target
        self._names = names
        self._reasoning: JsonObject | None = None

    def add(self, turn: Turn) -> None:
        match turn:
            case AssistantTurn():
                self._add_answer(turn)
            case UserTurn(content):
                if parts := encode_parts(content):
                    self._add_message("user", parts)
            case SystemNote(text):
                self._add_message("developer", [text_part(text)])

    def _add_message(self, role: str, parts: list[JsonObject]) -> None:
        self._reasoning = None  # what it led to is gone, and alone it is refused
        self.out.append({"type": "message", "role": role, "content": parts})

    def _add_answer(self, turn: AssistantTurn) -> None:
        """The blocks of one answer in their order, then the results of its calls."""
        texts: list[str] = []
        for block in turn.blocks:
            if (text := answer_text(block)).strip():
                texts.append(text)
            elif block.get("type") in _ENDS_TEXT:
                self._add_text(texts, "commentary")
                texts = []
                self._add_block(block)
        self._add_text(texts, "commentary" if turn.calls else "final_answer")
        for call, result in turn.calls:
            self._reasoning = None
            output = encode_output(result)
            call_id = provider_id(call["id"])
            self.out.append({"type": "function_call_output", "call_id": call_id, "output": output})

    def _add_text(self, texts: list[str], phase: str) -> None:
        """What was said, and whether more was done after it, for models that tell both apart."""
        if texts:
            # A string: the parts of an answer may only be sent with the ids of a stored one.
            item = {"type": "message", "role": "assistant", "content": "\n\n".join(texts)}
            self._add_led({**item, "phase": phase} if self._target.profile.labels_phases else item)

    def _add_block(self, block: JsonObject) -> None:
        match block["type"]:
            case "thinking":
                self._reasoning = reasoning_item(block, self._target)
            case "tool_use":
                self._add_led(self._call(block))
            case _:
                self._reasoning = None

    def _add_led(self, item: JsonObject) -> None:
        if self._reasoning is not None:
            self.out.append(self._reasoning)
            self._reasoning = None
        self.out.append(item)

    def _call(self, block: JsonObject) -> JsonObject:
        return {
            "type": "function_call",
            "call_id": provider_id(block["id"]),
            "name": self._names.provider_name(block["name"]),
            "arguments": dumps_text(block.get("input") or {}),
        }


_ENDS_TEXT = frozenset({"thinking", "redacted_thinking", "tool_use", "server_tool_use"})


def provider_id(call_id: str) -> str:
    """The id of a call as the API takes it, the same on every turn."""
    if _GOOD_ID.fullmatch(call_id):
        return call_id
    return f"call_{sha256(call_id.encode('utf-8', 'replace')).hexdigest()[:32]}"
