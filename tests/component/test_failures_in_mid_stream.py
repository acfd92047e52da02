"""Failures within a stream: an error event at its end, never a broken protocol."""

import asyncio
import json
from typing import Any

import pytest
from aiohttp import web

from tests.component.bodies import BOTH
from tests.component.client import STREAMED, Answer, Client
from tests.component.conftest import KEY
from tests.component.failing_provider import drop, openai_error
from tests.component.provider import Call, Provider, chunk, held, soon, stream, text_chunks


def assert_broken_off(answer: Answer, text: str = "Half an ") -> dict[str, Any]:
    """The error at the end of a stream that had begun well."""
    assert answer.status == 200
    assert answer.text == text
    assert answer.kinds[0] == "message_start"
    assert answer.kinds[-1] == "error"
    assert answer.kinds.count("error") == 1
    assert "message_stop" not in answer.kinds
    last = answer.events[-1]
    assert last["request_id"] == answer.headers["request-id"]
    assert KEY not in answer.raw.decode()
    error: dict[str, Any] = last["error"]
    return error


HALF = chunk({"content": "Half an "})


async def test_an_error_event_in_mid_stream_is_an_error_event(
    client: Client, provider: Provider
) -> None:
    seen = asyncio.Event()
    error = openai_error(f"overloaded with {KEY}", code=529)
    line = b"data: " + json.dumps(error).encode() + b"\n\n"
    provider.script = held(seen, [HALF], [line])

    async with client.streaming(STREAMED) as answer:
        await answer.until(b"Half an ")
        seen.set()
        told = assert_broken_off(await answer.rest())

    assert told["type"] == "overloaded_error"
    assert "mock,big" in told["message"]
    assert "choose another model" in told["message"]


async def test_a_clean_end_in_mid_stream_is_an_error_event(
    client: Client, provider: Provider
) -> None:
    provider.script = stream([HALF], done=False)

    error = assert_broken_off(await client.ask(STREAMED))

    assert error["type"] == "api_error"
    assert "mock,big" in error["message"]


async def test_a_reset_in_mid_stream_is_an_error_event(client: Client, provider: Provider) -> None:
    seen = asyncio.Event()

    async def script(call: Call) -> web.StreamResponse:
        response = await call.start()
        await response.write(HALF)
        await soon(seen)
        return drop(call)

    provider.script = script

    async with client.streaming(STREAMED) as answer:
        await answer.until(b"Half an ")
        seen.set()
        error = assert_broken_off(await answer.rest())

    assert error["type"] == "api_error"
    assert "broke the connection off" in error["message"]
    assert error["message"].count("mock,big") == 1


@pytest.mark.parametrize(
    "line",
    [b"data: {broken\n\n", b"data: [1, 2]\n\n", b'data: {"choices": 5}\n\n', b"data: <html>\n\n"],
)
async def test_garbage_in_mid_stream_never_breaks_the_protocol(
    client: Client, provider: Provider, line: bytes
) -> None:
    provider.script = stream([HALF, line, *text_chunks("answer.")])

    answer = await client.ask(STREAMED)

    assert answer.status == 200
    assert answer.kinds[-1] in {"message_stop", "error"}


@BOTH
@pytest.mark.parametrize(
    "members",
    [
        {"choices": [5]},
        {"choices": [{"delta": 5}]},
        {"choices": [{"delta": {"content": 5}}]},
        {"choices": [{"delta": {"tool_calls": 5}}]},
        {"choices": [{"delta": {"tool_calls": [5]}}]},
        {"choices": [{"delta": {"tool_calls": [{"index": "x", "function": 5}]}}]},
        {"choices": [{"delta": {"content": "x"}, "finish_reason": 5}]},
        {"choices": [], "usage": 5},
        {"choices": [], "usage": {"prompt_tokens": "x"}},
    ],
    ids=repr,
)
async def test_an_odd_chunk_never_breaks_the_router(
    client: Client, provider: Provider, body: Any, members: Any
) -> None:
    line = b"data: " + json.dumps(members).encode() + b"\n\n"
    provider.script = stream([line, *text_chunks("Fine.")])

    answer = await client.ask(body)

    assert answer.status in {200, 500, 502}
    if answer.status == 200 and body is STREAMED:
        assert answer.kinds[-1] in {"message_stop", "error"}
