"""Failures of the router itself: told, but without their trace."""

import asyncio

import aiohttp
import pytest

from tests.component.client import STREAMED, Client
from tests.component.conftest import StartService, configuration
from tests.component.provider import Provider, held, text_chunks
from tests.component.silent_provider import FIRST


async def test_a_failure_of_the_router_itself_is_told_without_its_trace(
    start_service: StartService, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = await start_service(configuration(provider.url))
    monkeypatch.setattr("ccr_desktop.core.planner.decide", lambda *_: 1 / 0)

    async with aiohttp.ClientSession() as session:
        answer = await Client(session, service.url).ask(STREAMED)

    assert answer.status == 500
    assert answer.error["type"] == "api_error"
    assert "ZeroDivision" not in answer.raw.decode()
    assert "division" not in answer.raw.decode()


async def test_a_failure_of_the_router_itself_in_mid_stream_is_an_error_event(
    start_service: StartService, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = asyncio.Event()
    provider.script = held(release, [FIRST], text_chunks("Second."))
    service = await start_service(configuration(provider.url))

    async with (
        aiohttp.ClientSession() as session,
        Client(session, service.url).streaming(STREAMED) as answer,
    ):
        await answer.until(b"First. ")
        monkeypatch.setattr("ccr_desktop.core.attempt.TranslatedAttempt.feed", lambda *_: 1 / 0)
        release.set()
        told = await answer.rest()

    assert told.kinds[-1] == "error"
    assert told.kinds.count("error") == 1
    assert "division" not in told.raw.decode()
