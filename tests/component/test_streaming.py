"""Streams: when their bytes go out, what fills silence, and that nothing outlives its client."""

import asyncio
import gzip
import json
import socket
import zlib
from typing import Any

import aiohttp
import brotli
import pytest
from aiohttp import web
from backports import zstd
from yarl import URL

from ccr_desktop.core import patience
from ccr_desktop.core.dialects import answer as answers
from ccr_desktop.core.upstream.client import UpstreamClient
from tests.component.client import QUESTION, STREAMED, Client, events, text_of
from tests.component.conftest import Connect, StartService, configuration
from tests.component.provider import (
    DONE,
    PATIENCE_S,
    SSE,
    Call,
    Provider,
    chunk,
    completion,
    finish_chunk,
    held,
    message_events,
    soon,
    stream,
    text_chunks,
    whole,
)

CLAUDE = {**STREAMED, "model": "claude,claude-upstream"}
BOTH = pytest.mark.parametrize("body", [QUESTION, STREAMED], ids=["json", "stream"])
PROVIDERS = pytest.mark.parametrize("body", [STREAMED, CLAUDE], ids=["translated", "passed"])
FIRST = chunk({"content": "First. "})


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pings after an instant of silence."""
    monkeypatch.setattr(patience, "PING_INTERVAL_S", 0.03)


async def never(call: Call) -> web.StreamResponse:
    await asyncio.Event().wait()
    return web.Response()


async def silent_after_headers(call: Call) -> web.StreamResponse:
    await call.start()
    await asyncio.Event().wait()
    return web.Response()


async def silent_after_first(call: Call) -> web.StreamResponse:
    response = await call.start()
    await response.write(FIRST)
    await asyncio.Event().wait()
    return response


# -- the beginning -----------------------------------------------------------------------------


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


@pytest.mark.parametrize("limits", [{"idle_s": 0.05}, {"total_s": 0.3}], ids=["idle", "total"])
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
    client = await connect(timeout={"idle_s": 0.05, "first_byte_s": 20})

    async def script(call: Call) -> web.StreamResponse:
        response = await call.start()
        await asyncio.sleep(0.15)
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


# -- the end -----------------------------------------------------------------------------------


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


# -- packed answers ----------------------------------------------------------------------------


class _Br:
    def __init__(self) -> None:
        self._packer = brotli.Compressor(quality=1)

    def pack(self, data: bytes) -> bytes:
        return bytes(self._packer.process(data) + self._packer.flush())

    def end(self) -> bytes:
        return bytes(self._packer.finish())


class _Zlib:
    def __init__(self) -> None:
        self._packer = zlib.compressobj(wbits=31)

    def pack(self, data: bytes) -> bytes:
        return self._packer.compress(data) + self._packer.flush(zlib.Z_SYNC_FLUSH)

    def end(self) -> bytes:
        return self._packer.flush()


class _Zstd:
    def __init__(self) -> None:
        self._packer = zstd.ZstdCompressor()

    def pack(self, data: bytes) -> bytes:
        return self._packer.compress(data, zstd.ZstdCompressor.FLUSH_BLOCK)

    def end(self) -> bytes:
        return self._packer.flush()


PACKERS = {"gzip": _Zlib, "br": _Br, "zstd": _Zstd}


@pytest.mark.parametrize("name", PACKERS)
async def test_a_packed_stream_is_unpacked_event_by_event(
    client: Client, provider: Provider, name: str
) -> None:
    release = asyncio.Event()
    packer = PACKERS[name]()

    async def script(call: Call) -> web.StreamResponse:
        assert name in (call.header("accept-encoding") or "")
        response = await call.start(headers={**SSE, "Content-Encoding": name})
        await response.write(packer.pack(FIRST))
        await release.wait()
        await response.write(packer.pack(b"".join(text_chunks("Second."))) + packer.end())
        return response

    provider.script = script

    async with client.streaming(STREAMED) as answer:
        await answer.until(b"First. ")
        release.set()
        told = await answer.rest()

    assert told.text == "First. Second."
    assert "content-encoding" not in told.headers


@pytest.mark.parametrize(
    ("name", "pack"), [("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstd.compress)]
)
async def test_a_packed_body_is_unpacked(
    client: Client, provider: Provider, name: str, pack: Any
) -> None:
    body = pack(json.dumps(completion("Unpacked.")).encode())
    provider.script = whole(body, headers={"Content-Encoding": name})

    assert (await client.ask(QUESTION)).text == "Unpacked."


@pytest.mark.parametrize("name", PACKERS)
async def test_a_packed_refusal_is_read(client: Client, provider: Provider, name: str) -> None:
    packer = PACKERS[name]()
    body = packer.pack(b'{"error": {"message": "the flux is low"}}') + packer.end()
    provider.script = whole(body, 400, {"Content-Encoding": name})

    answer = await client.ask(STREAMED)

    assert answer.status == 400
    assert "the flux is low" in answer.error["message"]


# -- clients that are slow or gone -------------------------------------------------------------


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

    await soon(call.gone, 1.0)


@pytest.mark.usefixtures("impatient")
@PROVIDERS
async def test_a_client_that_goes_away_between_pings_ends_the_request_to_the_provider(
    client: Client, provider: Provider, body: Any
) -> None:
    provider.script = never

    async with client.streaming(body) as answer:
        await answer.until(b"event: ping\n")

    await soon(provider.calls[0].gone, 1.0)


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
    await soon(left, 1.0)
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
        await soon(call.gone, 2.0)


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
