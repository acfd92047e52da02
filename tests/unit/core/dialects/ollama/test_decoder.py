import json
from typing import Any

import pytest

from ccr_desktop.core.dialects.base import Target
from ccr_desktop.core.dialects.ollama.decoder import OllamaDecoder
from ccr_desktop.core.protocol.deltas import (
    Alive,
    ErrorDelta,
    Finish,
    TextDelta,
    ThinkingDelta,
    ToolDelta,
    Usage,
    UsageDelta,
)
from ccr_desktop.core.protocol.sse import SseEvent
from ccr_desktop.core.providers.catalog import OLLAMA

TARGET = Target(provider="o", model="qwen3", url="", api_key="", profile=OLLAMA)
END = {"done": True, "done_reason": "stop", "prompt_eval_count": 7, "eval_count": 3}


def decoded(*payloads: Any) -> list[Any]:
    decoder = OllamaDecoder(TARGET)
    return [d for p in payloads for d in decoder.feed(SseEvent("", json.dumps(p).encode()))]


def says(**members: Any) -> dict[str, Any]:
    return {"model": "qwen3", "message": {"role": "assistant", "content": "", **members}}


CALL = {"function": {"name": "Read", "arguments": {"a": 1}}}


def test_a_stream_is_thinking_text_calls_and_the_end() -> None:
    found = decoded(
        says(thinking="Hm."),
        says(content="Well."),
        says(tool_calls=[CALL, {"id": "x", **CALL}]),
        {**says(), **END},
    )

    assert found == [
        ThinkingDelta("Hm."),
        TextDelta("Well."),
        ToolDelta(0, "", "Read", '{"a":1}', is_whole=True),
        ToolDelta(1, "x", "Read", '{"a":1}', is_whole=True),
        Alive(),
        UsageDelta(Usage(prompt=7, output=3)),
        Finish("stop"),
    ]


def test_a_whole_answer_gives_the_same() -> None:
    whole = {**says(thinking="Hm.", content="Well.", tool_calls=[CALL]), **END}

    assert OllamaDecoder(TARGET).decode(whole) == decoded(whole)


def test_the_end_is_known() -> None:
    decoder = OllamaDecoder(TARGET)
    decoder.feed(SseEvent("", b"{}"))
    assert not decoder.is_done

    decoder.feed(SseEvent("", json.dumps(END).encode()))
    assert decoder.is_done


@pytest.mark.parametrize("error", ["model 'x' not found", {"message": "busy", "code": 503}])
def test_errors_are_told(error: Any) -> None:
    (found,) = decoded({"error": error})

    assert isinstance(found, ErrorDelta)
    assert found.failure.message in {"model 'x' not found", "busy"}


def test_what_is_no_answer_is_an_error() -> None:
    (odd,) = OllamaDecoder(TARGET).decode({"x": 1})
    assert isinstance(odd, ErrorDelta)

    decoder = OllamaDecoder(TARGET)
    found = [decoder.feed(SseEvent("", b"<html>")) for _ in range(4)]
    assert found[:3] == [[], [], []]
    assert isinstance(found[3][0], ErrorDelta)


@pytest.mark.parametrize("arguments", [None, {}, "", "{}"])
def test_a_call_without_arguments_is_one(arguments: Any) -> None:
    call = {"function": {"name": "Read", "arguments": arguments}}

    (found,) = decoded(says(tool_calls=[call, {"function": {}}, 5]))

    assert found.arguments in {"", "{}"}
