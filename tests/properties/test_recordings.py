"""What real providers sent comes out whole, however it is framed, cut or broken off."""

import json
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.dialects.anthropic.stream import MessageStream
from ccr_desktop.core.protocol.sse import SseDecoder
from ccr_desktop.core.providers.catalog import XAI
from tests.support.grammar import fold, read_stream, recognise
from tests.support.recordings import named_stream, payloads, recordings
from tests.support.replay import GEMINI as GEMINI_SETTING
from tests.support.replay import cut, stream, whole, with_profile

CHAT = pytest.mark.parametrize("file", recordings("openai-chat"))
GEMINI = pytest.mark.parametrize("file", recordings("gemini"))
ANTHROPIC = pytest.mark.parametrize("file", recordings("anthropic"))
SETTING = with_profile(XAI)
CUTS = 40


def chat_stream(file: Path, end: str = "\n") -> bytes:
    return "".join(f"data: {p}{end * 2}" for p in [*payloads(file), "[DONE]"]).encode()


def source(file: Path) -> dict[str, Any]:
    """What a recording holds, read in the plainest way."""
    held: dict[str, Any] = {"text": "", "thinking": "", "calls": {}}
    for payload in map(json.loads, payloads(file)):
        for choice in payload["choices"]:
            delta = choice["delta"]
            content = delta.get("content") or ""
            for part in [] if isinstance(content, str) else content:
                if part["type"] == "text":
                    held["text"] += part["text"]
                else:
                    held["thinking"] += "".join(item["text"] for item in part["thinking"])
            held["text"] += content if isinstance(content, str) else ""
            held["thinking"] += delta.get("reasoning_content") or delta.get("reasoning") or ""
            for call in delta.get("tool_calls") or ():
                name, arguments = held["calls"].get(call.get("index"), ("", ""))
                function = call["function"]
                name, arguments = name or function["name"], arguments + function["arguments"]
                held["calls"][call.get("index")] = (name, arguments)
    return held


@CHAT
def test_a_recorded_answer_keeps_all_that_it_holds(file: Path) -> None:
    events = stream(chat_stream(file), SETTING).events
    content = fold(events)["content"]

    assert recognise(events) == "message"
    held = source(file)
    assert "".join(b.get("text", "") for b in content) == held["text"]
    assert "".join(b.get("thinking", "") for b in content) == held["thinking"]
    calls = [(b["name"], b["input"]) for b in content if b["type"] == "tool_use"]
    assert calls == [(name, json.loads(args)) for name, args in held["calls"].values()]
    assert fold(events)["stop_reason"] == ("tool_use" if calls else "end_turn")


@CHAT
def test_a_recorded_answer_counts_tokens_as_the_provider_did(file: Path) -> None:
    usage = fold(stream(chat_stream(file), SETTING).events)["usage"]

    reported = [u for p in payloads(file) if (u := json.loads(p).get("usage"))]
    if not reported:
        assert usage["input_tokens"] == SETTING.input_estimate
        return
    last = reported[-1]
    details = last.get("completion_tokens_details") or {}
    thinking = details.get("reasoning_tokens") or 0
    is_apart = last["total_tokens"] == (
        last["prompt_tokens"] + last["completion_tokens"] + thinking
    )
    assert usage["input_tokens"] + usage.get("cache_read_input_tokens", 0) == last["prompt_tokens"]
    assert usage["output_tokens"] == last["completion_tokens"] + (thinking if is_apart else 0)


@CHAT
@pytest.mark.parametrize("end", ["\r\n", "\r"], ids=["CRLF", "CR"])
def test_line_ends_of_a_recording_never_matter(file: Path, end: str) -> None:
    expected = stream(chat_stream(file), SETTING).raw

    assert stream(chat_stream(file, end), SETTING).raw == expected


@CHAT
def test_comments_in_a_recording_never_matter(file: Path) -> None:
    raw = chat_stream(file)

    commented = raw.replace(b"\n\n", b"\n\n: OPENROUTER PROCESSING\n\n")

    assert stream(commented, SETTING).raw == stream(raw, SETTING).raw


@CHAT
def test_a_recording_may_be_cut_into_any_chunks(file: Path) -> None:
    raw = chat_stream(file)
    expected = stream(raw, SETTING).raw

    for at in range(0, len(raw), max(1, len(raw) // CUTS)):
        assert stream([raw[:at], raw[at:]], SETTING).raw == expected
    assert stream(cut(raw, 1), SETTING).raw == expected
    assert stream((raw[i : i + 1] for i in range(len(raw))), SETTING).raw == expected


@CHAT
def test_a_recording_broken_off_after_any_event_ends_in_a_message_or_an_error(file: Path) -> None:
    events = [f"data: {payload}\n\n".encode() for payload in payloads(file)]

    for end in range(0, len(events), max(1, len(events) // CUTS)):
        answer = stream(b"".join(events[:end]), SETTING)
        has_finish = any(
            choice.get("finish_reason")
            for payload in payloads(file)[:end]
            for choice in json.loads(payload)["choices"]
        )
        if answer.raw:
            assert recognise(answer.events) == ("message" if has_finish else "error")
        else:
            assert answer.emitter.failure is not None


# -- Gemini ------------------------------------------------------------------------------------


def gemini_stream(file: Path, end: str = "\n") -> bytes:
    return "".join(f"data: {payload}{end * 2}" for payload in payloads(file)).encode()


def gemini_source(file: Path) -> tuple[str, list[tuple[str, dict[str, Any]]]]:
    """The text and the calls of a recording, read in the plainest way."""
    text, calls = "", list[tuple[str, dict[str, Any]]]()
    for payload in map(json.loads, payloads(file)):
        for part in payload["candidates"][0]["content"]["parts"]:
            text += part.get("text", "")
            call = part.get("functionCall", {})
            if "name" in call:
                calls.append((call["name"], call.get("args", {})))
            for piece in call.get("partialArgs", ()):
                arguments, name = calls[-1][1], piece["jsonPath"].removeprefix("$.")
                arguments[name] = arguments.get(name, "") + piece["stringValue"]
    return text, calls


@GEMINI
def test_a_recorded_gemini_answer_keeps_all_that_it_holds(file: Path) -> None:
    events = stream(gemini_stream(file), GEMINI_SETTING).events

    message = fold(events)
    text, calls = gemini_source(file)
    assert recognise(events) == "message"
    assert "".join(b.get("text", "") for b in message["content"]) == text
    assert [(b["name"], b["input"]) for b in message["content"] if b["type"] == "tool_use"] == calls
    assert message["stop_reason"] == ("tool_use" if calls else "end_turn")
    counts = json.loads(payloads(file)[-1])["usageMetadata"]
    assert message["usage"]["input_tokens"] == counts["promptTokenCount"]
    assert message["usage"]["output_tokens"] == (
        counts["candidatesTokenCount"] + counts["thoughtsTokenCount"]
    )


@GEMINI
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_a_recorded_gemini_answer_may_be_framed_and_cut_in_any_way(file: Path, end: str) -> None:
    expected = stream(gemini_stream(file), GEMINI_SETTING).raw
    raw = gemini_stream(file, end)

    for at in range(0, len(raw), max(1, len(raw) // CUTS)):
        assert stream([raw[:at], raw[at:]], GEMINI_SETTING).raw == expected
    assert stream(cut(raw, 1), GEMINI_SETTING).raw == expected
    commented = raw.replace(end.encode() * 2, f"{end}: wait{end * 2}".encode())
    assert stream(commented, GEMINI_SETTING).raw == expected


@GEMINI
def test_a_recorded_gemini_answer_as_a_list_is_the_same_message(file: Path) -> None:
    body = f"[{','.join(payloads(file))}]".encode()

    complete = whole(body, GEMINI_SETTING).message

    assert complete == fold(stream(gemini_stream(file), GEMINI_SETTING).events)


@GEMINI
def test_a_recorded_gemini_answer_that_breaks_off_ends_in_an_error(file: Path) -> None:
    events = [f"data: {payload}\n\n".encode() for payload in payloads(file)]

    for end in range(len(events)):
        answer = stream(b"".join(events[:end]), GEMINI_SETTING)
        assert not answer.raw or recognise(answer.events) == "error"
        assert answer.emitter.failure is not None


# -- Anthropic's own ---------------------------------------------------------------------------


def forward(chunks: list[bytes]) -> tuple[bytes, MessageStream]:
    decoder, forwarded = SseDecoder(), MessageStream("m", "m", "req_1")
    out = [forwarded.feed(decoder.feed(chunk)) for chunk in chunks]
    out += [forwarded.feed(decoder.finish()), forwarded.finish()]
    return b"".join(out), forwarded


@ANTHROPIC
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_a_recorded_message_passes_byte_for_byte(file: Path, end: str) -> None:
    raw = named_stream(file, end)

    out, forwarded = forward(list(cut(raw, 3)))

    if file.stem == "duplicate-message-start":
        second = raw.index(b"event: message_start", 1)
        assert out.split() == raw[second:].split()
    else:
        assert out.rstrip() == raw.rstrip()
    assert forwarded.failure is None
    assert forwarded.has_ended


@ANTHROPIC
def test_a_recorded_message_without_event_names_gets_them(file: Path) -> None:
    raw = "".join(f"data: {payload}\n\n" for payload in payloads(file)).encode()

    out, _ = forward([raw])

    assert fold_any(out) == fold_any(forward([named_stream(file)])[0])


@ANTHROPIC
def test_a_recorded_message_cut_at_any_byte_ends_cleanly(file: Path) -> None:
    raw = named_stream(file)

    for at in range(0, len(raw), max(1, len(raw) // (CUTS * 2))):
        out, forwarded = forward([raw[:at]])

        kinds = [event["type"] for event in read_stream(out)] if out else []
        assert forwarded.has_ended or forwarded.failure
        assert not kinds or kinds[-1] in {"error", "message_stop"}


def fold_any(raw: bytes) -> list[dict[str, Any]]:
    """The events without regard to framing."""
    return [json.loads(line[6:]) for line in raw.split(b"\n") if line.startswith(b"data: ")]
