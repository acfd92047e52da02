import pytest

from ccr_desktop.core.dialects.openai_responses.output import Item
from ccr_desktop.core.dialects.openai_responses.reasoning import reasoning_carrier
from ccr_desktop.core.protocol.deltas import (
    BlockEnd,
    CarrierDelta,
    RefusalDelta,
    TextDelta,
    ThinkingDelta,
    ToolDelta,
    ToolEnd,
)
from tests.unit.core.dialects.openai_responses.bodies import (
    TARGET,
    JsonObject,
    function_call,
    message,
    reasoning,
    text,
)

USES = (
    '{"tool_uses":[{"recipient_name":"functions.f","parameters":{"a":1}},{"recipient_name":"g"}]}'
)


# -- calls -------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", ['{"a":1}', {"a": 1}], ids=["text", "object"])
def test_a_whole_call_is_one_delta_and_its_end(arguments: object) -> None:
    call = function_call("f", arguments)  # type: ignore[arg-type]  # of some servers

    assert Item(0).end_call(call) == [
        ToolDelta(0, "call_1", "f", '{"a":1}', is_whole=True),
        ToolEnd(0),
    ]


def test_a_call_that_was_cut_has_no_end() -> None:
    item = Item(0)
    item.begin_call(function_call("f", '{"a"'))

    assert item.end_call(function_call("f", '{"a"', status="incomplete")) == []


def test_a_name_that_comes_late_is_told_late() -> None:
    item = Item(0, has_content=True)

    assert item.end_call(function_call("f", "{}")) == [ToolDelta(0, "call_1", "f"), ToolEnd(0)]


@pytest.mark.parametrize("name", ["parallel", "multi_tool_use.parallel"])
def test_calls_in_a_wrapper_are_calls_of_their_own(name: str) -> None:
    item = Item(3)

    assert item.begin_call(function_call(name, "")) == []
    assert item.end_call(function_call(name, USES)) == [
        ToolDelta((3, 0), "call_1_0", "f", '{"a":1}', is_whole=True),
        ToolEnd((3, 0)),
        ToolDelta((3, 1), "call_1_1", "g", "{}", is_whole=True),
        ToolEnd((3, 1)),
    ]


@pytest.mark.parametrize("arguments", ['{"a":1}', "broken", '{"tool_uses":[]}'])
def test_a_tool_that_is_only_called_like_the_wrapper_is_called(arguments: str) -> None:
    item = Item(0)
    item.begin_call(function_call("parallel", ""))

    assert item.end_call(function_call("parallel", arguments)) == [
        ToolDelta(0, "call_1", "parallel", arguments, is_whole=True)
    ]


# -- reasoning ---------------------------------------------------------------------------------


def test_parts_of_a_summary_stand_apart() -> None:
    item = Item(0)

    pieces = [("0", "a"), ("0", "b"), ("1", "c"), ("1", "d")]

    assert [item.reasoning("summary", *piece) for piece in pieces] == [
        [ThinkingDelta("a")],
        [ThinkingDelta("b")],
        [ThinkingDelta("\n\nc")],
        [ThinkingDelta("d")],
    ]


def test_a_summary_is_not_followed_by_what_it_sums_up() -> None:
    item = Item(0)

    item.reasoning("summary", "0", "short")

    assert item.reasoning("raw", "0", "long") == []


def test_only_the_last_encrypted_content_is_final() -> None:
    item = Item(0, encrypted="early")
    final = reasoning("rs_1", "final", "a", "b")

    assert item.end_reasoning(final, TARGET) == [
        ThinkingDelta("a\n\nb"),
        CarrierDelta(reasoning_carrier(final, "final", TARGET)),
        BlockEnd(),
    ]


def test_the_early_one_counts_when_there_is_no_other() -> None:
    item = Item(0, encrypted="early")
    last = {"type": "reasoning", "id": "rs_1", "summary": []}

    assert item.end_reasoning(last, TARGET) == [
        CarrierDelta(reasoning_carrier(last, "early", TARGET)),
        BlockEnd(),
    ]


def test_reasoning_of_open_models_is_shown() -> None:
    content = [{"type": "reasoning_text", "text": "hm"}]
    last = {"type": "reasoning", "id": "rs_1", "summary": [], "content": content}

    assert Item(0).end_reasoning(last, TARGET) == [ThinkingDelta("hm"), BlockEnd()]


def test_reasoning_without_words_and_state_is_nothing() -> None:
    assert Item(0).end_reasoning({"type": "reasoning", "id": "rs_1", "summary": []}, TARGET) == []


# -- messages ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ([text("a"), {"type": "odd"}, text("")], [TextDelta("a"), BlockEnd()]),
        ([{"type": "refusal", "refusal": "no"}], [RefusalDelta("no"), BlockEnd()]),
        ([], []),
    ],
)
def test_a_whole_message_is_its_parts(content: list[JsonObject], expected: list[object]) -> None:
    assert Item(0).end_message(message(*content)) == expected
