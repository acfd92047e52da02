"""Responses as deltas; whole answers and many more cases are in tests/golden/gemini."""

import json
from typing import Any

import pytest

from ccr_desktop.core.dialects.gemini.decoder import GeminiDecoder
from ccr_desktop.core.dialects.gemini.signatures import encode_state
from ccr_desktop.core.protocol.deltas import (
    Alive,
    CarrierDelta,
    Delta,
    ErrorDelta,
    Finish,
    TextDelta,
    ThinkingDelta,
    ToolDelta,
    Usage,
    UsageDelta,
)
from ccr_desktop.core.protocol.sse import SseEvent
from tests.support.replay import GEMINI

QUOTA = {
    "error": {
        "code": 429,
        "message": "Resource has been exhausted",
        "status": "RESOURCE_EXHAUSTED",
        "details": [
            {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "51.8s"},
        ],
    }
}


def response(*parts: Any, **candidate: Any) -> dict[str, Any]:
    return {"candidates": [{"content": {"role": "model", "parts": list(parts)}, **candidate}]}


def decoded(*payloads: Any) -> list[Delta]:
    decoder = GeminiDecoder(GEMINI.target)
    return [
        delta
        for payload in payloads
        for delta in decoder.feed(SseEvent("", json.dumps(payload).encode()))
    ]


def carrier(**state: Any) -> CarrierDelta:
    return CarrierDelta(encode_state(GEMINI.target, state))


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        pytest.param({"text": "hi"}, [TextDelta("hi")], id="text"),
        pytest.param({"text": ""}, [Alive()], id="empty text"),
        pytest.param({"text": "hm", "thought": True}, [ThinkingDelta("hm")], id="thought"),
        pytest.param({"text": "hi", "thought": False}, [TextDelta("hi")], id="no thought"),
        pytest.param(
            {"text": "hi", "thoughtSignature": "s"},
            [TextDelta("hi")],
            id="a signature makes no thought",
        ),
        pytest.param(
            {"functionCall": {"name": "f", "args": {"a": 1}}},
            [ToolDelta(1, "", "f", '{"a":1}', is_whole=True)],
            id="call",
        ),
        pytest.param(
            {"functionCall": {"id": "i", "name": "f"}, "thoughtSignature": "s"},
            [carrier(call="s", ids=True), ToolDelta(1, "i", "f", "", is_whole=True)],
            id="signed call with an id",
        ),
        pytest.param({"functionCall": {}}, [Alive()], id="call without a name"),
        pytest.param({"functionCall": None}, [Alive()], id="no call"),
        pytest.param({"inlineData": {"data": "QQ=="}}, [Alive()], id="image"),
        pytest.param({"text": 5}, [Alive()], id="odd text"),
        pytest.param(5, [Alive()], id="odd part"),
    ],
)
def test_a_part_becomes_deltas(part: Any, expected: list[Delta]) -> None:
    assert decoded(response(part)) == expected


def test_a_thoughts_signature_goes_before_the_text() -> None:
    thought = {"text": "hm", "thought": True, "thoughtSignature": "t"}

    assert decoded(response(thought), response({"text": "hi"})) == [
        ThinkingDelta("hm"),
        carrier(thought="t"),
        TextDelta("hi"),
    ]


def test_all_signatures_before_a_call_go_with_it() -> None:
    parts = [
        {"text": "hm", "thought": True, "thoughtSignature": "t"},
        {"text": "", "thoughtSignature": "e"},
        {"functionCall": {"name": "f"}, "thoughtSignature": "c"},
    ]

    assert decoded(response(*parts))[1] == carrier(thought="t", tail="e", call="c")


def test_two_calls_of_one_name_are_two_calls() -> None:
    call = {"functionCall": {"name": "f", "args": {}}}

    keys = [d.key for d in decoded(response(call, call)) if isinstance(d, ToolDelta)]

    assert len(set(keys)) == 2


def test_usage_comes_with_the_last_chunk_or_at_the_end() -> None:
    decoder = GeminiDecoder(GEMINI.target)
    counted = {"usageMetadata": {"promptTokenCount": 9, "candidatesTokenCount": 2}}
    event = SseEvent("", json.dumps({**response({"text": "hi"}), **counted}).encode())

    assert decoder.feed(event) == [TextDelta("hi")]
    assert decoder.finish() == [UsageDelta(Usage(prompt=9, output=2))]


def test_an_error_tells_when_to_come_back() -> None:
    (delta,) = decoded(QUOTA)

    assert isinstance(delta, ErrorDelta)
    assert (delta.failure.status, delta.failure.retry_after_s) == (429, 51.8)


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        pytest.param(5, "holds no candidates", id="a number"),
        pytest.param([], "holds no candidates", id="an empty list"),
        pytest.param({"candidates": []}, "holds no candidates", id="no candidate"),
        pytest.param([QUOTA], "exhausted", id="an error in a list"),
        pytest.param({"response": QUOTA}, "exhausted", id="an error in an envelope"),
        pytest.param({"error": "no"}, "no", id="an error in words"),
        pytest.param({"error": {}}, "{}", id="an error that says nothing"),
        pytest.param({"message": "quota", "code": 402}, "quota", id="another server's error"),
    ],
)
def test_something_else_than_an_answer_is_an_error(payload: Any, expected: str) -> None:
    (delta,) = GeminiDecoder(GEMINI.target).decode(payload)

    assert isinstance(delta, ErrorDelta)
    assert expected in delta.failure.message


def test_a_blocked_prompt_is_an_end() -> None:
    blocked = {"promptFeedback": {"blockReason": "SAFETY"}}

    assert decoded(blocked) == [Finish("PROMPT_BLOCKED: SAFETY")]
    assert GeminiDecoder(GEMINI.target).decode(blocked) == [Finish("PROMPT_BLOCKED: SAFETY")]


def test_an_event_that_is_called_error_is_one() -> None:
    event = SseEvent("error", b'{"code": 503, "message": "busy"}')

    (delta,) = GeminiDecoder(GEMINI.target).feed(event)

    assert isinstance(delta, ErrorDelta)
    assert delta.failure.status == 503


def test_unreadable_events_are_too_many_at_some_time() -> None:
    decoder = GeminiDecoder(GEMINI.target)

    found = [decoder.feed(SseEvent("", data)) for data in (b" ", *[b"{oops"] * 4)]

    assert found[:-1] == [[]] * 4
    assert isinstance(found[-1][0], ErrorDelta)


def test_a_gateways_mark_for_the_end_is_the_end() -> None:
    decoder = GeminiDecoder(GEMINI.target)

    assert decoder.feed(SseEvent("", b"[DONE]")) == []
    assert decoder.is_done
