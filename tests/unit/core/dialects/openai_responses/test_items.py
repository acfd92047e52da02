import json

import pytest
from hypothesis import given

from ccr_desktop.core.dialects.openai_responses.items import provider_id
from ccr_desktop.core.protocol.carrier import encode_carrier, key_mark
from tests.unit.core.dialects.openai_chat.bodies import assistant, call, request, result, user
from tests.unit.core.dialects.openai_chat.conversations import conversations, prefix_lengths
from tests.unit.core.dialects.openai_responses.bodies import (
    TARGET,
    JsonObject,
    answered,
    items,
    reasoning,
    said,
    sent,
)


def thought(identity: str, words: str = "", **state: object) -> JsonObject:
    """A thinking block that this provider's answer became."""
    origin = {"model": TARGET.model, "key": key_mark(TARGET.api_key)}
    known = {**origin, "id": identity, "encrypted": "enc", **state}
    signature = encode_carrier(TARGET.provider, known)
    return {"type": "thinking", "thinking": words, "signature": signature}


def called(call_id: str, **arguments: object) -> JsonObject:
    return {
        "type": "function_call",
        "call_id": call_id,
        "name": "Bash",
        "arguments": json.dumps(arguments, separators=(",", ":")),
    }


def output(call_id: str, words: object = "done") -> JsonObject:
    return {"type": "function_call_output", "call_id": call_id, "output": words}


def test_an_answer_keeps_its_text_beside_its_calls() -> None:
    found = items(
        user("go"), assistant("I will.", call("a", x=1), call("b")), user(result("b"), result("a"))
    )

    assert found == [
        said("user", "go"),
        answered("I will."),
        called("a", x=1),
        called("b"),
        output("a"),
        output("b"),
    ]


def test_a_system_message_in_between_is_one_of_the_developer() -> None:
    found = items(user("go"), {"role": "system", "content": "Plan mode."}, assistant("ok"))

    assert found[1] == said("developer", "Plan mode.")


def test_neighbouring_texts_of_an_answer_are_one_message() -> None:
    assert items(user("go"), assistant("a", " ", "b"))[1:] == [answered("a\n\nb")]


# -- reasoning ---------------------------------------------------------------------------------


def test_reasoning_stands_directly_before_what_it_led_to() -> None:
    found = items(
        user("go"),
        assistant(thought("rs_1"), "text", thought("rs_2"), call("a"), call("b")),
        user(result("a"), result("b")),
    )

    assert found[1:] == [
        reasoning("rs_1"),
        answered("text"),
        reasoning("rs_2"),
        called("a"),
        called("b"),
        output("a"),
        output("b"),
    ]


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param([thought("rs_1")], id="nothing else"),
        pytest.param([thought("rs_1"), " "], id="blank text"),
        pytest.param([call("a"), thought("rs_1")], id="at the end"),
        pytest.param(
            [
                thought("rs_1"),
                {"type": "server_tool_use", "id": "s", "name": "web_search", "input": {}},
                "found",
            ],
            id="before a search that is not sent",
        ),
    ],
)
def test_reasoning_that_led_to_nothing_is_left_out(answer: list[JsonObject | str]) -> None:
    found = items(user("go"), assistant(*answer), user("more"))

    assert not [item for item in found if item["type"] == "reasoning"]


def test_of_reasoning_after_reasoning_the_last_is_sent() -> None:
    found = items(user("go"), assistant(thought("rs_1"), thought("rs_2"), "text"))

    assert found[1:] == [reasoning("rs_2"), answered("text")]


def test_reasoning_and_its_call_may_stand_in_two_messages() -> None:
    found = items(user("go"), assistant(thought("rs_1")), assistant(call("a")), user(result("a")))

    assert found[1:] == [reasoning("rs_1"), called("a"), output("a")]


# -- ids ---------------------------------------------------------------------------------------


def test_ids_that_the_api_refuses_are_replaced_in_call_and_result() -> None:
    odd = "functions.Bash:0" * 5

    _, made, answer = items(user("go"), assistant(call(odd)), user(result(odd)))

    assert made["call_id"] == answer["call_id"] == provider_id(odd)
    assert len(made["call_id"]) <= 64
    assert made["call_id"].replace("_", "").isalnum()


def test_a_good_id_stays() -> None:
    assert provider_id("toolu_0-A") == "toolu_0-A"


# -- laws --------------------------------------------------------------------------------------


@given(messages=conversations())
def test_any_conversation_becomes_one_that_the_api_takes(messages: list[JsonObject]) -> None:
    assert_accepted(sent(request(*messages))["input"])


@given(messages=conversations())
def test_a_longer_conversation_begins_with_the_bytes_of_the_shorter(
    messages: list[JsonObject],
) -> None:
    whole = sent(request(*messages))["input"]

    for length in prefix_lengths(messages):
        prefix = sent(request(*messages[:length]))["input"]
        assert json.dumps(whole[: len(prefix)]) == json.dumps(prefix)


def assert_accepted(found: list[JsonObject]) -> None:
    """The order that the API demands."""
    waiting: list[str] = []
    for item, following in zip(found, [*found, {}][1:], strict=True):
        kind = item["type"]
        if kind == "reasoning":
            is_answer = following.get("role") == "assistant"
            assert is_answer or following.get("type") == "function_call"
        elif kind == "function_call":
            assert item["call_id"] not in waiting
            waiting.append(item["call_id"])
        elif kind == "function_call_output":
            waiting.remove(item["call_id"])
        else:
            assert item["content"]
            assert not waiting or item["role"] == "assistant"
    assert not waiting
