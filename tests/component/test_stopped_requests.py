"""A running request is stopped at the router: what client, provider and record see of it."""

import asyncio
from typing import Any

import aiohttp
import pytest

from ccr_desktop.core.observe.events import ExchangeEnded, RouteChosen
from ccr_desktop.core.service import Service
from tests.component.client import QUESTION, STREAMED, Answer, Client
from tests.component.conftest import StartService, configuration
from tests.component.desk import Desk
from tests.component.provider import PATIENCE_S, Provider, held, soon
from tests.component.silent_provider import FIRST

WORDS = "This request was stopped at the router"


class Watched:
    """A service whose events are kept."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.events: list[Any] = []
        self._chosen: asyncio.Future[RouteChosen] = asyncio.get_running_loop().create_future()
        service.bus.subscribe(self._note)

    def _note(self, event: Any) -> None:
        self.events.append(event)
        if isinstance(event, RouteChosen):
            self._chosen.set_result(event)

    async def request_id(self) -> str:
        async with asyncio.timeout(PATIENCE_S):
            return (await self._chosen).request_id

    @property
    def ends(self) -> list[tuple[int, str]]:
        ended = (event for event in self.events if isinstance(event, ExchangeEnded))
        return [(event.status, event.error) for event in ended]


@pytest.fixture
async def watched(start_service: StartService, provider: Provider) -> Watched:
    return Watched(await start_service(configuration(provider.url)))


async def stopped(watched: Watched, provider: Provider, body: Any, path: str) -> Answer:
    """The answer to a request that is stopped while its provider keeps silent."""
    provider.script = held(asyncio.Event())
    async with aiohttp.ClientSession() as session:
        client = Client(session, watched.service.url)
        asking = asyncio.ensure_future(client.ask(body, path=path))
        request_id = await watched.request_id()
        await provider.called(1)
        assert watched.service.cancel_request(request_id)
        assert watched.service.cancel_request(request_id), "asked twice, it stops once"
        answer = await asking
    assert not watched.service.cancel_request(request_id), "it does not run any more"
    return answer


@pytest.mark.parametrize("body", [QUESTION, STREAMED], ids=["whole", "streamed"])
async def test_before_the_answer_begins_the_client_gets_an_error_that_ends_its_tries(
    watched: Watched, provider: Provider, body: Any
) -> None:
    answer = await stopped(watched, provider, body, "/v1/messages")

    assert (answer.status, answer.error["type"]) == (400, "invalid_request_error")
    assert answer.error["message"].startswith(WORDS)
    assert answer.headers["x-should-retry"] == "false"
    await soon(provider.calls[0].gone)
    assert watched.ends == [(499, "stopped at the router")]


async def test_clients_of_openais_protocol_get_an_error_of_theirs(
    watched: Watched, provider: Provider
) -> None:
    body = {"model": "mock,big", "messages": [{"role": "user", "content": "hi"}]}

    answer = await stopped(watched, provider, body, "/v1/chat/completions")

    assert answer.status == 400
    assert answer.json["error"]["message"].startswith(WORDS)


async def test_in_mid_stream_the_client_gets_an_error_event(
    watched: Watched, provider: Provider
) -> None:
    provider.script = held(asyncio.Event(), [FIRST])
    async with (
        aiohttp.ClientSession() as session,
        Client(session, watched.service.url).streaming(STREAMED) as answer,
    ):
        await answer.until(b"First. ")
        assert watched.service.cancel_request(await watched.request_id())
        rest = await answer.rest()

    assert rest.events[-1]["type"] == "error"
    assert rest.events[-1]["error"]["message"].startswith(WORDS)
    await soon(provider.calls[0].gone)
    assert watched.ends == [(499, "stopped at the router")]


async def test_an_id_that_nobody_has_stops_nothing(watched: Watched) -> None:
    assert not watched.service.cancel_request("req_nobody")


async def test_the_management_api_stops_it_too(desk: Desk, provider: Provider) -> None:
    provider.script = held(asyncio.Event())
    watched = Watched(desk.service)
    asking = asyncio.ensure_future(desk.ask())
    request_id = await watched.request_id()

    status, told = await desk.call("POST", f"/api/requests/{request_id}/stop")

    assert (status, told) == (200, {"stopping": True})
    assert await asking == 400
    status, told = await desk.call("POST", f"/api/requests/{request_id}/stop")
    assert (status, "is running" in told["error"]["message"]) == (404, True)
