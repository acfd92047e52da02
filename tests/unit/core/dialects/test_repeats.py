import json
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.dialects.openai_chat.decoder import ChatDecoder
from ccr_desktop.core.dialects.repeats import Repeats
from ccr_desktop.core.protocol.deltas import ArgumentsDelta, Delta, TextDelta, ThinkingDelta
from ccr_desktop.core.protocol.sse import Events
from tests.support.replay import TARGET

TEXTS = st.text(st.sampled_from('ab"\\{},:\n\ud83d\ude00é§')) | st.sampled_from(
    ("index", "content", '"},"x":{"content":"', "\\u0041", "", " ")
)


def envelope(delta: Any, **members: Any) -> bytes:
    chunk = {
        "id": "c-1",
        "choices": [{"index": 0, "delta": delta, "finish_reason": None}],
        **members,
    }
    return json.dumps(chunk, ensure_ascii=False).encode("utf-8", "surrogatepass")


def text_chunk(text: str, **members: Any) -> bytes:
    return envelope({"content": text}, **members)


def arguments_chunk(text: str, index: int = 0, **entry: Any) -> bytes:
    call = {"index": index, "function": {"arguments": text}, **entry}
    return envelope({"tool_calls": [call]})


def decode(chunks: list[bytes], *, by_runs: bool = True) -> list[Delta]:
    decoder = ChatDecoder(TARGET)
    events = Events(chunks)
    deltas: list[Delta] = []
    at = 0
    while at < len(events):
        if by_runs and (run := decoder.feed_run(events, at)):
            deltas += run.deltas()
            at += len(run.texts)
        else:
            deltas += decoder.feed(events[at])
            at += 1
    return deltas


def read_in_run(chunks: list[bytes]) -> int:
    """How many events are read together once the first of them is known."""
    decoder, events = ChatDecoder(TARGET), Events(chunks)
    decoder.feed(events[0])
    run = decoder.feed_run(events, 1)
    return len(run.texts) if run else 0


def texts(repeats: Repeats, *chunks: bytes) -> list[str]:
    return repeats.texts(Events([*chunks]), 0)


def read(chunk: Any) -> str | None:
    text = chunk["choices"][0]["delta"].get("content")
    return text if isinstance(text, str) else None


@given(
    st.lists(
        st.builds(text_chunk, TEXTS)
        | st.builds(lambda text: text_chunk(text, error={"message": text}), TEXTS)
        | st.builds(lambda text: text_chunk(text, usage={"prompt_tokens": 1}), TEXTS)
        | st.builds(lambda text: envelope({"content": text, "role": text}), TEXTS)
        | st.builds(lambda text: envelope({"reasoning_content": text}), TEXTS)
        | st.builds(arguments_chunk, TEXTS, st.integers(0, 2))
        | st.builds(lambda text: arguments_chunk(text, id="call_1"), TEXTS)
    )
)
def test_a_known_envelope_changes_nothing_but_the_price(events: list[bytes]) -> None:
    assert decode(events) == decode(events, by_runs=False)


def test_the_chunks_of_a_stream_are_read_by_their_envelope() -> None:
    with patch.object(ChatDecoder, "_plain_delta", autospec=True) as plain:
        plain.side_effect = lambda _, chunk: TextDelta(chunk["choices"][0]["delta"]["content"])
        deltas = decode([text_chunk(f'word "{number}"\n') for number in range(50)])

    assert deltas == [TextDelta(f'word "{number}"\n') for number in range(50)]
    assert plain.call_count == 2  # the first chunk, and the probe of its envelope


@pytest.mark.parametrize("member", ["reasoning_content", "reasoning"])
def test_the_pieces_of_reasoning_are_read_by_their_envelope(member: str) -> None:
    chunks = [envelope({"content": None, member: f"é{n}\n"}) for n in range(50)]

    assert decode(chunks) == [ThinkingDelta(f"é{n}\n") for n in range(50)]
    assert read_in_run(chunks) == 49


@pytest.mark.parametrize(
    "more", [{"content": "a"}, {"reasoning": "a"}, {"reasoning_details": [{"text": "a"}]}]
)
def test_reasoning_beside_something_else_is_read_in_full(more: dict[str, Any]) -> None:
    chunks = [envelope({"reasoning_content": text, **more}) for text in "abc"]

    assert decode(chunks) == decode(chunks, by_runs=False)


def test_texts_are_found_however_servers_escape_them() -> None:
    chunks = [json.dumps(json.loads(text_chunk(text))).encode() for text in "é漢😀ab"]

    assert decode(chunks) == [TextDelta(text) for text in "é漢😀ab"]
    assert read_in_run(chunks) == 4


def test_the_fragments_of_one_call_are_not_taken_for_those_of_the_next() -> None:
    first = arguments_chunk("", id="call_1", index=0)
    second = envelope(
        {"tool_calls": [{"index": 0, "id": "call_2", "function": {"name": "b", "arguments": ""}}]}
    )

    deltas = decode([first, *[arguments_chunk("{")] * 2, second, arguments_chunk("{")])

    keys = [delta.key for delta in deltas if isinstance(delta, ArgumentsDelta)]
    assert keys[0] == keys[1] != keys[2]


def test_text_after_reasoning_still_closes_the_reasoning() -> None:
    deltas = decode([text_chunk("a"), envelope({"reasoning_content": "b"}), text_chunk("c")])

    assert [type(delta) for delta in deltas][1] is ThinkingDelta
    assert len(deltas) == 4  # what must come back with the reasoning stands before the text


@pytest.mark.parametrize(
    "data",
    [
        b"",
        text_chunk("x", other=1),
        text_chunk("x")[:-1],
        text_chunk("a").replace(b'"a"', b'"'),  # one quote, the end of the head and of the tail
        text_chunk("a").replace(b'"a"', b'"a","content":"b"'),
        text_chunk("a").replace(b'"a"', b'"a\xff"'),
        text_chunk("a").replace(b'"a"', rb'"\ud83d"'),
        text_chunk("a").replace(b'"a"', rb'"a\"'),
    ],
)
def test_anything_else_than_one_string_in_the_envelope_is_left_alone(data: bytes) -> None:
    repeats = Repeats()
    repeats.learn(text_chunk("hello"), "hello", read)

    assert texts(repeats, text_chunk("a"), data, text_chunk("b")) == ["a"]
    assert texts(repeats, data) == []


def test_a_literal_can_not_reach_into_the_next() -> None:
    repeats = Repeats()
    repeats.learn(text_chunk("hello"), "hello", read)
    first = text_chunk("a").replace(b'"a"', rb'"a\"')
    second = text_chunk("a").replace(b'"a"', b'",","x"')

    assert texts(repeats, first, second) == []


def test_a_text_that_stands_elsewhere_too_gives_no_envelope() -> None:
    data = b'{"content":"x","choices":[{"delta":{"content":"\\u0078"}}]}'
    repeats = Repeats()

    repeats.learn(data, "x", read)

    assert texts(repeats, data) == []


def test_an_envelope_that_changes_every_time_is_not_learnt_for_ever() -> None:
    reads = 0

    def counting(chunk: Any) -> str | None:
        nonlocal reads
        reads += 1
        return read(chunk)

    repeats = Repeats()
    for number in range(100):
        repeats.learn(text_chunk("x", padding="p" * number), "x", counting)

    assert 0 < reads < 20
