"""Conversations for models that know one tool call at a time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.messages import blocks

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

_SWITCH = "disable_parallel_tool_use"


def without_parallel_switch(body: JsonObject) -> JsonObject:
    """*body* without the wish for one call at a time, which some models refuse to be told."""
    choice = body.get("tool_choice")
    if not isinstance(choice, dict) or _SWITCH not in choice:
        return body
    return {**body, "tool_choice": {k: v for k, v in choice.items() if k != _SWITCH}}


def with_single_calls(body: JsonObject) -> JsonObject:
    """*body* with each call in an answer of its own, and its result right behind it.

    The first keeps what was said before the calls, the last what follows the results.
    """
    said = body["messages"]
    messages: list[JsonObject] = []
    is_done = False
    for message, following in pairwise([*said, {}]):
        if is_done:
            is_done = False  # they were the results
            continue
        parts = list(_parts(message, following))
        messages += parts or [message]
        is_done = bool(parts)
    return {**body, "messages": messages} if len(messages) > len(said) else body


def _parts(answer: JsonObject, following: JsonObject) -> Iterator[JsonObject]:
    """An answer with several calls and the message with their results, call by call."""
    content, told = blocks(answer.get("content")), blocks(following.get("content"))
    calls = [block for block in content if block.get("type") == "tool_use"]
    results = {b.get("tool_use_id"): b for b in told if b.get("type") == "tool_result"}
    ids = [call.get("id") for call in calls]
    if len(calls) < 2 or answer.get("role") != "assistant" or set(ids) != set(results):
        return  # an incomplete turn is left to who orders it
    words = [block for block in content if block.get("type") != "tool_use"]
    rest = [block for block in told if block.get("type") != "tool_result"]
    for call in calls:
        own = words if call is calls[0] else []
        after = rest if call is calls[-1] else []
        yield {**answer, "content": [*own, call]}
        yield {**following, "content": [results[call["id"]], *after]}
