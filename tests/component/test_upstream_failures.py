"""What becomes of a provider's failure: its status before the stream, an event within it."""

import asyncio
import json
import socket
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from ccr_desktop.core.upstream import client as upstream_client
from tests.component.client import QUESTION, STREAMED, Answer, Client
from tests.component.conftest import KEY, StartService, configuration
from tests.component.provider import (
    Call,
    Provider,
    Script,
    chunk,
    event,
    held,
    message,
    message_events,
    soon,
    stream,
    text_chunks,
    whole,
)

BOTH = pytest.mark.parametrize("body", [QUESTION, STREAMED], ids=["json", "stream"])
HTML = b"<!doctype html><html><head><title>Sign in</title></head><body>x</body></html>"
EMPTY_SSE = {"Content-Type": "text/event-stream"}


def openai_error(message: str, **members: Any) -> dict[str, Any]:
    return {"error": {"message": message, "type": "some_type", "code": None, **members}}


def drop(call: Call) -> web.StreamResponse:
    call.reset()
    return web.Response()


async def dropped(call: Call) -> web.StreamResponse:
    return drop(call)


def assert_told_well(answer: Answer, name: str = "mock,big") -> None:
    """An envelope that names who failed, and holds nothing that is nobody's business."""
    said = answer.error["message"]
    assert name in said
    assert answer.headers["request-id"] == answer.json["request_id"]
    assert answer.headers["x-ccr-route"] == name
    shown = answer.raw.decode() + str(answer.headers)
    assert KEY not in shown
    assert "Traceback" not in shown
    assert 'File "' not in shown


# -- refusals ----------------------------------------------------------------------------------

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


NOTHINGS: dict[str, Script] = {
    "empty body": whole(b""),
    "blank body": whole(b" \n "),
    "empty stream": stream([], done=False),
    "only done": stream([]),
    "only comments": stream([b": hello\n\n", b": hello\n\n"], done=False),
    "null": whole(b"null"),
    "empty object": whole({}),
    "no choices": whole({"choices": []}),
    "half json": whole(b'{"choices": [{"mess'),
    "text": whole(b"upstream request timeout", headers={"Content-Type": "text/plain"}),
    "number": whole(b"5"),
    "no content": whole(b"", 204),
}


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


# -- connections -------------------------------------------------------------------------------


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
    assert f"127.0.0.1:{port}" in answer.error["message"]
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


async def test_a_refusal_whose_reasons_never_end_still_has_its_status(
    client: Client, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upstream_client, "READ_ALL_S", 0.05)
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


# -- in mid-stream -----------------------------------------------------------------------------


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


# -- Anthropic's own protocol ------------------------------------------------------------------

CLAUDE = {**STREAMED, "model": "claude,claude-upstream"}


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


async def test_the_service_answers_on_after_all_of_it(client: Client, provider: Provider) -> None:
    good = provider.script
    for script in [dropped, whole(HTML), stream([], done=False)]:
        provider.script = script
        await client.ask(STREAMED)
    provider.script = good

    assert (await client.ask(STREAMED)).text == "Hello from the provider"


async def test_a_message_may_be_whole_though_a_stream_was_asked(
    client: Client, provider: Provider
) -> None:
    provider.script = whole(message("All at once."))

    answer = await client.ask(CLAUDE)

    assert answer.text == "All at once."
    assert answer.kinds[-1] == "message_stop"
