"""Contents: their roles, and calls with their results."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.dialects.gemini import Gemini
from ccr_desktop.core.protocol.conversation import NO_RESULT
from ccr_desktop.errors import ClientError
from tests.unit.core.dialects.gemini.bodies import NEW, OLD, OLDEST, contents, sent, target_for
from tests.unit.core.dialects.gemini.test_content import IMAGE_PART, PDF_PART
from tests.unit.core.dialects.openai_chat.bodies import (
    IMAGE,
    PDF,
    JsonObject,
    assistant,
    call,
    request,
    result,
    text,
    tool,
    user,
)
from tests.unit.core.dialects.openai_chat.conversations import conversations, prefix_lengths


def part(words: str) -> JsonObject:
    return {"text": words}


def called(name: str = "Bash", **arguments: object) -> JsonObject:
    return {"functionCall": {"name": name, "args": arguments}}


def answered(words: str, name: str = "Bash", member: str = "result", **more: object) -> JsonObject:
    return {"functionResponse": {"name": name, "response": {member: words}, **more}}


def test_neighbours_of_one_role_are_one_content() -> None:
    note = {"role": "system", "content": "note"}

    found = contents(user("a"), note, user("b", IMAGE), assistant("c"), assistant("d"), user("e"))

    reminder = part("<system-reminder>\nnote\n</system-reminder>")
    assert found == [
        ("user", [part("a"), reminder, part("b"), IMAGE_PART]),
        ("model", [part("c"), part("d")]),
        ("user", [part("e")]),
    ]


def test_the_user_begins_and_ends() -> None:
    found = contents(assistant("hello"), user("hi"), assistant("Once"))

    assert [role for role, _ in found] == ["user", "model", "user", "model", "user"]


def test_a_conversation_without_content_is_refused() -> None:
    with pytest.raises(ClientError, match="no text, image or tool result"):
        Gemini().encode(request(user("")), target_for(), "")


def test_results_stand_after_their_calls_in_the_order_of_the_calls() -> None:
    found = contents(
        user("go"),
        assistant("Both.", call("a", command="ls"), call("b", "Read", path="x")),
        user(text("first"), result("b", "content"), result("a", "out"), text("and then?")),
        model=OLD,
    )

    assert found[1:] == [
        ("model", [part("Both."), called(command="ls"), called("Read", path="x")]),
        (
            "user",
            [answered("out"), answered("content", "Read"), part("first"), part("and then?")],
        ),
    ]


def test_the_order_of_words_and_calls_is_kept() -> None:
    found = contents(
        user("go"),
        assistant("one", call("a"), "two", call("b")),
        user(result("a"), result("b")),
        model=OLD,
    )

    assert found[1][1] == [part("one"), called(), part("two"), called()]


def test_an_error_is_told_in_a_member_of_its_own() -> None:
    found = contents(
        user("go"),
        assistant(call("a"), call("b")),
        user(result("a", "Exit code 3", is_error=True)),
        model=OLD,
    )

    assert found[2][1] == [
        answered("Exit code 3", member="error"),
        answered(NO_RESULT["content"], member="error"),
    ]


def test_media_of_results_are_inside_them_where_that_is_read() -> None:
    messages = [
        user("go"),
        assistant(call("a", "Read"), call("b")),
        user(result("a", [text("see"), IMAGE, PDF]), result("b")),
    ]

    new, old = contents(*messages), contents(*messages, model=OLD)

    words = "see\n[image, shown below]\n[document, shown below]"
    media = [IMAGE_PART, PDF_PART]
    assert new[2][1] == [answered(words, "Read", parts=media), answered("done")]
    beside = [part("From the result of Read:"), *media]
    assert old[2][1] == [answered(words, "Read"), answered("done"), *beside]


def test_what_a_server_side_search_found_stays_in_words() -> None:
    hit = {"type": "web_search_result", "title": "T", "url": "https://a"}
    used = {"type": "server_tool_use", "id": "s", "name": "web_search", "input": {"query": "q"}}
    found = {"type": "web_search_tool_result", "tool_use_id": "s", "content": [hit]}

    made = contents(user("go"), assistant(used, found, "It is so."), user("ok"))

    assert made[1][1] == [part("Web search results:\n- T: https://a"), part("It is so.")]


@pytest.mark.parametrize("model", [NEW, OLD, OLDEST])
def test_nothing_private_and_no_breakpoint_is_sent(model: str) -> None:
    mark = {"cache_control": {"type": "ephemeral"}}
    line = text("x-anthropic-billing-header: cc_version=2; cch=1;")
    body = request(
        user(text("hi", **mark)),
        system=[line, text("Be good.", **mark), text("Be kind.")],
        metadata={"user_id": "u"},
        safeguards=[{}],
        tools=[tool(**mark)],
    )

    made = sent(body, model)

    assert made["systemInstruction"] == {"parts": [part("Be good.\n\nBe kind.")]}
    assert made.keys() == {"systemInstruction", "tools", "contents", "generationConfig"}
    assert "cache_control" not in json.dumps(made)


@given(conversations(), st.sampled_from([NEW, OLD, OLDEST]))
def test_any_conversation_becomes_one_that_the_api_takes(
    messages: list[JsonObject], model: str
) -> None:
    try:
        found = contents(*messages, model=model)
    except ClientError:
        return

    for length in prefix_lengths(messages):
        try:
            before = contents(*messages[:length], model=model)
        except ClientError:
            continue
        if before[-1][1] != [part("(go on)")]:
            assert found[: len(before)] == before
