"""How hard to think, and reasoning that goes back to the provider that made it.

Reasoning is encrypted by the provider and kept by the client: it travels in the signature of a
thinking block. https://developers.openai.com/api/docs/guides/reasoning
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.carrier import decode_carrier, encode_carrier, key_mark
from ccr_desktop.core.protocol.effort import nearest_effort, wanted_effort
from ccr_desktop.core.protocol.messages import objects

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.dialects.base import Target
    from ccr_desktop.core.protocol.json import JsonObject

PART_GAP = "\n\n"
"""Stands between the parts of one summary."""
_ENCRYPTED = "reasoning.encrypted_content"


# -- the switch --------------------------------------------------------------------------------


def may_reason(target: Target) -> bool:
    """Whether the model may be asked for reasoning: those that can't refuse the members."""
    return not re.search(target.profile.plain_models, target.model)


def encode_reasoning(body: JsonObject, target: Target) -> JsonObject:
    """The members that ask for reasoning, in words as far as the client shows them."""
    if not may_reason(target):
        return {}
    thinking = body.get("thinking") or {}
    reasoning: JsonObject = {}
    effort = wanted_effort(body)
    if effort is not None and target.profile.effort_levels:
        reasoning["effort"] = nearest_effort(effort, target.profile.effort_levels)
    is_on = thinking.get("type") not in (None, "disabled")
    if is_on and thinking.get("display") != "omitted":
        reasoning["summary"] = "auto"
    return {"reasoning": reasoning} if reasoning else {}


def encode_include(target: Target) -> list[str]:
    return [_ENCRYPTED] if may_reason(target) else []


# -- the way back ------------------------------------------------------------------------------


def reasoning_carrier(item: JsonObject, encrypted: object, target: Target) -> str:
    """The signature that brings a reasoning item back; `""` for one that can't go back."""
    identity = item.get("id")
    if not isinstance(encrypted, str) or not encrypted or not isinstance(identity, str):
        return ""
    state: JsonObject = {**_origin(target), "id": identity, "encrypted": encrypted}
    if sizes := [len(text) for text in summary_texts(item)]:
        state["summary"] = sizes  # in characters: the words are those of the block
    return encode_carrier(target.provider, state)


def reasoning_item(block: JsonObject, target: Target) -> JsonObject | None:
    """The item that a thinking block was, if this provider, model and account made it."""
    state = decode_carrier(target.provider, block.get("signature"))
    is_ours = state is not None and _origin(target).items() <= state.items()
    if state is None or not is_ours or not may_reason(target):
        return None
    encrypted, identity = state.get("encrypted"), state.get("id")
    if not isinstance(encrypted, str) or not isinstance(identity, str):
        return None
    texts = _cut(str(block.get("thinking") or ""), state.get("summary"))
    summary = [{"type": "summary_text", "text": text} for text in texts]
    return {
        "type": "reasoning",
        "id": identity,
        "summary": summary,
        "encrypted_content": encrypted,
    }


def _origin(target: Target) -> JsonObject:
    """Who can read what was encrypted; anyone else refuses the request."""
    return {"model": target.model, "key": key_mark(target.api_key)}


def summary_texts(item: JsonObject) -> list[str]:
    """The parts of an item's summary."""
    return [text for part in objects(item.get("summary")) if (text := _text(part))]


def raw_texts(item: JsonObject) -> list[str]:
    """The reasoning itself, which only open models show."""
    return [text for part in objects(item.get("content")) if (text := _text(part))]


def _text(part: JsonObject) -> str:
    text = part.get("text")
    return text if isinstance(text, str) else ""


def _cut(text: str, sizes: Any) -> Sequence[str]:
    """*text* in parts of these sizes; nothing when it is not what it was."""
    if not isinstance(sizes, list) or not all(isinstance(size, int) for size in sizes):
        return []
    parts, at = [], 0
    for size in sizes:
        parts.append(text[at : at + size])
        at += size + len(PART_GAP)
    return parts if PART_GAP.join(parts) == text else []
