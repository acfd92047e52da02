"""How hard to think, and reasoning that goes back to the provider that made it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.carrier import decode_carrier
from ccr_desktop.core.protocol.effort import nearest_effort, wanted_effort
from ccr_desktop.core.protocol.messages import objects
from ccr_desktop.core.providers.profile import ReasoningReplay, ThinkingSwitch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.dialects.base import Target
    from ccr_desktop.core.protocol.json import JsonObject

# -- the switch --------------------------------------------------------------------------------


def encode_thinking(body: JsonObject, target: Target) -> JsonObject:
    """The members that tell the provider whether and how hard to think."""
    profile = target.profile
    effort = wanted_effort(body)
    if effort is None or not re.search(profile.reasoning_models, target.model):
        return {}
    match profile.thinking:
        case ThinkingSwitch.NONE:
            return {}
        case ThinkingSwitch.EFFORT:
            return {"reasoning_effort": nearest_effort(effort, profile.effort_levels)}
        case ThinkingSwitch.REASONING:
            if effort == "none":
                return {"reasoning": {"enabled": False}}
            return {"reasoning": {"effort": nearest_effort(effort, profile.effort_levels)}}
        case ThinkingSwitch.TYPE:
            return {"thinking": {"type": "disabled" if effort == "none" else "enabled"}}
        case ThinkingSwitch.ENABLE:
            return {"enable_thinking": effort != "none"}
        case ThinkingSwitch.BOTH:
            is_on = effort != "none"
            kind = "enabled" if is_on else "disabled"
            return {"thinking": {"type": kind}, "enable_thinking": is_on}


# -- the way back ------------------------------------------------------------------------------


def replay_target(body: JsonObject, target: Target) -> Target:
    """*target*, but with no reasoning to go back when the client switches thinking off.

    A provider with a switch takes reasoning for a sign that thinking is on, and refuses it:
    https://api-docs.deepseek.com/guides/thinking_mode
    """
    profile = target.profile
    has_switch = profile.thinking in {ThinkingSwitch.TYPE, ThinkingSwitch.BOTH}
    if not has_switch or wanted_effort(body) != "none":
        return target
    return replace(target, profile=replace(profile, reasoning_replay=ReasoningReplay.NEVER))


def encode_replay(content: Sequence[JsonObject], target: Target, *, has_calls: bool) -> JsonObject:
    """The reasoning members of an earlier answer, as the provider once sent them."""
    profile = target.profile
    wanted = {ReasoningReplay.ALL: True, ReasoningReplay.TOOL_TURNS: has_calls}
    if not wanted.get(profile.reasoning_replay, False):
        return {}
    members: JsonObject = {}
    for block in content:
        if block.get("type") == "thinking":
            _replay_block(block, target, members)
    if sendable := _sendable(members.pop("reasoning_details", ())):
        members["reasoning_details"] = sendable
    demanded = has_calls and profile.reasoning_filler is not None and profile.reasoning_field
    if demanded and not members:
        members[str(profile.reasoning_field)] = profile.reasoning_filler
    return members


def _replay_block(block: JsonObject, target: Target, members: JsonObject) -> None:
    text = str(block.get("thinking") or "")
    state = decode_carrier(target.provider, block.get("signature"))
    if state is None:
        if target.profile.reasoning_field and text:
            _append(members, target.profile.reasoning_field, text)
        return
    if details := objects(state.get("details")):
        before = members.get("reasoning_details", ())
        members["reasoning_details"] = merge_details([*before, *details])
    elif isinstance(field := state.get("field"), str):
        _append(members, field, text)


def _append(members: JsonObject, field: str, text: str) -> None:
    members[field] = members.get(field, "") + text


def merge_details(details: Sequence[JsonObject]) -> list[JsonObject]:
    """Pieces of `reasoning_details` put together: texts joined, other members from the last.

    A piece belongs to those before it with the same type and index, or id where there is no
    index. Encrypted pieces without either stand alone.
    """
    merged: dict[object, JsonObject] = {}
    for piece in details:
        key = _detail_key(piece) or len(merged)
        before = merged.get(key, {})
        joined = {
            name: before[name] + piece[name]
            for name in ("text", "summary", "data")
            if isinstance(before.get(name), str) and isinstance(piece.get(name), str)
        }
        known = {name: value for name, value in piece.items() if value is not None}
        merged[key] = {**before, **known, **joined}
    return list(merged.values())


def _detail_key(piece: JsonObject) -> object:
    kind, index, identity = piece.get("type"), piece.get("index"), piece.get("id")
    if index is None and identity is None and kind == "reasoning.encrypted":
        return None
    return (str(kind), str(identity if index is None else index))


def _sendable(details: Sequence[JsonObject]) -> list[JsonObject]:
    """What OpenRouter takes back: unsigned text is refused by the models that sign theirs."""
    return [item for item in details if not _is_unsigned(item)]


def _is_unsigned(item: JsonObject) -> bool:
    if item.get("type") != "reasoning.text":
        return False
    form = str(item.get("format") or "")
    return form.startswith("google-gemini") or (
        form.startswith("anthropic") and not item.get("signature")
    )
