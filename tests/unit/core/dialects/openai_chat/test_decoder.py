import json
from typing import Any

import pytest

from ccr_desktop.core.dialects.openai_chat.decoder import ChatDecoder
from ccr_desktop.core.protocol.deltas import (
    Alive,
    ArgumentsDelta,
    CarrierDelta,
    Delta,
    ErrorDelta,
    Finish,
    RefusalDelta,
    TextDelta,
    ThinkingDelta,
    ToolDelta,
    Usage,
    UsageDelta,
)
from ccr_desktop.core.protocol.sse import SseEvent
from tests.support.replay import TARGET

USAGE = {"prompt_tokens": 3, "completion_tokens": 2}
USAGE_DELTA = UsageDelta(Usage(prompt=3, output=2))


def decode(*payloads: Any, name: str = "") -> list[Delta]:
    decoder = ChatDecoder(TARGET)
    events = (SseEvent(name, json.dumps(payload).encode()) for payload in payloads)
    return [
        delta
        for event in events
        for delta in decoder.feed(event)
        if not isinstance(delta, CarrierDelta)
    ]


def chunk(delta: Any, finish: Any = None, **members: Any) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}], **members}


CALL = {"index": 0, "id": "a", "function": {"name": "f", "arguments": "{"}}


@pytest.mark.parametrize(
    ("delta", "deltas"),
    [
        pytest.param({"content": "x"}, [TextDelta("x")], id="text"),
        pytest.param({"content": ""}, [Alive()], id="empty text"),
        pytest.param({"role": "assistant", "content": None}, [Alive()], id="null"),
        pytest.param({"content": 5}, [Alive()], id="number"),
        pytest.param({"reasoning_content": "r"}, [ThinkingDelta("r")], id="reasoning_content"),
        pytest.param({"reasoning": "r"}, [ThinkingDelta("r")], id="reasoning"),
        pytest.param({"thinking": "r"}, [ThinkingDelta("r")], id="thinking"),
        pytest.param(
            {"reasoning": "r", "reasoning_content": "r"}, [ThinkingDelta("r")], id="said twice"
        ),
        pytest.param(
            {"reasoning": "r", "reasoning_details": [{"type": "reasoning.text", "text": "r"}]},
            [ThinkingDelta("r")],
            id="details",
        ),
        pytest.param(
            {"reasoning_content": ["a", {"text": "b"}, 5]}, [ThinkingDelta("ab")], id="list"
        ),
        pytest.param({"refusal": "no"}, [RefusalDelta("no")], id="refusal"),
        pytest.param({"refusal": {"a": 1}}, [Alive()], id="odd refusal"),
        pytest.param(
            {"tool_calls": [CALL], "content": "x", "reasoning": "r"},
            [ThinkingDelta("r"), TextDelta("x"), ToolDelta((0, 0), "a", "f", "{")],
            id="all at once",
        ),
        pytest.param({"tool_calls": ["x", None, {}]}, [Alive()], id="odd calls"),
        pytest.param(
            {"tool_calls": [{"index": 0, "id": 5, "function": {"name": 6, "arguments": None}}]},
            [ToolDelta((0, 0))],
            id="odd members of a call",
        ),
        pytest.param(
            {"tool_calls": [{"index": 0, "function": {"name": "f", "arguments": {"a": 1}}}]},
            [ToolDelta((0, 0), "", "f", '{"a":1}', is_whole=True)],
            id="arguments are an object",
        ),
    ],
)
def test_a_delta_is_read_in_order(delta: dict[str, Any], deltas: list[Delta]) -> None:
    assert decode(chunk(delta)) == deltas


def test_further_fragments_need_no_more_than_their_key() -> None:
    more = {"index": 0, "function": {"arguments": "}"}}

    assert decode(chunk({"tool_calls": [CALL]}), chunk({"tool_calls": [more]}))[1:] == [
        ArgumentsDelta((0, 0), "}")
    ]


@pytest.mark.parametrize(
    ("payload", "deltas"),
    [
        pytest.param(chunk({}, "stop", usage=USAGE), [Finish("stop"), USAGE_DELTA], id="end"),
        pytest.param({"choices": [], "usage": USAGE}, [USAGE_DELTA], id="usage alone"),
        pytest.param({"usage": USAGE}, [USAGE_DELTA], id="no choices"),
        pytest.param({"choices": None, "id": "c"}, [Alive()], id="null choices"),
        pytest.param({"choices": [], "id": "", "model": ""}, [], id="Azure's first"),
        pytest.param(
            chunk({}, x_groq={"usage": USAGE}, usage=None), [USAGE_DELTA], id="Groq"
        ),
        pytest.param({"message": {"usage": USAGE}}, [USAGE_DELTA], id="in a message"),
        pytest.param(
            {"choices": [{"delta": {}, "usage": USAGE}]}, [USAGE_DELTA], id="in a choice"
        ),
        pytest.param(chunk(None, ""), [Finish("")], id="empty finish word"),
        pytest.param(
            {"choices": [{"delta": None, "finish_reason": "stop", "matched_stop": "END"}]},
            [Finish("stop", "END")],
            id="SGLang",
        ),
        pytest.param(
            {"choices": [{"message": {"content": "x"}, "finish_reason": "stop"}]},
            [TextDelta("x"), Finish("stop")],
            id="message in place of delta",
        ),
        pytest.param({"choices": [5, "x", None]}, [], id="odd choices"),
        pytest.param("text", [], id="no object"),
    ],
)  # fmt: skip
def test_a_chunk_is_read_wherever_servers_put_things(payload: Any, deltas: list[Delta]) -> None:
    assert decode(payload) == deltas


def test_a_whole_message_after_the_content_is_a_repetition() -> None:
    last = {"choices": [{"message": {"content": "x"}, "finish_reason": "stop"}]}

    assert decode(chunk({"content": "x"}), last) == [TextDelta("x"), Finish("stop")]


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [("stop", "tool_calls", "tool_calls"), ("tool_calls", "stop", "tool_calls"),
     ("stop", "", "stop"), ("length", "stop", "length"), ("stop", "sensitive", "stop")],
)  # fmt: skip
def test_the_strongest_finish_word_counts(first: str, second: str, kept: str) -> None:
    finishes = [d for d in decode(chunk({}, first), chunk({}, second)) if isinstance(d, Finish)]

    assert finishes[-1] == Finish(kept)


@pytest.mark.parametrize(
    ("payload", "status"),
    [
        pytest.param({"error": {"message": "m", "code": 429}}, 429, id="object"),
        pytest.param({"error": "overloaded"}, 529, id="string"),
        pytest.param({"object": "error", "message": "m", "code": 404}, 404, id="vLLM"),
        pytest.param({"type": "error", "error": {"type": "api_error"}}, 500, id="Anthropic's"),
        pytest.param(chunk({"content": ""}, "error", error={"code": 502}), 502, id="OpenRouter"),
        pytest.param(chunk({}, None, x_groq={"error": "over capacity"}), 529, id="Groq"),
        pytest.param({"detail": "m"}, 500, id="detail"),
        pytest.param(
            {"choices": None, "base_resp": {"status_code": 9, "status_msg": "m"}}, 500, id="MiniMax"
        ),
        pytest.param([{"error": {"code": 400, "message": "m"}}], 400, id="Google"),
        pytest.param(
            {"choices": [{"delta": {}, "finish_reason": "error", "error": {"code": 503}}]},
            503,
            id="in the choice",
        ),
    ],
)  # fmt: skip
def test_an_error_inside_a_stream_is_seen(payload: Any, status: int) -> None:
    (failure,) = [d.failure for d in decode(payload) if isinstance(d, ErrorDelta)]

    assert failure.status == status


def test_an_event_named_error_is_one_whatever_it_holds() -> None:
    (delta,) = decode({"text": "m", "code": 503}, name="error")

    assert isinstance(delta, ErrorDelta)


def test_reasoning_that_comes_first_hands_over_its_state_before_the_text() -> None:
    decoder = ChatDecoder(TARGET)
    out = []
    for delta in ({"reasoning": "r"}, {"content": "x"}, {"content": "y"}):
        out += decoder.feed(SseEvent("", json.dumps(chunk(delta)).encode()))

    assert [type(delta) for delta in out] == [ThinkingDelta, CarrierDelta, TextDelta, TextDelta]


def test_the_last_state_is_handed_over_at_the_end() -> None:
    decoder = ChatDecoder(TARGET)
    decoder.feed(SseEvent("", json.dumps(chunk({"reasoning": "r"})).encode()))

    (delta,) = decoder.finish()

    assert isinstance(delta, CarrierDelta)
    assert decoder.finish() == []


@pytest.mark.parametrize(
    ("before", "deltas"),
    [([], []), ([chunk({"content": "x"})], [Finish("")]), ([chunk({"content": "x"}, "stop")], [])],
    ids=["nothing before", "no finish word", "finish word"],
)
def test_the_announced_end_stands_in_for_a_finish_word(
    before: list[Any], deltas: list[Delta]
) -> None:
    decoder = ChatDecoder(TARGET)
    for payload in before:
        decoder.feed(SseEvent("", json.dumps(payload).encode()))

    assert decoder.feed(SseEvent("", b" [DONE] ")) == deltas
    assert decoder.is_done


@pytest.mark.parametrize("identity", ["null", "", None])
@pytest.mark.parametrize("place", [{}, {"index": 0}])
def test_parallel_calls_without_ids_are_as_many_as_there_are(
    identity: str | None, place: dict[str, Any]
) -> None:
    calls = [
        {**place, "id": identity, "function": {"name": "f", "arguments": f'{{"a":{number}}}'}}
        for number in (1, 2)
    ]

    found = decode(chunk({"tool_calls": calls}), chunk({"tool_calls": calls[:1]}))

    told = [delta for delta in found if isinstance(delta, ToolDelta)]
    assert len({delta.key for delta in told}) == 3
    assert [delta.id for delta in told] == ["", "", ""]
