import json

import pytest

from ccr_desktop.core.protocol.deltas import Finish, TextDelta, ToolDelta, ToolEnd
from ccr_desktop.core.transformers.enhance_tool import EnhanceTool, mended
from tests.unit.core.transformers.bodies import CONTEXT, through


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('{"a": 1}', {"a": 1}, id="fine"),
        pytest.param("", {}, id="nothing"),
        pytest.param("null", {}, id="null"),
        pytest.param('"{\\"a\\": 1}"', {"a": 1}, id="encoded twice"),
        pytest.param("{'a': 'it', b: 2,}", {"a": "it", "b": 2}, id="JSON5"),
        pytest.param('{"a": "x\ny"}', {"a": "x\ny"}, id="a bare line end"),
        pytest.param('{"a": [1, 2', {"a": [1, 2]}, id="not closed"),
        pytest.param('{"a": True, "b": None}', {"a": True, "b": None}, id="Python"),
        pytest.param('```json\n{"a": 1}\n```', {"a": 1}, id="fenced"),
        pytest.param("no object", {}, id="beyond repair"),
    ],
)
def test_arguments_are_put_right(text: str, expected: object) -> None:
    assert json.loads(mended([text]) or "{}") == expected


def test_what_is_fine_keeps_its_bytes() -> None:
    assert mended(['{ "a" :', " 1}"]) == '{ "a" : 1}'


def test_a_server_that_repeats_everything_is_understood() -> None:
    assert mended(['{"a":', '{"a": 1}']) == '{"a": 1}'


def test_arguments_wait_until_they_are_whole() -> None:
    filtering = EnhanceTool({}).open(CONTEXT)
    begun = [*filtering.feed(ToolDelta(0, "i", "Read", "{'a'"))]
    held = [*filtering.feed(ToolDelta(0, arguments=": 1}"))]
    ended = [*filtering.feed(ToolEnd(0))]

    assert begun == [ToolDelta(0, "i", "Read")]
    assert held == []
    assert ended == [ToolDelta(0, arguments='{"a":1}'), ToolEnd(0)]


@pytest.mark.parametrize("reason", ["stop", "tool_calls", ""])
def test_whatever_ends_the_answer_every_call_has_its_arguments(reason: str) -> None:
    calls = [
        ToolDelta(0, "i", "Read", "{'a'"),
        ToolDelta(1, "j", "Read", "{'b'"),
        ToolDelta(0, arguments=": 1}"),
        ToolDelta(1, arguments=": 2}"),
    ]

    found = through(EnhanceTool({}).open(CONTEXT), [*calls, Finish(reason)])

    assert found[2:] == [
        ToolDelta(0, arguments='{"a":1}'),
        ToolDelta(1, arguments='{"b":2}'),
        Finish(reason),
    ]


def test_a_stream_without_an_end_loses_nothing() -> None:
    found = through(EnhanceTool({}).open(CONTEXT), [ToolDelta(0, "i", "Read", '{"a":1}')])

    assert found == [ToolDelta(0, "i", "Read"), ToolDelta(0, arguments='{"a":1}')]


def test_valid_calls_do_not_wait_for_the_next_one() -> None:
    found = through(
        EnhanceTool({}).open(CONTEXT),
        [ToolDelta(0, "i", "Read", '{"a":1}'), ToolDelta(1, "j", "Read"), TextDelta("x")],
    )

    assert found[1] == ToolDelta(0, arguments='{"a":1}')


@pytest.mark.parametrize("reason", ["length", "MAX_TOKENS"])
def test_half_a_command_is_never_completed(reason: str) -> None:
    cut = ToolDelta(0, "i", "Bash", '{"command": "rm -rf /tmp')

    found = through(EnhanceTool({}).open(CONTEXT), [cut, Finish(reason)])

    assert found == [
        ToolDelta(0, "i", "Bash"),
        ToolDelta(0, arguments=cut.arguments),
        Finish(reason),
    ]


def test_a_whole_call_is_mended_at_once() -> None:
    whole = ToolDelta(0, "i", "Read", "{'a': 1}", is_whole=True)

    found = through(EnhanceTool({}).open(CONTEXT), [whole])

    assert found == [ToolDelta(0, "i", "Read"), ToolDelta(0, arguments='{"a":1}'), ToolEnd(0)]


@pytest.mark.parametrize("reason", ["tool_calls", "stop"])
def test_arguments_that_break_off_within_a_string_are_not_completed(reason: str) -> None:
    cut = ToolDelta(0, "i", "Bash", '{"command": "rm -rf /tmp')

    found = through(EnhanceTool({}).open(CONTEXT), [cut, Finish(reason)])

    assert found[1] == ToolDelta(0, arguments=cut.arguments)
