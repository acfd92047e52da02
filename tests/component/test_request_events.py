"""What the service publishes of each request once it has ended."""

import asyncio
from typing import Any

import aiohttp
import pytest

from ccr_desktop.core.observe.events import AnswerBegan, ExchangeEnded
from ccr_desktop.core.observe.health import State
from ccr_desktop.core.service import Service
from tests.component.client import QUESTION, STREAMED, Client
from tests.component.conftest import StartService, configuration
from tests.component.provider import PATIENCE_S, Provider, held, stream, whole
from tests.component.silent_provider import FIRST


async def ended_of(service: Service, body: Any, *, leave: bool = False) -> Any:
    """What the service says of one request."""
    ended: asyncio.Queue[Any] = asyncio.Queue()
    service.bus.subscribe(
        lambda event: ended.put_nowait(event) if isinstance(event, ExchangeEnded) else None
    )
    async with aiohttp.ClientSession() as session:
        client = Client(session, service.url)
        if leave:
            async with client.streaming(body) as answer:
                await answer.until(b"First. ")
        else:
            await client.ask(body)
        async with asyncio.timeout(PATIENCE_S):
            return await ended.get()


async def test_an_answer_is_published_with_its_route_times_and_usage(
    start_service: StartService, provider: Provider
) -> None:
    service = await start_service(configuration(provider.url))

    event = await ended_of(service, STREAMED)

    assert (event.status, event.error, event.is_stream) == (200, "", True)
    assert (event.route, event.scenario, event.model) == ("mock,big", "default", "claude-sonnet-5")
    assert 0 < event.first_s <= event.duration_s
    assert event.usage["output_tokens"] == 5


async def test_a_client_that_left_is_published_as_one(
    start_service: StartService, provider: Provider
) -> None:
    provider.script = held(asyncio.Event(), [FIRST])
    service = await start_service(configuration(provider.url))

    event = await ended_of(service, STREAMED, leave=True)

    assert event.status == 499
    assert event.error == "the client went away"


async def test_a_stream_that_broke_off_is_published_as_a_failure(
    start_service: StartService, provider: Provider
) -> None:
    provider.script = stream([FIRST], done=False)
    service = await start_service(configuration(provider.url))

    event = await ended_of(service, STREAMED)

    assert event.status == 502
    assert "closed the stream" in event.error
    assert event.first_s is not None


# -- one beginning, one end --------------------------------------------------------------------


async def entry_of(service: Service, body: Any, path: str = "/v1/messages") -> Any:
    """What the journal holds of one request, which has one record of each kind."""
    events: list[Any] = []
    service.bus.subscribe(events.append)
    async with aiohttp.ClientSession() as session:
        await Client(session, service.url).ask(body, path=path)
    assert len([event for event in events if isinstance(event, ExchangeEnded)]) == 1
    (entry,) = service.journal.entries
    assert not entry.is_running
    return entry, [event for event in events if isinstance(event, AnswerBegan)]


@pytest.mark.parametrize("body", [STREAMED, QUESTION], ids=["streamed", "whole"])
async def test_an_answer_begins_once(
    start_service: StartService, provider: Provider, body: Any
) -> None:
    entry, begun = await entry_of(await start_service(configuration(provider.url)), body)

    assert [(event.route, event.first_s) for event in begun] == [("mock,big", entry.first_s)]
    assert (entry.status, entry.route_chosen, entry.usage["output_tokens"]) == (200, "mock,big", 5)
    assert 0 < begun[0].waited_s <= begun[0].first_s


async def test_pings_are_no_beginning(
    start_service: StartService, provider: Provider, impatient: None
) -> None:
    release = asyncio.Event()
    provider.script = held(release, (), [FIRST])
    service = await start_service(configuration(provider.url))

    async with (
        aiohttp.ClientSession() as session,
        Client(session, service.url).streaming(STREAMED) as answer,
    ):
        await answer.until(b"event: ping")
        (running,) = service.journal.running
        assert running.first_s is None
        release.set()
        await answer.until(b"First. ")
        assert service.journal.entries[0].first_s is not None


@pytest.mark.parametrize(
    ("body", "status"), [(b"no json", 400), ({**QUESTION, "model": "nobody,x"}, 404)]
)
async def test_a_refused_request_has_an_end_too(
    start_service: StartService, provider: Provider, body: Any, status: int
) -> None:
    entry, begun = await entry_of(await start_service(configuration(provider.url)), body)

    assert (entry.status, entry.decision, begun) == (status, None, [])


async def test_the_last_failure_is_that_of_the_route_that_was_asked_last(
    start_service: StartService, provider: Provider
) -> None:
    provider.script = whole(
        {"error": {"message": "no", "retry_after": 7}}, 429, {"Retry-After": "7"}
    )
    service = await start_service(configuration(provider.url))

    entry, _ = await entry_of(service, STREAMED)

    last = entry.ended.last_failure
    assert (last.route, last.status) == ("mock,big", 429)
    assert service.health.of("mock").state is State.BUSY


async def test_the_folder_of_a_session_is_known_from_its_first_turn_on(
    start_service: StartService, provider: Provider
) -> None:
    service = await start_service(configuration(provider.url))
    said = {"role": "user", "content": "Primary working directory: /srv/acme\nhi"}
    tools = [{"name": "t", "input_schema": {"type": "object"}}]
    headers = {"x-claude-code-session-id": "0-0"}
    async with aiohttp.ClientSession() as session:
        client = Client(session, service.url)
        await client.ask({**QUESTION, "messages": [said], "tools": tools}, headers)
        await client.ask({**QUESTION, "tools": tools}, headers)
        await client.ask(QUESTION, {"x-ccr-folder": "/elsewhere"})
        await client.ask(QUESTION)

    folders = [entry.folder for entry in service.journal.entries]
    assert folders == ["", "/elsewhere", "/srv/acme", "/srv/acme"]
