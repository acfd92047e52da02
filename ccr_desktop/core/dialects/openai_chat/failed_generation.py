"""Tool calls that a server could not read in what its model wrote, and sent as an error.

Groq answers 400 `tool_use_failed` with the text as `failed_generation`, also in mid-stream
(https://console.groq.com/docs/tool-use). Often the call is all there: printed in the template of
another model, with a fence around it, or with arguments that do not fit the schema, which the
client can tell the model. The forms below are those of users' reports:
https://github.com/groq/groq-typescript/issues/28, https://github.com/huggingface/smolagents/issues/1119,
https://github.com/OpenHands/OpenHands/issues/10048.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.json import JSONDecodeError, dumps_text, loads_lenient
from ccr_desktop.core.protocol.messages import objects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccr_desktop.core.protocol.json import JsonObject

CODE = "tool_use_failed"
_FENCE = re.compile(r"^\s*```\w*\s*|\s*```\s*$")
_NAMED = re.compile(
    r"(?:^\s*|<function[=/(]\s*|functions\.)(?P<name>[A-Za-z_][\w.-]*?)(?::\d+)?"
    r"(?:\s*[>)]\s*|\s*<\|tool_call_argument_begin\|>\s*|\s*)(?=\{)"
)
_ARGUMENTS = ("arguments", "parameters")
_DECODER = json.JSONDecoder(strict=False)


def holds_call(body: bytes) -> bool:
    """Whether an error answer is in truth a call of the model's."""
    if CODE.encode() not in body:
        return False
    try:
        return salvaged(loads_lenient(body)) is not None
    except JSONDecodeError:
        return False


def salvaged(payload: Any) -> JsonObject | None:
    """The error as the answer that the model gave; None where that can't be read either."""
    error = payload.get("error") if isinstance(payload, dict) else None
    if not isinstance(error, dict) or error.get("code") != CODE:
        return None
    text = error.get("failed_generation")
    calls = list(_calls(text)) if isinstance(text, str) else []
    if not calls:
        return None
    message = {"role": "assistant", "content": None, "tool_calls": calls}
    return {"choices": [{"index": 0, "message": message, "finish_reason": "tool_calls"}]}


def _calls(text: str) -> Iterator[JsonObject]:
    bare = _FENCE.sub("", text)
    try:
        found = loads_lenient(bare)
    except JSONDecodeError:
        yield from _printed(bare)
        return
    listed = found.get("tool_calls", [found]) if isinstance(found, dict) else found
    for item in objects(listed):
        inner = item["function"] if isinstance(item.get("function"), dict) else item
        arguments: Any = next(
            (holder[key] for holder in (inner, item) for key in _ARGUMENTS if key in holder), {}
        )
        if isinstance(name := inner.get("name"), str) and name:
            yield _call(name, arguments)


def _printed(text: str) -> Iterator[JsonObject]:
    """Each name with a JSON object behind it, as several models print their calls."""
    at = 0
    while match := _NAMED.search(text, at):
        try:
            arguments, at = _DECODER.raw_decode(text, match.end())
        except (ValueError, RecursionError):
            return
        yield _call(match["name"], arguments)


def _call(name: str, arguments: Any) -> JsonObject:
    text = arguments if isinstance(arguments, str) else dumps_text(arguments)
    return {"type": "function", "function": {"name": name, "arguments": text}}
