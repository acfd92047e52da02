"""A complete message as the Responses API answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.faces.errors import error_body
from ccr_desktop.core.faces.openai_responses.items import ItemMaker
from ccr_desktop.core.protocol.messages import objects
from ccr_desktop.core.protocol.usage import count, prompt_tokens

if TYPE_CHECKING:
    from ccr_desktop.core.faces.openai_responses.request import ResponsesRequest
    from ccr_desktop.core.protocol.failures import Failure
    from ccr_desktop.core.protocol.json import JsonObject

_CUT = {
    "max_tokens": "max_output_tokens",
    "model_context_window_exceeded": "max_output_tokens",
    "refusal": "content_filter",
}


def response(message: JsonObject, request: ResponsesRequest, *, created_s: int) -> JsonObject:
    """The body of a complete answer."""
    maker = ItemMaker(short_id(message), request.tools)
    output: list[JsonObject] = []
    for block in objects(message.get("content")):
        if (item := maker.make(block, len(output))) is not None:
            output.append(item)
    begun = begun_response(message, request, created_s=created_s)
    return ended_response(begun, output, message.get("stop_reason"), message.get("usage") or {})


def short_id(message: JsonObject) -> str:
    return str(message.get("id") or "").removeprefix("msg_")


def begun_response(message: JsonObject, request: ResponsesRequest, *, created_s: int) -> JsonObject:
    """The answer before anything is in it."""
    return {
        "id": f"resp_{short_id(message)}",
        "object": "response",
        "created_at": created_s,
        "status": "in_progress",
        "background": False,
        "error": None,
        "incomplete_details": None,
        "model": message.get("model"),
        "output": [],
        "previous_response_id": None,
        "store": False,
        "usage": None,
        **request.echo,
    }


def ended_response(
    begun: JsonObject, output: list[JsonObject], stop_reason: object, usage: JsonObject
) -> JsonObject:
    reason = _CUT.get(str(stop_reason))
    return {
        **begun,
        "status": "incomplete" if reason else "completed",
        "incomplete_details": {"reason": reason} if reason else None,
        "output": output,
        "usage": responses_usage(usage),
    }


def failed_response(begun: JsonObject, output: list[JsonObject], failure: Failure) -> JsonObject:
    error = error_body(failure)["error"]
    told = {"code": error["code"] or error["type"], "message": error["message"]}
    return {**begun, "status": "failed", "error": told, "output": output}


def responses_usage(usage: JsonObject) -> JsonObject:
    """Token counts, in which what the cache gave is part of the input."""
    given, made = prompt_tokens(usage), count(usage.get("output_tokens")) or 0
    details = usage.get("output_tokens_details")
    thought = count(details.get("thinking_tokens")) if isinstance(details, dict) else None
    return {
        "input_tokens": given,
        "input_tokens_details": {
            "cached_tokens": count(usage.get("cache_read_input_tokens")) or 0,
            "cache_write_tokens": count(usage.get("cache_creation_input_tokens")) or 0,
        },
        "output_tokens": made,
        "output_tokens_details": {"reasoning_tokens": thought or 0},
        "total_tokens": given + made,
    }
