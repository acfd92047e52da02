"""Messages answers as deltas, and through the emitter back to what they were."""

import json
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.dialects.anthropic.decoder import MessagesDecoder
from ccr_desktop.core.dialects.anthropic.fold import fold_events
from ccr_desktop.core.dialects.anthropic.replay import replay_message
from ccr_desktop.core.protocol.deltas import ErrorDelta, Finish, Usage, UsageDelta
from ccr_desktop.core.protocol.emitter import AnswerContext, MessageEmitter
from ccr_desktop.core.protocol.sinks import MessageFold
from ccr_desktop.core.protocol.sse import SseDecoder, SseEvent, encode_event, parse_frame
from tests.support.recordings import named_stream, recordings

SEARCH = {"type": "server_tool_use", "id": "srv", "name": "web_search", "input": {"query": "q"}}
FOUND = {"type": "web_search_tool_result", "tool_use_id": "srv", "content": []}
MESSAGE = {
    "id": "msg",
    "type": "message",
    "role": "assistant",
    "model": "claude",
    "content": [
        {"type": "thinking", "thinking": "Hm.", "signature": "sig"},
        {"type": "text", "text": "Well."},
        SEARCH,
        FOUND,
        {"type": "redacted_thinking", "data": "x"},
        {"type": "tool_use", "id": "toolu_1", "name": "Read", "input": {"a": [1, "é"]}},
    ],
    "stop_reason": "tool_use",
    "stop_sequence": None,
    "usage": {
        "input_tokens": 5,
        "cache_read_input_tokens": 3,
        "cache_creation_input_tokens": 2,
        "output_tokens": 7,
    },
}


def emitted(deltas: list[Any]) -> Any:
    fold = MessageFold()
    emitter = MessageEmitter(fold, AnswerContext(message_id="msg", model="claude", new_id=str))
    for delta in deltas:
        emitter.feed(delta)
    emitter.finish()
    assert emitter.failure is None
    return fold.message


def streamed(stream: bytes) -> list[Any]:
    decoder = MessagesDecoder()
    frames = [*(sse := SseDecoder()).feed(stream), *sse.finish()]
    return [d for event in filter(None, map(parse_frame, frames)) for d in decoder.feed(event)]


def test_a_stream_and_a_whole_answer_come_out_as_they_went_in() -> None:
    assert emitted(streamed(replay_message(MESSAGE))) == MESSAGE
    assert emitted(MessagesDecoder().decode(MESSAGE)) == MESSAGE


@pytest.mark.parametrize("reason", ["end_turn", "max_tokens", "pause_turn", "refusal"])
def test_reasons_to_stop_stay(reason: str) -> None:
    message = {**MESSAGE, "content": MESSAGE["content"][:2], "stop_reason": reason}

    assert emitted(streamed(replay_message(message)))["stop_reason"] == reason


def test_usage_counts_everything_that_was_sent() -> None:
    found = [d for d in MessagesDecoder().decode(MESSAGE) if isinstance(d, UsageDelta)]

    assert found == [UsageDelta(Usage(prompt=10, cached=3, written=2, output=7))]


def test_the_matched_stop_sequence_is_kept() -> None:
    deltas = MessagesDecoder().decode(
        {**MESSAGE, "stop_reason": "stop_sequence", "stop_sequence": "END"}
    )

    assert deltas[-1] == Finish("stop_sequence", "END")


def test_errors_are_told() -> None:
    error = {"type": "error", "error": {"type": "overloaded_error", "message": "busy"}}
    (in_stream,) = streamed(encode_event("error", error))
    (whole,) = MessagesDecoder().decode(error)
    (odd,) = MessagesDecoder().decode([1])

    assert isinstance(in_stream, ErrorDelta)
    assert isinstance(whole, ErrorDelta)
    assert in_stream.failure.message == whole.failure.message == "busy"
    assert isinstance(odd, ErrorDelta)


@pytest.mark.parametrize("data", [b"", b"[DONE]", b"no json", b"[1]", b'{"type":"new_thing"}'])
def test_what_says_nothing_gives_nothing(data: bytes) -> None:
    assert MessagesDecoder().feed(SseEvent("", data)) == []


def test_the_end_is_known() -> None:
    decoder = MessagesDecoder()
    assert not decoder.is_done

    decoder.feed(SseEvent("message_stop", json.dumps({"type": "message_stop"}).encode()))

    assert decoder.is_done


@pytest.mark.parametrize("file", recordings("anthropic"))
def test_recorded_streams_keep_their_content(file: Path) -> None:
    stream = named_stream(file)
    before = fold_events(SseDecoder().feed(stream))

    after = emitted(streamed(stream))

    assert after["stop_reason"] == before["stop_reason"]
    assert parts(after) == parts(before)


def parts(message: Any) -> list[Any]:
    """Texts in a row are one; everything else stands as it is."""
    found: list[Any] = []
    for block in message["content"]:
        if block["type"] != "text" or block.get("citations"):
            # Who calls is only told by servers that can call themselves.
            found.append({name: value for name, value in block.items() if name != "caller"})
        elif found and isinstance(found[-1], str):
            found[-1] += block["text"]
        else:
            found.append(block["text"])
    return [part for part in found if part]
