"""Ids of tool calls that another server of the protocol has given."""

import re
from typing import Any

import pytest

from ccr_desktop.core.dialects.anthropic.call_ids import holds_odd_ids, with_legal_ids

JsonObject = dict[str, Any]


def answer(*ids: str) -> JsonObject:
    calls = [{"type": "tool_use", "id": each, "name": "Bash", "input": {}} for each in ids]
    return {"role": "assistant", "content": [{"type": "text", "text": "So."}, *calls]}


def results(*ids: str) -> JsonObject:
    return {
        "role": "user",
        "content": [{"type": "tool_result", "tool_use_id": each, "content": "x"} for each in ids],
    }


def conversation(*messages: JsonObject) -> JsonObject:
    return {"model": "m", "messages": [{"role": "user", "content": "Hi"}, *messages]}


def ids_of(body: JsonObject) -> list[list[str]]:
    """The ids of calls and results, message by message."""
    return [
        [b.get("id") or b["tool_use_id"] for b in m["content"] if b["type"] != "text"]
        for m in body["messages"][1:]
    ]


@pytest.mark.parametrize(
    "body",
    [
        conversation(answer("toolu_1", "call-2"), results("call-2", "toolu_1"), answer("x")),
        {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Yes"}]},
        {"messages": [{"role": "assistant", "content": [None, 5, {"type": "tool_use"}]}]},
        {"messages": None},
    ],
    ids=["legal", "texts", "odd blocks", "nothing"],
)
def test_ids_of_the_usual_form_are_left_alone(body: JsonObject) -> None:
    assert not holds_odd_ids(body)


@pytest.mark.parametrize(
    "body",
    [
        conversation(
            answer("functions.Bash:0", "functions.Bash:1"),
            results("functions.Bash:1", "functions.Bash:0"),
        ),
        conversation(answer("call_0"), results("call_0"), answer("call_0"), results("call_0")),
        conversation(answer("a", "a"), results("a", "a")),
        conversation(answer(""), results("")),
    ],
    ids=["odd characters", "the same in every answer", "the same in one answer", "none"],
)
def test_every_call_gets_a_legal_id_of_its_own_and_its_result_the_same(body: JsonObject) -> None:
    assert holds_odd_ids(body)

    made = ids_of(with_legal_ids(body))

    calls, answers = [each for ids in made[::2] for each in ids], made[1::2]
    assert len(set(calls)) == len(calls)
    assert all(re.fullmatch(r"[a-zA-Z0-9_-]+", each) for each in calls)
    assert [sorted(ids) for ids in made[::2]] == [sorted(ids) for ids in answers]


def test_results_find_their_calls_in_any_order() -> None:
    body = conversation(answer("x:0", "x:1"), results("x:1", "x:0", "orphan"))

    (first, second), found = ids_of(with_legal_ids(body))

    assert found == [second, first, "orphan"]


def test_a_longer_conversation_begins_with_the_ids_of_the_shorter() -> None:
    short = conversation(answer("x:0"), results("x:0"))
    longer = conversation(answer("x:0"), results("x:0"), answer("x:0"), results("x:0"))

    assert ids_of(with_legal_ids(longer))[:2] == ids_of(with_legal_ids(short))
