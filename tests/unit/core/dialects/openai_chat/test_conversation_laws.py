"""Prompt caches: breakpoints, and that a longer conversation begins like a shorter one."""

import copy
import json

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.core.dialects.openai_chat.bodies import (
    PROFILES,
    JsonObject,
    assistant,
    call,
    request,
    result,
    sent,
    sent_messages,
    text,
    tool,
    user,
)
from tests.unit.core.dialects.openai_chat.conversations import (
    assert_well_formed,
    conversations,
    prefix_lengths,
)

# -- cache breakpoints -------------------------------------------------------------------------

MARK: JsonObject = {"cache_control": {"type": "ephemeral"}}


def without_marks(value: object) -> object:
    if isinstance(value, dict):
        return {k: without_marks(v) for k, v in value.items() if k != "cache_control"}
    return [without_marks(item) for item in value] if isinstance(value, list) else value


def test_breakpoints_are_kept_on_texts_and_results_where_they_are_understood() -> None:
    body = request(
        user(text("one", **MARK)), assistant(call("a")), user(result("a", "out", **MARK))
    )

    kept = sent(body, "openrouter")["messages"]

    assert kept[0]["content"] == [text("one", **MARK)]
    assert kept[2]["content"] == [text("out", **MARK)]
    assert "cache_control" not in json.dumps(sent(body, "generic"))


def test_a_breakpoint_that_moves_on_leaves_the_same_parts_behind() -> None:
    question = [text("a reminder"), text("a question")]
    before = request(user(question[0], {**question[1], **MARK}))
    after = request(user(*question), assistant("yes"), user(text("more", **MARK)))

    first = sent(before, "openrouter")["messages"]
    second = sent(after, "openrouter")["messages"]

    assert without_marks(first) == second[: len(first)]


# -- laws --------------------------------------------------------------------------------------


@given(messages=conversations(), profile=st.sampled_from(sorted(PROFILES)))
def test_any_conversation_becomes_a_well_formed_one(
    messages: list[JsonObject], profile: str
) -> None:
    assert_well_formed(sent_messages(*messages, profile=profile))


@given(messages=conversations(), profile=st.sampled_from(sorted(PROFILES)))
def test_a_longer_conversation_begins_with_the_bytes_of_the_shorter(
    messages: list[JsonObject], profile: str
) -> None:
    system, tools = [text("You are.")], [tool("Bash")]
    whole = sent(request(*messages, system=system, tools=tools), profile)["messages"]

    for length in prefix_lengths(messages):
        prefix = sent(request(*messages[:length], system=system, tools=tools), profile)
        begin = whole[: len(prefix["messages"])]
        assert json.dumps(begin) == json.dumps(prefix["messages"])


@given(messages=conversations(), profile=st.sampled_from(sorted(PROFILES)))
def test_the_request_is_not_changed_and_gives_the_same_bytes_again(
    messages: list[JsonObject], profile: str
) -> None:
    body = request(*messages, tools=[tool("Bash")])
    before = copy.deepcopy(body)

    first, second = sent(body, profile), sent(body, profile)

    assert body == before
    assert json.dumps(first) == json.dumps(second)
