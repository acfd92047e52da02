import json
from typing import Any

import pytest

from ccr_desktop.core.protocol.deltas import Finish, TextDelta, ToolDelta, ToolEnd
from ccr_desktop.core.transformers.tool_use import ToolUse
from tests.unit.core.transformers.bodies import CONTEXT, TOOL, body, through

WORDS = 'Done: "é", \U0001f600 and a\nnew line \\ end.'


def told(*deltas: Any) -> list[Any]:
    return through(ToolUse({}).open(CONTEXT), deltas)


def exit_call(words: str, size: int, *, is_ascii: bool = True) -> list[ToolDelta]:
    text = json.dumps({"response": words}, ensure_ascii=is_ascii)
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    return [ToolDelta(0, "id", "ExitTool"), *(ToolDelta(0, arguments=piece) for piece in pieces)]


def test_a_tool_is_demanded_and_one_for_words_is_offered() -> None:
    made = ToolUse({}).request(body(tools=[TOOL], system="Be brief."), CONTEXT)

    assert [tool["name"] for tool in made["tools"]] == ["Read", "ExitTool"]
    assert made["tool_choice"] == {"type": "any"}
    assert made["system"][0] == {"type": "text", "text": "Be brief."}
    assert "ExitTool" in made["system"][1]["text"]


def test_a_switch_against_parallel_calls_stays() -> None:
    choice = {"type": "auto", "disable_parallel_tool_use": True}
    made = ToolUse({}).request(body(tools=[TOOL], tool_choice=choice), CONTEXT)

    assert made["tool_choice"] == {"type": "any", "disable_parallel_tool_use": True}


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"tools": []},
        {"tools": [TOOL], "tool_choice": {"type": "none"}},
        {"tools": [TOOL], "tool_choice": {"type": "tool", "name": "Read"}},
        {"tools": [{**TOOL, "name": "ExitTool"}]},
    ],
    ids=["no tools", "an empty list", "forbidden", "another is demanded", "taken"],
)
def test_where_it_makes_no_sense_nothing_changes(members: dict[str, Any]) -> None:
    asked = body(**members)

    assert ToolUse({}).request(asked, CONTEXT) is asked


@pytest.mark.parametrize("size", [1, 2, 5, 100])
@pytest.mark.parametrize("is_ascii", [True, False], ids=["escaped", "plain"])
def test_a_call_of_the_exit_becomes_text_however_it_is_cut(size: int, *, is_ascii: bool) -> None:
    deltas = exit_call(WORDS, size, is_ascii=is_ascii)

    assert told(*deltas, ToolEnd(0), Finish("tool_calls")) == [
        TextDelta(WORDS),
        Finish("tool_calls"),
    ]


def test_the_words_come_while_they_are_written() -> None:
    filtering = ToolUse({}).open(CONTEXT)
    seen = [
        [*filtering.feed(ToolDelta(0, "id", "ExitTool", '{"response": "One'))],
        [*filtering.feed(ToolDelta(0, arguments=" two"))],
    ]

    assert seen == [[TextDelta("One")], [TextDelta(" two")]]


def test_other_calls_pass_and_words_after_text_begin_anew() -> None:
    read = ToolDelta(1, "r", "Read", "{}")

    assert told(TextDelta("Hm."), read, *exit_call("Done.", 4)) == [
        TextDelta("Hm."),
        read,
        TextDelta("\n\nDone."),
    ]


def test_a_name_may_come_late() -> None:
    late = [ToolDelta(0, arguments='{"response": "a'), ToolDelta(0, "i", "ExitTool", 'b"}')]
    other = [ToolDelta(1, arguments="{"), ToolDelta(1, "r", "Read"), ToolDelta(1, arguments="}")]

    assert told(*late, *other) == [TextDelta("ab"), *other]


@pytest.mark.parametrize("arguments", ["Just words.", '{"answer": "x"}'])
def test_arguments_that_are_none_are_still_told(arguments: str) -> None:
    assert told(ToolDelta(0, "i", "ExitTool", arguments)) == [TextDelta(arguments)]
