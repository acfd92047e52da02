"""A provider's silence: bridged by pings, and given up at its limits."""

import asyncio
import json
import socket
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from yarl import URL

from tests.component.bodies import CLAUDE, PROVIDERS
from tests.component.client import QUESTION, STREAMED, Client, events
from tests.component.conftest import Connect, StartService, configuration
from tests.component.provider import DONE, Call, Provider, held, soon, text_chunks
from tests.component.silent_provider import FIRST, never, silent_after_first, silent_after_headers

# -- silence -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("impatient")
@PROVIDERS
@pytest.mark.parametrize("script", [never, silent_after_headers], ids=["no-headers", "headers"])
async def test_a_provider_that_is_silent_before_its_first_event_is_bridged_by_pings(
    client: Client, provider: Provider, body: Any, script: Any
) -> None:
    provider.script = script

    async with client.streaming(body) as answer:
        raw = await answer.until(b"event: ping\n" * 1)
        while raw.count(b"event: ping\n") < 3:
            raw += await answer.response.content.readany()

    assert answer.response.status == 200
    assert {event["type"] for event in events(raw)} == {"ping"}


@pytest.mark.usefixtures("impatient")
async def test_silence_in_mid_stream_is_bridged_by_pings(
    client: Client, provider: Provider
) -> None:
    release = asyncio.Event()
    provider.script = held(release, [FIRST], [*text_chunks("Second."), DONE])

    async with client.streaming(STREAMED) as answer:
        await answer.until(b"First. ")
        await answer.until(b"event: ping\n")
        release.set()
        told = await answer.rest()

    assert told.text == "First. Second."
    assert told.kinds[-1] == "message_stop"


@pytest.mark.usefixtures("impatient")
async def test_comments_are_silence_to_the_client(client: Client, provider: Provider) -> None:
    release = asyncio.Event()

    async def script(call: Call) -> web.StreamResponse:
        response = await call.start()
        while not release.is_set():
            await response.write(b": working\n\n")
            await asyncio.sleep(0.005)
        await response.write(b"".join(text_chunks("Now.")))
        return response

    provider.script = script

    async with client.streaming(STREAMED) as answer:
        await answer.until(b"event: ping\n")
        release.set()
        told = await answer.rest()

    assert told.text == "Now."


@pytest.mark.usefixtures("impatient")
async def test_an_error_after_pings_is_told_in_the_stream(
    client: Client, provider: Provider
) -> None:
    release = asyncio.Event()

    async def script(call: Call) -> web.StreamResponse:
        await release.wait()
        error = {"error": {"message": "slow down"}}
        return web.Response(status=429, body=json.dumps(error).encode())

    provider.script = script

    async with client.streaming(STREAMED) as answer:
        await answer.until(b"event: ping\n")
        release.set()
        told = await answer.rest()

    assert told.status == 200
    assert told.kinds[-1] == "error"
    assert told.kinds.count("error") == 1
    assert told.events[-1]["error"]["type"] == "rate_limit_error"
    assert "mock,big" in told.events[-1]["error"]["message"]


@pytest.mark.usefixtures("impatient")
@PROVIDERS
@pytest.mark.parametrize(
    "late",
    [b"", b'data: {"error": {"message": "boom"}}\n\n', b": comment\n\n", b"<html>sorry</html>"],
    ids=["end", "error", "comment", "page"],
)
@pytest.mark.parametrize("content_type", ["text/event-stream", "application/json"])
async def test_a_failure_after_pings_is_never_a_silent_end(
    client: Client, provider: Provider, body: Any, late: bytes, content_type: str
) -> None:
    release = asyncio.Event()

    async def script(call: Call) -> web.StreamResponse:
        response = await call.start(headers={"Content-Type": content_type})
        await release.wait()
        await response.write(late)
        return response

    provider.script = script

    async with client.streaming(body) as answer:
        await answer.until(b"event: ping\n")
        release.set()
        told = await answer.rest()

    assert told.kinds[-1] == "error"
    assert told.kinds.count("error") == 1


# -- limits ------------------------------------------------------------------------------------


def assert_timed_out(error: dict[str, Any], name: str = "mock,big") -> None:
    assert error["type"] == "timeout_error"
    assert f"{name} timed out" in error["message"]
    assert "timeout" in error["message"]


@pytest.mark.parametrize(
    ("limits", "script"),
    [
        ({"first_byte_s": 0.05}, never),
        ({"first_byte_s": 0.05}, silent_after_headers),
        ({"total_s": 0.05}, never),
        ({"total_s": 0.05}, silent_after_headers),
    ],
    ids=["first-byte", "first-byte-of-body", "total", "total-of-body"],
)
@pytest.mark.parametrize("body", [QUESTION, STREAMED, CLAUDE], ids=["json", "stream", "passed"])
async def test_waiting_for_the_first_byte_has_an_end(
    connect: Connect, provider: Provider, limits: Any, script: Any, body: Any
) -> None:
    client = await connect(timeout=limits)
    provider.script = script

    answer = await client.ask(body)

    assert answer.status == 504
    assert_timed_out(answer.error, answer.headers["x-ccr-route"])
    await soon(provider.calls[0].gone)


@pytest.mark.parametrize("limits", [{"idle_s": 0.05}, {"total_s": 2}], ids=["idle", "total"])
async def test_waiting_in_mid_stream_has_an_end(
    connect: Connect, provider: Provider, limits: Any
) -> None:
    client = await connect(timeout=limits)
    provider.script = silent_after_first

    answer = await client.ask(STREAMED)

    assert answer.status == 200
    assert answer.text == "First. "
    assert answer.kinds[-1] == "error"
    assert_timed_out(answer.events[-1]["error"])
    await soon(provider.calls[0].gone)


async def test_a_whole_answer_that_stops_coming_is_given_up(
    connect: Connect, provider: Provider
) -> None:
    client = await connect(timeout={"idle_s": 0.05})
    provider.script = silent_after_first

    answer = await client.ask(QUESTION)

    assert answer.status == 504
    assert_timed_out(answer.error)


async def test_a_model_may_read_its_prompt_for_longer_than_it_may_pause(
    connect: Connect, provider: Provider
) -> None:
    client = await connect(timeout={"idle_s": 0.5, "first_byte_s": 60})

    async def script(call: Call) -> web.StreamResponse:
        response = await call.start()
        await asyncio.sleep(0.8)
        await response.write(b"".join(text_chunks("Read.")))
        return response

    provider.script = script

    assert (await client.ask(STREAMED)).text == "Read."


async def test_connecting_has_an_end(start_service: StartService) -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        port = deaf.getsockname()[1]
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:  # the queue of the listener is full then
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", port))
        raw = configuration(f"http://127.0.0.1:{port}", timeout={"connect_s": 0.2})
        service = await start_service(raw)
        url = URL(service.url) / "v1/messages"
        try:
            status, told = await post(url, STREAMED)
        finally:
            for filler in fillers:
                filler.close()

    assert status == 504
    assert told["error"]["type"] == "timeout_error"
    assert "connection" in told["error"]["message"]


async def post(url: URL, body: Any) -> tuple[int, Any]:
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as response:
        return response.status, await response.json()
