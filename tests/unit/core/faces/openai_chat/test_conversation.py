"""Messages of Chat Completions as those of Messages."""

from typing import Any

from ccr_desktop.core.faces.openai_chat.conversation import read_messages
from ccr_desktop.core.protocol.carrier import is_carrier


def text(words: str) -> dict[str, Any]:
    return {"type": "text", "text": words}


def call(call_id: str, arguments: Any = '{"a": 1}') -> dict[str, Any]:
    function = {"name": "f", "arguments": arguments}
    return {"id": call_id, "type": "function", "function": function}


def test_the_system_prompt_is_what_stands_before_all_else() -> None:
    system, messages = read_messages(
        [
            {"role": "system", "content": "One."},
            {"role": "developer", "content": [text("Two.")]},
            {"role": "user", "content": "Hello"},
            {"role": "system", "content": "Later."},
        ]
    )

    assert system == [text("One."), text("Two.")]
    assert messages == [
        {"role": "user", "content": [text("Hello")]},
        {"role": "system", "content": [text("Later.")]},
    ]


def test_a_system_message_alone_is_the_question() -> None:
    assert read_messages([{"role": "system", "content": "Write."}]) == (
        [],
        [{"role": "user", "content": [text("Write.")]}],
    )


def test_results_and_the_words_after_them_share_a_message() -> None:
    _, messages = read_messages(
        [
            {"role": "user", "content": "Do"},
            {"role": "assistant", "content": "Now.", "tool_calls": [call("1"), call("2", "")]},
            {"role": "tool", "tool_call_id": "1", "content": "one"},
            {"role": "tool", "tool_call_id": "2", "content": [text("two")]},
            {"role": "user", "content": "And?"},
            {"role": "user", "content": "Well?"},
        ]
    )

    assert [message["role"] for message in messages] == ["user", "assistant", "user"]
    assert messages[1]["content"] == [
        text("Now."),
        {"type": "tool_use", "id": "1", "name": "f", "input": {"a": 1}},
        {"type": "tool_use", "id": "2", "name": "f", "input": {}},
    ]
    assert messages[2]["content"] == [
        {"type": "tool_result", "tool_use_id": "1", "content": "one"},
        {"type": "tool_result", "tool_use_id": "2", "content": [text("two")]},
        text("And?"),
        text("Well?"),
    ]


def test_arguments_that_are_no_object_are_kept_as_text() -> None:
    for given, expected in (("[1]", {"arguments": "[1]"}), ({"a": 1}, {"a": 1}), (None, {})):
        _, [message] = read_messages([{"role": "assistant", "tool_calls": [call("1", given)]}])
        assert message["content"][0]["input"] == expected


def test_the_older_form_of_calls_finds_its_results() -> None:
    function = {"name": "f", "arguments": "{}"}
    _, messages = read_messages(
        [
            {"role": "user", "content": "Do"},
            {"role": "assistant", "content": None, "function_call": function},
            {"role": "function", "name": "f", "content": "done"},
        ]
    )

    [made] = messages[1]["content"]
    [result] = messages[2]["content"]
    assert made["id"] == result["tool_use_id"]


def test_reasoning_comes_back_with_a_signature_that_anthropic_never_sees() -> None:
    _, [message] = read_messages(
        [{"role": "assistant", "content": "Yes.", "reasoning_content": "Hm."}]
    )

    thinking, said = message["content"]
    assert (thinking["type"], thinking["thinking"]) == ("thinking", "Hm.")
    assert is_carrier(thinking["signature"])
    assert said == text("Yes.")


def test_an_answer_without_content_is_left_out() -> None:
    _, messages = read_messages(
        [{"role": "user", "content": "a"}, {"role": "assistant", "content": ""}]
    )

    assert len(messages) == 1
