"""Failures before the stream: a refusal keeps its status and says what helps."""

import asyncio
import json
from typing import Any

import pytest
from aiohttp import web

from ccr_desktop.core.upstream import client as upstream_client
from tests.component.bodies import BOTH
from tests.component.client import STREAMED, Client
from tests.component.conftest import KEY
from tests.component.failing_provider import HTML, NOTHINGS, assert_told_well, openai_error
from tests.component.provider import Call, Provider, Script, soon, stream, text_chunks, whole

REFUSALS = {
    400: ("invalid_request_error", ""),
    401: ("authentication_error", "api_key"),
    402: ("billing_error", "balance"),
    403: ("permission_error", "key"),
    404: ("not_found_error", "name of the model"),
    408: ("timeout_error", ""),
    413: ("request_too_large", ""),
    422: ("invalid_request_error", ""),
    429: ("rate_limit_error", "choose another model"),
    500: ("api_error", "choose another model"),
    502: ("api_error", "choose another model"),
    503: ("overloaded_error", "choose another model"),
    504: ("timeout_error", "choose another model"),
    529: ("overloaded_error", "choose another model"),
}


@BOTH
@pytest.mark.parametrize("status", REFUSALS)
async def test_a_refusal_keeps_its_status_and_says_what_helps(
    client: Client, provider: Provider, body: Any, status: int
) -> None:
    provider.script = whole(openai_error("the flux is low"), status)

    answer = await client.ask(body)

    kind, remedy = REFUSALS[status]
    assert answer.status == status
    assert answer.error["type"] == kind
    assert "the flux is low" in answer.error["message"]
    assert remedy in answer.error["message"]
    assert answer.headers.get("x-should-retry") == ("false" if status in {401, 403, 404} else None)
    assert_told_well(answer)


@BOTH
async def test_a_rate_limit_passes_on_how_long_to_wait(
    client: Client, provider: Provider, body: Any
) -> None:
    headers = {
        "Retry-After": "7",
        "retry-after-ms": "7000",
        "x-should-retry": "true",
        "x-ratelimit-remaining-tokens": "0",
        "anthropic-ratelimit-requests-limit": "5",
        "Set-Cookie": "tracking=1",
        "x-internal": "secret",
    }
    provider.script = whole(openai_error("slow down"), 429, headers)

    answer = await client.ask(body)

    assert answer.headers["retry-after"] == "7"
    assert answer.headers["retry-after-ms"] == "7000"
    assert answer.headers["x-should-retry"] == "true"
    assert answer.headers["x-ratelimit-remaining-tokens"] == "0"
    assert answer.headers["anthropic-ratelimit-requests-limit"] == "5"
    assert "set-cookie" not in answer.headers
    assert "x-internal" not in answer.headers


@BOTH
async def test_the_rest_of_a_rate_limit_is_shown_on_answers_too(
    client: Client, provider: Provider, body: Any
) -> None:
    provider.script = stream(text_chunks("Fine."), {"x-ratelimit-remaining-tokens": "5"})

    answer = await client.ask(body)

    assert answer.status == 200
    assert answer.headers["x-ratelimit-remaining-tokens"] == "5"


async def test_a_header_that_is_no_text_does_not_break_the_answer(
    client: Client, provider: Provider
) -> None:
    async def script(call: Call) -> web.StreamResponse:
        transport = call.http.transport
        assert isinstance(transport, asyncio.Transport)
        head = b"HTTP/1.1 429 X\r\nx-ratelimit-reset: \xff\xfe\r\nretry-after: 3\r\n"
        transport.write(head + b"Content-Length: 2\r\nConnection: close\r\n\r\n{}")
        transport.close()
        raise ConnectionResetError

    provider.script = script

    answer = await client.ask()

    assert answer.status == 429
    assert answer.headers["retry-after"] == "3"


@BOTH
@pytest.mark.parametrize(
    "said",
    [
        f"Incorrect API key provided: {KEY}",
        "Incorrect API key provided: sk-abcdefghijklmnop",
        "no such token Bearer abcdefghijklmnop",
    ],
)
async def test_a_key_that_the_provider_repeats_goes_no_further(
    client: Client, provider: Provider, body: Any, said: str
) -> None:
    provider.script = whole(openai_error(said), 401)

    answer = await client.ask(body)

    assert answer.status == 401
    assert "abcdefghijklmnop" not in answer.raw.decode()
    assert_told_well(answer)


@BOTH
async def test_a_full_context_is_told_in_the_words_that_make_clients_compact(
    client: Client, provider: Provider, body: Any
) -> None:
    words = "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens"
    provider.script = whole(openai_error(words, code="context_length_exceeded"), 400)

    answer = await client.ask(body)

    assert answer.status == 400
    assert answer.error["message"].startswith("prompt is too long: 9000 tokens > 8192 maximum")


@BOTH
@pytest.mark.parametrize("status", [200, 404, 502])
async def test_a_web_page_is_told_as_one(
    client: Client, provider: Provider, body: Any, status: int
) -> None:
    provider.script = whole(HTML, status, {"Content-Type": "text/html"})

    answer = await client.ask(body)

    assert answer.status == (502 if status == 200 else status)
    assert "HTML page" in answer.error["message"]
    assert "Sign in" in answer.error["message"]
    assert_told_well(answer)


@BOTH
@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_redirect_is_not_followed_with_the_key(
    client: Client, provider: Provider, body: Any, status: int
) -> None:
    provider.script = whole(b"", status, {"Location": f"{provider.url}/elsewhere"})

    answer = await client.ask(body)

    assert answer.status == 502
    assert "api_base_url" in answer.error["message"]
    assert "/elsewhere" in answer.error["message"]
    assert len(provider.calls) == 1
    assert_told_well(answer)


@BOTH
@pytest.mark.parametrize("script", NOTHINGS.values(), ids=NOTHINGS.keys())
async def test_nothing_is_never_taken_for_an_answer(
    client: Client, provider: Provider, body: Any, script: Script
) -> None:
    provider.script = script

    answer = await client.ask(body)

    assert answer.status in {502, 504, 529}
    assert_told_well(answer)


def as_event(error: Any) -> Script:
    return stream([b"data: " + json.dumps(error).encode() + b"\n\n"])


@BOTH
@pytest.mark.parametrize(
    "case",
    [
        (openai_error("slow down", code=429), 429),
        (openai_error("Rate limit reached"), 429),
        (openai_error("overloaded", type="overloaded_error"), 529),
        (openai_error("Insufficient balance"), 402),
        (openai_error("boom"), 500),
        ({"error": "boom"}, 500),
    ],
    ids=["code", "words", "type", "balance", "unknown", "text"],
)
@pytest.mark.parametrize("form", [whole, as_event], ids=["body", "event"])
async def test_an_error_inside_a_success_gets_its_own_status(
    client: Client, provider: Provider, body: Any, case: tuple[Any, int], form: Any
) -> None:
    error, status = case
    provider.script = form(error)

    answer = await client.ask(body)

    assert answer.status == status
    assert_told_well(answer)


async def test_a_refusal_whose_reasons_never_end_still_has_its_status(
    client: Client, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upstream_client, "READ_ALL_S", 0.5)
    release = asyncio.Event()

    async def script(call: Call) -> web.StreamResponse:
        response = await call.start(500, {"Content-Type": "text/plain"})
        await response.write(b"half a reason")
        await release.wait()
        return response

    provider.script = script

    answer = await client.ask(STREAMED)

    assert answer.status == 500
    assert "half a reason" in answer.error["message"]
    await soon(provider.calls[0].gone)
