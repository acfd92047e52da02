from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.protocol.arguments import BrokenArguments
from ccr_desktop.core.protocol.deltas import ToolDelta
from ccr_desktop.core.protocol.tool_call import ToolCall


def call_of(*fragments: str) -> ToolCall:
    call = ToolCall()
    for fragment in fragments:
        call.absorb(ToolDelta(0, "id", "f", fragment))
    return call


@pytest.mark.parametrize(
    ("fragments", "text"),
    [
        pytest.param(['{"a"', ":", "1}"], '{"a":1}', id="appended"),
        pytest.param(["{", '{"a"', '{"a":1}'], '{"a":1}', id="snapshots"),
        pytest.param(['{"a":1}', '{"a":1}'], '{"a":1}', id="repeated at the end"),
        pytest.param(['{"', "a", '":', '"', "a", '"}', '{"a":"a"}'], '{"a":"a"}', id="repeated"),
        pytest.param(['{"a":"', " ", " ", '"}'], '{"a":"  "}', id="blank fragments"),
        pytest.param(["", '{"a"', "", "", "", '{"a":1', '{"a":1}'], '{"a":1}', id="empty ones"),
        pytest.param([" ", "\n", "{}", " "], " \n{}", id="space around"),
        pytest.param(['{"a":1}', '{"b":2}'], '{"a":1}', id="a second object"),
    ],
)
def test_arguments_are_what_fragments_add(fragments: Sequence[str], text: str) -> None:
    assert call_of(*fragments).text == text


def test_id_and_name_never_change() -> None:
    call = call_of("{")

    call.absorb(ToolDelta(0, "other", "other"))

    assert (call.id, call.name) == ("id", "f")


@pytest.mark.parametrize(
    ("text", "is_odd"),
    [("{", False), ("  {", False), (" ", False), ("[", True), ("\u00a0{", True), ("x", True)],
    ids=repr,
)
def test_arguments_are_odd_when_they_begin_no_object(text: str, is_odd: bool) -> None:
    assert call_of(text).is_odd is is_odd


@pytest.mark.parametrize(
    ("text", "was_cut", "may_be_empty", "end"),
    [
        pytest.param("", False, True, "", id="nothing"),
        pytest.param(" ", False, False, "", id="blank"),
        pytest.param('{"a":1}', False, True, "", id="complete"),
        pytest.param('{"a":1', False, True, "}", id="incomplete"),
        pytest.param('{"a":1', True, True, "", id="cut"),
        pytest.param('"{}"', False, True, "{}", id="encoded twice"),
        pytest.param("[1]", False, False, "{}", id="a list where members are required"),
        pytest.param('"{\\"', True, True, "", id="cut and odd"),
    ],
)
def test_closing_a_call_adds_what_is_missing(
    text: str, was_cut: bool, may_be_empty: bool, end: str
) -> None:
    call = call_of(text)

    assert call.close(was_cut=was_cut, may_be_empty=may_be_empty) == end
    assert call.text == ""


@pytest.mark.parametrize("text", ["[1]", "{]", "{'a': 1}", '{"a"::', "x"], ids=repr)
def test_arguments_beyond_repair_break_the_answer(text: str) -> None:
    with pytest.raises(BrokenArguments):
        call_of(text).close(was_cut=False, may_be_empty=True)


@given(st.lists(st.sampled_from(('{"a":"', "b", '\\"', '"', ":", "1", "}", "} ", '{"a":"b', ""))))
def test_fragments_taken_together_add_what_they_add_one_by_one(fragments: list[str]) -> None:
    one_by_one, together = (
        call_of('{"x":"', "y", '",', '"z":'),
        call_of('{"x":"', "y", '",', '"z":'),
    )

    added = [one_by_one.add(fragment) for fragment in fragments]

    assert [text for text in together.add_all(fragments) if text] == [t for t in added if t]
    assert together.text == one_by_one.text
    assert together.is_complete == one_by_one.is_complete
