"""An Anthropic request as a generateContent request.

Source: https://ai.google.dev/api/generate-content, and the facts about the model for what
differs. Private members (metadata, safeguards) stay here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ccr_desktop.core.dialects.base import Encoded
from ccr_desktop.core.dialects.gemini.conversation import encode_contents
from ccr_desktop.core.dialects.gemini.schema import clean_json_schema
from ccr_desktop.core.dialects.gemini.thinking import encode_thinking
from ccr_desktop.core.dialects.gemini.tools import encode_tools
from ccr_desktop.core.protocol.messages import answer_schema, system_texts
from ccr_desktop.core.protocol.tools import ToolNames, offered_tools
from ccr_desktop.core.providers.gemini_models import find_model

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import Target
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.providers.gemini_models import GeminiModel

_NAME_CHARS = 64
_LEGAL_NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_-]*")
_MAX_STOP_SEQUENCES = 5
_SAMPLING = {"temperature": "temperature", "top_p": "topP", "top_k": "topK"}


def encode_request(body: JsonObject, target: Target) -> Encoded:
    """The provider's request for *body*; model and streaming are part of its address."""
    model = find_model(target.model)
    tools = offered_tools(body)
    names = ToolNames((tool["name"] for tool in tools), _NAME_CHARS, _LEGAL_NAME)
    encoded: JsonObject = {}
    if texts := system_texts(body):
        encoded["systemInstruction"] = {"parts": [{"text": "\n\n".join(texts)}]}
    encoded |= encode_tools(body, tools, names)
    encoded["contents"] = encode_contents(body, target, model, names)
    config = {
        **_limits(body, target, model),
        **_sampling(body),
        **_answer_format(body, model, has_tools=bool(tools)),
        **encode_thinking(body, model),
    }
    if config:
        encoded["generationConfig"] = config
    is_stream = body.get("stream") is True
    return Encoded(encoded, names.client_name, is_stream=is_stream)


def _limits(body: JsonObject, target: Target, model: GeminiModel) -> JsonObject:
    wanted = body.get("max_tokens")
    if not isinstance(wanted, int):
        return {}
    # What the user says is known better than what is true of the model in general.
    limit = target.profile.max_tokens_limit or model.max_output_tokens
    return {"maxOutputTokens": min(wanted, limit)}


def _sampling(body: JsonObject) -> JsonObject:
    kept: JsonObject = {
        member: body[name]
        for name, member in _SAMPLING.items()
        if isinstance(body.get(name), int | float)
    }
    stops = [stop for stop in body.get("stop_sequences") or () if stop and isinstance(stop, str)]
    return {**kept, "stopSequences": stops[:_MAX_STOP_SEQUENCES]} if stops else kept


def _answer_format(body: JsonObject, model: GeminiModel, *, has_tools: bool) -> JsonObject:
    schema = answer_schema(body)
    if schema is None or (has_tools and not model.structures_beside_tools):
        return {}
    return {
        "responseMimeType": "application/json",
        "responseJsonSchema": clean_json_schema(schema),
    }
