"""What OpenAI's protocols wish for in the same words: effort, limits, who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.arguments import parse_object
from ccr_desktop.core.protocol.carrier import encode_carrier
from ccr_desktop.core.protocol.json import dumps_text
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.protocol.json import JsonObject

DEFAULT_MAX_TOKENS = 32_000
"""What an Anthropic endpoint is told, which demands a limit, when the client gave none."""
JSON_ONLY = "Answer with one JSON object and nothing else: no explanation, no code fence."
# Reasoning may come back without a signature. This one belongs to no provider: those that want
# reasoning back get its text, and Anthropic, which would refuse it, never sees it.
NOBODYS = encode_carrier("", {})

_EFFORTS = {"minimal": "low", **{name: name for name in ("low", "medium", "high", "xhigh", "max")}}
_NOT_WITH_THINKING = frozenset({"temperature", "top_p", "top_k"})


def thinking_for(effort: Any) -> JsonObject:
    """The members that ask for this effort; an unknown one is no wish."""
    if effort == "none":
        return {"thinking": {"type": "disabled"}}
    if isinstance(effort, str) and effort in _EFFORTS:
        return {"thinking": {"type": "adaptive"}, "output_config": {"effort": _EFFORTS[effort]}}
    return {}


def sampling_of(body: JsonObject, names: Sequence[str]) -> JsonObject:
    return {name: body[name] for name in names if _is_number(body.get(name))}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def limit_of(body: JsonObject, names: Sequence[str]) -> JsonObject:
    """The longest answer that is wanted, in tokens; the last of *names* counts."""
    given: JsonObject = {}
    for name in names:
        limit = body.get(name)
        if limit is None:
            continue
        if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
            raise ClientError(f"{name}: a whole number of 1 or more is required")
        given["max_tokens"] = limit
    return given


def one_at_a_time(body: JsonObject, choice: JsonObject | None) -> JsonObject | None:
    """*choice* among the tools, without several calls in one answer where the client says so."""
    if body.get("parallel_tool_calls") is not False:
        return choice
    choice = choice or {"type": "auto"}
    return choice if choice["type"] == "none" else {**choice, "disable_parallel_tool_use": True}


def metadata_of(body: JsonObject) -> JsonObject:
    """Who asks; the key that a client gives for caching names the conversation."""
    if (key := body.get("prompt_cache_key")) and isinstance(key, str):
        return {"metadata": {"user_id": dumps_text({"session_id": key})}}
    user = body.get("safety_identifier") or body.get("user")
    return {"metadata": {"user_id": user}} if user and isinstance(user, str) else {}


def call_input(arguments: Any) -> JsonObject:
    """The arguments of an earlier call as an object."""
    if isinstance(arguments, dict):
        return arguments
    text = arguments if isinstance(arguments, str) else ""
    found = parse_object(text)
    return {"arguments": text} if found is None else found


def fit_for_anthropic(body: JsonObject) -> JsonObject:
    """*body* as Anthropic's own endpoints take it: with a limit, without later system messages."""
    fitted = {"max_tokens": DEFAULT_MAX_TOKENS, **body}
    if (body.get("thinking") or {}).get("type") not in {None, "disabled"}:
        fitted = {name: value for name, value in fitted.items() if name not in _NOT_WITH_THINKING}
    messages = [
        {**message, "role": "user"} if message["role"] == "system" else message
        for message in body["messages"]
    ]
    return {**fitted, "messages": messages}
