"""Messages: pairing, order, and that a longer conversation begins like a shorter one."""

from typing import Any

import pytest

from tests.unit.core.dialects.openai_chat.bodies import (
    IMAGE,
    IMAGE_PART,
    PDF,
    JsonObject,
    assistant,
    call,
    request,
    result,
    sent,
    sent_messages,
    text,
    user,
)

NO_RESULT = "Error: No result was recorded for this tool call."


def roles(messages: list[JsonObject]) -> list[str]:
    return [message["role"] for message in messages]


def tool_messages(messages: list[JsonObject]) -> list[tuple[str, object]]:
    return [(m["tool_call_id"], m["content"]) for m in messages if m["role"] == "tool"]


@pytest.mark.parametrize(
    ("replies", "expected"),
    [
        pytest.param(
            [user(result("b", "B"), result("a", "A"))],
            [("a", "A"), ("b", "B")],
            id="results out of order",
        ),
        pytest.param([user(result("b", "B"))], [("a", NO_RESULT), ("b", "B")], id="one is missing"),
        pytest.param([], [("a", NO_RESULT), ("b", NO_RESULT)], id="all are missing at the end"),
        pytest.param([user("stop")], [("a", NO_RESULT), ("b", NO_RESULT)], id="the user stops"),
        pytest.param(
            [user(result("a", "A")), user(result("b", "B"))],
            [("a", "A"), ("b", "B")],
            id="in two messages",
        ),
        pytest.param(
            [
                user(result("a", "A")),
                {"role": "system", "content": "note"},
                user(result("b", "B")),
            ],
            [("a", "A"), ("b", "B")],
            id="with a system message between them",
        ),
        pytest.param(
            [{"role": "system", "content": "note"}, user(result("a", "A"), result("b", "B"))],
            [("a", "A"), ("b", "B")],
            id="after a system message",
        ),
        pytest.param(
            [user(result("a", "A"), result("b", "B"), result("a", "again"))],
            [("a", "A"), ("b", "B")],
            id="two results for one id: the first counts",
        ),
    ],
)
def test_every_call_is_followed_by_exactly_its_result(
    replies: list[JsonObject], expected: list[tuple[str, object]]
) -> None:
    messages = sent_messages(user("go"), assistant(call("a"), call("b")), *replies)

    assert tool_messages(messages) == expected
    assert roles(messages)[:4] == ["user", "assistant", "tool", "tool"]


def test_a_result_that_answers_no_call_becomes_user_text() -> None:
    messages = sent_messages(user(result("gone", "old output"), "go on"))

    assert messages == [
        {"role": "user", "content": "Result of an earlier tool call:\nold output\n\ngo on"}
    ]


def test_the_image_of_a_result_without_a_call_is_still_shown() -> None:
    (message,) = sent_messages(user(result("gone", [IMAGE])))

    assert message["content"] == [
        text("Result of an earlier tool call:\n[image, shown below]"),
        IMAGE_PART,
    ]


def test_a_second_result_for_one_call_becomes_user_text() -> None:
    messages = sent_messages(
        user("go"), assistant(call("a")), user(result("a", "first"), result("a", "second"))
    )

    assert messages[3:] == [
        {"role": "user", "content": "Result of an earlier tool call:\nsecond"},
    ]


def test_answers_in_a_row_all_find_their_results_after_the_last() -> None:
    messages = sent_messages(
        user("go"),
        assistant(call("a")),
        assistant(call("b")),
        user(result("a", "A"), result("b", "B")),
    )

    assert roles(messages) == ["user", "assistant", "tool", "assistant", "tool"]
    assert tool_messages(messages) == [("a", "A"), ("b", "B")]


def test_a_result_is_not_taken_from_behind_the_next_answer() -> None:
    messages = sent_messages(
        user("go"),
        assistant(call("a")),
        user("never mind"),
        assistant("fine"),
        user(result("a", "late")),
    )

    assert tool_messages(messages) == [("a", NO_RESULT)]
    assert messages[-1]["content"] == "Result of an earlier tool call:\nlate"


def test_results_come_before_the_rest_of_the_users_message() -> None:
    messages = sent_messages(
        user("go"), assistant(call("a")), user("first words", result("a"), "last words")
    )

    assert roles(messages) == ["user", "assistant", "tool", "user"]
    assert messages[-1]["content"] == "first words\n\nlast words"


def test_text_after_a_call_moves_before_it() -> None:
    _, answer, *_ = sent_messages(
        user("go"), assistant("I look.", call("a"), "I looked."), user(result("a"))
    )

    assert answer["content"] == "I look.\n\nI looked."
    assert [c["id"] for c in answer["tool_calls"]] == ["a"]


@pytest.mark.parametrize(("profile", "empty"), [("openai", None), ("generic", ""), ("groq", "")])
def test_an_answer_of_calls_only_has_the_empty_content_its_provider_takes(
    profile: str, empty: str | None
) -> None:
    _, answer, _ = sent_messages(
        user("go"), assistant(call("a")), user(result("a")), profile=profile
    )

    assert answer["content"] == empty


@pytest.mark.parametrize(
    "content",
    [
        pytest.param([], id="an empty list"),
        pytest.param("", id="an empty string"),
        pytest.param(None, id="null"),
        pytest.param([text(" \n")], id="blank text"),
        pytest.param([{"type": "thinking", "thinking": "hm", "signature": ""}], id="only thought"),
        pytest.param([{"type": "redacted_thinking", "data": "x"}], id="only redacted thought"),
        pytest.param([{"type": "surprise", "data": "x"}], id="only what nobody knows"),
    ],
)
@pytest.mark.parametrize("role", ["assistant", "user", "system"])
def test_a_message_without_words_is_left_out(role: str, content: object) -> None:
    messages = sent_messages(user("one"), {"role": role, "content": content}, user("two"))

    assert [m["content"] for m in messages] == ["one", "two"]


def test_an_answer_without_words_still_parts_the_users_messages_of_local_models() -> None:
    thought = {"type": "thinking", "thinking": "hm", "signature": ""}
    messages = sent_messages(user("one"), assistant(thought), user("two"), profile="local")

    assert [m["content"] for m in messages] == ["one", "(no text)", "two"]


def test_an_assistant_message_at_the_end_stays_as_prefill() -> None:
    messages = sent_messages(user("go"), assistant('{"answer": '))

    assert messages[-1] == {"role": "assistant", "content": '{"answer": '}


def test_what_servers_searched_is_kept_as_words() -> None:
    hits = [{"type": "web_search_result", "url": "https://a", "title": "A"}]
    messages = sent_messages(
        user("go"),
        assistant(
            {"type": "server_tool_use", "id": "s", "name": "web_search", "input": {"query": "q"}},
            {"type": "web_search_tool_result", "tool_use_id": "s", "content": hits},
            "Found it.",
        ),
    )

    assert messages[-1]["content"] == "Web search results:\n- A: https://a\n\nFound it."


# -- system ------------------------------------------------------------------------------------


def test_the_system_prompt_loses_the_billing_line_and_nothing_else() -> None:
    billing = text("x-anthropic-billing-header: cc_version=2; cch=1a2b;")
    body = request(user("go"), system=[billing, text("You are."), text(" "), text("Be good.")])

    assert sent(body)["messages"][0] == {"role": "system", "content": "You are.\n\nBe good."}


@pytest.mark.parametrize(
    "system", ["", [], None, [text("")]], ids=["text", "list", "null", "blank"]
)
def test_an_empty_system_prompt_is_left_out(system: object) -> None:
    assert roles(sent(request(user("go"), system=system))["messages"]) == ["user"]


def test_a_billing_line_is_left_out_where_cache_control_is_kept() -> None:
    billing = text("x-anthropic-billing-header: cc_version=2; cch=1a2b;")
    body = request(user("go"), system=[billing, text("You are.", cache_control={"type": "e"})])

    assert sent(body, "openrouter")["messages"][0]["content"] == [
        {"type": "text", "text": "You are.", "cache_control": {"type": "e"}}
    ]


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("openai", {"role": "system", "content": "Plan mode is active."}),
        (
            "generic",
            {
                "role": "user",
                "content": "<system-reminder>\nPlan mode is active.\n</system-reminder>",
            },
        ),
    ],
)
def test_a_system_message_keeps_its_place(profile: str, expected: JsonObject) -> None:
    note = {"role": "system", "content": [text("Plan mode is active.")]}
    messages = sent_messages(user("go"), note, assistant("ok"), user("now"), profile=profile)

    assert messages[1] == expected


def test_a_system_message_that_expires_is_dropped_after_the_next_user_message() -> None:
    note = {"role": "system", "content": "soon gone", "clear_at": "next_user_message"}
    kept = {"role": "system", "content": "stays", "clear_at": "never"}

    now = sent_messages(user("go"), note, kept, profile="openai")
    later = sent_messages(user("go"), note, kept, user("more"), profile="openai")

    assert [m["content"] for m in now] == ["go", "soon gone", "stays"]
    assert [m["content"] for m in later] == ["go", "stays", "more"]


def test_local_models_never_get_two_user_messages_in_a_row() -> None:
    messages = sent_messages(
        user("one"),
        {"role": "system", "content": "note"},
        user("two", IMAGE),
        assistant(call("a")),
        user(result("a", [IMAGE]), "three"),
        profile="ollama",
    )

    assert roles(messages) == ["user", "assistant", "tool", "user"]
    assert messages[0]["content"] == [
        text("one\n\n<system-reminder>\nnote\n</system-reminder>"),
        text("two"),
        IMAGE_PART,
    ]


# -- attachments -------------------------------------------------------------------------------


def test_images_of_results_follow_all_tool_messages() -> None:
    messages = sent_messages(
        user("look"),
        assistant(call("a", "Read"), call("b", "Shot")),
        user(result("a", [text("a picture"), IMAGE]), result("b", [IMAGE])),
    )

    assert roles(messages) == ["user", "assistant", "tool", "tool", "user"]
    assert tool_messages(messages) == [
        ("a", "a picture\n[image, shown below]"),
        ("b", "[image, shown below]"),
    ]
    assert messages[-1]["content"] == [
        text("From the result of Read:"),
        IMAGE_PART,
        text("From the result of Shot:"),
        IMAGE_PART,
    ]


@pytest.mark.parametrize(
    ("profile", "part"),
    [
        (
            "openai",
            [
                text("From the result of Read:"),
                {
                    "type": "file",
                    "file": {
                        "filename": "plan.pdf",
                        "file_data": "data:application/pdf;base64,JVBERi0=",
                    },
                },
            ],
        ),
        (
            "generic",
            (
                "From the result of Read:\n\n"
                "[Document plan: this model can't read documents of this kind]"
            ),
        ),
    ],
)
def test_a_pdf_in_a_result_is_a_file_or_says_that_it_cannot_be_read(
    profile: str, part: Any
) -> None:
    messages = sent_messages(
        user("read"), assistant(call("a", "Read")), user(result("a", [PDF])), profile=profile
    )

    assert messages[2]["content"] == "[document, shown below]"
    assert messages[3]["content"] == part


def test_a_document_behind_a_file_id_is_named_after_the_result_that_promises_it() -> None:
    document = {"type": "document", "title": "t", "source": {"type": "file", "file_id": "f"}}
    messages = sent_messages(user("r"), assistant(call("a")), user(result("a", [document])))

    assert messages[2]["content"] == "[document, shown below]"
    assert "Document t" in messages[3]["content"]


# -- names -----------------------------------------------------------------------------


def test_gemini_gets_a_stand_in_for_the_signature_of_the_first_call() -> None:
    messages = sent_messages(
        user("go"),
        assistant(call("a"), call("b")),
        user(result("a"), result("b")),
        profile="gemini",
    )

    first, second = messages[1]["tool_calls"]
    assert first["extra_content"]["google"]["thought_signature"]
    assert "extra_content" not in second
