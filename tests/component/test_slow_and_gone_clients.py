"""Clients that read slowly or go away: nothing outlives them."""

import asyncio
import json
import socket
from typing import Any

import pytest
from aiohttp import web
from yarl import URL

from ccr_desktop.core.upstream.client import UpstreamClient
from tests.component.bodies import CLAUDE, PROVIDERS
from tests.component.client import QUESTION, STREAMED, Client
from tests.component.conftest import StartService, configuration
from tests.component.provider import PATIENCE_S, Call, Provider, chunk, soon, text_chunks
from tests.component.silent_provider import never, silent_after_first, silent_after_headers


async def test_a_slow_client_slows_the_provider_down(client: Client, provider: Provider) -> None:
    sent = 0
    flood = chunk({"content": "x" * 60_000})
    stalled = asyncio.Event()

    async def script(call: Call) -> web.StreamResponse:
        nonlocal sent
        response = await call.start()
        while True:
            try:
                async with asyncio.timeout(0.5):
                    await response.write(flood)
            except TimeoutError:
                stalled.set()
                raise
            sent += len(flood)
            assert sent < 64 * 2**20

    provider.script = script
    url = URL(client.url)
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    listener.connect((url.host, url.port))
    data = json.dumps(STREAMED).encode()
    head = b"POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
    with listener:
        listener.sendall(head % len(data) + data)
        await soon(stalled)

    assert sent < 32 * 2**20


GONE_CASES = {
    "before-headers": (STREAMED, never),
    "before-first-event": (STREAMED, silent_after_headers),
    "in-mid-stream": (STREAMED, silent_after_first),
    "passed-before-headers": (CLAUDE, never),
    "passed-before-first-event": (CLAUDE, silent_after_headers),
    "json-before-headers": (QUESTION, never),
    "json-in-body": (QUESTION, silent_after_first),
}


@pytest.mark.parametrize(("body", "script"), GONE_CASES.values(), ids=GONE_CASES.keys())
async def test_a_client_that_goes_away_ends_the_request_to_the_provider(
    client: Client, provider: Provider, body: Any, script: Any
) -> None:
    provider.script = script
    url = URL(client.url)
    data = json.dumps(body).encode()
    head = b"POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
    reader, writer = await asyncio.open_connection(url.host, url.port)
    writer.write(head % len(data) + data)
    call = await provider.called()
    if body is STREAMED and script is silent_after_first:
        async with asyncio.timeout(PATIENCE_S):
            await reader.readuntil(b"First. ")

    writer.close()
    await writer.wait_closed()

    await soon(call.gone)


@pytest.mark.usefixtures("impatient")
@PROVIDERS
async def test_a_client_that_goes_away_between_pings_ends_the_request_to_the_provider(
    client: Client, provider: Provider, body: Any
) -> None:
    provider.script = never

    async with client.streaming(body) as answer:
        await answer.until(b"event: ping\n")

    await soon(provider.calls[0].gone)


async def test_a_client_that_goes_away_while_connecting_leaves_no_connection(
    start_service: StartService, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    connecting, release, left = asyncio.Event(), asyncio.Event(), asyncio.Event()
    send = UpstreamClient._send

    async def slow_send(*args: Any) -> Any:
        connecting.set()
        try:
            await release.wait()
            return await send(*args)
        finally:
            left.set()

    monkeypatch.setattr(UpstreamClient, "_send", slow_send)
    service = await start_service(configuration(provider.url))
    url = URL(service.url)
    data = json.dumps(STREAMED).encode()
    head = b"POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
    _, writer = await asyncio.open_connection(url.host, url.port)
    writer.write(head % len(data) + data)
    await soon(connecting)

    writer.close()
    await writer.wait_closed()
    await soon(left)
    release.set()

    assert provider.calls == []


async def test_many_clients_that_go_away_at_any_moment_leave_no_connection(
    client: Client, provider: Provider
) -> None:
    async def script(call: Call) -> web.StreamResponse:
        response = await call.start()
        for piece in text_chunks("a b c d e f g h"):
            await response.write(piece)
            await asyncio.sleep(0.002)
        await asyncio.Event().wait()
        return response

    provider.script = script

    async def leave_after(delay_s: float) -> None:
        try:
            async with asyncio.timeout(delay_s):
                await client.ask(STREAMED)
        except TimeoutError:
            pass

    async with asyncio.TaskGroup() as tasks:
        for number in range(40):
            tasks.create_task(leave_after(number * 0.002))

    for call in list(provider.calls):
        await soon(call.gone)
