"""Conversations for models that know one tool call at a time."""

import copy
from typing import Any

import pytest

from ccr_desktop.core.protocol.single_calls import with_single_calls, without_parallel_switch


def text(words: str) -> dict[str, Any]:
    return {"type": "text", "text": words}


def call(call_id: str) -> dict[str, Any]:
    return {"type": "tool_use", "id": call_id, "name": "Read", "input": {}}


def result(call_id: str) -> dict[str, Any]:
    return {"type": "tool_result", "tool_use_id": call_id, "content": call_id}


def user(*content: dict[str, Any]) -> dict[str, Any]:
    return {"role": "user", "content": list(content)}


def answer(*content: dict[str, Any]) -> dict[str, Any]:
    return {"role": "assistant", "content": list(content)}


def test_each_call_gets_an_answer_of_its_own() -> None:
    body = {
        "messages": [
            {"role": "user", "content": "Go"},
            answer(text("I look."), call("a"), call("b"), call("c")),
            user(result("c"), result("a"), text("And?"), result("b")),
            answer(call("d")),
            user(result("d")),
        ]
    }
    before = copy.deepcopy(body)

    assert with_single_calls(body)["messages"] == [
        {"role": "user", "content": "Go"},
        answer(text("I look."), call("a")),
        user(result("a")),
        answer(call("b")),
        user(result("b")),
        answer(call("c")),
        user(result("c"), text("And?")),
        answer(call("d")),
        user(result("d")),
    ]
    assert body == before


@pytest.mark.parametrize(
    "messages",
    [
        [user(text("Go"))],
        [answer(call("a")), user(result("a"))],
        [answer(call("a"), call("b"))],
        [answer(call("a"), call("b")), user(result("a"))],
        [answer(call("a"), call("b")), user(text("No."))],
    ],
    ids=["no calls", "one call", "no results yet", "a result too few", "interrupted"],
)
def test_what_has_nothing_to_part_stays(messages: list[Any]) -> None:
    body = {"messages": messages}

    assert with_single_calls(body) is body


def test_only_the_switch_is_left_out() -> None:
    choice = {"type": "any", "disable_parallel_tool_use": True}

    assert without_parallel_switch({"tool_choice": choice}) == {"tool_choice": {"type": "any"}}
    assert without_parallel_switch({"tool_choice": {"type": "any"}}) == {
        "tool_choice": {"type": "any"}
    }
