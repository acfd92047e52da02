"""Requests that are wrong, odd, packed or too large: every one gets an answer that says why."""

import asyncio
import gzip
import io
import json
from functools import partial
from typing import Any

import brotli
import pytest
from backports import zstd

from ccr_desktop.core.server.app import MAX_BODY_BYTES
from tests.component.client import QUESTION, STREAMED, Answer, Client
from tests.component.provider import PATIENCE_S, Provider

OVER = MAX_BODY_BYTES + 1


def question(**changes: Any) -> dict[str, Any]:
    return {**QUESTION, **changes}


def said(*content: Any, role: str = "user") -> dict[str, Any]:
    return question(messages=[{"role": role, "content": list(content)}])


BAD_BODIES = {
    "empty": (b"", "no body"),
    "blank": (b"  \n", "no body"),
    "cut": (b'{"model": "x"', "valid JSON"),
    "no-json": (b"hello", "valid JSON"),
    "not-utf8": (b'{"model": "\xff"}', "UTF-8"),
    "nan": (b'{"model": NaN}', "valid JSON"),
    "list": (b"[]", "object"),
    "text": (b'"x"', "object"),
    "null": (b"null", "object"),
    "deep": (b'{"a":' * 3000 + b"1" + b"}" * 3000, "valid JSON"),
    "no-model": ({"messages": QUESTION["messages"]}, "model"),
    "number-model": (question(model=5), "model"),
    "blank-model": (question(model=" "), "model"),
    "no-messages": ({"model": "x"}, "messages"),
    "text-messages": (question(messages="hello"), "messages"),
    "object-messages": (question(messages={}), "messages"),
    "empty-messages": (question(messages=[]), "messages"),
    "text-message": (question(messages=["hello"]), "messages.0"),
    "null-message": (question(messages=[None]), "messages.0"),
    "no-role": (question(messages=[{"content": "x"}]), "messages.0.role"),
    "odd-role": (question(messages=[{"role": "tool", "content": "x"}]), "messages.0.role"),
    "list-role": (question(messages=[{"role": [], "content": "x"}]), "messages.0.role"),
    "no-content": (question(messages=[{"role": "user"}]), "messages.0.content"),
    "number-content": (question(messages=[{"role": "user", "content": 5}]), "messages.0.content"),
    "text-block": (said("hello"), "messages.0.content.0"),
    "untyped-block": (said({"text": "x"}), "messages.0.content.0.type"),
    "number-text": (said({"type": "text", "text": 5}), "messages.0.content.0.text"),
    "no-source": (said({"type": "image"}), "messages.0.content.0.source"),
    "text-source": (said({"type": "image", "source": "x"}), "messages.0.content.0.source"),
    "no-tool-id": (
        said({"type": "tool_use", "name": "x", "input": {}}, role="assistant"),
        "messages.0.content.0.id",
    ),
    "list-input": (
        said({"type": "tool_use", "id": "x", "name": "x", "input": []}, role="assistant"),
        "messages.0.content.0.input",
    ),
    "no-result-id": (said({"type": "tool_result"}), "messages.0.content.0.tool_use_id"),
    "number-system": (question(system=5), "system"),
    "number-in-system": (question(system=[5]), "system.0"),
    "object-tools": (question(tools={}), "tools"),
    "text-tool": (question(tools=["x"]), "tools.0"),
    "unnamed-tool": (question(tools=[{"input_schema": {}}]), "tools.0.name"),
    "text-schema": (question(tools=[{"name": "x", "input_schema": "y"}]), "tools.0.input_schema"),
    "text-max-tokens": (question(max_tokens="many"), "max_tokens"),
    "negative-max-tokens": (question(max_tokens=-1), "max_tokens"),
    "text-thinking": (question(thinking="hard"), "thinking"),
    "text-choice": (question(tool_choice="auto"), "tool_choice"),
    "list-metadata": (question(metadata=[]), "metadata"),
    "text-output": (question(output_config="high"), "output_config"),
}


@pytest.mark.parametrize(("body", "word"), BAD_BODIES.values(), ids=BAD_BODIES.keys())
@pytest.mark.parametrize("stream", [False, True], ids=["json", "stream"])
async def test_a_wrong_body_is_refused_with_its_place(
    client: Client, provider: Provider, body: Any, word: str, stream: bool
) -> None:
    if isinstance(body, dict):
        body = {**body, "stream": stream}

    answer = await client.ask(body)

    assert answer.status == 400
    assert answer.error["type"] == "invalid_request_error"
    assert word in answer.error["message"]
    assert "Traceback" not in answer.raw.decode()
    assert provider.calls == []


ODD_BODIES = {
    "stream-text": question(stream="yes"),
    "null-members": question(system=None, tools=None, thinking=None, metadata=None, stream=None),
    "result-without-call": said(
        {"type": "tool_result", "tool_use_id": "toolu_lost", "content": "42"}
    ),
    "null-content": question(messages=[{"role": "user", "content": None}]),
    "empty-content": question(messages=[{"role": "user", "content": []}]),
    "unknown-block": said({"type": "hologram", "data": 1}, {"type": "text", "text": "hi"}),
    "unknown-members": question(safeguards=[{"x": 1}], context_management={"edits": []}, odd=1),
    "system-role": question(messages=[*QUESTION["messages"], {"role": "system", "content": []}]),
    "odd-user-id": question(metadata={"user_id": 5}),
    "odd-effort": question(output_config={"effort": 5}),
    "odd-thinking": question(thinking={"type": 5, "budget_tokens": "x"}),
    "no-max-tokens": {k: v for k, v in QUESTION.items() if k != "max_tokens"},
    "odd-stops": question(stop_sequences=5),
    "odd-tool-type": question(tools=[{"type": 5, "name": "x"}]),
    "unnamed-choice": question(
        tools=[{"name": "x", "input_schema": {}}], tool_choice={"type": "tool"}
    ),
    "emoji": said({"type": "text", "text": "\U0001f600 \x00 \ufffe"}),
}


@pytest.mark.parametrize("body", ODD_BODIES.values(), ids=ODD_BODIES.keys())
@pytest.mark.parametrize("stream", [False, True], ids=["json", "stream"])
async def test_an_odd_body_never_breaks_the_router(
    client: Client, body: dict[str, Any], stream: bool
) -> None:
    answer = await client.ask({"stream": stream, **body})

    assert answer.status in {200, 400}
    if answer.status == 400:
        assert answer.error["type"] == "invalid_request_error"


async def test_a_tool_result_without_its_call_reaches_the_model(
    client: Client, provider: Provider
) -> None:
    answer = await client.ask({**ODD_BODIES["result-without-call"], "stream": True})

    assert answer.status == 200
    assert "42" in json.dumps(provider.calls[0].body["messages"])


@pytest.mark.parametrize("path", ["/v1/messages/count_tokens"])
@pytest.mark.parametrize(
    "body",
    [{"messages": "x"}, {"messages": None}, {}, [], b"{", question(messages=[5, None, "x"])],
    ids=["text", "null", "none", "list", "cut", "odd-messages"],
)
async def test_counting_refuses_or_counts_but_never_breaks(
    client: Client, path: str, body: Any
) -> None:
    answer = await client.ask(body, path=path)

    assert answer.status in {200, 400}


@pytest.mark.parametrize(
    "changes",
    [{"system": 5}, {"tools": {"a": 1}}, {"tools": [5]}, {"system": [5, None]}, {"thinking": 5}],
)
async def test_counting_takes_odd_members(client: Client, changes: dict[str, Any]) -> None:
    answer = await client.ask({**QUESTION, **changes}, path="/v1/messages/count_tokens")

    assert answer.status in {200, 400}


async def test_an_unknown_provider_is_named_with_those_that_are_known(
    client: Client, provider: Provider
) -> None:
    answer = await client.ask({**STREAMED, "model": "nobody,some-model"})

    assert answer.status == 404
    assert answer.error["type"] == "not_found_error"
    assert "nobody" in answer.error["message"]
    assert "mock" in answer.error["message"]
    assert provider.calls == []


# -- size --------------------------------------------------------------------------------------


def padded(size: int) -> bytes:
    """A good request of so many bytes."""
    body = json.dumps(QUESTION).encode()
    return body + b" " * (size - len(body))


async def send(client: Client, data: Any) -> Answer:
    return await client.request("POST", "/v1/messages", data)


async def pieces(data: bytes) -> Any:
    for start in range(0, len(data), 1 << 20):
        yield data[start : start + (1 << 20)]


async def test_a_body_of_the_largest_size_is_served(client: Client, provider: Provider) -> None:
    answer = await send(client, io.BytesIO(padded(MAX_BODY_BYTES)))

    assert answer.status == 200
    assert len(provider.calls) == 1


@pytest.mark.parametrize("is_chunked", [False, True], ids=["with-length", "chunked"])
async def test_a_larger_body_is_refused_and_the_service_lives_on(
    client: Client, provider: Provider, is_chunked: bool
) -> None:
    body = padded(OVER)

    answer = await send(client, pieces(body) if is_chunked else io.BytesIO(body))

    assert answer.status == 413
    assert answer.error["type"] == "request_too_large"
    assert "64 MiB" in answer.error["message"]
    assert (await client.ask()).status == 200
    assert len(provider.calls) == 1


async def test_a_body_that_is_announced_as_too_large_is_not_awaited(client: Client) -> None:
    async with asyncio.timeout(PATIENCE_S):
        reader, writer = await asyncio.open_connection("127.0.0.1", int(client.url.split(":")[-1]))
        writer.write(b"POST /v1/messages HTTP/1.1\r\nHost: localhost\r\n")
        writer.write(b"Content-Length: %d\r\n\r\n" % (1 << 40))
        line = await reader.readline()
        writer.close()
        await writer.wait_closed()

    assert line.startswith(b"HTTP/1.1 413 ")


# -- packed bodies -----------------------------------------------------------------------------

PACKERS = {
    "gzip": partial(gzip.compress, compresslevel=1),
    "br": partial(brotli.compress, quality=1),
    "zstd": zstd.compress,
}


@pytest.mark.parametrize(("name", "pack"), PACKERS.items(), ids=PACKERS.keys())
async def test_a_packed_body_is_read(
    client: Client, provider: Provider, name: str, pack: Any
) -> None:
    words = "a long question " * 5000
    body = question(messages=[{"role": "user", "content": words}])

    answer = await client.ask(pack(json.dumps(body).encode()), {"Content-Encoding": name})

    assert answer.status == 200
    assert words.strip() in json.dumps(provider.calls[0].body)
    assert provider.calls[0].header("content-encoding") is None


@pytest.mark.parametrize("name", ["gzip", "br", "zstd", "deflate"])
@pytest.mark.parametrize("body", [b"not packed at all", json.dumps(QUESTION).encode()])
async def test_a_body_that_is_packed_badly_is_refused(
    client: Client, name: str, body: bytes
) -> None:
    answer = await client.ask(body, {"Content-Encoding": name})

    assert answer.status == 400
    assert answer.error["type"] == "invalid_request_error"
    assert (await client.ask()).status == 200


@pytest.mark.parametrize(("name", "pack"), PACKERS.items(), ids=PACKERS.keys())
async def test_a_packed_body_that_is_cut_short_is_refused(
    client: Client, name: str, pack: Any
) -> None:
    packed = pack(json.dumps(question(system="x y z " * 9999)).encode())

    answer = await client.ask(packed[: len(packed) // 2], {"Content-Encoding": name})

    assert answer.status == 400


@pytest.mark.parametrize(("name", "pack"), PACKERS.items(), ids=PACKERS.keys())
async def test_a_small_body_that_unpacks_to_a_huge_one_is_refused(
    client: Client, name: str, pack: Any
) -> None:
    bomb = pack(padded(OVER))
    assert len(bomb) < 1 << 20

    answer = await client.ask(bomb, {"Content-Encoding": name})

    assert answer.status == 413
    assert answer.error["type"] == "request_too_large"


async def test_a_client_that_leaves_in_its_upload_harms_nobody(
    client: Client, provider: Provider
) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", int(client.url.split(":")[-1]))
    writer.write(b"POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\n{")
    await writer.drain()
    writer.close()
    await writer.wait_closed()

    assert (await client.ask()).status == 200
    assert len(provider.calls) == 1
