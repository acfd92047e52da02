"""What real Responses servers sent comes out whole, however it is framed, cut or broken off."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.dialects.openai_responses import OpenAIResponses
from ccr_desktop.core.providers.catalog import XAI
from tests.support.grammar import fold, recognise
from tests.support.recordings import named_stream, payloads, recordings
from tests.support.replay import cut, stream, whole, with_profile

RECORDING = pytest.mark.parametrize("file", recordings("openai-responses"))
SETTING = replace(with_profile(XAI), dialect=OpenAIResponses())
CUTS = 40
_WRAPPERS = ("parallel", "multi_tool_use.parallel")


def unnamed(file: Path, end: str = "\n") -> bytes:
    return "".join(f"data: {payload}{end * 2}" for payload in payloads(file)).encode()


def is_failed(file: Path) -> bool:
    return any('"type":"response.failed"' in payload for payload in payloads(file))


def source(file: Path) -> dict[str, Any]:
    """What a recording holds, read in the plainest way: from its pieces alone."""
    held: dict[str, Any] = {"text": "", "thinking": "", "calls": {}}
    for payload in map(json.loads, payloads(file)):
        match payload:
            case {"type": "response.output_text.delta", "delta": delta}:
                held["text"] += delta
            case {
                "type": "response.reasoning_summary_text.delta" | "response.reasoning_text.delta",
                "delta": delta,
            }:
                held["thinking"] += delta
            case {"type": "response.output_item.done", "item": {"type": "function_call"} as item}:
                held["calls"][payload["output_index"]] = item
    return held


def calls_of(held: dict[str, Any]) -> list[tuple[str, Any]]:
    """The calls that a recording stands for, those in wrappers apart."""
    found: list[tuple[str, Any]] = []
    for item in held["calls"].values():
        arguments = json.loads(item["arguments"])
        if item["name"] in _WRAPPERS:
            uses = arguments["tool_uses"]
            found += [(u["recipient_name"].split(".")[-1], u["parameters"]) for u in uses]
        else:
            found.append((item["name"], arguments))
    return found


@RECORDING
def test_a_recorded_answer_keeps_all_that_it_holds(file: Path) -> None:
    answer = stream(unnamed(file), SETTING)
    if is_failed(file):
        assert answer.emitter.failure
        assert not answer.raw
        return
    message, held = fold(answer.events), source(file)
    content = message["content"]

    assert recognise(answer.events) == "message"
    assert "".join(b.get("text", "") for b in content) == held["text"]
    assert "".join(b.get("thinking", "") for b in content) == held["thinking"]
    calls = [(b["name"], b["input"]) for b in content if b["type"] == "tool_use"]
    assert calls == calls_of(held)
    assert message["stop_reason"] == ("tool_use" if calls else "end_turn")


@RECORDING
def test_a_recorded_answer_counts_tokens_as_the_provider_did(file: Path) -> None:
    if is_failed(file):
        pytest.skip("it failed")
    usage = fold(stream(unnamed(file), SETTING).events)["usage"]

    last = json.loads(payloads(file)[-1])["response"]["usage"]
    apart = usage.get("cache_read_input_tokens", 0) + usage.get("cache_creation_input_tokens", 0)
    assert usage["input_tokens"] + apart == last["input_tokens"]
    assert usage["output_tokens"] == last["output_tokens"]


@RECORDING
def test_names_line_ends_and_comments_of_a_recording_never_matter(file: Path) -> None:
    expected = stream(unnamed(file), SETTING).raw

    assert stream(named_stream(file), SETTING).raw == expected
    for end in ("\r\n", "\r"):
        assert stream(unnamed(file, end), SETTING).raw == expected
        assert stream(named_stream(file, end), SETTING).raw == expected
    commented = unnamed(file).replace(b"\n\n", b"\n\n: keep-alive\n\n")
    assert stream(commented, SETTING).raw == expected


@RECORDING
def test_a_recording_may_be_cut_into_any_chunks(file: Path) -> None:
    raw = named_stream(file)
    expected = stream(raw, SETTING).raw

    for at in range(0, len(raw), max(1, len(raw) // CUTS)):
        assert stream([raw[:at], raw[at:]], SETTING).raw == expected
    assert stream(cut(raw, 1), SETTING).raw == expected
    assert stream((raw[i : i + 1] for i in range(len(raw))), SETTING).raw == expected


@RECORDING
def test_a_recording_broken_off_before_its_end_is_an_error(file: Path) -> None:
    events = [f"data: {payload}\n\n".encode() for payload in payloads(file)]

    for end in range(0, len(events), max(1, len(events) // CUTS)):
        answer = stream(b"".join(events[:end]), SETTING)
        assert answer.emitter.failure is not None
        assert not answer.raw or recognise(answer.events) == "error"


@RECORDING
def test_the_complete_answer_in_a_recording_is_the_same_message(file: Path) -> None:
    response = json.loads(payloads(file)[-1])["response"]
    parts = [part for item in response["output"] for part in item.get("content") or ()]
    words = "".join(part.get("text", "") for part in parts if part["type"] == "output_text")
    if is_failed(file) or not response["output"] or words != source(file)["text"]:
        pytest.skip("its last event does not hold the output")

    streamed = fold(stream(unnamed(file), SETTING).events)
    complete = whole(json.dumps(response).encode(), SETTING).message

    blanks_apart = [b for b in streamed["content"] if b.get("text", "x").strip()]
    # Azure encrypts reasoning anew for its last event.
    unsigned = [[{**b, "signature": ""} for b in c] for c in (complete["content"], blanks_apart)]
    assert unsigned[0] == unsigned[1]
    assert complete["stop_reason"] == streamed["stop_reason"]
