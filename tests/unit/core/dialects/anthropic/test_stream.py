import json
from typing import Any

import pytest

from ccr_desktop.core.dialects.anthropic.stream import MessageStream
from ccr_desktop.core.protocol.failures import Failure
from ccr_desktop.core.protocol.sse import SseDecoder
from tests.support.grammar import read_stream, recognise

USAGE = {"input_tokens": 3, "output_tokens": 1}
MESSAGE = {
    "id": "m", "type": "message", "role": "assistant", "model": "up", "content": [],
    "stop_reason": None, "stop_sequence": None, "usage": USAGE,
}  # fmt: skip
START = {"type": "message_start", "message": MESSAGE}
TEXT = {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}
HI = {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "hi"}}
BLOCK_STOP = {"type": "content_block_stop", "index": 0}
END = {
    "type": "message_delta",
    "delta": {"stop_reason": "end_turn", "stop_sequence": None},
    "usage": {"output_tokens": 5},
}
STOP = {"type": "message_stop"}
ALL = (START, TEXT, HI, BLOCK_STOP, END, STOP)


def frame(payload: dict[str, Any], name: str | None = None, end: str = "\n") -> bytes:
    name = payload["type"] if name is None else name
    line = f"event: {name}{end}" if name else ""
    return f"{line}data: {json.dumps(payload)}{end * 2}".encode()


def frames(*payloads: dict[str, Any], end: str = "\n") -> bytes:
    return b"".join(frame(payload, end=end) for payload in payloads)


def forward(raw: bytes, model: str = "up") -> tuple[bytes, MessageStream]:
    stream, decoder = MessageStream(model, "up", "req_1"), SseDecoder()
    out = stream.feed(decoder.feed(raw)) + stream.feed(decoder.finish()) + stream.finish()
    return out, stream


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_a_sound_stream_keeps_every_byte(end: str) -> None:
    comment = f": keep-alive{end * 2}".encode()
    raw = (
        comment
        + frames(START, TEXT, end=end)
        + comment
        + frames(HI, BLOCK_STOP, END, STOP, end=end)
    )

    out, stream = forward(raw)

    assert out == raw
    assert stream.usage == {"input_tokens": 3, "output_tokens": 5}
    assert stream.stop_reason == "end_turn"
    assert stream.has_ended


def test_the_model_is_the_one_that_the_client_asked_for() -> None:
    out, _ = forward(frames(*ALL), model="claude-x")

    events = read_stream(out)
    assert events[0]["message"] == {**MESSAGE, "model": "claude-x"}
    assert out.endswith(frames(*ALL[1:]))


@pytest.mark.parametrize("at", [1, 2, 3, 4], ids=lambda at: f"after {at} events")
def test_a_second_message_start_is_dropped(at: int) -> None:
    out, _ = forward(frames(*ALL[:at], START, *ALL[at:]))

    assert out == frames(*ALL)


def test_missing_event_names_are_added() -> None:
    out, stream = forward(b"".join(frame(payload, name="") for payload in ALL))

    assert read_stream(out) == list(ALL)
    assert stream.has_ended


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        (None, {"input_tokens": 0, "output_tokens": 0}),
        ({}, {"input_tokens": 0, "output_tokens": 0}),
        ({"input_tokens": 9}, {"input_tokens": 9, "output_tokens": 0}),
        ("x", {"input_tokens": 0, "output_tokens": 0}),
    ],
    ids=repr,
)
def test_missing_usage_is_added(usage: Any, expected: dict[str, int]) -> None:
    start = {**START, "message": {**MESSAGE, "usage": usage}}
    end = {name: value for name, value in END.items() if name != "usage"}

    out, _ = forward(frames(start, end, STOP))

    events = read_stream(out)
    assert events[0]["message"]["usage"] == expected
    assert events[1]["usage"] == {"output_tokens": 0}


def test_a_missing_signature_is_added() -> None:
    block = {"type": "content_block_start", "index": 0, "content_block": {"type": "thinking"}}

    out, _ = forward(frames(START, block, BLOCK_STOP, END, STOP))

    thinking = {"type": "thinking", "thinking": "", "signature": ""}
    assert read_stream(out)[1]["content_block"] == thinking


@pytest.mark.parametrize(
    "raw",
    [
        b'data: {"error":{"message":"slow","code":429}}\n\n',
        b'event: error\ndata: {"error":{"message":"slow","code":429}}\n\n',
        b'event: error\ndata: {"message":"slow","code":429}\n\n',
        b'data: {"type":"error","error":{"type":"rate_limit_error","message":"slow"}}\n\n',
    ],
    ids=["bare", "named", "flat", "Anthropic's without a name"],
)
def test_an_error_in_another_shape_is_translated(raw: bytes) -> None:
    out, stream = forward(frames(START) + raw + frames(HI))

    error = read_stream(out)[-1]["error"]
    assert error == {"type": "rate_limit_error", "message": "slow"}
    assert stream.failure == Failure.of(429, "slow")


def test_an_error_of_anthropic_keeps_its_bytes() -> None:
    error = {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}

    out, stream = forward(frames(START, error))

    assert out == frames(START, error)
    assert stream.failure is not None
    assert stream.failure.status == 529


@pytest.mark.parametrize("name", ["", "done", "message"], ids=repr)
def test_what_openai_ends_with_is_dropped(name: str) -> None:
    head = f"event: {name}\n" if name else ""

    out, _ = forward(frames(*ALL[:-1]) + f"{head}data: [DONE]\n\n".encode() + frames(STOP))

    assert out == frames(*ALL)


def test_events_of_unknown_names_pass() -> None:
    news = {"type": "some_news", "x": 1}

    assert forward(frames(START, news, END, STOP))[0] == frames(START, news, END, STOP)


def test_nothing_follows_the_end() -> None:
    assert forward(frames(*ALL, HI))[0] == frames(*ALL)


def test_an_end_without_message_stop_is_an_error() -> None:
    out, stream = forward(frames(*ALL[:-2]))

    assert recognise(read_stream(out)) == "error"
    assert stream.failure is not None
    assert stream.failure.status == 502


def test_an_answer_that_said_why_it_stopped_gets_the_end_that_is_missing() -> None:
    out, stream = forward(frames(*ALL[:-1]))

    assert recognise(read_stream(out)) == "message"
    assert stream.failure is None


def test_an_end_without_a_beginning_writes_nothing() -> None:
    out, stream = forward(b": hello\n\n")

    assert out == b": hello\n\n"
    assert stream.failure is not None


@pytest.mark.parametrize("tail", [b"", b"\n", b"\r"], ids=repr)
def test_a_last_event_without_its_blank_line_gets_one(tail: bytes) -> None:
    raw = frames(*ALL).rstrip(b"\n") + tail

    assert forward(raw)[0] == frames(*ALL)


@pytest.mark.parametrize("cut", range(1, 12, 3))
def test_half_an_event_at_the_end_never_reaches_the_client(cut: int) -> None:
    raw = frames(START, TEXT, HI)[: -2 - cut]

    out, _ = forward(raw)

    assert read_stream(out)[:-1] == [START, TEXT]
    assert read_stream(out)[-1]["type"] == "error"


@pytest.mark.parametrize("name", [None, ""])
def test_an_error_of_the_provider_tells_no_key(name: str | None) -> None:
    key = "odd/key-0123456789"
    stream = MessageStream("up", "up", "req_1", [key])
    error = {"type": "error", "error": {"type": "api_error", "message": f"no such key {key}"}}

    out = stream.feed(SseDecoder().feed(frame(START) + frame(error, name)))

    assert b"no such key ***" in out
    assert key.encode() not in out
    assert stream.failure
    assert stream.failure.message == "no such key ***"
