"""Messages to one provider and to nobody else, through a service of their own on a free port."""

from __future__ import annotations

import json
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.schema import Route, Router
from ccr_desktop.core.http_library import aiohttp
from ccr_desktop.core.protocol.sse import SseDecoder, parse_frame
from ccr_desktop.core.service import Service

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from ccr_desktop.core.config.schema import Config, Provider
    from ccr_desktop.core.protocol.json import JsonObject

_ANSWER_S = 180.0
_MAX_TOKENS = 2048  # a model that thinks first needs them


@dataclass(slots=True)
class Answer:
    """What came back. `error` is empty when it was an answer of the model."""

    status: int = 200
    error: str = ""
    text: str = ""
    tools: list[str] = field(default_factory=list)
    first_s: float = 0.0
    total_s: float = 0.0


@asynccontextmanager
async def serving(config: Config, provider: Provider, model: str) -> AsyncGenerator[str]:
    """The address of a service that knows *provider* alone, until it is left."""
    service = Service(_only(config, provider, model))
    await service.start()
    try:
        yield service.url
    finally:
        await service.stop()


def _only(config: Config, provider: Provider, model: str) -> Config:
    """The configuration with nothing in it that could send the message elsewhere.

    A provider that is switched off can be tried out, too.
    """
    route = Route(provider.name, model)
    return replace(
        config,
        providers={provider.name: replace(provider, paused=False)},
        router=Router(routes={"default": (route,)}),
        route_sets={},
        route_set="",
        projects={},
        custom_router_path="",
        rewrite_system_prompt="",
        host="127.0.0.1",
        port=0,
        api_key="",
        writes_log=False,
        issues=(),
    )


def message_body(
    question: str, tools: list[JsonObject] | None = None, max_tokens: int = _MAX_TOKENS
) -> JsonObject:
    """A message to the model."""
    body: JsonObject = {
        "max_tokens": max_tokens,
        "stream": True,
        "messages": [{"role": "user", "content": question}],
    }
    return {**body, "tools": tools} if tools else body


async def ask(url: str, provider: Provider, model: str, body: JsonObject) -> Answer:
    """Send *body* to the service at *url*. Nothing is raised for what fails."""
    answer = Answer()
    began = time.perf_counter()
    timeout = aiohttp.ClientTimeout(total=_ANSWER_S)
    body = {**body, "model": f"{provider.name},{model}"}
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.post(f"{url}/v1/messages", json=body) as response,
        ):
            answer.status = response.status
            if response.status != 200:
                answer.error = _message(await response.read())
            else:
                await _read(response, answer, began)
    except TimeoutError:
        answer.error = f"no complete answer within {_ANSWER_S:g} s"
    except aiohttp.ClientError as exc:
        answer.error = f"the answer broke off ({exc})"
    answer.total_s = time.perf_counter() - began
    return answer


def _message(body: bytes) -> str:
    try:
        return str(json.loads(body)["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return body[:300].decode("utf-8", "replace") or "an empty answer"


async def _read(response: aiohttp.ClientResponse, answer: Answer, began: float) -> None:
    decoder = SseDecoder()
    async for chunk in response.content.iter_any():
        for frame in decoder.feed(chunk):
            if (event := parse_frame(frame)) is not None:
                _take(json.loads(event.data), answer, began)
    if not answer.error and not answer.text and not answer.tools:
        answer.error = "the answer is empty"


def _take(event: dict[str, Any], answer: Answer, began: float) -> None:
    match event:
        case {"type": "content_block_start", "content_block": {"type": "tool_use", "name": name}}:
            answer.tools.append(str(name))
        case {
            "type": "content_block_delta",
            "delta": {"text": str(text)} | {"thinking": str(text)},
        }:
            answer.first_s = answer.first_s or time.perf_counter() - began
            answer.text += text
        case {"type": "error", "error": {"message": message}}:
            answer.error = str(message)
