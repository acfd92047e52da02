"""A Responses request as a Messages request.

What the Messages API has no word for is left out; what would change the meaning of the answer is
refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccr_desktop.core.faces.openai_responses.conversation import read_input
from ccr_desktop.core.faces.openai_responses.tools import AgentTool, read_tool_choice, read_tools
from ccr_desktop.core.faces.wishes import (
    JSON_ONLY,
    limit_of,
    metadata_of,
    sampling_of,
    thinking_for,
)
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccr_desktop.core.protocol.json import JsonObject

_STATELESS = "The router keeps no conversations: send the whole input, with store=false."
_REFUSED = {
    "previous_response_id": _STATELESS,
    "conversation": _STATELESS,
    "background": "Ask for a stream instead.",
    "prompt": "Stored prompts are only at OpenAI: send instructions.",
}
_ECHOED: JsonObject = {
    "instructions": None,
    "max_output_tokens": None,
    "metadata": {},
    "parallel_tool_calls": True,
    "reasoning": {"effort": None, "summary": None},
    "temperature": None,
    "text": {"format": {"type": "text"}},
    "tool_choice": "auto",
    "tools": [],
    "top_p": None,
    "truncation": "disabled",
    "prompt_cache_key": None,
    "safety_identifier": None,
}


@dataclass(frozen=True, slots=True)
class ResponsesRequest:
    """A request in the router's own terms, and what the answer has to be like."""

    body: JsonObject
    tools: Mapping[str, AgentTool]
    """The client's tools by the names that the model sees."""
    echo: JsonObject
    """What of the request stands in its answer."""


def read_request(asked: JsonObject) -> ResponsesRequest:
    """The request that a client sent. Raises `ClientError` for what can't be done."""
    for name, hint in _REFUSED.items():
        if asked.get(name):
            raise ClientError(f"{name}: not possible through the router", hint)
    system, messages = read_input(asked)
    form = _format(asked)
    if form.get("type") == "json_object":
        system = [*system, {"type": "text", "text": JSON_ONLY}]
    tools = read_tools(asked)
    choice = read_tool_choice(asked) if tools.declared else None
    body: JsonObject = {
        "model": asked.get("model"),
        **({"system": system} if system else {}),
        "messages": messages,
        **({"tools": tools.declared} if tools.declared else {}),
        **({"tool_choice": choice} if choice else {}),
        **sampling_of(asked, ("temperature", "top_p")),
        **limit_of(asked, ("max_output_tokens",)),
        **_thinking(asked),
        **metadata_of(asked),
    }
    if form.get("type") == "json_schema":
        structured = {"type": "json_schema", "schema": _schema(form)}
        body["output_config"] = {**body.get("output_config", {}), "format": structured}
    if asked.get("stream") is True:
        body["stream"] = True
    echo = {name: asked.get(name) or default for name, default in _ECHOED.items()}
    echo["parallel_tool_calls"] = asked.get("parallel_tool_calls") is not False
    return ResponsesRequest(body, tools.by_name, echo)


def _thinking(asked: JsonObject) -> JsonObject:
    """How hard to think; without a wish for a summary the thoughts themselves are not wanted."""
    reasoning = asked.get("reasoning")
    if not isinstance(reasoning, dict):
        return {}
    members = thinking_for(reasoning.get("effort"))
    is_on = members and members["thinking"]["type"] != "disabled"
    if is_on and not (reasoning.get("summary") or reasoning.get("generate_summary")):
        members["thinking"] = {**members["thinking"], "display": "omitted"}
    return members


def _format(asked: JsonObject) -> JsonObject:
    text = asked.get("text")
    form = text.get("format") if isinstance(text, dict) else None
    return form if isinstance(form, dict) else {}


def _schema(form: JsonObject) -> JsonObject:
    schema = form.get("schema")
    if not isinstance(schema, dict):
        raise ClientError("text.format.schema: an object is required")
    return schema
