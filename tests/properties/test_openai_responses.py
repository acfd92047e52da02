"""Properties of the way from a Responses answer to a Messages stream, and back."""

import json
import logging
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from anthropic.types.beta import BetaRawMessageStreamEvent
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from ccr_desktop.core.dialects.openai_responses import OpenAIResponses
from tests.support import responses
from tests.support.examples import many, one_in
from tests.support.grammar import fold, recognise
from tests.support.replay import PLAIN, TARGET, cut, stream, whole
from tests.support.scripts import SEEDS, Call, Script, blocks_of, dumps, scripts

few = one_in(2)
SETTING = replace(PLAIN, dialect=OpenAIResponses())
_ADAPTER: TypeAdapter[Any] = TypeAdapter(BetaRawMessageStreamEvent)


@pytest.fixture(autouse=True)
def _quiet() -> None:
    logging.getLogger("ccr_desktop").setLevel(logging.ERROR)


# -- the answer --------------------------------------------------------------------------------


@many()
@given(scripts(), SEEDS)
def test_text_reasoning_and_calls_arrive_complete_and_in_order(script: Script, seed: int) -> None:
    events = stream(responses.render(script, seed), SETTING).events
    message = fold(events)

    assert recognise(events) == "message"
    assert blocks_of(message) == script.expected_blocks()
    assert message["stop_reason"] == script.expected_stop()


@few
@given(scripts(), SEEDS)
def test_every_event_is_what_the_sdk_declares(script: Script, seed: int) -> None:
    for event in stream(responses.render(script, seed), SETTING).events:
        _ADAPTER.validate_python(event)


@many()
@given(scripts(), SEEDS, SEEDS)
def test_chunks_of_any_size_give_the_same_bytes(script: Script, seed: int, cuts: int) -> None:
    raw = responses.render(script, seed)

    assert stream(cut(raw, cuts), SETTING).raw == stream(raw, SETTING).raw


@many()
@given(scripts(), SEEDS)
def test_a_stream_and_a_complete_answer_give_the_same_message(script: Script, seed: int) -> None:
    streamed = fold(stream(responses.render(script, seed), SETTING).events)
    body = responses.completion(script)

    replayed = fold(stream(body, SETTING).events)
    complete = whole(body, SETTING).message

    assert _comparable(streamed) == _comparable(replayed)
    assert _comparable(complete) == _comparable(replayed)


def _comparable(message: dict[str, Any]) -> dict[str, Any]:
    """A message less what a stream can't know: that a text is blank, what output it estimates.

    Signatures differ where reasoning came as raw text instead of a summary.
    """
    content = [b for b in message["content"] if b["type"] != "text" or b["text"].strip()]
    content = content or message["content"]
    usage = {k: v for k, v in message["usage"].items() if k != "output_tokens"}
    plain = json.dumps({**message, "content": content, "usage": usage})
    return json.loads(plain.replace("\\ud83d", "\\ufffd"))  # type: ignore[no-any-return]


@few
@given(scripts(), SEEDS)
def test_token_counts_add_up(script: Script, seed: int) -> None:
    usage = fold(stream(responses.render(script, seed), SETTING).events)["usage"]

    source = script.usage
    if source is None:
        assert usage["input_tokens"] == PLAIN.input_estimate
        return
    assert usage["input_tokens"] + usage["cache_read_input_tokens"] == source["prompt_tokens"]
    assert usage["output_tokens"] == source["completion_tokens"]


@many()
@given(scripts(), SEEDS, st.floats(0, 1))
def test_a_stream_cut_anywhere_ends_in_a_message_or_an_error(
    script: Script, seed: int, share: float
) -> None:
    raw = responses.render(script, seed)

    answer = stream(cut(raw[: int(len(raw) * share)], seed), SETTING)

    if answer.raw:
        assert recognise(answer.events) in {"message", "error"}
    else:
        assert answer.emitter.failure is not None


# -- garbage -----------------------------------------------------------------------------------

_KIND_NAMES = (
    "output_text.delta output_item.added output_item.done function_call_arguments.delta"
    " function_call_arguments.done reasoning_summary_text.delta reasoning_text.delta"
    " refusal.delta output_text.annotation.added completed incomplete failed odd"
)
_KINDS = st.sampled_from(_KIND_NAMES.split())
_NAMES = (
    "type item output_index item_id delta arguments name call_id id summary content text response"
    " output status incomplete_details reason error code message usage input_tokens annotation url"
    " action query queries sources summary_index content_index encrypted_content annotations"
    " input_tokens_details cached_tokens tool_uses recipient_name"
)
_KEYS = st.sampled_from(_NAMES.split())
_LEAVES = st.sampled_from(
    ("", "x", "{", '{"a": 1}', "function_call", "reasoning", "message", "web_search_call", "search",
     "url_citation", "parallel", "output_text", "\ud83d", 0, -1, 1.5, True, None, 2**70)
)  # fmt: skip
_GARBAGE = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=5),
    max_leaves=12,
)
_ITEM = st.dictionaries(_KEYS, _GARBAGE, max_size=5)
_EVENT = st.builds(
    lambda kind, members, item: {**members, "type": f"response.{kind}", **item},
    _KINDS,
    st.dictionaries(_KEYS, _GARBAGE, max_size=4),
    st.fixed_dictionaries({}, optional={"item": _ITEM, "response": _ITEM}),
)


@many()
@given(st.lists(_EVENT | _GARBAGE, min_size=1, max_size=5))
def test_payloads_of_any_shape_never_break_the_translator(payloads: list[Any]) -> None:
    raw = "".join(f"data: {dumps(payload)}\n\n" for payload in payloads).encode()

    answer = stream(raw, SETTING)
    complete = whole(dumps(payloads[0]).encode(), SETTING)

    assert answer.emitter.has_ended
    assert not answer.raw or recognise(answer.events) in {"message", "error"}
    assert complete.failure or complete.message["stop_reason"]


# -- the way back ------------------------------------------------------------------------------


@few
@given(scripts(lone=False), SEEDS)
def test_an_answer_goes_back_as_the_items_that_it_was(script: Script, seed: int) -> None:
    parts = [*script.parts, Call("call_end", "Bash", {"a": 1})]
    script = replace(script, parts=parts, finish="stop")
    message = fold(stream(responses.render(script, seed), SETTING).events)
    results = [
        {"type": "tool_result", "tool_use_id": block["id"], "content": "ok"}
        for block in message["content"]
        if block["type"] == "tool_use"
    ]
    messages = [
        {"role": "user", "content": "hi"},
        {"role": "assistant", "content": message["content"]},
        {"role": "user", "content": results},
    ]
    body = {"model": "m", "max_tokens": 9, "messages": messages}

    sent = OpenAIResponses().encode(body, TARGET, "").body["input"]

    made = [m for item in responses.output_items(script) if (m := _essence(item)) is not None]
    # Of reasoning after reasoning, a blank text between or not, only the last led to something.
    pairs = pairwise(made)
    expected = [item for item, after in pairs if not (_is_thought(item) and _is_thought(after))]
    assert [_essence(item) for item in sent[1 : len(sent) - len(results)]] == [*expected, made[-1]]


def _is_thought(essence: Any) -> bool:
    return len(essence) == 2 and not isinstance(essence, str)


def _essence(item: dict[str, Any]) -> Any:
    """What must come back of an item; a blank text is not worth one."""
    match item:
        case {"type": "function_call"}:
            return (item["call_id"], item["name"], json.loads(item["arguments"]))
        case {"type": "reasoning"}:
            return (item["id"], item["encrypted_content"])
        case {"content": str(text)}:
            return text
        case _:
            return item["content"][0]["text"] if item["content"][0]["text"].strip() else None


# -- cost --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["output_text", "function_call_arguments"])
def test_a_hundred_thousand_pieces_leave_nothing_behind(kind: str) -> None:
    count = 100_000
    item = {"type": "function_call", "call_id": "c1", "name": "f", "arguments": '{"a":"'}
    item = {"type": "message"} if kind == "output_text" else item
    begin = {"type": "response.output_item.added", "output_index": 0, "item": item}
    piece = {"type": f"response.{kind}.delta", "output_index": 0, "delta": "x"}
    last = {
        "type": "response.incomplete",
        "response": {"incomplete_details": {"reason": "max_output_tokens"}},
    }
    raw = b"".join(
        b"data: %b\n\n" % json.dumps(event).encode() for event in [begin, *[piece] * count, last]
    )

    answer = stream((raw[at : at + 4096] for at in range(0, len(raw), 4096)), SETTING)

    assert answer.raw.count(b'"content_block_delta"') >= count
    assert answer.raw.endswith(b'data: {"type":"message_stop"}\n\n')
    assert not answer.emitter._queue
    assert all(not call.text for call in answer.emitter._calls.values())
