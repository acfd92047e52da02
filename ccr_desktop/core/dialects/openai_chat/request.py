"""An Anthropic request as a Chat Completions request.

Source: https://platform.openai.com/docs/api-reference/chat/create, and the provider's profile
for what differs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ccr_desktop.core.dialects.base import Encoded
from ccr_desktop.core.dialects.openai_chat.conversation import encode_messages
from ccr_desktop.core.dialects.openai_chat.reasoning import encode_thinking
from ccr_desktop.core.dialects.openai_chat.search import with_search
from ccr_desktop.core.dialects.openai_chat.tools import encode_tool_choice, encode_tools
from ccr_desktop.core.protocol.messages import answer_schema
from ccr_desktop.core.protocol.tools import ToolNames, offered_tools

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import Target
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.providers.profile import Profile

_MAX_SESSION_CHARS = 64


def encode_request(body: JsonObject, target: Target, session_id: str = "") -> Encoded:
    """The provider's request for *body*. Private members (metadata, safeguards) stay here."""
    profile = target.profile
    tools = offered_tools(body)
    names = ToolNames((tool["name"] for tool in tools), profile.tool_name_limit)
    messages = encode_messages(body, target, names)
    encoded: JsonObject = {
        "model": target.model,
        "messages": messages,
        **_limits(body, profile),
        **_sampling(body, target),
        **_answer_format(body, profile),
        **encode_thinking(body, target),
        **_stream(body, profile),
    }
    if tools:
        encoded["tools"] = encode_tools(tools, names, profile)
        encoded |= encode_tool_choice(_tool_choice(body, tools), names, profile)
    encoded = with_search(encoded, target)
    if profile.session_field and session_id:
        encoded[profile.session_field] = session_id[:_MAX_SESSION_CHARS]
    return Encoded({**encoded, **profile.extra_body}, names.client_name)


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
    stops = [stop for stop in body.get("stop_sequences") or () if stop and isinstance(stop, str)]
    if stops:
        kept["stop"] = stops[: profile.max_stop_sequences]
    return kept


def _answer_format(body: JsonObject, profile: Profile) -> JsonObject:
    schema = answer_schema(body)
    if not profile.json_schema or schema is None:
        return {}
    form = {"type": "json_schema", "json_schema": {"name": "answer", "schema": schema}}
    return {"response_format": form}


def _stream(body: JsonObject, profile: Profile) -> JsonObject:
    if body.get("stream") is not True:
        return {"stream": False}
    options = {"stream_options": {"include_usage": True}} if profile.stream_usage else {}
    return {"stream": True, **options}
