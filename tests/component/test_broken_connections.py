"""Providers that can't be reached, break off, or speak something else."""

import asyncio
import socket
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.component.bodies import BOTH
from tests.component.client import STREAMED, Answer, Client
from tests.component.conftest import StartService, configuration
from tests.component.failing_provider import HTML, assert_told_well, drop, dropped
from tests.component.provider import Call, Provider, stream, whole


@BOTH
async def test_a_connection_that_breaks_before_the_first_byte_is_a_bad_gateway(
    client: Client, provider: Provider, body: Any
) -> None:
    provider.script = dropped

    answer = await client.ask(body)

    assert answer.status == 502
    assert answer.error["type"] == "api_error"
    assert "broke the connection off" in answer.error["message"]
    assert "try again" in answer.error["message"]
    assert_told_well(answer)


@BOTH
async def test_a_connection_that_breaks_after_the_headers_is_a_bad_gateway(
    client: Client, provider: Provider, body: Any
) -> None:
    async def script(call: Call) -> web.StreamResponse:
        await call.start()
        return drop(call)

    provider.script = script

    answer = await client.ask(body)

    assert answer.status == 502
    assert_told_well(answer)


async def unreachable(start_service: StartService, address: str, body: Any) -> Answer:
    """The answer of a service whose provider is at this address."""
    service = await start_service(configuration(address))
    async with aiohttp.ClientSession() as session:
        return await Client(session, service.url).ask(body)


@BOTH
async def test_a_refused_connection_names_the_address(
    start_service: StartService, body: Any
) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]

        answer = await unreachable(start_service, f"http://127.0.0.1:{port}", body)

    assert answer.status == 502
    told = f"nothing answers at 127.0.0.1:{port} (connection refused)"
    assert told in answer.error["message"]
    assert "api_base_url" in answer.error["message"]
    assert_told_well(answer)


@BOTH
async def test_a_name_that_does_not_resolve_is_told(start_service: StartService, body: Any) -> None:
    answer = await unreachable(start_service, "http://router-test.invalid", body)

    assert answer.status == 502
    assert "router-test.invalid can't be resolved" in answer.error["message"]
    assert "api_base_url" in answer.error["message"]
    assert_told_well(answer)


@BOTH
async def test_a_server_that_speaks_no_http_is_told(start_service: StartService, body: Any) -> None:
    async def greet(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example ESMTP\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(greet, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        answer = await unreachable(start_service, f"http://127.0.0.1:{port}", body)

    assert answer.status == 502
    assert_told_well(answer)


@BOTH
async def test_a_server_without_the_tls_that_is_asked_for_is_told(
    start_service: StartService, provider: Provider, body: Any
) -> None:
    answer = await unreachable(start_service, f"https://127.0.0.1:{provider.port}", body)

    assert answer.status == 502
    assert "api_base_url" in answer.error["message"]
    assert_told_well(answer)


@BOTH
async def test_a_broken_encoding_is_told(client: Client, provider: Provider, body: Any) -> None:
    provider.script = whole(b"not gzip at all", headers={"Content-Encoding": "gzip"})

    answer = await client.ask(body)

    assert answer.status == 502
    assert_told_well(answer)


@pytest.mark.parametrize("model", ["mock,big", "claude,claude-upstream"])
@BOTH
async def test_a_web_page_as_a_success_points_at_the_address(
    client: Client, provider: Provider, body: Any, model: str
) -> None:
    provider.script = whole(HTML, headers={"Content-Type": "text/html"})

    answer = await client.ask({**body, "model": model})

    assert answer.status == 502
    assert answer.error["message"] == (
        f"{model}: the address does not answer as an API: "
        "an HTML page came with status 200 (Sign in). Check api_base_url."
    )
    assert_told_well(answer, model)


async def test_the_service_answers_on_after_all_of_it(client: Client, provider: Provider) -> None:
    good = provider.script
    for script in [dropped, whole(HTML), stream([], done=False)]:
        provider.script = script
        await client.ask(STREAMED)
    provider.script = good

    assert (await client.ask(STREAMED)).text == "Hello from the provider"
