"""Readers of requests."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.protocol.messages import (
    blocks,
    last_user_words,
    objects,
    parse_body,
    system_texts,
    texts,
    tool_use_ids,
)
from ccr_desktop.errors import ClientError

JsonObject = dict[str, Any]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "no body"),
        (b" \n", "no body"),
        (b"{", "not valid JSON"),
        (b"\xff", "not UTF-8"),
        (b"[" * 2000, "not valid JSON"),
        (b"[]", "must be a JSON object"),
        (b"null", "must be a JSON object"),
        (b"5", "must be a JSON object"),
        (b'"x"', "must be a JSON object"),
    ],
)
def test_a_body_that_is_no_object_is_refused_with_what_it_is(raw: bytes, said: str) -> None:
    with pytest.raises(ClientError, match=said) as caught:
        parse_body(raw)
    assert caught.value.status == 400


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b'{"model": }', "Expecting value: line 1 column 11 (char 10)."),
        (b'{\n "model": "m",,}', "line 2 column 15 (char 16)."),
        (b'{"model": NaN}', "NaN is not JSON."),
    ],
    ids=["cut", "second line", "no place"],
)
def test_where_a_body_goes_wrong_is_said_once(raw: bytes, told: str) -> None:
    with pytest.raises(ClientError) as caught:
        parse_body(raw)

    assert caught.value.message.endswith(told)
    assert caught.value.message.count("line") == told.count("line")


def test_half_a_character_in_a_body_is_let_through() -> None:
    assert parse_body(rb'{"model": "\ud83d cut"}') == {"model": "\ud83d cut"}


# -- readers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("hi", [{"type": "text", "text": "hi"}]),
        ("", []),
        (None, []),
        ([], []),
        (5, []),
        ({"type": "text"}, []),
        ([{"type": "x"}, "y", None], [{"type": "x"}]),
    ],
)
def test_content_of_any_kind_is_read_as_blocks(found: object, expected: object) -> None:
    assert blocks(found) == expected


_ITEMS = st.none() | st.integers() | st.text(max_size=5)
_BLOCKS = st.dictionaries(st.sampled_from(["type", "text", "content"]), _ITEMS | st.just("text"))


@given(_ITEMS | _BLOCKS | st.lists(_ITEMS | _BLOCKS, max_size=4))
def test_readers_read_anything(found: object) -> None:
    assert all(isinstance(block, dict) for block in [*blocks(found), *objects(found)])
    assert all(text.strip() for text in texts(found))


def test_the_system_prompt_has_no_billing_line_and_no_blanks() -> None:
    billing = {"type": "text", "text": "x-anthropic-billing-header: cc_version=1;"}
    kept = [{"type": "text", "text": " "}, {"type": "text", "text": "You are."}]

    assert system_texts({"system": [billing, *kept]}) == ["You are."]
    assert system_texts({"system": "plain"}) == ["plain"]
    assert system_texts({}) == []


def test_ids_of_calls_are_those_of_answers() -> None:
    call = {"type": "tool_use", "id": "a", "name": "n"}
    messages = [
        {"role": "assistant", "content": [call, {**call, "id": "b"}]},
        {"role": "user", "content": [{**call, "id": "c"}]},
        {"role": "assistant", "content": "words"},
    ]

    assert tool_use_ids({"messages": messages}) == {"a", "b"}


def test_the_users_last_words_are_neither_reminders_nor_results() -> None:
    result = {"type": "tool_result", "tool_use_id": "t", "content": "output"}
    reminder = {"type": "text", "text": "<system-reminder>x</system-reminder>"}
    messages = [
        {"role": "user", "content": [reminder, {"type": "text", "text": "What is it?"}]},
        {"role": "assistant", "content": "Let me see."},
        {"role": "user", "content": [result, {"type": "text", "text": "Tool loaded."}]},
        {"role": "system", "content": "a note"},
    ]

    assert last_user_words(messages) == "What is it?"
    assert last_user_words([]) == ""
