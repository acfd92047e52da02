"""Conversations as turns: each call with its result, nothing lost."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.protocol.conversation import (
    NO_RESULT,
    AssistantTurn,
    SystemNote,
    UserTurn,
    read_turns,
)

JsonObject = dict[str, Any]


def text(words: str) -> JsonObject:
    return {"type": "text", "text": words}


def call(call_id: str) -> JsonObject:
    return {"type": "tool_use", "id": call_id, "name": "n", "input": {}}


def result(call_id: str, words: str = "out") -> JsonObject:
    return {"type": "tool_result", "tool_use_id": call_id, "content": words}


def user(*content: JsonObject) -> JsonObject:
    return {"role": "user", "content": list(content)}


def answer(*content: JsonObject) -> JsonObject:
    return {"role": "assistant", "content": list(content)}


def note(content: Any, **members: Any) -> JsonObject:
    return {"role": "system", "content": content, **members}


A, B, TEXT = call("a"), call("b"), text("hi")


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        pytest.param([{"role": "user", "content": "hi"}], [UserTurn([TEXT])], id="a string"),
        pytest.param([user()], [], id="an empty list"),
        pytest.param([note("n")], [SystemNote("n")], id="a note"),
        pytest.param(
            [note([text("a"), text(" "), text("b")])], [SystemNote("a\n\nb")], id="a note of blocks"
        ),
        pytest.param([note([])], [], id="an empty note"),
        pytest.param([answer(TEXT)], [AssistantTurn([TEXT], [])], id="an answer"),
        pytest.param(
            [answer(A, B), user(result("b"), result("a"))],
            [AssistantTurn([A, B], [(A, result("a")), (B, result("b"))])],
            id="results out of order",
        ),
        pytest.param(
            [answer(A), user(TEXT)],
            [AssistantTurn([A], [(A, NO_RESULT)]), UserTurn([TEXT])],
            id="no result",
        ),
        pytest.param(
            [answer(A), user(result("x"))],
            [AssistantTurn([A], [(A, NO_RESULT)]), UserTurn([result("x")])],
            id="a stranger's result",
        ),
        pytest.param(
            [user(result("a")), answer(A)],
            [UserTurn([result("a")]), AssistantTurn([A], [(A, NO_RESULT)])],
            id="a result before its call",
        ),
        pytest.param(
            [answer(A), user(result("a", "1"), result("a", "2"))],
            [AssistantTurn([A], [(A, result("a", "1"))]), UserTurn([result("a", "2")])],
            id="two results",
        ),
        pytest.param(
            [answer(A, A), user(result("a", "1"), result("a", "2"))],
            [AssistantTurn([A, A], [(A, result("a", "1")), (A, result("a", "2"))])],
            id="two calls of one id",
        ),
        pytest.param(
            [answer(A), user(TEXT, result("a"))],
            [AssistantTurn([A], [(A, result("a"))]), UserTurn([TEXT])],
            id="text before the result",
        ),
        pytest.param(
            [answer(A), answer(B), user(result("a"), result("b"))],
            [AssistantTurn([A], [(A, result("a"))]), AssistantTurn([B], [(B, result("b"))])],
            id="two answers in a row",
        ),
        pytest.param(
            [answer(A), note("n"), user(result("a"))],
            [AssistantTurn([A], [(A, result("a"))]), SystemNote("n")],
            id="a note between",
        ),
    ],
)
def test_a_conversation_is_read_in_turns(messages: list[JsonObject], expected: list[Any]) -> None:
    assert list(read_turns(messages)) == expected


@pytest.mark.parametrize(
    ("messages", "notes"),
    [
        pytest.param([user(TEXT), note("n", clear_at="next_user_message")], ["n"], id="still last"),
        pytest.param(
            [note("n", clear_at="next_user_message"), user(TEXT)], [], id="the user spoke"
        ),
        pytest.param(
            [note("n", clear_at="next_user_message"), answer(TEXT)], ["n"], id="only an answer"
        ),
        pytest.param([note("n", clear_at="never"), user(TEXT)], ["n"], id="never"),
        pytest.param([note("n"), user(TEXT)], ["n"], id="nothing said"),
    ],
)
def test_a_note_may_end_with_the_next_user_message(
    messages: list[JsonObject], notes: list[str]
) -> None:
    turns = read_turns(messages)

    assert [turn.text for turn in turns if isinstance(turn, SystemNote)] == notes


_IDS = st.sampled_from(["a", "b", "c"])
_USERS = st.builds(
    lambda content: {"role": "user", "content": content},
    st.lists(
        st.builds(result, _IDS, st.text(max_size=3)) | st.builds(text, st.text(max_size=3)),
        max_size=4,
    ),
)
_ANSWERS = st.builds(
    lambda content: {"role": "assistant", "content": content},
    st.lists(st.builds(call, _IDS) | st.builds(text, st.text(max_size=3)), max_size=4),
)


@given(st.lists(_USERS | _ANSWERS, max_size=8))
def test_every_block_is_there_once_and_every_call_has_its_own_result(
    messages: list[JsonObject],
) -> None:
    turns = list(read_turns(messages))

    found: list[int] = []
    for turn in turns:
        if isinstance(turn, AssistantTurn):
            found += map(id, turn.blocks)
            found += [id(r) for _, r in turn.calls if r is not NO_RESULT]
            assert all(r is NO_RESULT or r["tool_use_id"] == c["id"] for c, r in turn.calls)
            assert [c for c, _ in turn.calls] == [b for b in turn.blocks if b["type"] == "tool_use"]
        elif isinstance(turn, UserTurn):
            found += map(id, turn.blocks)
    assert sorted(found) == sorted(id(block) for m in messages for block in m["content"])
