"""Ollama's own protocol on the wire: lines of JSON, whole answers, errors."""

import json
from typing import Any

import pytest

from tests.component.client import QUESTION, STREAMED, Client
from tests.component.conftest import Connect
from tests.component.provider import Provider, stream, whole

LINES = {"Content-Type": "application/x-ndjson"}
TOOL = {"name": "Read", "description": "Reads.", "input_schema": {"type": "object"}}
END = {"done": True, "done_reason": "stop", "prompt_eval_count": 7, "eval_count": 3}


def line(end: dict[str, Any] | None = None, **message: Any) -> bytes:
    said = {"model": "m", "message": {"role": "assistant", **message}, "done": False, **(end or {})}
    return json.dumps(said, ensure_ascii=False).encode() + b"\n"


HELLO = [line(thinking="Hm."), line(content="Hé"), line(content="llo."), line(END, content="")]


@pytest.fixture
async def client(connect: Connect, provider: Provider) -> Client:
    entry = {
        "name": "ollama",
        "api_base_url": f"{provider.url}/api/chat",
        "models": ["qwen3"],
        "context_windows": {"*": 32_768},
    }
    return await connect(Providers=[entry], Router={"default": "ollama,qwen3"})


async def test_a_stream_of_lines_becomes_a_stream_of_events(
    client: Client, provider: Provider
) -> None:
    provider.script = stream(
        [part for whole_line in HELLO for part in (whole_line[:9], whole_line[9:])], LINES
    )

    answer = await client.ask(STREAMED)

    assert answer.text == "Héllo."
    assert answer.kinds[-1] == "message_stop"
    usage = next(e["usage"] for e in answer.events if e["type"] == "message_delta")
    assert (usage["input_tokens"], usage["output_tokens"]) == (7, 3)
    (call,) = provider.calls
    assert call.target == "/api/chat"
    assert call.body["options"]["num_ctx"] == 32_768


async def test_a_whole_answer_is_folded(client: Client, provider: Provider) -> None:
    call = {"function": {"name": "Read", "arguments": {"a": 1}}}
    message = {"role": "assistant", "content": "Hello.", "tool_calls": [call]}
    provider.script = whole({"model": "m", "message": message, **END})

    answer = await client.ask({**QUESTION, "tools": [TOOL]})

    text, tool = answer.json["content"]
    assert (text["text"], tool["name"], tool["input"]) == ("Hello.", "Read", {"a": 1})
    assert answer.json["stop_reason"] == "tool_use"
    assert provider.calls[0].body["stream"] is False


async def test_a_refusal_keeps_its_status_and_words(client: Client, provider: Provider) -> None:
    provider.script = whole({"error": "model 'qwen3' not found"}, status=404)

    answer = await client.ask(STREAMED)

    assert answer.status == 404
    assert "model 'qwen3' not found" in answer.error["message"]


async def test_an_error_in_mid_stream_and_a_cut_are_told(
    client: Client, provider: Provider
) -> None:
    provider.script = stream([HELLO[1], b'{"error": "out of memory"}\n'], LINES)
    failed = await client.ask(STREAMED)
    provider.script = stream(HELLO[:2], LINES, done=False)
    cut = await client.ask(STREAMED)

    assert b"out of memory" in failed.raw
    assert cut.kinds[-1:] == ["error"] or cut.status == 502


@pytest.mark.parametrize("request_body", [STREAMED, QUESTION], ids=["streamed", "whole"])
async def test_lines_that_a_proxy_calls_json_are_read(
    client: Client, provider: Provider, request_body: Any
) -> None:
    provider.script = stream(HELLO, {"Content-Type": "application/json"}, done=False)

    answer = await client.ask(request_body)

    assert answer.status == 200
    assert b"llo." in answer.raw
    assert b"end_turn" in answer.raw
