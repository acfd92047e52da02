"""What was found out comes back out of the conversation as it happened."""

from typing import Any

from ccr_desktop.core.agents.image_tool import Look
from ccr_desktop.core.agents.memory import recalled, thinking_block
from ccr_desktop.core.protocol.carrier import encode_carrier

JsonObject = dict[str, Any]
CALL = {"type": "tool_use", "id": "c1", "name": "analyzeImage", "input": {"imageId": ["1"]}}
LOOK = Look(CALL, "A cat.")
BASH = {"type": "tool_use", "id": "b", "name": "Bash", "input": {}}
RESULT = {"type": "tool_result", "tool_use_id": "c1", "content": "A cat."}


def text(words: str) -> JsonObject:
    return {"type": "text", "text": words}


def assistant(*content: JsonObject) -> JsonObject:
    return {"role": "assistant", "content": list(content)}


def user(*content: JsonObject) -> JsonObject:
    return {"role": "user", "content": list(content)}


def test_a_look_between_two_texts_is_a_call_and_its_result() -> None:
    block = thinking_block([LOOK], is_mixed=False)

    made = recalled([assistant(text("See."), block, text("A cat."))], "analyzeImage")

    assert made == [assistant(text("See."), CALL), user(RESULT), assistant(text("A cat."))]


def test_several_looks_are_several_rounds() -> None:
    block = thinking_block([LOOK], is_mixed=False)

    made = recalled([assistant(block, block, text("x"))], "analyzeImage")

    assert [m["role"] for m in made] == ["assistant", "user", "assistant", "user", "assistant"]


def test_a_look_beside_the_clients_tools_is_answered_with_them() -> None:
    block = thinking_block([LOOK], is_mixed=True)
    ran = {"type": "tool_result", "tool_use_id": "b", "content": "ok"}

    made = recalled([assistant(text("Both."), block, BASH), user(ran)], "analyzeImage")

    assert made == [assistant(text("Both."), CALL, BASH), user(RESULT, ran)]


def test_a_result_whose_user_message_is_missing_stands_alone() -> None:
    block = thinking_block([LOOK], is_mixed=True)

    made = recalled([assistant(block, BASH), assistant(text("x"))], "analyzeImage")

    assert made == [assistant(CALL, BASH), user(RESULT), assistant(text("x"))]


def test_a_look_that_failed_is_an_error() -> None:
    block = thinking_block([Look(CALL, "blind", is_error=True)], is_mixed=False)

    made = recalled([assistant(block, text("x"))], "analyzeImage")

    assert made[1]["content"][0]["is_error"] is True


def test_what_is_not_ours_stays_as_it_is() -> None:
    other = {"type": "thinking", "thinking": "", "signature": encode_carrier("p", {"field": "r"})}
    messages = [{"role": "user", "content": "x"}, assistant(other, text("y"))]

    assert recalled(messages, "analyzeImage") == messages
