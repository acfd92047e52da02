"""The tag of sub-agents, and how their requests are told."""

import json
from typing import Any

import pytest

from ccr_desktop.core.routing.subagents import MARK, agent_name, is_subagent, take_tag
from tests.unit.core.routing.facts import JsonObject, body

TAG = "<CCR-SUBAGENT-MODEL>main,small</CCR-SUBAGENT-MODEL>"
BILLING = "x-anthropic-billing-header: cc_version=2.1.330.abc; cc_is_subagent=true;"


def blocks(*texts: str) -> list[JsonObject]:
    return [{"type": "text", "text": text} for text in texts]


def user(content: Any) -> JsonObject:
    return {"role": "user", "content": content}


@pytest.mark.parametrize(
    "request_body",
    [
        pytest.param(body(system=TAG + "Work."), id="a plain system text"),
        pytest.param(body(system=blocks("a", TAG + "b")), id="the second block"),
        pytest.param(body(system=blocks("a", "b", "c\n" + TAG)), id="any block, anywhere in it"),
        pytest.param(body(messages=[user(TAG + "x")]), id="the first user message"),
        pytest.param(body(messages=[user("x"), user(blocks("y", TAG))]), id="the second one"),
        pytest.param(
            body(messages=[user("x"), {"role": "system", "content": blocks(TAG)}]),
            id="a message of the role system",
        ),
        pytest.param(
            body(system="<CCR-SUBAGENT-MODEL>\n main,small \n</CCR-SUBAGENT-MODEL>"),
            id="over several lines",
        ),
    ],
)
def test_a_tag_is_read_and_removed(request_body: JsonObject) -> None:
    changed, tag = take_tag(request_body)

    assert tag.model == "main,small"
    assert "SUBAGENT" not in repr(changed)
    assert "SUBAGENT" in repr(request_body)  # what came in is left as it is


def test_a_tag_deep_in_the_conversation_is_removed_and_names_no_model() -> None:
    request = body(messages=[user("a"), user("b"), user(blocks("c" + TAG + "d")), user(TAG[:20])])

    changed, tag = take_tag(request)

    assert tag == take_tag(body())[1]
    assert changed["messages"] == [user("a"), user("b"), user(blocks("cd")), user(TAG[:20])]


def test_what_was_sent_before_is_sent_the_same_again() -> None:
    said = [user("a"), user("b" + TAG), user("c" + TAG)]
    for count in range(1, len(said)):
        now, _ = take_tag(body(messages=said[:count]))
        later, _ = take_tag(body(messages=said))
        assert later["messages"][:count] == now["messages"]


def test_what_tools_and_models_say_keeps_its_tags() -> None:
    result = {"type": "tool_result", "tool_use_id": "t", "content": blocks(TAG)}
    request = body(messages=[{"role": "assistant", "content": TAG}, user([result])])

    changed, tag = take_tag(request)

    assert changed is request
    assert tag.model == ""


def test_the_sign_of_a_tag_is_in_the_bytes_of_every_client() -> None:
    raw = json.dumps(body(system=TAG)).encode()

    assert MARK in raw
    assert MARK in raw.replace(b"<", b"\\u003c").replace(b"/", b"\\/")


def test_no_empty_text_is_left_beside_others() -> None:
    changed, _ = take_tag(body(messages=[user(blocks("", TAG, "x")), user(blocks(TAG))]))

    assert changed["messages"] == [user(blocks("", "x")), user(blocks(""))]


def test_the_first_tag_counts_and_all_go() -> None:
    second = TAG.replace("small", "base")

    changed, tag = take_tag(body(system=TAG + second, messages=[user(second)]))

    assert (tag.model, changed["system"], changed["messages"]) == ("main,small", "", [user("")])


def test_a_tag_without_an_end_stays_and_is_told() -> None:
    request = body(system="<CCR-SUBAGENT-MODEL>main,small")

    changed, tag = take_tag(request)

    assert changed is request
    assert (tag.model, tag.is_open) == ("", True)


@pytest.mark.parametrize(
    ("request_body", "headers", "expected"),
    [
        (body(), {"x-claude-code-agent-id": "a1"}, True),
        (body(system=blocks(BILLING)), {}, True),
        (body(system=blocks("cc_is_subagent=true")), {}, False),
        (body(), {}, False),
    ],
)
def test_a_subagent_is_told_by_its_header_or_its_billing_line(
    request_body: JsonObject, headers: dict[str, str], expected: bool
) -> None:
    assert is_subagent(request_body, headers) is expected


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        ([BILLING, "You are an agent for Claude Code, Anthropic's CLI."], "general-purpose"),
        (["You are a file search specialist for Claude Code"], "Explore"),
        (["Intro.", "You review code.\n\nNotes: none."], "reviewer"),
        (["You do something else."], ""),
    ],
)
def test_an_agent_is_known_by_its_prompt(texts: list[str], name: str) -> None:
    prompts = {"reviewer": "You review code.", "other": "You paint."}

    assert agent_name(body(system=blocks(*texts)), prompts) == name
