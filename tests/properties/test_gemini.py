"""Properties of the way from a generateContent answer to a Messages stream."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from anthropic.types.beta import BetaRawMessageStreamEvent
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from tests.properties.test_round_trip import Sdk
from tests.support.examples import many, one_in
from tests.support.gemini_rules import SENTINEL, refusal
from tests.support.gemini_scripts import GeminiServer, gemini_completion, render_gemini
from tests.support.grammar import fold, recognise
from tests.support.replay import GEMINI, cut, stream, whole
from tests.support.scripts import SEEDS, Script, blocks_of, dumps, scripts

few = one_in(2)
_ADAPTER = TypeAdapter(BetaRawMessageStreamEvent)


@pytest.fixture(autouse=True)
def _quiet() -> None:
    logging.getLogger("ccr_desktop").setLevel(logging.ERROR)


def shown(message: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The blocks without those that only carry a signature, and thoughts joined again."""
    blocks: list[tuple[Any, ...]] = []
    for block in blocks_of(message):
        if block == ("thinking", ""):
            continue
        blocks.append(block)
    return blocks


@many()
@given(scripts(lone=False), SEEDS)
def test_an_answer_arrives_complete_in_order_and_by_the_grammar(script: Script, seed: int) -> None:
    answer = stream(render_gemini(script, seed), GEMINI)

    message = fold(answer.events)
    assert recognise(answer.events) == "message"
    assert shown(message) == script.expected_blocks()
    assert message["stop_reason"] == script.expected_stop()


@few
@given(scripts(lone=False), SEEDS)
def test_every_event_is_what_the_sdk_declares(script: Script, seed: int) -> None:
    for event in stream(render_gemini(script, seed), GEMINI).events:
        _ADAPTER.validate_python(event)


@pytest.fixture(scope="module")
def sdk() -> Iterator[Sdk]:
    client = Sdk()
    yield client
    client.close()


@few
@given(scripts(lone=False), SEEDS)
def test_the_official_sdk_folds_the_stream_to_the_same_message(
    sdk: Sdk, script: Script, seed: int
) -> None:
    answer = stream(render_gemini(script, seed), GEMINI)

    message = sdk.message(answer.raw)

    expected = fold(answer.events)
    assert [block.to_dict() for block in message.content] == expected["content"]
    assert message.stop_reason == expected["stop_reason"]


@many()
@given(scripts(lone=False), SEEDS, SEEDS)
def test_chunks_of_any_size_give_the_same_bytes(script: Script, seed: int, cuts: int) -> None:
    raw = render_gemini(script, seed)

    assert stream(cut(raw, cuts), GEMINI).raw == stream(raw, GEMINI).raw


@many()
@given(scripts(lone=False), SEEDS, st.booleans())
def test_a_stream_and_a_complete_answer_give_the_same_message(
    script: Script, seed: int, as_list: bool
) -> None:
    body = gemini_completion(script, seed, as_list=as_list)
    streamed = fold(stream(render_gemini(script, seed), GEMINI).events)

    complete = whole(body, GEMINI).message

    def kept(message: dict[str, Any]) -> list[Any]:
        blocks = [b for b in shown(message) if b[0] != "text" or b[1].strip()]
        return blocks or shown(message)

    assert kept(complete) == kept(streamed)
    assert complete["stop_reason"] == streamed["stop_reason"]
    if script.usage:
        assert complete["usage"] == streamed["usage"]


@few
@given(scripts(lone=False), SEEDS)
def test_token_counts_add_up(script: Script, seed: int) -> None:
    usage = fold(stream(render_gemini(script, seed), GEMINI).events)["usage"]

    if source := script.usage:
        total = usage["input_tokens"] + usage["cache_read_input_tokens"]
        assert total == source["prompt_tokens"]
        assert usage["output_tokens"] == source["completion_tokens"]
        assert usage["output_tokens"] >= usage["output_tokens_details"]["thinking_tokens"]


@many()
@given(scripts(lone=False), SEEDS, st.floats(0, 1))
def test_a_stream_cut_anywhere_ends_in_a_message_or_an_error(
    script: Script, seed: int, share: float
) -> None:
    raw = render_gemini(script, seed)

    answer = stream(cut(raw[: int(len(raw) * share)], seed), GEMINI)

    if answer.raw:
        assert recognise(answer.events) in {"message", "error"}
    else:
        assert answer.emitter.failure is not None


@few
@given(scripts(lone=False), SEEDS)
def test_calls_go_back_as_the_provider_sent_them(script: Script, seed: int) -> None:
    responses = GeminiServer.of(script, seed).responses()
    raw = "".join(f"data: {dumps(response)}\n\n" for response in responses)
    message = fold(stream(raw.encode(), GEMINI).events)
    results = [
        {"type": "tool_result", "tool_use_id": block["id"], "content": "ok"}
        for block in message["content"]
        if block["type"] == "tool_use"
    ]
    messages = [
        {"role": "user", "content": "hi"},
        {"role": "assistant", "content": message["content"]},
        {"role": "user", "content": [*results, {"type": "text", "text": "go on"}]},
    ]
    body = {"model": "m", "max_tokens": 9, "messages": messages}

    sent = GEMINI.dialect.encode(body, GEMINI.target, "").body

    assert refusal(sent, GEMINI.target.model) is None
    made = [part for part in sent["contents"][1]["parts"] if "functionCall" in part]
    said = [(part["functionCall"]["name"], part["functionCall"]["args"]) for part in made]
    assert said == [(call.name, call.arguments) for call in script.calls]
    given = [
        part.get("thoughtSignature")
        for response in responses
        for part in response["candidates"][0]["content"]["parts"]
        if "name" in part.get("functionCall", {})
    ]
    back = [part.get("thoughtSignature") for part in made]
    assert back[1:] == given[1:]
    assert back[:1] == [signature or SENTINEL for signature in given[:1]]


_NAMES = (
    "candidates content parts text thought thoughtSignature functionCall name args id partialArgs"
    " jsonPath stringValue willContinue finishReason usageMetadata promptTokenCount error code"
    " message status details retryDelay promptFeedback blockReason groundingMetadata response"
    " groundingChunks web uri title webSearchQueries candidatesTokenCount thoughtsTokenCount"
)
_KEYS = st.sampled_from(_NAMES.split())
_LEAVES = st.sampled_from(
    ("", "x", "$.a", '{"a": 1}', "STOP", "SAFETY", "MALFORMED_FUNCTION_CALL", "429", "\ud83d",
     0, -1, 1.5, 404, True, False, None, 2**70)
)  # fmt: skip
_GARBAGE = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)
_PART = st.dictionaries(_KEYS, _GARBAGE, max_size=3)
_CANDIDATES = st.builds(
    lambda parts, more: {"candidates": [{"content": {"parts": parts}, **more}]},
    st.lists(_PART, max_size=2),
    st.dictionaries(_KEYS, _GARBAGE, max_size=2),
)
_PAYLOADS = st.lists(_GARBAGE | _CANDIDATES, min_size=1, max_size=4)


@many()
@given(_PAYLOADS, st.sampled_from(("", "event: error\n")))
def test_payloads_of_any_shape_never_break_the_translator(payloads: list[Any], name: str) -> None:
    lines = [f"{name}data: {dumps(payload)}\n\n" for payload in payloads]

    answer = stream("".join(lines).encode(), GEMINI)
    complete = whole(dumps(payloads[0]).encode(), GEMINI)
    listed = whole(dumps(payloads).encode(), GEMINI)

    if answer.raw:
        assert recognise(answer.events) in {"message", "error"}
    assert answer.emitter.has_ended
    for answered in (complete, listed):
        assert answered.failure or answered.message["stop_reason"]


@pytest.mark.parametrize("depth", [100, 300, 900, 1100], ids=str)
@pytest.mark.parametrize("path", ["args", "text", "error", "usageMetadata", "groundingMetadata"])
def test_absurdly_nested_payloads_never_break_the_translator(path: str, depth: int) -> None:
    deep = "[" * depth + "]" * depth
    part = {
        "args": f'{{"functionCall":{{"name":"f","args":{{"a":{deep}}}}}}}',
        "text": f'{{"text":{deep}}}',
    }.get(path, '{"text":"x"}')
    more = f',"{path}":{deep}' if path in {"groundingMetadata"} else ""
    top = f',"{path}":{{"message":{deep}}}' if path in {"error", "usageMetadata"} else ""
    raw = f'{{"candidates":[{{"content":{{"parts":[{part}]}},"finishReason":"STOP"{more}}}]{top}}}'

    answer = stream(f"data: {raw}\n\n".encode(), GEMINI)

    assert answer.emitter.has_ended


def test_a_hundred_thousand_pieces_leave_nothing_behind() -> None:
    def line(count: int, **more: Any) -> bytes:
        content = {"parts": [{"text": "x"}], "role": "model"}
        usage = {"promptTokenCount": 9, "candidatesTokenCount": count}
        payload = {"candidates": [{"content": content, **more}], "usageMetadata": usage}
        return b"data: " + json.dumps(payload).encode() + b"\n\n"

    pieces = 100_000
    raw = b"".join(map(line, range(pieces))) + line(pieces, finishReason="STOP")

    answer = stream((raw[at : at + 4096] for at in range(0, len(raw), 4096)), GEMINI)

    assert answer.raw.count(b'"content_block_delta"') == pieces + 1
    assert answer.emitter.usage.output == pieces
    assert not answer.emitter._queue
