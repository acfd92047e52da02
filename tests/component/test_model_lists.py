"""The models that a provider lists itself."""

import asyncio
import json
from typing import Any

import pytest
from aiohttp import web

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.upstream import model_list
from ccr_desktop.core.upstream.model_list import list_models
from ccr_desktop.errors import (
    UpstreamError,
    UpstreamProtocolError,
    UpstreamTimeout,
    UpstreamUnreachable,
)
from tests.component.conftest import KEY
from tests.component.provider import Call, Provider, Script, whole
from tests.component.test_provider_trials import MODELS, account, silence


async def half(call: Call) -> web.StreamResponse:
    response = await call.start()
    await response.write(b'{"data": [')
    return await asyncio.Future()


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({"data": [{"id": "a"}, {"id": "b"}, {"id": "a"}]}, ["a", "b"]),
        ({"models": [{"name": "models/gemini-x"}, {"model": "qwen"}]}, ["gemini-x", "qwen"]),
        (["a", {"id": "b"}, 5, {"id": 7}, {}], ["a", "b"]),
        ({"data": []}, []),
    ],
    ids=["openai", "gemini and ollama", "bare", "empty"],
)
async def test_lists_of_every_kind_are_read(
    provider: Provider, payload: Any, expected: list[str]
) -> None:
    provider.script = whole(json.dumps(payload).encode())

    assert await list_models(*account(provider.url)) == expected


async def test_an_anthropic_endpoint_is_asked_in_its_way(provider: Provider) -> None:
    provider.script = whole(MODELS)
    config, _ = account(provider.url)

    await list_models(config, config.providers["claude"])

    [call] = provider.calls
    assert (call.target, call.header("x-api-key")) == ("/v1/models", KEY)
    assert call.header("anthropic-version")
    assert call.header("authorization") is None


async def test_own_headers_go_along(provider: Provider) -> None:
    provider.script = whole(MODELS)

    await list_models(*account(provider.url, headers={"x-team": "research"}))

    assert provider.calls[0].header("x-team") == "research"


async def test_what_is_no_list_is_told(provider: Provider, unused_tcp_port: int) -> None:
    for body in (b"<html>", b"{}", b'{"data": 5}'):
        provider.script = whole(body)
        with pytest.raises(UpstreamProtocolError, match="sent no list of models"):
            await list_models(*account(provider.url))
    provider.script = whole({"error": {"message": f"no such key: {KEY}"}}, 401)
    with pytest.raises(UpstreamError, match=r"no such key: \*\*\*\. Check the api_key"):
        await list_models(*account(provider.url))
    with pytest.raises(UpstreamUnreachable) as unreachable:
        await list_models(*account(f"http://127.0.0.1:{unused_tcp_port}"))
    assert unreachable.value.title == "mock can't be reached"


async def test_the_demo_has_its_own() -> None:
    config = read_config({}, None, {})

    assert await list_models(config, config.providers["demo"]) == ["demo-model"]


@pytest.mark.parametrize("script", [silence, half])
async def test_a_list_that_does_not_come_is_not_waited_for_as_an_answer_is(
    provider: Provider, monkeypatch: pytest.MonkeyPatch, script: Script
) -> None:
    provider.script = script
    monkeypatch.setattr(model_list, "LIST_S", 0.05)

    with pytest.raises(UpstreamTimeout, match=r"no answer within 0\.05 s"):
        await list_models(*account(provider.url))
