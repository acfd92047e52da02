"""Failures of a provider that speaks Anthropic's own protocol."""

import asyncio

import pytest
from aiohttp import web

from tests.component.bodies import CLAUDE
from tests.component.client import Client
from tests.component.conftest import KEY
from tests.component.failing_provider import HTML, NOTHINGS, assert_told_well, drop
from tests.component.provider import (
    Call,
    Provider,
    Script,
    event,
    held,
    message_events,
    soon,
    stream,
    whole,
)


async def test_an_anthropic_stream_that_is_cut_short_ends_in_an_error_event(
    client: Client, provider: Provider
) -> None:
    provider.script = stream(message_events("Half")[:4], done=False)

    answer = await client.ask(CLAUDE)

    assert answer.kinds[-1] == "error"
    assert "claude,claude-upstream" in answer.events[-1]["error"]["message"]


async def test_an_anthropic_stream_that_is_reset_ends_in_an_error_event(
    client: Client, provider: Provider
) -> None:
    seen = asyncio.Event()

    async def script(call: Call) -> web.StreamResponse:
        response = await call.start()
        await response.write(b"".join(message_events("Half")[:4]))
        await soon(seen)
        return drop(call)

    provider.script = script

    async with client.streaming(CLAUDE) as answer:
        await answer.until(b"Half")
        seen.set()
        told = await answer.rest()

    assert told.kinds[-1] == "error"
    assert told.kinds.count("error") == 1
    assert "claude,claude-upstream" in told.events[-1]["error"]["message"]


async def test_an_anthropic_error_event_passes_unchanged(
    client: Client, provider: Provider
) -> None:
    seen = asyncio.Event()
    failed = event("error", error={"type": "overloaded_error", "message": "Overloaded"})
    provider.script = held(seen, message_events("Half")[:4], [failed])

    async with client.streaming(CLAUDE) as answer:
        await answer.until(b"Half")
        seen.set()
        told = await answer.rest()

    assert told.raw.endswith(failed)


@pytest.mark.parametrize("script", NOTHINGS.values(), ids=NOTHINGS.keys())
@pytest.mark.parametrize("is_stream", [False, True], ids=["json", "stream"])
async def test_nothing_is_never_taken_for_an_anthropic_answer(
    client: Client, provider: Provider, script: Script, is_stream: bool
) -> None:
    provider.script = script

    answer = await client.ask({**CLAUDE, "stream": is_stream})

    if answer.status == 200:  # comments are forwarded at once
        assert answer.kinds[-1] == "error"
    else:
        assert answer.status in {502, 504, 529}
        assert_told_well(answer, "claude,claude-upstream")


async def test_a_web_page_is_no_anthropic_error(client: Client, provider: Provider) -> None:
    provider.script = whole(HTML, 503, {"Content-Type": "text/html"})

    answer = await client.ask(CLAUDE)

    assert answer.status == 503
    assert "HTML page" in answer.error["message"]
    assert_told_well(answer, "claude,claude-upstream")


async def test_a_key_in_an_anthropic_error_goes_no_further(
    client: Client, provider: Provider
) -> None:
    error = {"type": "error", "error": {"type": "authentication_error", "message": f"bad {KEY}"}}
    provider.script = whole(error, 401)

    answer = await client.ask(CLAUDE)

    assert answer.status == 401
    assert KEY not in answer.raw.decode()


async def test_an_error_inside_an_anthropic_success_gets_its_own_status(
    client: Client, provider: Provider
) -> None:
    error = {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}
    provider.script = whole(error)

    answer = await client.ask({**CLAUDE, "stream": False})

    assert answer.status == 529
    assert_told_well(answer, "claude,claude-upstream")
