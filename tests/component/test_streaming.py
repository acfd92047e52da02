"""Streams: when their bytes go out, and that they arrive complete however they were cut."""

import asyncio

import pytest
from aiohttp import web

from tests.component.bodies import CLAUDE
from tests.component.client import QUESTION, STREAMED, Client, text_of
from tests.component.provider import (
    DONE,
    Call,
    Provider,
    chunk,
    completion,
    finish_chunk,
    held,
    message,
    message_events,
    stream,
    text_chunks,
    whole,
)
from tests.component.silent_provider import FIRST

# -- when bytes go out -------------------------------------------------------------------------


async def test_nothing_goes_out_before_the_first_event_of_the_provider(
    client: Client, provider: Provider
) -> None:
    release = asyncio.Event()
    provider.script = held(release, [b": working\n\n"], [*text_chunks("Now."), DONE])

    asking = asyncio.ensure_future(client.ask(STREAMED))
    await provider.called()
    done, _ = await asyncio.wait({asking}, timeout=0.1)
    release.set()

    assert not done
    assert (await asking).kinds[0] == "message_start"


async def test_every_event_goes_out_when_it_comes(client: Client, provider: Provider) -> None:
    release = asyncio.Event()
    provider.script = held(release, [FIRST], [*text_chunks("Second."), DONE])

    async with client.streaming(STREAMED) as answer:
        early = await answer.until(b"First. ")
        assert b"Second" not in early
        release.set()
        told = await answer.rest()

    assert told.text == "First. Second."


async def test_an_error_after_comments_still_has_its_status(
    client: Client, provider: Provider
) -> None:
    error = b'data: {"error": {"message": "slow down", "code": 429}}\n\n'
    provider.script = stream([b": working\n\n", b": working\n\n", error])

    assert (await client.ask(STREAMED)).status == 429


async def test_an_anthropic_stream_goes_out_event_by_event(
    client: Client, provider: Provider
) -> None:
    release = asyncio.Event()
    pieces = message_events("Half")
    provider.script = held(release, pieces[:4], pieces[4:])

    async with client.streaming(CLAUDE) as answer:
        await answer.until(b"Half")
        release.set()
        told = await answer.rest()

    assert text_of(told.events) == "Half"


# -- what arrives ------------------------------------------------------------------------------


async def test_a_stream_of_a_thousand_events_arrives_complete(
    client: Client, provider: Provider
) -> None:
    words = [f"word-{number} " for number in range(1000)]
    provider.script = stream([*(chunk({"content": word}) for word in words), finish_chunk()])

    answer = await client.ask(STREAMED)

    assert answer.text == "".join(words)
    assert answer.kinds[-1] == "message_stop"


@pytest.mark.parametrize("size", [1, 7, 1000, 16 * 1024, 10**9])
async def test_how_a_stream_is_cut_does_not_matter(
    client: Client, provider: Provider, size: int
) -> None:
    raw = b"".join(text_chunks("Grüße aus 東京 und 🌧. " * (3 if size < 100 else 2000)))
    provider.script = stream([raw[at : at + size] for at in range(0, len(raw), size)])

    answer = await client.ask(STREAMED)

    assert answer.text == "Grüße aus 東京 und 🌧. " * (3 if size < 100 else 2000)


@pytest.mark.parametrize("line_end", [b"\r\n", b"\r", b"\n"], ids=["crlf", "cr", "lf"])
async def test_line_ends_do_not_matter(client: Client, provider: Provider, line_end: bytes) -> None:
    pieces = [piece.replace(b"\n", line_end) for piece in text_chunks("Line by line.")]
    provider.script = stream(pieces)

    assert (await client.ask(STREAMED)).text == "Line by line."


async def test_streams_beside_each_other_do_not_mix(client: Client, provider: Provider) -> None:
    async def script(call: Call) -> web.StreamResponse:
        word = call.body["messages"][-1]["content"]
        return await stream(text_chunks(f"{word} " * 50))(call)

    provider.script = script

    async def ask(word: str) -> str:
        messages = [{"role": "user", "content": word}]
        return (await client.ask({**STREAMED, "messages": messages})).text

    words = [f"stream-{number}" for number in range(20)]
    texts = await asyncio.gather(*map(ask, words))

    assert [set(text.split()) for text in texts] == [{word} for word in words]


# -- the form that was not asked for -----------------------------------------------------------


async def test_a_stream_may_be_answered_with_a_whole_body(
    client: Client, provider: Provider
) -> None:
    provider.script = whole(completion("All at once."))

    answer = await client.ask(STREAMED)

    assert answer.text == "All at once."
    assert answer.kinds[-1] == "message_stop"


@pytest.mark.parametrize("headers", [{}, {"Content-Type": "application/json"}], ids=["sse", "lie"])
async def test_a_request_for_a_whole_body_may_be_answered_with_a_stream(
    client: Client, provider: Provider, headers: dict[str, str]
) -> None:
    provider.script = stream(text_chunks("Piece by piece."), headers)

    answer = await client.ask(QUESTION)

    assert answer.headers["content-type"].startswith("application/json")
    assert answer.text == "Piece by piece."
    assert answer.json["usage"]["output_tokens"] == 5


async def test_a_message_may_be_whole_though_a_stream_was_asked(
    client: Client, provider: Provider
) -> None:
    provider.script = whole(message("All at once."))

    answer = await client.ask(CLAUDE)

    assert answer.text == "All at once."
    assert answer.kinds[-1] == "message_stop"
