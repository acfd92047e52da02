"""`GET /api/events`: everything that happens, to whoever listens, for as long as he keeps up."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from ccr_desktop.core.observe.events import ConfigReloaded
from ccr_desktop.core.server import event_stream
from ccr_desktop.core.service import Service
from tests.component.client import STREAMED
from tests.component.conftest import StartService, configuration
from tests.component.provider import PATIENCE_S, Call, Provider, stream, text_chunks, whole


class Listening:
    """A program that hears the events of a service."""

    def __init__(self, service: Service, session: aiohttp.ClientSession) -> None:
        self._url = f"{service.url}/api/events"
        self._headers = {"x-ccr-token": service.token}
        self._session = session
        self.response: aiohttp.ClientResponse

    async def __aenter__(self) -> "Listening":
        self.response = await self._session.get(self._url, headers=self._headers)
        assert await self.line() == ": listening"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.response.close()

    async def line(self) -> str | None:
        """The next line that is not empty; None at the end."""
        async with asyncio.timeout(PATIENCE_S):
            while raw := await self.response.content.readline():
                if text := raw.decode().strip():
                    return text
        return None

    async def event(self) -> tuple[str, str, Any]:
        """Number, kind and data of the next event."""
        lines = [await self.line() for _ in range(3)]
        number, kind, data = (str(line).partition(": ")[2] for line in lines)
        return number, kind, json.loads(data)


@pytest.fixture
async def service(start_service: StartService, provider: Provider) -> Service:
    raw = configuration(provider.url)
    raw["Router"] = {"default": ["mock,big", "claude,claude-upstream", "mock,vendor/odd-model"]}
    return await start_service(raw)


async def test_a_fallback_is_told_from_the_choice_to_the_end(
    service: Service, provider: Provider
) -> None:
    async def failing(call: Call) -> Any:
        if call.body["model"] == "vendor/odd-model":
            return await stream(text_chunks("Finally."))(call)
        return await whole({"error": {"message": "down"}}, 500)(call)

    provider.script = failing
    async with aiohttp.ClientSession() as session, Listening(service, session) as listening:
        async with session.post(f"{service.url}/v1/messages", json=STREAMED) as answer:
            assert "Finally." in await answer.text()
        told = []
        while not told or told[-1][1] != "finished":
            told.append(await listening.event())

    kinds = [kind for _, kind, _ in told]
    assert [number for number, _, _ in told] == [str(n) for n in range(1, len(told) + 1)]
    assert kinds[0] == "route_chosen"
    assert {"attempt_failed", "fell_back"} <= set(kinds)
    finished = told[-1][2]
    assert finished["route"] == "mock,vendor/odd-model"
    assert finished["attempts"][0]["reason"]
    assert len({data["request_id"] for _, _, data in told}) == 1


async def test_a_silent_service_shows_that_it_is_there(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_stream, "_KEEP_ALIVE_S", 0.01)
    async with aiohttp.ClientSession() as session, Listening(service, session) as listening:
        assert await listening.line() == ": still here"


async def test_who_does_not_keep_up_is_let_go_and_harms_nobody(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_stream, "_WAITING", 3)
    async with aiohttp.ClientSession() as session, Listening(service, session) as listening:
        for number in range(10):  # at once: nothing can be sent in between
            service.bus.publish(ConfigReloaded(source=str(number)))
        lines = 0
        while await listening.line() is not None:
            lines += 1
        assert lines <= 3 * 4
        async with Listening(service, session) as again:
            service.bus.publish(ConfigReloaded(source="later"))
            assert (await again.event())[2]["source"] == "later"


async def test_listening_ends_with_the_service(service: Service) -> None:
    async with aiohttp.ClientSession() as session, Listening(service, session) as listening:
        await service.stop()

        assert await listening.line() is None


async def test_who_leaves_is_forgotten(service: Service) -> None:
    before = len(service.bus._subscribers)
    async with aiohttp.ClientSession() as session:
        async with Listening(service, session):
            assert len(service.bus._subscribers) == before + 1
        async with asyncio.timeout(PATIENCE_S):
            while len(service.bus._subscribers) > before:
                service.bus.publish(ConfigReloaded(source="anyone?"))
                await asyncio.sleep(0)
