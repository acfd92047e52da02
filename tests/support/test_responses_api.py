"""The strict server refuses what it must; otherwise tests against it would prove nothing."""

import json
from typing import Any

import pytest

from tests.support.responses_api import ResponsesApi, call, say, think
from tests.support.turns import JsonObject
from tests.support.upstream import Request

USER: JsonObject = {
    "type": "message",
    "role": "user",
    "content": [{"type": "input_text", "text": "hi"}],
}
GIVEN: JsonObject = {
    "type": "reasoning",
    "id": "rs_0",
    "summary": [{"type": "summary_text", "text": "Hm."}],
}
FUNCTION: JsonObject = {
    "type": "function",
    "name": "f",
    "parameters": {"type": "object", "properties": {}},
    "strict": False,
}
CALL: JsonObject = {"type": "function_call", "call_id": "c", "name": "f", "arguments": "{}"}
RESULT: JsonObject = {"type": "function_call_output", "call_id": "c", "output": "x"}
ANSWER: JsonObject = {"type": "message", "role": "assistant", "content": "x"}


def request(**body: Any) -> Request:
    members = {"model": "gpt-5.1", "input": "hi", "store": False, **body}
    return Request(method="POST", path="/v1/responses", headers={}, body=members, at_s=0)


@pytest.fixture
def api() -> ResponsesApi:
    """A server that has given out one reasoning item and a call."""
    made = ResponsesApi([think("Hm."), call("f", {}, "c")], [say("Done.")])
    made.respond(request())
    return made


def reasoning(api: ResponsesApi, **changes: Any) -> JsonObject:
    return {**GIVEN, "encrypted_content": api.given("rs_0")["encrypted_content"], **changes}


def test_what_is_right_is_answered(api: ResponsesApi) -> None:
    answer = api.respond(request(input=[USER, reasoning(api), CALL, RESULT]))

    assert answer.status == 200
    assert json.loads(answer.body)["output"][0]["content"][0]["text"] == "Done."


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"stop": ["x"]}, "Unknown or missing"),
        ({"temperature": 1}, "temperature"),
        ({"max_output_tokens": 1}, "below minimum"),
        ({"tools": []}, "Tool choice"),
        ({"tool_choice": "auto"}, "Tool choice"),
        ({"model": "gpt-4.1", "reasoning": {"effort": "low"}}, "reasoning"),
        ({"previous_response_id": "resp_1"}, "not found"),
        (
            {"tools": [{"type": "function", "name": "f", "parameters": {}, "strict": False}]},
            "schema",
        ),
        ({"input": [{**USER, "id": "msg_1"}]}, "Unknown or missing"),
        ({"input": [{**USER, "odd": 1}]}, "Unknown or missing"),
        ({"input": [USER, RESULT]}, "No tool call found"),
        ({"input": [USER, CALL]}, "No tool output found"),
        ({"input": [USER, {**CALL, "id": "fc_1"}, RESULT]}, "not found"),
    ],
)
def test_what_is_wrong_is_refused(api: ResponsesApi, members: JsonObject, words: str) -> None:
    assert api.respond(request(**members)).status == 400
    assert words in api.refusals[0]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"encrypted_content": "changed"}, "could not be verified"),
        ({"id": "rs_7"}, "could not be verified"),
        ({"summary": [{"type": "summary_text", "text": "changed"}]}, "was changed"),
    ],
)
def test_reasoning_that_was_changed_is_refused(
    api: ResponsesApi, changes: JsonObject, words: str
) -> None:
    api.respond(request(input=[USER, reasoning(api, **changes), ANSWER]))

    assert words in api.refusals[0]


def test_reasoning_without_what_it_led_to_is_refused(api: ResponsesApi) -> None:
    api.respond(request(input=[USER, reasoning(api), USER]))

    assert "without its required following item" in api.refusals[0]
