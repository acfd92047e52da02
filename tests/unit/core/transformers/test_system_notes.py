from typing import Any

import pytest

from ccr_desktop.core.transformers.system_notes import with_system_in_its_place
from tests.unit.core.transformers.bodies import assistant, body, user

OLD, NEW = "claude-sonnet-4-5@20250929", "claude-sonnet-5"
CALL = {"type": "tool_use", "id": "t", "name": "Read", "input": {}}
RESULT = {"type": "tool_result", "tool_use_id": "t", "content": "ok"}


def system(content: Any) -> dict[str, Any]:
    return {"role": "system", "content": content}


def text(words: str) -> dict[str, Any]:
    return {"type": "text", "text": words}


def placed(*messages: dict[str, Any], model: str = OLD, **members: Any) -> dict[str, Any]:
    return with_system_in_its_place(body(messages=list(messages), **members), model)


NOTE = user([text("<system-reminder>\nBe kind.\n</system-reminder>")])


@pytest.mark.parametrize("model", [OLD, NEW])
def test_what_stands_before_the_first_message_belongs_to_the_prompt(model: str) -> None:
    made = placed(system("Be kind."), system(""), user("a"), model=model, system="Be brief.")

    assert [block["text"] for block in made["system"] if block["text"]] == ["Be brief.", "Be kind."]
    assert made["messages"] == [user("a")]


def test_newer_models_take_notes_where_they_are() -> None:
    messages = [user("a"), system("Be kind."), assistant(text("b"))]

    assert placed(*messages, model=NEW)["messages"] == messages


@pytest.mark.parametrize("model", [OLD, "claude-opus-4-7", "claude-haiku-4-5", "claude-3-haiku"])
def test_older_models_get_them_as_reminders(model: str) -> None:
    made = placed(user("a"), assistant(text("b")), system("Be kind."), user("c"), model=model)

    assert made["messages"] == [user("a"), assistant(text("b")), NOTE, user("c")]


def test_a_call_is_not_parted_from_its_result() -> None:
    made = placed(user("a"), assistant(CALL), system("Be kind."), user([RESULT]))

    assert made["messages"] == [user("a"), assistant(CALL), user([RESULT]), NOTE]


def test_empty_notes_vanish_and_the_last_one_stays_last() -> None:
    made = placed(user("a"), assistant(CALL), system([]), system("Be kind."))

    assert made["messages"] == [user("a"), assistant(CALL), NOTE]


def test_a_cache_mark_stays_on_its_note() -> None:
    mark = {"type": "ephemeral"}
    made = placed(user("a"), system([{**text("Be kind."), "cache_control": mark}]))

    assert made["messages"][1]["content"][0]["cache_control"] == mark


def test_the_line_for_billing_is_left_out() -> None:
    line = text("x-anthropic-billing-header: cc_version=2.1.0; cch=abc;")

    assert placed(user("a"), system=[line, text("Be brief.")])["system"] == [text("Be brief.")]
    assert "system" not in placed(user("a"), system=[line])
