"""The end of an answer: what is still waited for, and what becomes of the connection."""

import asyncio
import json
from typing import Any

import pytest
from aiohttp import web

from ccr_desktop.core.dialects import answer as answers
from tests.component.bodies import BOTH
from tests.component.client import QUESTION, STREAMED, Client
from tests.component.provider import (
    DONE,
    Call,
    Provider,
    chunk,
    completion,
    held,
    soon,
    text_chunks,
)
from tests.component.silent_provider import FIRST


@pytest.fixture
def short_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers.AnswerTranslator, "grace_s", property(_short_grace))


def _short_grace(translator: Any) -> float | None:
    return None if translator._emitter.finish_reason is None else 0.05


@pytest.mark.usefixtures("short_grace")
@BOTH
async def test_a_stream_that_is_finished_but_never_closed_ends(
    client: Client, provider: Provider, body: Any
) -> None:
    provider.script = held(asyncio.Event(), text_chunks("All said."))

    answer = await client.ask(body)

    assert answer.text == "All said."
    assert answer.status == 200
    await soon(provider.calls[0].gone)


@pytest.mark.usefixtures("short_grace")
async def test_comments_after_the_finish_do_not_keep_a_stream_open(
    client: Client, provider: Provider
) -> None:
    async def script(call: Call) -> web.StreamResponse:
        response = await call.start()
        await response.write(b"".join(text_chunks("All said.")))
        while True:
            await response.write(b": still here\n\n")
            await asyncio.sleep(0.01)

    provider.script = script

    answer = await client.ask(STREAMED)

    assert answer.kinds[-1] == "message_stop"


async def test_what_comes_after_done_is_not_waited_for(client: Client, provider: Provider) -> None:
    provider.script = held(asyncio.Event(), [*text_chunks("All said."), DONE])

    answer = await client.ask(STREAMED)

    assert answer.kinds[-1] == "message_stop"


async def test_usage_that_comes_after_the_finish_counts(client: Client, provider: Provider) -> None:
    release = asyncio.Event()
    usage = {"prompt_tokens": 70, "completion_tokens": 7}
    late = b"data: " + json.dumps({"choices": [], "usage": usage}).encode() + b"\n\n"
    provider.script = held(release, [FIRST, chunk({}, "stop")], [late, DONE])

    async with client.streaming(STREAMED) as answer:
        await answer.until(b"First. ")
        release.set()
        told = await answer.rest()

    counted = next(e["usage"] for e in told.events if e["type"] == "message_delta")
    assert counted["input_tokens"] == 70
    assert counted["output_tokens"] == 7


async def test_a_connection_is_used_again_after_a_complete_answer(
    client: Client, provider: Provider
) -> None:
    peers = set()

    async def script(call: Call) -> web.StreamResponse:
        assert call.http.transport is not None
        peers.add(call.http.transport.get_extra_info("peername"))
        return web.Response(body=json.dumps(completion("Again.")).encode())

    provider.script = script

    for _ in range(3):
        await client.ask(QUESTION)

    assert len(peers) == 1
