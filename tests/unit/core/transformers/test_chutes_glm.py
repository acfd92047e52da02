import json
from dataclasses import replace
from typing import Any

import pytest

from ccr_desktop.core.protocol.deltas import (
    Delta,
    Finish,
    TextDelta,
    ThinkingDelta,
    ToolDelta,
    Usage,
    UsageDelta,
)
from ccr_desktop.core.transformers.chutes_glm import ChutesGlm
from tests.unit.core.transformers.bodies import CONTEXT, TOOL, through

WRITE = {
    "name": "Write",
    "description": "Writes.",
    "input_schema": {
        "type": "object",
        "properties": {
            "file_path": {"type": "string"},
            "content": {"type": "string"},
            "mode": {"type": "integer"},
        },
    },
}
OFFERED = replace(CONTEXT, tools=(TOOL, WRITE))


def printed(name: str, *pairs: tuple[str, str]) -> str:
    lines = [f"<arg_key>{key}</arg_key>\n<arg_value>{value}</arg_value>\n" for key, value in pairs]
    return f"<tool_call>{name}\n{''.join(lines)}</tool_call>"


def told(*deltas: Delta, context: Any = OFFERED) -> list[Delta]:
    return through(ChutesGlm({}).open(context), deltas)


def cut(text: str, size: int) -> list[TextDelta]:
    return [TextDelta(text[at : at + size]) for at in range(0, len(text), size)]


def call(number: int, name: str, **arguments: Any) -> ToolDelta:
    text = json.dumps(arguments, separators=(",", ":"), ensure_ascii=False)
    return ToolDelta(("chutes-glm", number), "", name, text, is_whole=True)


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_printed_calls_become_calls_however_they_are_cut(size: int) -> None:
    text = (
        "I look.\n\n"
        + printed("Read", ("file_path", "/a.txt"), ("limit", "5"))
        + "\n"
        + printed("Write", ("file_path", "/b"), ("content", "\n  é </tool_call> </arg_value>.\n"))
        + "\n\nBoth at once."
    )

    assert told(*cut(text, size), Finish("stop")) == [
        TextDelta("I look."),
        call(1, "Read", file_path="/a.txt", limit=5),
        call(2, "Write", file_path="/b", content="\n  é </tool_call> </arg_value>.\n"),
        TextDelta("Both at once."),
        Finish("stop"),
    ]


def test_nothing_of_a_call_is_shown_before_it_is_known_to_be_none() -> None:
    filtering = ChutesGlm({}).open(OFFERED)

    shown = [[*filtering.feed(piece)] for piece in cut("Hm <tool_call>Read\n<arg_key>a", 4)]

    assert [delta for deltas in shown for delta in deltas] == [TextDelta("Hm")]


def test_texts_go_out_as_they_come() -> None:
    filtering = ChutesGlm({}).open(OFFERED)

    assert [*filtering.feed(TextDelta("a < b"))] == [TextDelta("a < b")]


@pytest.mark.parametrize(
    "text",
    [
        "The tag <tool_call> opens a call.",
        "<tool_call>",
        "  \n",
        "a <tool_call",
        "<tool_call>Read\n<arg_key>file_path</arg_key>\n<arg_value>/a",
        "<tool_call>Read\n<arg_key>file_path",
        f"<tool_call>Read<arg_key>{'k' * 300}",
        "<tool_call>Read</arg_key></tool_call>",
        "<tool_call>Read<arg_key>a</arg_key>b</tool_call>",
        "<tool_call></tool_call>",
        printed("get_weather", ("city", "Rome")),
        "<tool_call>get the weather\n</tool_call>",
    ],
)
@pytest.mark.parametrize("size", [1, 5, 1000])
def test_what_only_looks_like_a_call_stays_text(text: str, size: int) -> None:
    assert told(*cut(text, size), Finish("length")) == [TextDelta(text), Finish("length")]


def test_a_call_inside_of_what_is_none_is_found() -> None:
    text = f"Use <tool_call>: {printed('Read')}"

    assert told(*cut(text, 3)) == [TextDelta("Use <tool_call>:"), call(1, "Read")]


def test_without_tools_everything_is_text() -> None:
    text = TextDelta(printed("Read"))

    assert told(text, context=CONTEXT) == [text]


def test_names_are_compared_without_case_unless_they_may_be_shortened() -> None:
    long = replace(CONTEXT, tools=({"name": "mcp__" + "x" * 80},))

    assert told(TextDelta(printed("read"))) == [call(1, "read")]
    assert told(TextDelta(printed("mcp__xx_0a1b2c3d")), context=long) == [
        call(1, "mcp__xx_0a1b2c3d")
    ]


def test_usage_passes_a_call_that_is_not_complete_and_other_things_end_it() -> None:
    usage, thought = UsageDelta(Usage(output=1)), ThinkingDelta("t")

    assert told(TextDelta("<tool_call>Re"), usage, thought, TextDelta("ad")) == [
        usage,
        TextDelta("<tool_call>Re"),
        thought,
        TextDelta("ad"),
    ]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("content", '{"a": 1}', '{"a": 1}'),
        ("content", "12", "12"),
        ("content", '"in quotes"', "in quotes"),
        ("mode", "12", 12),
        ("mode", '"12"', 12),
        ("mode", "twelve", "twelve"),
        ("other", '"{\\"a\\": [1, null]}"', {"a": [1, None]}),
        ("other", " [true]\n", [True]),
        ("other", "just words", "just words"),
    ],
)
def test_values_are_decoded_by_what_the_tool_wants(name: str, value: str, expected: Any) -> None:
    assert told(TextDelta(printed("Write", (name, value)))) == [
        call(1, "Write", **{name: expected})
    ]
