from typing import Any

import pytest

from ccr_desktop.core.faces.openai_responses.conversation import read_input
from ccr_desktop.core.faces.wishes import NOBODYS
from ccr_desktop.errors import ClientError

JsonObject = dict[str, Any]

CALL: JsonObject = {"type": "function_call", "call_id": "c", "name": "f", "arguments": '{"a":1}'}
OUTPUT: JsonObject = {"type": "function_call_output", "call_id": "c", "output": "out"}
USED: JsonObject = {"type": "tool_use", "id": "c", "name": "f", "input": {"a": 1}}
RESULT: JsonObject = {"type": "tool_result", "tool_use_id": "c", "content": "out"}


def text(words: str) -> JsonObject:
    return {"type": "text", "text": words}


def said(role: str, words: str) -> JsonObject:
    kind = "output_text" if role == "assistant" else "input_text"
    return {"type": "message", "role": role, "content": [{"type": kind, "text": words}]}


def asked(part: JsonObject) -> JsonObject:
    return {"role": "user", "content": [part]}


def read(*items: Any, **members: Any) -> tuple[list[JsonObject], list[JsonObject]]:
    return read_input({"input": list(items), **members})


def test_a_string_is_a_question() -> None:
    assert read_input({"input": "hi"}) == ([], [{"role": "user", "content": [text("hi")]}])


def test_what_stands_before_all_else_is_the_system_prompt() -> None:
    system, messages = read(
        said("developer", "one"),
        said("system", "two"),
        said("user", "hi"),
        said("developer", "later"),
        instructions="first",
    )

    assert system == [text("first"), text("one"), text("two")]
    assert messages[1] == {"role": "system", "content": [text("later")]}


def test_instructions_alone_are_a_question() -> None:
    assert read(instructions="go") == ([], [{"role": "user", "content": [text("go")]}])


def test_the_items_of_one_answer_are_one_message() -> None:
    _, messages = read(said("user", "hi"), said("assistant", "I look."), CALL, OUTPUT)

    assert messages[1:] == [
        {"role": "assistant", "content": [text("I look."), USED]},
        {"role": "user", "content": [RESULT]},
    ]


def test_words_after_results_stand_with_them() -> None:
    _, messages = read(CALL, OUTPUT, said("user", "more"))

    assert messages[1]["content"] == [RESULT, text("more")]


def test_an_easy_message_needs_no_type() -> None:
    _, messages = read({"role": "user", "content": "hi"}, {"role": "assistant", "content": "yes"})

    assert [message["role"] for message in messages] == ["user", "assistant"]


def test_free_text_of_a_custom_tool_is_its_argument() -> None:
    call = {"type": "custom_tool_call", "call_id": "c", "name": "f", "input": "x"}
    output = {"type": "custom_tool_call_output", "call_id": "c", "output": "out"}

    _, messages = read(call, output)

    assert messages[0]["content"] == [{**USED, "input": {"input": "x"}}]
    assert messages[1]["content"] == [RESULT]


def test_a_call_in_a_namespace_has_the_name_that_the_model_saw() -> None:
    _, messages = read({**CALL, "namespace": "crm"}, OUTPUT)

    assert messages[0]["content"][0]["name"] == "crm__f"


@pytest.mark.parametrize(
    ("reasoning", "expected"),
    [
        (
            {"summary": [{"type": "summary_text", "text": "Hm."}], "encrypted_content": "gAAA"},
            [{"type": "thinking", "thinking": "Hm.", "signature": NOBODYS}],
        ),
        (
            {"summary": [], "encrypted_content": "ccr-signature.abc"},
            [{"type": "thinking", "thinking": "", "signature": "abc"}],
        ),
        (
            {"summary": [], "encrypted_content": "ccr-redacted.abc"},
            [{"type": "redacted_thinking", "data": "abc"}],
        ),
        (
            {"content": [{"type": "reasoning_text", "text": "Hm."}]},
            [{"type": "thinking", "thinking": "Hm.", "signature": NOBODYS}],
        ),
        ({"summary": [], "encrypted_content": "gAAA"}, []),
    ],
)
def test_reasoning_is_the_thinking_that_it_was(
    reasoning: JsonObject, expected: list[JsonObject]
) -> None:
    _, messages = read({"type": "reasoning", "id": "rs", **reasoning}, said("assistant", "yes"))

    assert messages == [{"role": "assistant", "content": [*expected, text("yes")]}]


def test_what_a_server_did_by_itself_is_passed_over() -> None:
    _, messages = read(said("user", "hi"), {"type": "web_search_call", "id": "ws"})

    assert len(messages) == 1


@pytest.mark.parametrize(
    ("item", "place"),
    [
        (3, "input.0"),
        ({"role": "owner", "content": "x"}, "input.0.role"),
        ({"type": "odd"}, "input.0.type"),
        ({"type": "item_reference", "id": "x"}, "input.0"),
        ({**CALL, "name": None}, "input.0.name"),
        ({**CALL, "call_id": 3}, "input.0.call_id"),
        ({**OUTPUT, "call_id": None}, "input.0.call_id"),
        ({**OUTPUT, "output": 3}, "input.0.output"),
        (
            {"role": "user", "content": [{"type": "input_image", "file_id": "f"}]},
            "input.0.content.0",
        ),
        ({"role": "user", "content": [{"type": "input_audio"}]}, "input.0.content.0"),
        (asked({}), "input.0.content.0.type"),
    ],
)
def test_what_can_not_be_read_is_named(item: Any, place: str) -> None:
    with pytest.raises(ClientError) as caught:
        read(item)

    assert caught.value.title.startswith(f"{place}:")


def test_an_input_must_be_there() -> None:
    with pytest.raises(ClientError, match="input: a string or a list"):
        read_input({})
