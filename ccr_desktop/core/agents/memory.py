"""What was found out about pictures, kept in the conversation itself.

Calls of the router's own tool are none that the client could send back. They travel in the
signature of an empty thinking block, which clients echo, and become calls and results again on
the next request: the model reads the conversation as it happened, and prompt caches hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.agents.image_tool import Look
from ccr_desktop.core.protocol.carrier import decode_carrier, encode_carrier
from ccr_desktop.core.protocol.messages import blocks, objects

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.protocol.json import JsonObject

_OWNER = "/image agent"  # no provider is called so


def signature(looks: Sequence[Look], *, is_mixed: bool) -> str:
    """A signature that holds *looks*; *is_mixed* says that calls of the client's tools follow."""
    kept = [{"call": look.call, "text": look.text, "error": look.is_error} for look in looks]
    return encode_carrier(_OWNER, {"looks": kept, "mixed": is_mixed})


def thinking_block(looks: Sequence[Look], *, is_mixed: bool) -> JsonObject:
    return {"type": "thinking", "thinking": "", "signature": signature(looks, is_mixed=is_mixed)}


def recalled(messages: Sequence[JsonObject], tool: str) -> list[JsonObject]:
    """*messages* with the calls of *tool* and their results in their places."""
    found: list[JsonObject] = []
    due: list[JsonObject] = []  # results that stand before what the user sends next
    for message in messages:
        role, content = message.get("role"), message.get("content")
        if role == "user" and due:
            found.append({**message, "content": [*due, *blocks(content)]})
            due = []
        elif role == "assistant" and isinstance(content, list):
            found += [{"role": "user", "content": due}] if due else []
            rounds, due = _rounds(message, tool)
            found += rounds
        else:
            found.append(message)
    return [*found, {"role": "user", "content": due}] if due else found


def _rounds(message: JsonObject, tool: str) -> tuple[list[JsonObject], list[JsonObject]]:
    """The messages that *message* was, and the results that are still to come."""
    rounds: list[JsonObject] = []
    answer: list[JsonObject] = []
    due: list[JsonObject] = []
    for block in message["content"]:
        state = _state(block)
        if state is None:
            answer.append(block)
            continue
        looks = [kept for kept in objects(state.get("looks")) if isinstance(kept.get("call"), dict)]
        answer += [{**kept["call"], "name": tool} for kept in looks]
        results = [_result(kept) for kept in looks]
        if state.get("mixed"):
            due += results
        elif results:
            rounds += [{**message, "content": answer}, {"role": "user", "content": results}]
            answer = []
    return [*rounds, *([{**message, "content": answer}] if answer else [])], due


def _result(kept: JsonObject) -> JsonObject:
    return {
        "type": "tool_result",
        "tool_use_id": kept["call"].get("id"),
        "content": str(kept.get("text")),
        **({"is_error": True} if kept.get("error") else {}),
    }


def _state(block: object) -> JsonObject | None:
    if not isinstance(block, dict) or block.get("type") != "thinking":
        return None
    return decode_carrier(_OWNER, block.get("signature"))
