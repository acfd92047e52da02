from collections.abc import Sequence
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.protocol.deltas import (
    Alive,
    ArgumentsDelta,
    BlockEnd,
    CarrierDelta,
    Delta,
    DeltaRun,
    ErrorDelta,
    Finish,
    RefusalDelta,
    ResultDelta,
    TextDelta,
    ThinkingDelta,
    ToolDelta,
    ToolEnd,
    Usage,
    UsageDelta,
)
from ccr_desktop.core.protocol.emitter import MessageEmitter, Phase
from ccr_desktop.core.protocol.failures import Failure
from ccr_desktop.core.protocol.sinks import EventWriter
from tests.support.grammar import fold, read_stream, recognise
from tests.support.replay import PLAIN, Setting, context

STOP = Finish("stop")


def emit(deltas: Sequence[Delta], setting: Setting = PLAIN) -> tuple[list[Any], MessageEmitter]:
    writer = EventWriter()
    emitter = MessageEmitter(writer, context(setting))
    for delta in deltas:
        emitter.feed(delta)
    emitter.finish()
    return read_stream(writer.take()), emitter


def kinds(*deltas: Delta) -> list[str]:
    events, _ = emit([*deltas, STOP])
    assert recognise(events) == "message"
    return [block["type"] for block in fold(events)["content"]]


def test_text_waits_while_a_call_is_incomplete() -> None:
    call = ToolDelta("a", "c1", "f", '{"x":')

    assert kinds(call, TextDelta("t"), ArgumentsDelta("a", "1}")) == ["tool_use", "text"]


def test_a_space_of_its_own_is_part_of_the_arguments() -> None:
    pieces = [
        ToolDelta("a", "c1", "f", '{"x":"a'),
        ArgumentsDelta("a", " "),
        ArgumentsDelta("a", 'b"}'),
    ]

    events, _ = emit([*pieces, STOP])

    assert fold(events)["content"][0]["input"] == {"x": "a b"}


def test_the_end_of_a_call_lets_waiting_text_through() -> None:
    writer = EventWriter()
    emitter = MessageEmitter(writer, context())
    for delta in (ToolDelta("a", "c1", "f"), TextDelta("t")):
        emitter.feed(delta)
    writer.take()

    emitter.feed(ToolEnd("a"))

    assert b'"text_delta"' in writer.take()


def test_a_nameless_call_holds_its_place_until_its_name_comes() -> None:
    late = [ToolDelta("a", "c1", "", "{}"), TextDelta("t"), ToolDelta("a", "", "f")]

    assert kinds(*late) == ["tool_use", "text"]


def test_a_carrier_becomes_the_signature_of_its_thinking() -> None:
    events, _ = emit([ThinkingDelta("t"), CarrierDelta("s"), TextDelta("x"), STOP])

    assert fold(events)["content"][0] == {"type": "thinking", "thinking": "t", "signature": "s"}


def test_a_carrier_without_thinking_gets_a_block_before_the_call() -> None:
    deltas = (TextDelta("x"), CarrierDelta("s"), ToolDelta("a", "c1", "f", "{}"))

    assert kinds(*deltas) == ["text", "thinking", "tool_use"]


def test_a_carrier_that_comes_last_is_kept_when_there_are_calls() -> None:
    assert kinds(ToolDelta("a", "c1", "f", "{}"), CarrierDelta("s")) == ["tool_use", "thinking"]


def test_a_finished_block_stands_as_it_is() -> None:
    block = {"type": "web_search_tool_result", "tool_use_id": "s1", "content": []}

    assert kinds(TextDelta("a"), ResultDelta(block), TextDelta("b")) == [
        "text",
        block["type"],
        "text",
    ]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("call_1", True), ("a" * 64, True), ("a" * 65, False), ("null", False), ("", False),
        ("functions.f:0", False), ("used", False), ("x\n", False),
    ],
    ids=repr,
)  # fmt: skip
def test_an_id_is_kept_if_the_client_can_use_it(given: str, kept: bool) -> None:
    events, _ = emit([ToolDelta("a", given, "f", "{}"), STOP], Setting(used_ids={"used"}))

    assert fold(events)["content"][0]["id"] == (given if kept else "toolu_new1")


def test_an_error_before_the_answer_writes_nothing() -> None:
    events, emitter = emit([ErrorDelta(Failure.of(429, "slow"))])

    assert events == []
    assert emitter.failure == Failure.of(429, "slow")


def test_nothing_follows_an_error() -> None:
    events, emitter = emit([TextDelta("a"), ErrorDelta(Failure.of(500, "x")), TextDelta("b"), STOP])

    assert recognise(events) == "error"
    assert emitter.phase is Phase.FAILED


def test_nothing_follows_arguments_that_are_beyond_repair() -> None:
    broken = ToolDelta("a", "c1", "f", "[1]", is_whole=True)
    events, _ = emit([broken, ToolDelta("b", "c2", "f", "{}"), TextDelta("x"), STOP])

    assert recognise(events) == "error"


def test_what_comes_after_the_end_is_ignored() -> None:
    writer = EventWriter()
    emitter = MessageEmitter(writer, context())
    for delta in (TextDelta("a"), STOP):
        emitter.feed(delta)
    emitter.finish()
    writer.take()

    emitter.feed(UsageDelta(Usage(output=3)))
    emitter.feed(TextDelta("b"))
    emitter.fail(Failure.of(500, "late"))

    assert writer.take() == b""
    assert emitter.phase is Phase.CLOSED


def test_content_after_the_finish_word_still_counts() -> None:
    assert kinds(TextDelta("a"), STOP, ToolDelta("a", "c1", "f", "{}")) == ["text", "tool_use"]


@pytest.mark.parametrize(
    ("deltas", "message"),
    [
        pytest.param([], "the provider sent an empty answer", id="nothing"),
        pytest.param([Alive()], "closed the stream", id="a sign of life"),
        pytest.param([TextDelta("a")], "closed the stream", id="text"),
    ],
)
def test_an_answer_without_an_end_is_a_failure(deltas: list[Delta], message: str) -> None:
    _, emitter = emit(deltas)

    assert emitter.failure is not None
    assert emitter.failure.status == 502
    assert message in emitter.failure.message


def test_a_half_written_call_never_runs_when_the_provider_breaks_off() -> None:
    whole, half = ToolDelta("a", "c1", "f", "{}"), ToolDelta("b", "c2", "f", '{"x":"rm -rf /')

    events, _ = emit([whole, half, Finish("network_error")])

    assert recognise(events) == "error"


def test_a_refusal_is_text_and_a_stop_reason() -> None:
    events, _ = emit([RefusalDelta("no"), RefusalDelta(""), STOP])

    assert fold(events)["content"] == [{"type": "text", "text": "no"}]
    assert fold(events)["stop_reason"] == "refusal"


def test_an_estimate_stands_in_for_usage_that_never_came() -> None:
    events, _ = emit([TextDelta("x" * 9), STOP], Setting(input_estimate=11))

    assert fold(events)["usage"] == {"input_tokens": 11, "output_tokens": 3}


def test_later_counts_replace_earlier_ones() -> None:
    first, last = UsageDelta(Usage(prompt=9, output=1)), UsageDelta(Usage(output=4))

    events, _ = emit([first, TextDelta("x"), last, STOP])

    assert fold(events)["usage"] == {"input_tokens": 9, "output_tokens": 4}


TEXT_RUN = st.builds(partial(DeltaRun, TextDelta, None), st.lists(st.sampled_from("ab ")))
THINKING_RUN = st.builds(partial(DeltaRun, ThinkingDelta, None), st.lists(st.sampled_from("ab ")))
ARGUMENTS_RUN = st.builds(
    partial(DeltaRun, ArgumentsDelta),
    st.sampled_from("xy"),
    st.lists(st.sampled_from(('{"a":"', "b", '\\"', '"', "}", ""))),
)
OTHER = st.sampled_from(
    (ThinkingDelta("t"), ToolDelta("x", "c1", "f"), ToolDelta("y", "c2", "g"), ToolEnd("x"))
)


@given(st.lists(TEXT_RUN | THINKING_RUN | ARGUMENTS_RUN | OTHER))
def test_a_run_is_written_like_its_deltas(items: list[Delta | DeltaRun]) -> None:
    one_by_one, together = EventWriter(), EventWriter()
    by_deltas = MessageEmitter(one_by_one, context())
    by_runs = MessageEmitter(together, context())

    for item in items:
        deltas = item.deltas() if isinstance(item, DeltaRun) else [item]
        for delta in deltas:
            by_deltas.feed(delta)
        if isinstance(item, DeltaRun):
            by_runs.feed_run(item)
        else:
            by_runs.feed(item)
    for emitter in (by_deltas, by_runs):
        emitter.feed(STOP)
        emitter.finish()

    assert without_blanks(together) == without_blanks(one_by_one)
    assert by_runs.failure == by_deltas.failure


def without_blanks(writer: EventWriter) -> list[Any]:
    """The events but for deltas that add nothing, which are legal and may come or not."""
    events = read_stream(writer.take())
    return [event for event in events if not adds_nothing(event.get("delta", {}))]


def adds_nothing(delta: dict[str, Any]) -> bool:
    return delta.get("text") == "" or delta.get("partial_json") == ""


def test_arguments_that_turn_out_broken_while_others_wait_are_an_error() -> None:
    pieces = [ArgumentsDelta("x", piece) for piece in ('{"a":"', '{"a":"', "}")]

    events, emitter = emit([ToolDelta("x", "c1", "f"), TextDelta("a"), *pieces, STOP])

    assert recognise(events) == "error"
    assert emitter.failure


# -- the end of blocks -------------------------------------------------------------------------


def test_what_follows_the_end_of_a_block_gets_a_block_of_its_own() -> None:
    events, _ = emit([TextDelta("a"), BlockEnd(), BlockEnd(), TextDelta("b"), BlockEnd(), STOP])

    assert [block["text"] for block in fold(events)["content"]] == ["a", "b"]


def test_each_piece_of_reasoning_keeps_its_own_signature() -> None:
    first = [ThinkingDelta("a"), CarrierDelta("one"), BlockEnd()]
    second = [CarrierDelta("two"), BlockEnd()]

    events, _ = emit([*first, *second, TextDelta("t"), STOP])

    assert recognise(events) == "message"
    signed = [(b["thinking"], b["signature"]) for b in fold(events)["content"][:2]]
    assert signed == [("a", "one"), ("", "two")]


def test_the_end_of_a_block_does_not_end_a_call() -> None:
    call = ToolDelta("a", "c1", "f", '{"x":')

    assert kinds(call, BlockEnd(), ArgumentsDelta("a", "1}"), TextDelta("t")) == [
        "tool_use",
        "text",
    ]


def test_the_input_of_a_server_side_tool_comes_in_pieces_as_clients_read_it() -> None:
    block = {"type": "server_tool_use", "id": "s", "name": "web_search", "input": {"query": "q"}}

    events, _ = emit([ResultDelta(block), STOP])

    assert events[1]["content_block"]["input"] == {}
    assert fold(events)["content"] == [block]
