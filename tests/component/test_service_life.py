"""Starting and stopping the service inside a process: running streams, ports."""

import asyncio
import os
import socket
from dataclasses import replace
from functools import partialmethod
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from yarl import URL

from ccr_desktop.core import service as service_module
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.observe.events import ExchangeEnded
from ccr_desktop.core.service import Service
from ccr_desktop.errors import ServiceError
from tests.component.client import STREAMED, Client
from tests.component.conftest import StartService, configuration
from tests.component.provider import DONE, PATIENCE_S, Provider, held, soon, text_chunks
from tests.component.silent_provider import FIRST

# -- stopping ----------------------------------------------------------------------------------


async def test_stopping_lets_a_running_stream_finish(
    start_service: StartService, provider: Provider
) -> None:
    release = asyncio.Event()
    provider.script = held(release, [FIRST], [*text_chunks("Second."), DONE])
    service = await start_service(configuration(provider.url))
    url = URL(service.url)

    async with (
        aiohttp.ClientSession() as session,
        Client(session, service.url).streaming(STREAMED) as answer,
    ):
        await answer.until(b"First. ")
        stopping = asyncio.ensure_future(service.stop())
        await refuses(url)
        release.set()
        told = await answer.rest()
        await stopping

    assert told.text == "First. Second."
    assert told.kinds[-1] == "message_stop"


async def refuses(url: URL) -> None:
    """Wait until nobody listens there."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            try:
                _, writer = await asyncio.open_connection(url.host, url.port)
            except OSError:
                return
            writer.close()
            await asyncio.sleep(0)


async def test_a_stream_that_outlasts_the_grace_is_told_so(
    start_service: StartService, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_module, "GRACE_S", 0.1)
    provider.script = held(asyncio.Event(), [FIRST])
    service = await start_service(configuration(provider.url))
    ended: list[Any] = []
    service.bus.subscribe(ended.append)

    async with (
        aiohttp.ClientSession() as session,
        Client(session, service.url).streaming(STREAMED) as answer,
    ):
        await answer.until(b"First. ")
        async with asyncio.timeout(PATIENCE_S):
            await service.stop()
        rest = await answer.rest()
        assert b"event: error" in rest.raw
        assert b"The router is stopping" in rest.raw

    await soon(provider.calls[0].gone)
    errors = [event.error for event in ended if isinstance(event, ExchangeEnded)]
    assert errors == ["the router stopped"]


async def test_idle_connections_do_not_hold_up_stopping(
    start_service: StartService, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_module, "GRACE_S", 10 * PATIENCE_S)
    service = await start_service(configuration(provider.url))

    async with aiohttp.ClientSession() as session:
        await Client(session, service.url).get("/health")
        async with asyncio.timeout(PATIENCE_S):
            await service.stop()


async def test_programs_that_hold_the_service_do_not_hold_up_stopping(
    start_service: StartService, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_module, "GRACE_S", 10 * PATIENCE_S)
    service = await start_service(configuration(provider.url))
    headers = {"x-ccr-token": service.token}

    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{service.url}/api/hold", headers=headers) as held_open,
    ):
        assert await held_open.content.readline() == b"held\n"
        async with asyncio.timeout(PATIENCE_S):
            await service.stop()
        assert await held_open.content.read() == b""


async def test_the_last_program_that_lets_go_releases_the_service(
    start_service: StartService, provider: Provider
) -> None:
    service = await start_service(configuration(provider.url))
    url, headers = f"{service.url}/api/hold", {"x-ccr-token": service.token}

    async with aiohttp.ClientSession() as session:
        first = await session.get(url, headers=headers)
        second = await session.get(url, headers=headers)
        await asyncio.gather(first.content.readline(), second.content.readline())
        assert not service.released.is_set()
        first.close()
        with pytest.raises(TimeoutError):
            await soon(service.released, 0.05)
        second.close()
        await soon(service.released)


async def test_stopping_twice_or_before_starting_is_nothing(
    start_service: StartService, provider: Provider
) -> None:
    service = await start_service(configuration(provider.url))

    await service.stop()
    await service.stop()
    await Service(service.config).stop()


async def test_a_stopped_service_can_be_started_again(
    start_service: StartService, provider: Provider
) -> None:
    service = await start_service(configuration(provider.url))
    await service.stop()
    await service.start()

    async with aiohttp.ClientSession() as session:
        answer = await Client(session, service.url).ask(STREAMED)

    assert answer.text == "Hello from the provider"


async def looks_for_ever(begun: asyncio.Event, *_: object) -> None:
    """In place of what comes once the service listens."""
    begun.set()
    await asyncio.Event().wait()


async def listens_alone(begun: asyncio.Event, site: web.SockSite) -> None:
    """A start of the site that is cancelled when its server listens, and nobody has it yet."""
    server = site._runner.server
    assert server
    await asyncio.get_running_loop().create_server(server, sock=site._sock)
    await looks_for_ever(begun)


@pytest.mark.parametrize(
    "halt",
    [(Service, "_look", looks_for_ever), (web.SockSite, "start", listens_alone)],
    ids=["listening", "beginning to listen"],
)
async def test_a_start_that_is_given_up_makes_no_later_one_deaf(
    start_service: StartService,
    provider: Provider,
    monkeypatch: pytest.MonkeyPatch,
    halt: tuple[type, str, Any],
) -> None:
    (kind, name, instead), begun = halt, asyncio.Event()
    with monkeypatch.context() as halting:
        halting.setattr(kind, name, partialmethod(lambda own: instead(begun, own)))
        starting = asyncio.ensure_future(start_service(configuration(provider.url)))
        await soon(begun)
        starting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await starting

    # The first of them gets the descriptor of the one that was given up.
    services = [await start_service(configuration(provider.url)) for _ in range(5)]
    async with aiohttp.ClientSession() as session, asyncio.timeout(PATIENCE_S):
        for service in services:
            assert (await Client(session, service.url).ask(STREAMED)).status == 200


# -- ports -------------------------------------------------------------------------------------


async def test_a_port_in_use_is_told_with_its_holder(provider: Provider) -> None:
    config = replace(read_config(configuration(provider.url), None, {}), port=provider.port)

    with pytest.raises(ServiceError) as caught:
        await Service(config).start()

    assert str(provider.port) in caught.value.title
    assert str(os.getpid()) in caught.value.message
    assert "SERVICE_PORT" in caught.value.message


async def test_an_address_that_is_not_of_this_machine_is_told(provider: Provider) -> None:
    raw = configuration(provider.url, HOST="192.0.2.7", APIKEY="x")

    with pytest.raises(ServiceError, match="HOST"):
        await Service(replace(read_config(raw, None, {}), port=0)).start()


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6 here")
async def test_the_other_loopback_works_too(
    start_service: StartService, provider: Provider
) -> None:
    service = await start_service(configuration(provider.url, HOST="::1"))

    assert service.url.startswith("http://[::1]:")
    async with aiohttp.ClientSession() as session:
        assert (await Client(session, service.url).get("/health")).status == 200
