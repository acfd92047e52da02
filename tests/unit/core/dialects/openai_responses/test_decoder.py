from typing import Any

import pytest

from ccr_desktop.core.dialects.openai_responses.decoder import ResponsesDecoder
from ccr_desktop.core.protocol.deltas import (
    Alive,
    ArgumentsDelta,
    BlockEnd,
    ErrorDelta,
    Finish,
    RefusalDelta,
    TextDelta,
    ToolDelta,
    ToolEnd,
    Usage,
    UsageDelta,
)
from ccr_desktop.core.protocol.json import dumps
from ccr_desktop.core.protocol.sse import Events, SseEvent
from tests.unit.core.dialects.openai_responses.bodies import (
    TARGET,
    JsonObject,
    decode,
    event,
    function_call,
    message,
    reasoning,
    text,
)

DONE = event("completed", response={"status": "completed", "output": []})
USAGE = {"input_tokens": 9, "output_tokens": 3}


def piece(words: str, index: int = 0) -> JsonObject:
    return event("output_text.delta", output_index=index, delta=words)


def arguments(words: str, index: int = 0) -> JsonObject:
    return event("function_call_arguments.delta", output_index=index, delta=words)


def begin(item: JsonObject, index: int = 0) -> JsonObject:
    return event("output_item.added", output_index=index, item=item)


def end(item: JsonObject, index: int = 0) -> JsonObject:
    return event("output_item.done", output_index=index, item=item)


def failure_of(*events: JsonObject) -> tuple[int, str]:
    (delta,) = decode(*events)
    assert isinstance(delta, ErrorDelta)
    return delta.failure.status, delta.failure.message


# -- text and calls ----------------------------------------------------------------------------


def test_the_beginning_of_an_answer_is_no_sign_of_content() -> None:
    assert decode(event("created", response={}), event("in_progress", response={})) == []


def test_text_comes_in_pieces_and_is_not_repeated_at_its_end() -> None:
    item = message(text("ab"))

    found = decode(begin(message()), piece("a"), piece("b"), end(item), DONE)

    assert found == [Alive(), TextDelta("a"), TextDelta("b"), BlockEnd(), Finish("completed")]


def test_text_that_came_in_no_pieces_is_taken_from_its_end() -> None:
    assert decode(end(message(text("a"), text("b")))) == [
        TextDelta("a"),
        TextDelta("b"),
        BlockEnd(),
    ]


def test_text_that_never_ended_is_taken_from_the_answer() -> None:
    response = {"status": "completed", "output": [message(text("ab"))], "usage": USAGE}

    assert decode(event("completed", response=response)) == [
        TextDelta("ab"),
        BlockEnd(),
        UsageDelta(Usage(prompt=9, output=3)),
        Finish("completed"),
    ]


def test_items_are_told_apart_by_their_place_though_ids_change() -> None:
    found = decode(
        begin(function_call("f", "", "c1", id="x"), 0),
        begin(function_call("g", "", "c2", id="y"), 1),
        {**arguments("{}", 1), "item_id": "other"},
        {**arguments("{}", 0), "item_id": "another"},
        end(function_call("g", "{}", "c2", id="z"), 1),
    )

    assert found == [
        ToolDelta(0, "c1", "f"),
        ToolDelta(1, "c2", "g"),
        ArgumentsDelta(1, "{}"),
        ArgumentsDelta(0, "{}"),
        ToolEnd(1),
    ]


def test_without_places_items_are_told_apart_by_their_ids() -> None:
    added = {"type": "response.output_item.added", "item": function_call("f", "", id="x")}
    more = {"type": "response.function_call_arguments.delta", "item_id": "x", "delta": "{}"}

    assert decode(added, more) == [ToolDelta("x", "call_1", "f"), ArgumentsDelta("x", "{}")]


def test_the_last_event_repeats_nothing_where_items_have_no_places() -> None:
    item = message(text("ab"))
    delta = {"type": "response.output_text.delta", "item_id": item["id"], "delta": "ab"}
    response = {"status": "completed", "output": [item, function_call("f", "{}")]}

    found = decode(delta, event("completed", response=response))

    assert found.count(TextDelta("ab")) == 1
    assert ToolDelta("fc_1", "call_1", "f", "{}", is_whole=True) in found


def test_arguments_that_come_at_the_end_alone_are_taken_from_there() -> None:
    done = event("function_call_arguments.done", output_index=0, arguments='{"a":1}')

    found = decode(begin(function_call("f", "")), done, end(function_call("f", '{"a":1}')))

    assert found[1:] == [ToolDelta(0, arguments='{"a":1}', is_whole=True), ToolEnd(0)]


def test_arguments_that_came_in_pieces_are_not_repeated() -> None:
    done = event("function_call_arguments.done", output_index=0, arguments="{}")

    found = decode(begin(function_call("f", "")), arguments("{}"), done)

    assert found == [ToolDelta(0, "call_1", "f"), ArgumentsDelta(0, "{}")]


def test_items_of_tools_that_the_server_runs_say_nothing() -> None:
    call = {"type": "custom_tool_call", "name": "x_search", "input": "q", "call_id": "c"}

    assert decode(begin(call), end(call), DONE) == [Alive(), Finish("completed")]


def test_a_refusal_is_told_as_one() -> None:
    found = decode(event("refusal.delta", output_index=0, delta="I can't."))

    assert found == [RefusalDelta("I can't.")]


# -- the end -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("response", "word"),
    [
        ({"incomplete_details": {"reason": "max_output_tokens"}}, "max_output_tokens"),
        ({"incomplete_details": {"reason": "content_filter"}}, "content_filter"),
        ({"incomplete_details": None}, "incomplete"),
        ({}, "incomplete"),
    ],
)
def test_an_incomplete_answer_says_why(response: JsonObject, word: str) -> None:
    assert decode(event("incomplete", response=response)) == [Finish(word)]


@pytest.mark.parametrize(
    ("last", "status", "words"),
    [
        (
            event("failed", response={"error": {"code": "rate_limit_exceeded", "message": "slow"}}),
            429,
            "slow",
        ),
        (event("failed", response={}), 502, "the provider's answer failed"),
        (event("failed"), 502, "the provider's answer failed"),
        ({"type": "error", "code": "server_error", "message": "oops"}, 500, "oops"),
        (
            {"type": "error", "error": {"type": "insufficient_quota", "message": "no money"}},
            402,
            "no money",
        ),
        ({"error": {"code": 503, "message": "busy"}}, 503, "busy"),
    ],
)
def test_a_failure_is_an_error(last: JsonObject, status: int, words: str) -> None:
    found = failure_of(last)

    assert found[0] == status
    assert words in found[1]


def test_the_kind_of_an_event_may_stand_in_its_name_alone() -> None:
    decoder = ResponsesDecoder(TARGET)
    data = dumps({"output_index": 0, "delta": "a"})

    assert decoder.feed(SseEvent("response.output_text.delta", data)) == [TextDelta("a")]


def test_after_its_last_event_an_answer_is_done() -> None:
    decoder = ResponsesDecoder(TARGET)

    assert not decoder.is_done
    decoder.feed(SseEvent("", dumps(DONE)))
    assert decoder.is_done


def test_a_few_events_that_can_not_be_read_are_passed_over() -> None:
    decoder = ResponsesDecoder(TARGET)

    found = [decoder.feed(SseEvent("", b"{x")) for _ in range(4)]

    assert found[:3] == [[], [], []]
    assert isinstance(found[3][0], ErrorDelta)


def test_the_mark_of_another_protocols_end_is_an_end() -> None:
    decoder = ResponsesDecoder(TARGET)

    assert decoder.feed(SseEvent("", b"[DONE]")) == []
    assert decoder.is_done


# -- complete answers --------------------------------------------------------------------------


def test_a_complete_answer_gives_the_same_deltas_as_its_stream() -> None:
    output = [
        reasoning("rs_1", "enc", "why"),
        message(text("ab")),
        function_call("f", '{"a":1}'),
    ]
    response = {"object": "response", "status": "completed", "output": output, "usage": USAGE}

    whole = ResponsesDecoder(TARGET).decode(response)

    assert whole == decode(event("completed", response=response))
    assert ToolDelta(2, "call_1", "f", '{"a":1}', is_whole=True) in whole
    assert whole[-1] == Finish("completed")


@pytest.mark.parametrize(
    ("payload", "status"),
    [
        ({"error": {"message": "bad", "type": "invalid_request_error"}}, 400),
        ({"status": "failed", "output": [], "error": {"code": "server_error"}}, 500),
        ({"choices": []}, 502),
        ([], 502),
        ("text", 502),
    ],
)
def test_what_is_no_answer_is_an_error(payload: Any, status: int) -> None:
    (delta,) = ResponsesDecoder(TARGET).decode(payload)

    assert isinstance(delta, ErrorDelta)
    assert delta.failure.status == status


# -- runs --------------------------------------------------------------------------------------


def run_of(decoder: ResponsesDecoder, *payloads: JsonObject) -> Any:
    run = decoder.feed_run(Events([dumps(p) for p in payloads]), 0)
    return run and (run.kind, run.key, run.texts)


def test_pieces_of_one_text_are_read_together() -> None:
    decoder = ResponsesDecoder(TARGET)
    decoder.feed(SseEvent("", dumps(begin(message()))))

    assert run_of(decoder, piece("a"), piece("b"), end(message())) == (TextDelta, 0, ["a", "b"])
    assert decoder.feed(SseEvent("", dumps(end(message(text("ab")))))) == [BlockEnd()]


def test_pieces_of_arguments_are_read_together_once_the_call_has_begun() -> None:
    decoder = ResponsesDecoder(TARGET)
    pieces = [arguments('{"a"'), arguments(":1}")]

    assert run_of(decoder, *pieces) is None
    decoder.feed(SseEvent("", dumps(begin(function_call("f", "")))))
    assert run_of(decoder, *pieces) == (ArgumentsDelta, 0, ['{"a"', ":1}"])
    assert run_of(decoder, arguments("x", 1), arguments("y", 1)) is None
