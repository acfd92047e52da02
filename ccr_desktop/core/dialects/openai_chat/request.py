"""An Anthropic request as a Chat Completions request.

Source: https://platform.openai.com/docs/api-reference/chat/create, and the provider's profile
for what differs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ccr_desktop.core.dialects.base import Encoded
from ccr_desktop.core.dialects.openai_chat.conversation import encode_messages
from ccr_desktop.core.dialects.openai_chat.reasoning import encode_thinking, may_think
from ccr_desktop.core.dialects.openai_chat.search import with_search
from ccr_desktop.core.dialects.openai_chat.tools import (
    chosen_tools,
    encode_tool_choice,
    encode_tools,
)
from ccr_desktop.core.protocol.messages import answer_schema
from ccr_desktop.core.protocol.tools import ToolNames, offered_tools
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import Target
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.providers.profile import Profile

_MAX_SESSION_CHARS = 64


def encode_request(body: JsonObject, target: Target, session_id: str = "") -> Encoded:
    """The provider's request for *body*. Private members (metadata, safeguards) stay here."""
    profile = target.profile
    tools = offered_tools(body) if profile.accepts_tools else _no_tools(body, target)
    names = ToolNames(
        (tool["name"] for tool in tools),
        profile.tool_name_limit,
        re.compile(profile.tool_name_pattern),
    )
    choice = _tool_choice(body, tools)
    tools = chosen_tools(tools, choice, profile)
    thinking = encode_thinking(body, target)
    encoded: JsonObject = {
        "model": target.model,
        "messages": encode_messages(body, target, names),
        **_limits(body, profile),
        **_sampling(body, target),
        **_answer_format(body, profile, has_tools=bool(tools)),
        **thinking,
        **_stream(body, profile),
    }
    if tools:
        encoded["tools"] = encode_tools(tools, names, profile)
        is_free = profile.accepts_choice_while_thinking or not may_think(thinking, target)
        encoded |= encode_tool_choice(choice, names, profile, can_demand=is_free)
        encoded |= profile.streamed_tools_body if encoded["stream"] else {}
    encoded = with_search(encoded, target)
    if profile.session_field and session_id:
        encoded[profile.session_field] = session_id[:_MAX_SESSION_CHARS]
    return Encoded(_known({**encoded, **profile.extra_body}, profile), names.client_name)


def _no_tools(body: JsonObject, target: Target) -> list[JsonObject]:
    """None, for a model that has none; who demands a call would take words for one."""
    if (body.get("tool_choice") or {}).get("type") in ("any", "tool"):
        title = f"tool_choice: {target.provider},{target.model} can't use tools"
        raise ClientError(title, "Choose a model that can.")
    return []


def _known(encoded: JsonObject, profile: Profile) -> JsonObject:
    """What the provider accepts, where an unknown member is an error.

    What a transformer says that it takes is known, too.
    """
    if profile.known_members is None:
        return encoded
    known = profile.known_members | profile.sampling | {profile.max_tokens_field}
    known |= {"stream_options"} if profile.stream_usage else set()
    return {key: value for key, value in encoded.items() if key in known}


def _tool_choice(body: JsonObject, tools: list[JsonObject]) -> JsonObject | None:
    """The client's choice, unless it names a tool that the provider runs itself."""
    choice: JsonObject | None = body.get("tool_choice")
    is_named = choice is not None and choice.get("type") == "tool"
    is_known = choice is None or any(tool["name"] == choice.get("name") for tool in tools)
    return None if is_named and not is_known else choice


def _limits(body: JsonObject, profile: Profile) -> JsonObject:
    wanted = body.get("max_tokens")
    if not isinstance(wanted, int):
        return {}
    limit = profile.max_tokens_limit or wanted
    return {profile.max_tokens_field: min(wanted, limit)}


def _sampling(body: JsonObject, target: Target) -> JsonObject:
    profile = target.profile
    if profile.reasoning_refuses_sampling and re.search(profile.reasoning_models, target.model):
        return {}
    kept: JsonObject = {
        name: body[name]
        for name in ("temperature", "top_p", "top_k")
        if name in profile.sampling and isinstance(body.get(name), int | float)
    }
    if profile.temperatures and "temperature" in kept:
        lowest, highest = profile.temperatures
        kept["temperature"] = min(max(kept["temperature"], lowest), highest)
    stops = [stop for stop in body.get("stop_sequences") or () if stop and isinstance(stop, str)]
    if stops := stops[: profile.max_stop_sequences]:
        kept["stop"] = stops
    return kept


def _answer_format(body: JsonObject, profile: Profile, *, has_tools: bool) -> JsonObject:
    schema = answer_schema(body)
    if not profile.json_schema or schema is None:
        return {}
    if profile.json_schema_alone and (has_tools or body.get("stream") is True):
        return {}
    form = {"type": "json_schema", "json_schema": {"name": "answer", "schema": schema}}
    return {"response_format": form}


def _stream(body: JsonObject, profile: Profile) -> JsonObject:
    if body.get("stream") is not True and not profile.always_streams:
        return {"stream": False}
    options = {"stream_options": {"include_usage": True}} if profile.stream_usage else {}
    return {"stream": True, **options}
