"""What the service publishes of each request once it has ended."""

import asyncio
from typing import Any

import aiohttp

from ccr_desktop.core.observe.events import ExchangeEnded
from ccr_desktop.core.service import Service
from tests.component.client import STREAMED, Client
from tests.component.conftest import StartService, configuration
from tests.component.provider import Provider, held, stream
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
        async with asyncio.timeout(5):
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
