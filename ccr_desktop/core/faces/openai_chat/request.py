"""A Chat Completions request as a Messages request.

What the Messages API has no word for (penalties, seed, log probabilities …) is left out; what would
change the meaning of the answer is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.faces.openai_chat.conversation import read_messages
from ccr_desktop.core.faces.openai_chat.tools import read_tool_choice, read_tools
from ccr_desktop.core.faces.wishes import (
    JSON_ONLY,
    limit_of,
    metadata_of,
    sampling_of,
    thinking_for,
)
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """A request in the router's own terms, and what the answer has to be like."""

    body: JsonObject
    wants_usage: bool
    """Whether a stream ends with the token counts."""


def read_request(chat: JsonObject) -> ChatRequest:
    """The request that a client sent. Raises `ClientError` for what can't be done."""
    _refuse_impossible(chat)
    system, messages = read_messages(chat.get("messages"))
    if _format(chat).get("type") == "json_object":
        system = [*system, {"type": "text", "text": JSON_ONLY}]
    body: JsonObject = {
        "model": chat.get("model"),
        **({"system": system} if system else {}),
        "messages": messages,
        **_tools(chat),
        **_limits(chat),
        **_thinking(chat),
        **metadata_of(chat),
    }
    if schema := _schema(chat):
        form = {"type": "json_schema", "schema": schema}
        body["output_config"] = {**body.get("output_config", {}), "format": form}
    if chat.get("stream") is True:
        body["stream"] = True
    options = chat.get("stream_options")
    wants_usage = isinstance(options, dict) and options.get("include_usage") is True
    return ChatRequest(body, wants_usage)


def _refuse_impossible(chat: JsonObject) -> None:
    if chat.get("n") not in (None, 1):
        raise ClientError("n: only one answer per request is possible", "Leave n out.")
    modalities = chat.get("modalities")
    if chat.get("audio") or (isinstance(modalities, list) and "audio" in modalities):
        raise ClientError("audio: spoken answers are not possible", 'Use modalities ["text"].')


def _tools(chat: JsonObject) -> JsonObject:
    tools = read_tools(chat)
    if not tools:
        return {}
    choice = read_tool_choice(chat)
    return {"tools": tools, **({"tool_choice": choice} if choice else {})}


def _limits(chat: JsonObject) -> JsonObject:
    given = sampling_of(chat, ("temperature", "top_p", "top_k"))
    given |= limit_of(chat, ("max_tokens", "max_completion_tokens"))  # the second is the newer word
    stop = chat.get("stop")
    stops = [stop] if isinstance(stop, str) else stop
    if isinstance(stops, list) and (kept := [text for text in stops if isinstance(text, str)]):
        given["stop_sequences"] = kept
    return given


def _thinking(chat: JsonObject) -> JsonObject:
    """The switch for thinking, from any of the words that clients use for it."""
    thinking = chat.get("thinking")
    if isinstance(thinking, dict) and isinstance(thinking.get("type"), str):
        return {"thinking": thinking}
    reasoning = chat.get("reasoning")
    effort: Any = chat.get("reasoning_effort")
    if effort is None and isinstance(reasoning, dict):
        effort = "none" if reasoning.get("enabled") is False else reasoning.get("effort")
    return thinking_for(effort)


def _format(chat: JsonObject) -> JsonObject:
    form = chat.get("response_format")
    return form if isinstance(form, dict) else {}


def _schema(chat: JsonObject) -> JsonObject | None:
    form = _format(chat)
    if form.get("type") != "json_schema":
        return None
    described = form.get("json_schema")
    schema = described.get("schema") if isinstance(described, dict) else None
    if not isinstance(schema, dict):
        raise ClientError("response_format.json_schema.schema: an object is required")
    return schema
