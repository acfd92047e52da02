"""Parts of a Chat Completions chunk, wherever servers put them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.deltas import Delta, ErrorDelta, ToolDelta
from ccr_desktop.core.protocol.failures import Failure, failure_of
from ccr_desktop.core.protocol.json import dumps_text

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

REASONING_FIELDS = ("reasoning_content", "reasoning", "thinking")


def tool_delta(key: object, identity: str, function: JsonObject, *, is_whole: bool) -> ToolDelta:
    name, arguments = function.get("name"), function.get("arguments")
    if isinstance(arguments, dict | list):
        arguments, is_whole = dumps_text(arguments), True
    return ToolDelta(
        key,
        identity,
        name if isinstance(name, str) else "",
        arguments if isinstance(arguments, str) else "",
        is_whole,
    )


def chunk_failure(chunk: JsonObject) -> Failure | None:
    """An error inside a 200, before anything else in the chunk is looked at."""
    groq = chunk.get("x_groq")
    if isinstance(groq, dict) and groq.get("error"):
        return failure_of({"error": groq["error"]})
    if chunk.get("error") or chunk.get("object") == "error" or chunk.get("type") == "error":
        return failure_of(chunk) or Failure.of(502, "the provider reported an error")
    return None if chunk.get("choices") else failure_of(chunk)


def list_failure(payload: Any) -> list[Delta]:
    """Google's servers wrap an error in a list."""
    failure = failure_of(payload) if isinstance(payload, list) else None
    return [ErrorDelta(failure)] if failure else []


def misplaced_usage(chunk: JsonObject, choices: Any) -> Any:
    """Usage where some providers put it instead."""
    groq = chunk.get("x_groq")
    if isinstance(groq, dict) and groq.get("usage"):
        return groq["usage"]
    first = choices[0] if isinstance(choices, list) and choices else None
    for holder in (first, chunk.get("message")):
        if isinstance(holder, dict) and holder.get("usage"):
            return holder["usage"]
    return None


def plain_thought(chunk: Any) -> str | None:
    """The text of a chunk that holds a piece of reasoning and nothing else."""
    try:
        (choice,) = chunk["choices"]
        delta = choice["delta"]
        (field,) = (name for name, value in delta.items() if value)
        is_plain = field in REASONING_FIELDS and choice["finish_reason"] is None
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    text = delta[field]
    return text if is_plain and type(text) is str else None


def choice_index(choice: JsonObject) -> int:
    index = choice.get("index")
    return index if isinstance(index, int) else 0


def joined_text(value: Any) -> str:
    """Reasoning text: a string, or a list of strings and objects with a text."""
    if isinstance(value, str):
        return value
    items = value if isinstance(value, list) else [value]
    texts = (item.get("text") if isinstance(item, dict) else item for item in items)
    return "".join(text for text in texts if isinstance(text, str))
