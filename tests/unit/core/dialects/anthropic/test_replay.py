from typing import Any

import pytest

from ccr_desktop.core.dialects.anthropic.replay import replay_message
from tests.support.grammar import fold, read_stream, recognise

USAGE = {"input_tokens": 3, "output_tokens": 2}
BLOCKS: list[dict[str, Any]] = [
    {"type": "thinking", "thinking": "why", "signature": "sig"},
    {"type": "redacted_thinking", "data": "opaque"},
    {"type": "text", "text": "hi\u2028"},
    {"type": "tool_use", "id": "t1", "name": "f", "input": {"a": [1, "é"]}},
    {"type": "web_search_tool_result", "tool_use_id": "s1", "content": [{"url": "u"}]},
]
MESSAGE = {
    "id": "m",
    "type": "message",
    "role": "assistant",
    "model": "x",
    "content": BLOCKS,
    "stop_reason": "refusal",
    "stop_sequence": None,
    "stop_details": {"type": "refusal", "category": None, "explanation": "e"},
    "usage": USAGE,
}


def replay(message: dict[str, Any]) -> list[dict[str, Any]]:
    return read_stream(replay_message(message))


def test_the_events_add_up_to_the_message() -> None:
    events = replay(MESSAGE)

    assert recognise(events) == "message"
    assert fold(events) == MESSAGE


def test_the_beginning_does_not_tell_the_end() -> None:
    start = replay(MESSAGE)[0]["message"]

    assert "stop_details" not in start
    assert start["stop_reason"] is None


def test_the_input_of_a_server_tool_comes_as_a_delta() -> None:
    block = {"type": "server_tool_use", "id": "s1", "name": "web_search", "input": {"q": "x"}}

    events = replay({**MESSAGE, "content": [block]})

    assert events[1]["content_block"]["input"] == {}
    assert events[2]["delta"] == {"type": "input_json_delta", "partial_json": '{"q":"x"}'}


@pytest.mark.parametrize("block", ["text", None, {}, {"type": ["x"]}], ids=repr)
def test_blocks_of_odd_shapes_do_no_harm(block: Any) -> None:
    assert replay({**MESSAGE, "content": [block]})[-1] == {"type": "message_stop"}


def test_missing_usage_is_zero() -> None:
    events = replay({**MESSAGE, "content": [], "usage": None})

    assert events[0]["message"]["usage"] == {"input_tokens": 0, "output_tokens": 0}
