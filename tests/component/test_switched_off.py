"""Providers that the user switched off: who answers for them, and what is said of it."""

import asyncio
from typing import Any

import aiohttp
import pytest

from ccr_desktop.core.observe.events import ExchangeEnded
from tests.component.client import QUESTION, STREAMED, Answer, Client
from tests.component.conftest import Connect, StartService, configuration
from tests.component.provider import JsonObject, Provider, message_events, stream

BOTH = {"default": ["mock,big", "claude,claude-upstream"]}


def without_mock(provider: Provider, **changes: Any) -> JsonObject:
    raw = configuration(provider.url, **changes)
    raw["Providers"][0]["paused"] = True
    return raw


async def answered(
    start_service: StartService, raw: JsonObject, question: JsonObject = QUESTION
) -> Answer:
    service = await start_service(raw)
    async with aiohttp.ClientSession() as session:
        return await Client(session, service.url).ask(question)


async def test_the_fallback_answers_for_a_provider_that_is_off(
    start_service: StartService, provider: Provider
) -> None:
    provider.script = stream(message_events("Hello"))
    service = await start_service(without_mock(provider, Router=BOTH))
    happened: asyncio.Queue[Any] = asyncio.Queue()
    service.bus.subscribe(happened.put_nowait)

    async with aiohttp.ClientSession() as session:
        answer = await Client(session, service.url).ask(STREAMED)
        chosen, _, ended = [await happened.get() for _ in range(3)]

    assert answer.headers["x-ccr-route"] == "claude,claude-upstream"
    assert answer.headers["x-ccr-failed"] == "mock,big (503): mock is switched off"
    assert isinstance(ended, ExchangeEnded)
    assert [attempt.is_skipped for attempt in ended.attempts] == [True]
    assert happened.empty(), "nobody was asked, so nothing failed"
    note = chosen.decision.trace[-2]
    assert note[:2] == ("switchedOff", "mock,big: the provider is switched off")


@pytest.mark.parametrize("model", ["claude-sonnet-5", "mock,big"])
async def test_where_nothing_else_is_left_the_error_names_it_and_the_remedy(
    start_service: StartService, provider: Provider, model: str
) -> None:
    answer = await answered(start_service, without_mock(provider), {**QUESTION, "model": model})

    assert answer.status == 403
    assert answer.error["message"].startswith("mock is switched off, and no other route is left")
    assert "`ccr providers resume mock`" in answer.error["message"]
    assert not provider.calls


async def test_its_models_are_not_listed(connect: Connect, provider: Provider) -> None:
    client = await connect(Providers=without_mock(provider)["Providers"])

    ids = [model["id"] for model in (await client.get("/v1/models")).json["data"]]

    assert ids == ["claude,claude-upstream", "claude-ccr-claude-claude-upstream"]


async def test_a_prohibition_leaves_nothing_for_it_to_fall_back_to(
    start_service: StartService, provider: Provider
) -> None:
    rules = [{"name": "mine", "when": {"contains": "hello"}, "never": ["claude"]}]

    answer = await answered(start_service, without_mock(provider, Router={**BOTH, "rules": rules}))

    assert answer.status == 403
    assert not provider.calls
