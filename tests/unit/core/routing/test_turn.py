"""What is read from a request for the rules."""

import json
from typing import Any

import pytest

from ccr_desktop.core.routing.turn import RequestFacts, session_id

ANSWER = {"role": "assistant", "content": [{"type": "text", "text": "sure"}]}
CALL = {"role": "assistant", "content": [{"type": "tool_use", "id": "a", "name": "n", "input": {}}]}
RESULT = {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "a"}]}
ULTRA = {"role": "user", "content": "ultrathink about it"}
NEXT = {"role": "user", "content": "thanks, go on"}
NOTE = {"role": "system", "content": [{"type": "text", "text": "The keyword ultrathink was used"}]}


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        pytest.param([ULTRA], True, id="first turn"),
        pytest.param([ULTRA, NOTE], True, id="with a note after it"),
        pytest.param([NEXT, NOTE], True, id="in the note only"),
        pytest.param([ULTRA, CALL, RESULT], True, id="after a tool call"),
        pytest.param([ULTRA, CALL, RESULT, CALL, RESULT], True, id="after two"),
        pytest.param([ULTRA, ANSWER, NEXT], False, id="in the turn before"),
        pytest.param(
            [ULTRA, ANSWER, NEXT, CALL, RESULT], False, id="in the turn before, with a call"
        ),
        pytest.param([ULTRA, NEXT], True, id="two messages in a row"),
        pytest.param([{"role": "user", "content": 5}], False, id="odd content"),
        pytest.param([ULTRA, 5], False, id="odd message"),
    ],
)
def test_words_count_for_the_whole_turn_and_no_longer(messages: Any, *, expected: bool) -> None:
    facts = RequestFacts({"model": "m", "messages": messages}, {})

    assert ("ultrathink" in facts.thinking_signs) is expected


@pytest.mark.parametrize(
    ("model", "expected"),
    [("m", "m"), (" m ", "m"), ("m[1m]", "m"), ("m [1m] ", "m "), ("[1m]x", "[1m]x")],
)
def test_the_model_loses_the_clients_marker(model: str, expected: str) -> None:
    assert RequestFacts({"model": model, "messages": [NEXT]}, {}).model == expected


@pytest.mark.parametrize(
    ("user_id", "header", "expected"),
    [
        pytest.param("user_ab_account__session_0-1-a", None, "0-1-a", id="older clients"),
        pytest.param(
            json.dumps({"device_id": "d", "session_id": "s"}), None, "s", id="newer clients"
        ),
        pytest.param("user_x_session_old", "new", "new", id="the header wins"),
        pytest.param(json.dumps({"device_id": "d"}), None, "", id="none in it"),
        pytest.param("me", None, "", id="not a client's"),
        pytest.param("[1]", None, "", id="other JSON"),
        pytest.param("\ud800", None, "", id="half a character"),
        pytest.param(5, None, "", id="a number"),
        pytest.param(None, None, "", id="nothing"),
    ],
)
def test_the_session_is_found_in_each_form(
    user_id: object, header: str | None, expected: str
) -> None:
    headers = {"x-claude-code-session-id": header} if header else {}

    assert session_id({"metadata": {"user_id": user_id}}, headers) == expected


@pytest.mark.parametrize("metadata", [None, 5, "x", []])
def test_odd_metadata_holds_no_session(metadata: object) -> None:
    assert session_id({"metadata": metadata}, {}) == ""
