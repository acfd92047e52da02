"""An Anthropic request as a Responses request.

Source: https://platform.openai.com/docs/api-reference/responses/create, and the provider's
profile for what differs. Nothing is stored at the provider: the client holds the conversation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.dialects.base import Encoded
from ccr_desktop.core.dialects.openai_responses.items import encode_items
from ccr_desktop.core.dialects.openai_responses.reasoning import (
    encode_include,
    encode_reasoning,
    may_reason,
)
from ccr_desktop.core.dialects.openai_responses.tools import (
    encode_search,
    encode_tool_choice,
    encode_tools,
)
from ccr_desktop.core.dialects.search_wish import search_wish
from ccr_desktop.core.protocol.messages import answer_schema, system_texts
from ccr_desktop.core.protocol.tools import ToolNames, offered_tools

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import Target
    from ccr_desktop.core.protocol.json import JsonObject

_MAX_SESSION_CHARS = 64
_MIN_OUTPUT_TOKENS = 16
_SOURCES = "web_search_call.action.sources"


def encode_request(body: JsonObject, target: Target, session_id: str = "") -> Encoded:
    """The provider's request for *body*. Private members (metadata, safeguards) stay here."""
    functions = offered_tools(body)
    declared = [tool["name"] for tool in functions]
    names = ToolNames(declared, target.profile.tool_name_limit)
    search = encode_search(body)
    encoded: JsonObject = {"model": target.model}
    if instructions := "\n\n".join(system_texts(body)):
        encoded["instructions"] = instructions
    encoded |= {
        "input": encode_items(body, target, names),
        **_limits(body, target),
        **_sampling(body, target),
        **_answer_format(body, target),
        **encode_reasoning(body, target),
        "store": False,
        "stream": body.get("stream") is True,
    }
    if include := [*encode_include(target), *([_SOURCES] if search else ())]:
        encoded["include"] = include
    if tools := [*encode_tools(functions, names, target.profile), *search]:
        encoded["tools"] = tools
        encoded |= encode_tool_choice(body.get("tool_choice"), names, declared, target.profile)
    if target.profile.searches_field and (wish := search_wish(body)) and wish.max_uses:
        encoded[target.profile.searches_field] = wish.max_uses
    if session_id:
        encoded["prompt_cache_key"] = session_id[:_MAX_SESSION_CHARS]
    return Encoded(encoded, names.client_name)


def _limits(body: JsonObject, target: Target) -> JsonObject:
    wanted = body.get("max_tokens")
    if not isinstance(wanted, int):
        return {}
    limit = target.profile.max_tokens_limit or wanted
    return {"max_output_tokens": max(min(wanted, limit), _MIN_OUTPUT_TOKENS)}


def _sampling(body: JsonObject, target: Target) -> JsonObject:
    """Reasoning models refuse all of it; `top_k` has no place here, nor have stop sequences."""
    if may_reason(target):
        return {}
    return {
        name: body[name]
        for name in ("temperature", "top_p")
        if name in target.profile.sampling and isinstance(body.get(name), int | float)
    }


def _answer_format(body: JsonObject, target: Target) -> JsonObject:
    schema = answer_schema(body)
    if not target.profile.json_schema or schema is None:
        return {}
    form = {"type": "json_schema", "name": "answer", "schema": schema, "strict": False}
    return {"text": {"format": form}}
