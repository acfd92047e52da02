"""What a model wrote in place of a tool call, when the server could not read it."""

import json
from typing import Any

import pytest

from ccr_desktop.core.dialects.openai_chat.decoder import ChatDecoder
from ccr_desktop.core.dialects.openai_chat.failed_generation import holds_call, salvaged
from ccr_desktop.core.protocol.deltas import ErrorDelta, Finish, TextDelta, ToolDelta
from ccr_desktop.core.protocol.sse import SseEvent
from tests.unit.core.dialects.openai_chat.bodies import target_for

KIMI = (
    "<|tool_calls_section_begin|><|tool_call_begin|>functions.Read:48<|tool_call_argument_begin|>"
    '{"path": "/a"}<|tool_call_end|><|tool_calls_section_end|>'
)


def failed(text: Any, code: str = "tool_use_failed") -> dict[str, Any]:
    error = {"message": "Failed to call a function.", "type": "invalid_request_error"}
    return {"error": {**error, "code": code, "failed_generation": text}}


def calls(text: Any) -> list[tuple[str, Any]]:
    answer = salvaged(failed(text))
    if answer is None:
        return []
    functions = [call["function"] for call in answer["choices"][0]["message"]["tool_calls"]]
    return [(each["name"], json.loads(each["arguments"])) for each in functions]


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "Read", "arguments": {"path": "/a"}}',
        '{"name": "Read", "arguments": "{\\"path\\": \\"/a\\"}"}',
        (
            '```json\n{"tool_calls": [{"id": "x", "type": "function", "function": {"name": "Read"},'
            ' "parameters": {"path": "/a"}}]}\n```'
        ),
        '[{"name": "Read", "parameters": {"path": "/a"}}]',
        '<function=Read{"path": "/a"}</function>',
        '<function=Read>{"path": "/a"}</function>',
        '<function(Read){"path": "/a"}</function>',
        'Read{"path": "/a"}</function>',
        'I look. <function=Read> {"path": "/a"} </function>',
        KIMI,
    ],
)
def test_a_call_is_read_in_each_form_that_models_print(text: str) -> None:
    assert calls(text) == [("Read", {"path": "/a"})]


def test_several_calls_are_all_read() -> None:
    text = '<function=Read{"path": "/a}"}</function>\n<function=Bash>{"command": "ls"}</function>'

    assert calls(text) == [("Read", {"path": "/a}"}), ("Bash", {"command": "ls"})]


@pytest.mark.parametrize(
    "text",
    ["", "I can't.", '<function=Read{"path": ', "{" * 5000, "[1]", '{"a": 1}', None, 5, "Read{}}{"],
)
def test_what_is_no_call_stays_an_error(text: Any) -> None:
    assert calls(text) in ([], [("Read", {})])


def test_only_this_error_is_looked_into() -> None:
    generation = '{"name": "Read", "arguments": {}}'

    assert salvaged(failed(generation, "other")) is None
    assert salvaged({"error": "tool_use_failed"}) is None
    assert salvaged([1]) is None
    assert holds_call(json.dumps(failed(generation)).encode())
    assert not holds_call(b'{"tool_use_failed"')


def test_a_stream_that_breaks_off_with_one_ends_with_the_call() -> None:
    decoder = ChatDecoder(target_for("groq"))
    text = {"choices": [{"index": 0, "delta": {"content": "I look."}, "finish_reason": None}]}
    broken = failed('<function=Read>{"path": "/a"}</function>')

    found = [d for each in (text, broken) for d in decoder.feed(event(each))]

    kinds = [type(delta) for delta in found]
    assert kinds == [TextDelta, ToolDelta, Finish]
    assert found[1].name == "Read"  # type: ignore[union-attr]


def test_a_stream_that_breaks_off_without_one_fails() -> None:
    decoder = ChatDecoder(target_for("groq"))

    [delta] = decoder.feed(event(failed("I can't.")))

    assert isinstance(delta, ErrorDelta)
    assert delta.failure.status == 502
    assert delta.failure.message == "Failed to call a function. The model wrote: I can't."


def event(payload: Any) -> SseEvent:
    return SseEvent("", json.dumps(payload).encode())
