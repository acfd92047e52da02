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
    from ccr_desktop.core.providers.profile import Profile

_SWITCHES = {ThinkingSwitch.TYPE, ThinkingSwitch.TYPE_AND_EFFORT, ThinkingSwitch.BOTH}

# -- the switch --------------------------------------------------------------------------------


def encode_thinking(body: JsonObject, target: Target) -> JsonObject:
    """The members that tell the provider whether and how hard to think."""
    profile = target.profile
    effort = wanted_effort(body)
    is_silent = effort is None and not profile.thinking_members
    if is_silent or not re.search(profile.reasoning_models, target.model):
        return {}
    on = {"type": "enabled", **profile.thinking_members}
    if effort is None:
        return {"thinking": on} if body.get("thinking") else {}
    is_on = effort != "none" or profile.always_thinks
    kind = on if is_on else {"type": "disabled"}
    nearest = nearest_effort(effort, profile.effort_levels or (effort,))
    match profile.thinking:
        case ThinkingSwitch.NONE:
            return {}
        case ThinkingSwitch.EFFORT:
            return {"reasoning_effort": nearest}
        case ThinkingSwitch.REASONING:
            return {"reasoning": {"effort": nearest} if is_on else {"enabled": False}}
        case ThinkingSwitch.TYPE:
            return {"thinking": kind}
        case ThinkingSwitch.TYPE_AND_EFFORT:
            return {"thinking": kind, **({"reasoning_effort": nearest} if is_on else {})}
        case ThinkingSwitch.ENABLE:
            return {"enable_thinking": is_on}
        case ThinkingSwitch.BOTH:
            return {"thinking": kind, "enable_thinking": is_on}


def may_think(members: JsonObject, target: Target) -> bool:
    """Whether a request with these members of `encode_thinking` may be thought about."""
    if not re.search(target.profile.reasoning_models, target.model):
        return False
    is_off = members.get("thinking") == {"type": "disabled"}
    return not is_off and members.get("enable_thinking") is not False


# -- the way back ------------------------------------------------------------------------------


def replay_target(body: JsonObject, target: Target) -> Target:
    """*target*, but with no reasoning to go back when the client switches thinking off.

    A provider with a switch takes reasoning for a sign that thinking is on, and refuses it:
    https://api-docs.deepseek.com/guides/thinking_mode
    """
    profile = target.profile
    has_switch = profile.thinking in _SWITCHES and not profile.always_thinks
    if not has_switch or wanted_effort(body) != "none":
        return target
    return replace(target, profile=replace(profile, reasoning_replay=ReasoningReplay.NEVER))


def encode_replay(content: Sequence[JsonObject], target: Target, *, has_calls: bool) -> JsonObject:
    """The reasoning members of an earlier answer, as the provider once sent them."""
    profile = target.profile
    if not _goes_back(profile, has_calls=has_calls):
        return {}
    members: JsonObject = {}
    for block in content:
        if block.get("type") == "thinking":
            _replay_block(block, target, members)
    if sendable := _sendable(members.pop("reasoning_details", ())):
        members["reasoning_details"] = sendable
    elif has_calls and profile.demands_details:
        members["reasoning_details"] = []
    demanded = has_calls and profile.reasoning_filler is not None and profile.reasoning_field
    if demanded and not members:
        members[str(profile.reasoning_field)] = profile.reasoning_filler
    return members


def _goes_back(profile: Profile, *, has_calls: bool) -> bool:
    replay = profile.reasoning_replay
    return replay is ReasoningReplay.ALL or (replay is ReasoningReplay.TOOL_TURNS and has_calls)


def origin(target: Target) -> JsonObject:
    """Whose details they are: models refuse what another one has signed or encrypted."""
    return {"m": target.model}


def _replay_block(block: JsonObject, target: Target, members: JsonObject) -> None:
    text = str(block.get("thinking") or "")
    state = decode_carrier(target.provider, block.get("signature"))
    if state is None or state.get("m", target.model) != target.model:
        if target.profile.reasoning_field and text:
            _append(members, target.profile.reasoning_field, text)
        return
    if "chunk" in state:
        return  # see `thinking_chunks`
    if details := objects(state.get("details")):
        before = members.get("reasoning_details", ())
        members["reasoning_details"] = merge_details([*before, *details])
    elif field := _member_of(state.get("field"), target.profile):
        _append(members, field, text)


def _member_of(field: object, profile: Profile) -> str | None:
    """Where reasoning that came in *field* goes back."""
    known = profile.reasoning_members
    if isinstance(field, str) and (known is None or field in known):
        return field
    return profile.reasoning_field


def thinking_chunks(
    content: Sequence[JsonObject], target: Target, *, has_calls: bool
) -> list[JsonObject]:
    """Reasoning that this provider sent in `thinking` chunks of the content, for that place."""
    if not _goes_back(target.profile, has_calls=has_calls):
        return []
    chunks = []
    for block in content:
        state = decode_carrier(target.provider, block.get("signature"))
        if state and isinstance(state.get("chunk"), dict):
            inner = [{"type": "text", "text": str(block.get("thinking") or "")}]
            chunks.append({"type": "thinking", "thinking": inner, "closed": True, **state["chunk"]})
    return chunks


def tagged_thinking(content: Sequence[JsonObject], target: Target) -> str:
    """The thinking of an earlier answer as it once stood before its text.

    What this provider sent in a member of its own goes back there.
    """
    if not target.profile.replays_think_tags:
        return ""
    thoughts = (
        block.get("thinking")
        for block in content
        if block.get("type") == "thinking"
        and decode_carrier(target.provider, block.get("signature")) is None
    )
    text = "\n\n".join(thought for thought in thoughts if thought and isinstance(thought, str))
    return f"<think>\n{text}\n</think>\n\n" if text else ""


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
