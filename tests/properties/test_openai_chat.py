"""Properties of the way from a Chat Completions answer to a Messages stream."""

import json
import logging
import random
from typing import Any

import pytest
from anthropic.types import RawMessageStreamEvent
from anthropic.types.beta import BetaRawMessageStreamEvent
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from tests.support.examples import many, one_in
from tests.support.grammar import fold, read_stream, recognise
from tests.support.replay import PLAIN, Setting, cut, stream, whole
from tests.support.scripts import (
    SEEDS,
    Call,
    Script,
    blocks_of,
    completion,
    dumps,
    render,
    scripts,
)

few = one_in(2)
_ADAPTERS = (TypeAdapter(BetaRawMessageStreamEvent), TypeAdapter(RawMessageStreamEvent))


@pytest.fixture(autouse=True)
def _quiet() -> None:
    logging.getLogger("ccr_desktop").setLevel(logging.ERROR)


# -- shape -------------------------------------------------------------------------------------


@many()
@given(scripts(), SEEDS)
def test_the_output_follows_the_grammar_and_ends_once(script: Script, seed: int) -> None:
    answer = stream(render(script, seed))

    assert recognise(answer.events) == "message"


@few
@given(scripts(), SEEDS)
def test_every_event_is_what_the_sdk_declares(script: Script, seed: int) -> None:
    events = stream(render(script, seed)).events

    for event in events:
        for adapter in _ADAPTERS:
            adapter.validate_python(event)


@few
@given(scripts(), SEEDS)
def test_usage_never_holds_null_nor_a_negative_count(script: Script, seed: int) -> None:
    message = fold(stream(render(script, seed)).events)

    counts = {k: v for k, v in message["usage"].items() if k != "output_tokens_details"}
    assert all(type(value) is int and value >= 0 for value in counts.values())


# -- content -----------------------------------------------------------------------------------


@many()
@given(scripts(), SEEDS)
def test_text_reasoning_and_calls_arrive_complete_and_in_order(script: Script, seed: int) -> None:
    message = fold(stream(render(script, seed)).events)

    assert blocks_of(message) == script.expected_blocks()
    assert message["stop_reason"] == script.expected_stop()


@few
@given(scripts(), SEEDS, st.booleans())
def test_tool_ids_are_unique_in_the_conversation(script: Script, seed: int, is_used: bool) -> None:
    used = {call.id for call in script.calls} if is_used else set()

    message = fold(stream(render(script, seed), Setting(used_ids=used)).events)

    ids = [block["id"] for block in message["content"] if block["type"] == "tool_use"]
    assert len(set(ids)) == len(ids)
    assert not used & set(ids)
    if not is_used:
        assert ids == [call.id for call in script.calls]


@many()
@given(scripts(), SEEDS, SEEDS)
def test_chunks_of_any_size_give_the_same_bytes(script: Script, seed: int, cuts: int) -> None:
    raw = render(script, seed)

    assert stream(cut(raw, cuts)).raw == stream(raw).raw


@many()
@given(scripts(ordered=True), SEEDS)
def test_a_stream_and_a_complete_answer_give_the_same_message(script: Script, seed: int) -> None:
    body = completion(script)
    streamed = fold(stream(render(script, seed)).events)

    replayed = fold(stream(body).events)
    complete = whole(body).message

    assert _comparable(streamed) == _comparable(replayed)
    assert _comparable(complete, is_whole=True) == _comparable(streamed, is_whole=True)


def _comparable(message: dict[str, Any], *, is_whole: bool = False) -> dict[str, Any]:
    """A message less what a stream can't know: that a text is blank, what output it estimates."""
    content = message["content"]
    if is_whole:
        kept = [b for b in content if b["type"] != "text" or b["text"].strip()]
        content = kept or content
    usage = {k: v for k, v in message["usage"].items() if k != "output_tokens"}
    return json.loads(
        json.dumps({**message, "content": content, "usage": usage}).replace("\\ud83d", "\\ufffd")
    )


# -- the end -----------------------------------------------------------------------------------


@few
@given(scripts(ordered=True), SEEDS, st.data())
def test_only_a_cut_answer_ends_in_incomplete_arguments(
    script: Script, seed: int, data: st.DataObject
) -> None:
    text = dumps({"path": "a/b", "n": [1, {"x": "\u00e9\\"}]})
    call = Call("call_cut", "Bash", {})
    end = data.draw(st.integers(1, len(text) - 1))
    finish = data.draw(st.sampled_from(("length", "stop", "tool_calls", "", "error")))
    entry = {"id": call.id, "function": {"name": call.name, "arguments": text[:end]}}
    chunks = [{"tool_calls": [{"index": 0, **entry}]}]
    raw = b"".join(_line(delta, None) for delta in chunks) + _line({}, finish) + b"data: [DONE]\n\n"

    answer = stream(cut(raw, seed))

    if finish == "error":
        assert recognise(answer.events) == "error"
        return
    message = fold(answer.events)
    is_cut = isinstance(message["content"][0]["input"], str)
    assert message["stop_reason"] == ("max_tokens" if finish == "length" else "tool_use")
    assert is_cut == (finish == "length")


def _line(delta: dict[str, Any], finish: str | None) -> bytes:
    chunk = {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"


@few
@given(scripts(), SEEDS)
def test_a_tool_use_stop_and_a_tool_block_come_together(script: Script, seed: int) -> None:
    message = fold(stream(render(script, seed)).events)

    has_tool = any(block["type"] == "tool_use" for block in message["content"])
    if message["stop_reason"] != "max_tokens":
        assert (message["stop_reason"] == "tool_use") == has_tool


@few
@given(scripts(), SEEDS)
def test_token_counts_add_up(script: Script, seed: int) -> None:
    usage = fold(stream(render(script, seed)).events)["usage"]

    source = script.usage
    if source is None:
        assert usage["input_tokens"] == PLAIN.input_estimate
        return
    details = usage["output_tokens_details"]["thinking_tokens"]
    assert usage["input_tokens"] + usage["cache_read_input_tokens"] == source["prompt_tokens"]
    assert usage["output_tokens"] == source["completion_tokens"] >= details


@few
@given(scripts(), SEEDS)
def test_nothing_is_sent_before_the_provider_has_sent_something(script: Script, seed: int) -> None:
    raw = b": OPENROUTER PROCESSING\n\n: wait\n\n"

    answer = stream([raw, render(script, seed)])

    assert answer.pieces[0] == b""


@many()
@given(scripts(), SEEDS, st.floats(0, 1))
def test_a_stream_cut_anywhere_ends_in_a_message_or_an_error(
    script: Script, seed: int, share: float
) -> None:
    raw = render(script, seed)

    answer = stream(cut(raw[: int(len(raw) * share)], seed))

    if answer.raw:
        assert recognise(answer.events) in {"message", "error"}
    else:
        assert answer.emitter.failure is not None
    if answer.emitter.failure:
        assert answer.emitter.failure.status == 502


# -- garbage -----------------------------------------------------------------------------------

_NAMES = (
    "choices delta message content tool_calls function name arguments id index finish_reason usage"
    " error code type status reasoning_content reasoning reasoning_details text thinking refusal"
    " prompt_tokens prompt_tokens_details cached_tokens completion_tokens x_groq base_resp errors"
    " detail details metadata raw retryDelay function_call stop_reason object summary"
)
_KEYS = st.sampled_from(_NAMES.split())
_LEAVES = st.sampled_from(
    ("", "x", "{", '{"a": 1}', "stop", "error", "length", "²", "429", "1.2.3s", "\ud83d", "9" * 30,
     0, -1, 1.5, 404, True, False, None, 2**70)
)  # fmt: skip
_GARBAGE = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)
_CHOICES = st.fixed_dictionaries(
    {"choices": st.lists(st.fixed_dictionaries({"delta": _GARBAGE}), max_size=2)},
    optional={"usage": _GARBAGE, "error": _GARBAGE, "x_groq": _GARBAGE},
)
_DELTA = st.dictionaries(_KEYS, _GARBAGE, max_size=3)
_DELTAS = _DELTA.map(lambda delta: {"choices": [{"delta": delta, "finish_reason": None}]})
_PAYLOADS = st.lists(_GARBAGE | _CHOICES | _DELTAS, min_size=1, max_size=4)


@many()
@given(_PAYLOADS, st.sampled_from(("", "event: error\n")))
def test_payloads_of_any_shape_never_break_the_translator(payloads: list[Any], name: str) -> None:
    lines = [f"{name}data: {dumps(payload)}\n\n" for payload in payloads]

    answer = stream("".join(lines).encode())
    complete = whole(dumps(payloads[0]).encode())

    if answer.raw:
        assert recognise(answer.events) in {"message", "error"}
    assert answer.emitter.has_ended
    assert complete.failure or complete.message["stop_reason"]


@many()
@given(st.binary(max_size=200), st.sampled_from((b"", b"data: ", b"{", b"[", b"<", b"\xef\xbb")))
def test_bytes_of_any_kind_never_break_the_translator(raw: bytes, start: bytes) -> None:
    answer = stream(start + raw)

    assert answer.emitter.has_ended
    assert not answer.raw or recognise(answer.events) in {"message", "error"}


@many()
@given(st.text("{}[]\"\\:, a1\n'", max_size=12), SEEDS, st.sampled_from(("stop", "length")))
def test_arguments_of_any_kind_become_an_object_or_an_error(
    arguments: str, seed: int, finish: str
) -> None:
    entry = {"index": 0, "id": "c1", "function": {"name": "f", "arguments": ""}}
    fragments = _fragments(arguments, seed)
    entries = [entry, *({"index": 0, "function": {"arguments": piece}} for piece in fragments)]
    lines = [_line({"tool_calls": [entry]}, None) for entry in entries]

    answer = stream(b"".join([*lines, _line({}, finish)]))

    ending = recognise(answer.events)
    if ending == "message" and finish == "stop":
        assert isinstance(fold(answer.events)["content"][0]["input"], dict)


def _fragments(text: str, seed: int) -> list[str]:
    chance = random.Random(seed)
    out, at = [], 0
    while at < len(text):
        size = chance.randint(1, 4)
        out.append(text[at : at + size])
        at += size
    return out


@pytest.mark.parametrize("depth", [100, 300, 900, 1100], ids=str)
@pytest.mark.parametrize(
    "path", ["arguments", "content", "error", "reasoning", "refusal", "usage"], ids=str
)
def test_absurdly_nested_payloads_never_break_the_translator(path: str, depth: int) -> None:
    deep = "[" * depth + "]" * depth
    members = {
        "arguments": f'"choices":[{{"delta":{{"tool_calls":[{{"index":0,"id":"a",'
        f'"function":{{"name":"f","arguments":{deep}}}}}]}},"finish_reason":"stop"}}]',
        "content": f'"choices":[{{"delta":{{"content":{deep}}},"finish_reason":"stop"}}]',
        "error": f'"error":{{"message":{deep}}}',
        "reasoning": f'"choices":[{{"delta":{{"reasoning":{deep}}},"finish_reason":"stop"}}]',
        "refusal": f'"choices":[{{"delta":{{"refusal":{deep}}},"finish_reason":"stop"}}]',
        "usage": f'"usage":{{"prompt_tokens_details":{deep}}}',
    }

    answer = stream(f"data: {{{members[path]}}}\n\n".encode())

    assert answer.emitter.has_ended


# -- cost --------------------------------------------------------------------------------------


@pytest.mark.parametrize("member", ["content", "reasoning_content", "tool_calls"])
def test_a_hundred_thousand_pieces_leave_nothing_behind(member: str) -> None:
    count = 100_000
    begin: dict[str, Any] = {member: "x"}
    piece = begin
    if member == "tool_calls":
        function = {"name": "f", "arguments": '{"a":"'}
        begin = {member: [{"index": 0, "id": "c1", "function": function}]}
        piece = {member: [{"index": 0, "function": {"arguments": "x"}}]}
    line = _line(piece, None)
    whole_text = _line(begin, None) + line * count + _line({}, "length")

    answer = stream(whole_text[at : at + 4096] for at in range(0, len(whole_text), 4096))

    emitter = answer.emitter
    assert answer.raw.count(b'"content_block_delta"') > count
    assert answer.raw.endswith(b'data: {"type":"message_stop"}\n\n')
    assert not emitter._queue
    assert all(not call.text for call in emitter._calls.values())


def test_one_long_line_in_small_pieces_is_read_once() -> None:
    raw = _line({"content": "x" * 2_000_000}, None) + _line({}, "stop")

    answer = stream(raw[at : at + 64] for at in range(0, len(raw), 64))

    assert len(fold(read_stream(answer.raw))["content"][0]["text"]) == 2_000_000
