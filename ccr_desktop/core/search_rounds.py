"""Searches by a tool of the provider's own that wants to be answered: Moonshot's `$web_search`.

The model calls it, gets the call's arguments back as the result, and goes on with what its servers
found. Those rounds are made here, each as a complete answer; the client only sees the last.
Source: https://platform.kimi.ai/docs/guide/use-web-search
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.json import JSONDecodeError, dumps_safe, loads_lenient
from ccr_desktop.core.protocol.messages import objects
from ccr_desktop.core.upstream.reply import ReadReply

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import UpstreamCall
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.upstream.reply import Reply

MAX_ROUNDS = 8
_MAX_BYTES = 32 * 1024 * 1024

Open = Callable[["UpstreamCall"], Awaitable["Reply"]]


async def searched(
    send: Open, call: UpstreamCall, tool: str, limit: int | None, idle_s: float
) -> Reply:
    """The reply to *call* once the model has searched enough, or the first that is a refusal.

    The client may *limit* how often it searches.
    """
    limit = min(limit or MAX_ROUNDS, MAX_ROUNDS)
    body = loads_lenient(call.body)
    body["stream"] = False
    body.pop("stream_options", None)
    rounds = 0
    while True:
        if rounds == limit:
            body["tools"] = [each for each in body["tools"] if not _is_of(tool, each)]
            body = {name: value for name, value in body.items() if value != []}
        reply = await send(replace(call, body=dumps_safe(body)))
        if reply.status != 200:
            return reply
        data = await _read(reply, idle_s)
        answer = _answer(data)
        more = follow_up(answer, tool)
        if not more or rounds == limit:
            return ReadReply(reply.headers, _without(answer, tool) if answer else data)
        body["messages"] = [*body["messages"], *more]
        rounds += 1


def follow_up(answer: JsonObject, tool: str) -> list[JsonObject]:
    """What follows an answer that only searches: the answer, and its arguments as results."""
    message = _message(answer)
    calls = objects(message.get("tool_calls"))
    if not calls or not all(_is_of(tool, call) for call in calls):
        return []
    results = [
        {
            "role": "tool",
            "tool_call_id": call.get("id"),
            "name": tool,
            "content": call["function"].get("arguments") or "{}",
        }
        for call in calls
    ]
    return [message, *results]


def _without(answer: JsonObject, tool: str) -> bytes:
    """*answer* without searches beside the calls of the client's own tools."""
    message = _message(answer)
    if calls := message.get("tool_calls"):
        message["tool_calls"] = [call for call in objects(calls) if not _is_of(tool, call)]
    return dumps_safe(answer)


def _is_of(tool: str, item: JsonObject) -> bool:
    function = item.get("function")
    return isinstance(function, dict) and function.get("name") == tool


def _message(answer: JsonObject) -> JsonObject:
    choices = objects(answer.get("choices"))
    message = choices[0].get("message") if choices else None
    return message if isinstance(message, dict) else {}


def _answer(data: bytes) -> JsonObject:
    try:
        found: Any = loads_lenient(data)
    except JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


async def _read(reply: Reply, idle_s: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        while size < _MAX_BYTES:
            async with asyncio.timeout(idle_s):
                part = await reply.read_some()
            if not part:
                break
            parts.append(part)
            size += len(part)
    finally:
        reply.close()
    return b"".join(parts)
