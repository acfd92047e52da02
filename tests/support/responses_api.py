"""A Responses server that refuses what OpenAI's refuses, for the scripted upstream.

It knows which reasoning it has given out, and wants it back unchanged, with what it led to.
Sources: the `openai` package's types, and
https://developers.openai.com/api/docs/guides/reasoning for the order of items.
"""

import hashlib
import json
import re
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any

from openai.types.responses.response_create_params import ResponseCreateParams
from pydantic import ConfigDict, TypeAdapter, ValidationError

from tests.support.turns import JsonObject, Raw
from tests.support.upstream import Request

_TYPES: TypeAdapter[Any] = TypeAdapter(
    ResponseCreateParams, config=ConfigDict(extra="forbid", arbitrary_types_allowed=True)
)
_PREFIXES = {
    "reasoning": "rs",
    "message": "msg",
    "function_call": "fc",
    "web_search_call": "ws",
}
_LABELLING_MODELS = re.compile(r"gpt-5\.(3-codex|[4-9])")
_REASONING_MODELS = re.compile(r"(?!gpt-4)")
USAGE = {
    "input_tokens": 1200,
    "input_tokens_details": {"cached_tokens": 1000},
    "output_tokens": 40,
    "output_tokens_details": {"reasoning_tokens": 10},
    "total_tokens": 1240,
}


class Refused(Exception):
    """The request is refused with this message."""


# -- what it says ------------------------------------------------------------------------------


def think(*summary: str) -> JsonObject:
    """Reasoning; its id and its encrypted content are made when it is given out."""
    parts = [{"type": "summary_text", "text": text} for text in summary]
    return {"type": "reasoning", "summary": parts}


def say(text: str) -> JsonObject:
    content = [{"type": "output_text", "text": text, "annotations": []}]
    return {"type": "message", "role": "assistant", "status": "completed", "content": content}


def call(name: str, arguments: JsonObject, call_id: str) -> JsonObject:
    return {
        "type": "function_call",
        "call_id": call_id,
        "name": name,
        "arguments": json.dumps(arguments),
        "status": "completed",
    }


class ResponsesApi:
    """Answers requests with a script of outputs, one a request; `respond` is an upstream's rule.

    Only *model* follows the script, when it is given; the others say something short.
    """

    def __init__(self, *script: Sequence[JsonObject], model: str = "") -> None:
        self.refusals: list[str] = []
        self._model = model
        self._script = deque(script)
        self._given: dict[str, JsonObject] = {}

    def respond(self, request: Request) -> Raw:
        try:
            self._check(request)
        except Refused as exc:
            self.refusals.append(str(exc))
            error = {"message": str(exc), "type": "invalid_request_error", "param": None}
            return Raw(status=400, headers=_JSON, body=json.dumps({"error": error}).encode())
        follows = bool(self._script) and self._model in ("", request.model)
        output = self._script.popleft() if follows else [say("(not scripted)")]
        items = [self._issue(item) for item in output]
        whole = {
            "id": f"resp_{len(self._given)}",
            "object": "response",
            "status": "completed",
            "error": None,
            "incomplete_details": None,
            "output": items,
            "usage": USAGE,
        }
        if not request.body.get("stream"):
            return Raw(headers=_JSON, body=json.dumps(whole).encode())
        body = "".join(
            f"event: {event['type']}\ndata: {json.dumps(event)}\n\n" for event in _events(whole)
        )
        return Raw(headers={"Content-Type": "text/event-stream"}, body=body.encode())

    def _issue(self, item: JsonObject) -> JsonObject:
        number = len(self._given)
        prefix = _PREFIXES[item["type"]]
        made = {**item, "id": f"{prefix}_{number}"}
        if item["type"] == "reasoning":
            made["encrypted_content"] = hashlib.sha256(made["id"].encode()).hexdigest()
        self._given[made["id"]] = made
        return made

    def given(self, identity: str) -> JsonObject:
        """An item that was given out."""
        return self._given[identity]

    # -- what it refuses

    def _check(self, request: Request) -> None:
        body = request.body
        if not request.path.startswith("/v1/responses"):
            raise Refused(f"Invalid URL (POST {request.path})")
        _check_types(body)
        _check_members(body)
        items = body["input"]
        if isinstance(items, str):
            return
        self._check_reasoning(items, body)
        _check_calls(items)
        if _LABELLING_MODELS.match(body["model"]) and any(
            item.get("role") == "assistant" and "phase" not in item for item in items
        ):
            raise Refused("The phase of an answer was dropped.")  # it answers worse, in truth
        for item in items:
            _check_item(item, is_stored=body.get("store") is not False)

    def _check_reasoning(self, items: list[JsonObject], body: JsonObject) -> None:
        for item, after in zip(items, [*items[1:], {}], strict=True):
            if item["type"] != "reasoning":
                continue
            given = self._given.get(item["id"])
            if given is None or item.get("encrypted_content") != given["encrypted_content"]:
                raise Refused(f"The encrypted content for item {item['id']} could not be verified.")
            if item["summary"] not in ([], given["summary"]):
                raise Refused(f"The summary of item {item['id']} was changed.")
            is_answer = after.get("role") == "assistant" or after.get("type") == "function_call"
            if not is_answer:
                raise Refused(
                    f"Item '{item['id']}' of type 'reasoning' was provided without its"
                    " required following item."
                )
            if not _REASONING_MODELS.match(body["model"]):
                raise Refused("Reasoning input items can only be provided to a reasoning model.")


def _check_types(body: JsonObject) -> None:
    """Unknown members and missing ones. Lists in it are only looked at when they are read."""
    try:
        validated = _TYPES.validate_python(body)
        json.dumps(validated, default=list)
    except ValidationError as exc:
        raise Refused(f"Unknown or missing parameter: {exc.errors()[0]['loc']}") from exc


def _check_members(body: JsonObject) -> None:
    if _REASONING_MODELS.match(body["model"]):
        for name in ("temperature", "top_p"):
            if name in body:
                raise Refused(f"Unsupported parameter: '{name}' is not supported with this model.")
    elif body.get("reasoning") or "reasoning.encrypted_content" in body.get("include", ()):
        raise Refused("Unsupported parameter: 'reasoning' is not supported with this model.")
    if body.get("max_output_tokens", 16) < 16:
        raise Refused("Invalid 'max_output_tokens': integer below minimum value.")
    if body.get("previous_response_id"):
        raise Refused("Previous response not found.")
    tools = body.get("tools")
    if not tools and (tools == [] or {"tool_choice", "parallel_tool_calls"} & body.keys()):
        raise Refused("Tool choice is only allowed when 'tools' are specified.")
    for tool in tools or ():
        if tool["type"] == "function":
            _check_function(tool)


def _check_function(tool: JsonObject) -> None:
    if not re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", tool["name"]):
        raise Refused(f"Invalid 'tools[].name': {tool['name']}")
    schema = tool["parameters"]
    if schema.get("type") != "object" or "properties" not in schema:
        raise Refused(f"Invalid schema for function '{tool['name']}'.")
    if not {"oneOf", "anyOf", "allOf", "enum", "not"}.isdisjoint(schema):
        raise Refused(f"Invalid schema for function '{tool['name']}': anyOf at the top level.")
    is_closed = schema.get("additionalProperties") is False
    if tool.get("strict", True) and not is_closed:
        raise Refused(f"Invalid schema for function '{tool['name']}': strict.")


def _check_calls(items: list[JsonObject]) -> None:
    waiting: set[str] = set()
    for item in items:
        match item:
            case {"type": "function_call", "call_id": identity}:
                if len(identity) > 64:
                    raise Refused("Invalid 'input[].call_id': string too long.")
                waiting.add(identity)
            case {"type": "function_call_output", "call_id": identity}:
                if identity not in waiting:
                    raise Refused(
                        f"No tool call found for function call output with call_id {identity}."
                    )
                waiting.remove(identity)
    if waiting:
        raise Refused(f"No tool output found for function call {sorted(waiting)[0]}.")


def _check_item(item: JsonObject, *, is_stored: bool) -> None:
    if "id" in item and item["type"] != "reasoning" and not is_stored:
        raise Refused(f"Item with id '{item['id']}' not found.")
    content = item.get("content")
    for part in content if isinstance(content, list) else ():
        is_answer = item.get("role") == "assistant"
        if part["type"].startswith("input_") is is_answer:
            raise Refused(f"Invalid value: '{part['type']}'.")


# -- how it says it ----------------------------------------------------------------------------

_JSON = {"Content-Type": "application/json"}


def _events(whole: JsonObject) -> Iterator[JsonObject]:
    begun = {**whole, "status": "in_progress", "output": [], "usage": None}
    yield {"type": "response.created", "response": begun}
    for index, item in enumerate(whole["output"]):
        place = {"output_index": index}
        ids = {**place, "item_id": item["id"]}
        yield {"type": "response.output_item.added", **place, "item": _empty(item)}
        match item["type"]:
            case "message":
                for piece in _pieces(item["content"][0]["text"]):
                    more = {**ids, "content_index": 0, "delta": piece}
                    yield {"type": "response.output_text.delta", **more}
            case "reasoning":
                for number, part in enumerate(item["summary"]):
                    more = {**ids, "summary_index": number, "delta": part["text"]}
                    yield {"type": "response.reasoning_summary_text.delta", **more}
            case "function_call":
                for piece in _pieces(item["arguments"]):
                    yield {
                        "type": "response.function_call_arguments.delta", **ids, "delta": piece,
                    }  # fmt: skip
        yield {"type": "response.output_item.done", **place, "item": item}
    yield {"type": "response.completed", "response": whole}


def _empty(item: JsonObject) -> JsonObject:
    """An item as its beginning shows it; encrypted content is not final there."""
    match item["type"]:
        case "message":
            return {**item, "content": [], "status": "in_progress"}
        case "reasoning":
            return {**item, "summary": [], "encrypted_content": "too-early"}
        case "function_call":
            return {**item, "arguments": "", "status": "in_progress"}
        case _:
            return {**item, "status": "in_progress"}


def _pieces(text: str) -> Iterator[str]:
    for at in range(0, len(text), 7):
        yield text[at : at + 7]
