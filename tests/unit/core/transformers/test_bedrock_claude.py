import copy
from typing import Any

import pytest

from ccr_desktop.core.transformers.bedrock_claude import (
    bedrock_body,
    bedrock_headers,
    invoke_body,
    messages_headers,
)
from ccr_desktop.errors import ClientError
from tests.unit.core.transformers.bodies import TOOL, body, user

NEW, OLD = "global.anthropic.claude-sonnet-5", "us.anthropic.claude-sonnet-4-5-20250929-v1:0"
PROFILE = "arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/a1b2c3"
SEARCH = {"type": "web_search_20250305", "name": "web_search"}
CLEAR = {"type": "clear_tool_uses_20250919"}


def test_the_model_is_in_the_address_and_the_version_in_the_body() -> None:
    made = invoke_body(body(stream=True, safeguards={}, metadata={"user_id": "u"}), NEW, "")

    assert made == {
        "anthropic_version": "bedrock-2023-05-31",
        "max_tokens": 100,
        "messages": [user("Hello")],
    }


def test_headers_say_neither_version_nor_features() -> None:
    said = {"anthropic-beta": "a", "anthropic-version": "2023-06-01", "accept": "*/*"}

    assert bedrock_headers(said) == {"accept": "*/*"}


@pytest.mark.parametrize(
    ("said", "model", "kept"),
    [
        ("claude-code-20250219, effort-2025-11-24", NEW, ["effort-2025-11-24"]),
        ("effort-2025-11-24", OLD, None),
        ("advanced-tool-use-2025-11-20", NEW, ["tool-search-tool-2025-10-19"]),
        ("context-1m-2025-08-07,context-1m-2025-08-07", OLD, ["context-1m-2025-08-07"]),
        ("context-management-2025-06-27", NEW, None),
        ("interleaved-thinking-2025-05-14,prompt-caching-scope-2026-01-05", NEW, None),
        ("", NEW, None),
    ],
)
def test_only_features_that_are_known_and_used_are_asked_for(
    said: str, model: str, kept: list[str] | None
) -> None:
    assert invoke_body(body(), model, said).get("anthropic_beta") == kept


def test_its_messages_endpoint_knows_others() -> None:
    said = {"anthropic-beta": "claude-code-20250219,skills-2025-10-02", "anthropic-version": "v"}

    assert messages_headers(said, {}, NEW) == {
        "anthropic-beta": "claude-code-20250219",
        "anthropic-version": "v",
    }
    assert messages_headers({"anthropic-beta": "skills-2025-10-02"}, {}, NEW) == {}


@pytest.mark.parametrize(
    ("edits", "left"),
    [
        ([{"type": "clear_thinking_20251015", "keep": "all"}], None),
        ([{"type": "clear_thinking_20251015"}, CLEAR], [CLEAR]),
        ([], None),
    ],
)
def test_edits_that_are_anthropics_alone_are_left_out(
    edits: list[dict[str, Any]], left: list[dict[str, Any]] | None
) -> None:
    asked = body(context_management={"edits": edits})

    made = invoke_body(asked, NEW, "context-management-2025-06-27")

    assert made.get("context_management", {}).get("edits") == left
    assert ("anthropic_beta" in made) == (left is not None)


@pytest.mark.parametrize(
    ("model", "mark"),
    [
        (NEW, {"type": "ephemeral", "ttl": "1h"}),
        (OLD, {"type": "ephemeral", "ttl": "1h"}),
        ("anthropic.claude-opus-4-1-20250805-v1:0", {"type": "ephemeral"}),
        ("us.anthropic.claude-sonnet-4-20250514-v1:0", {"type": "ephemeral"}),
        ("anthropic.claude-3-7-sonnet-20250219-v1:0", {"type": "ephemeral"}),
    ],
)
def test_cache_marks_say_how_long_where_that_is_known(model: str, mark: dict[str, str]) -> None:
    said = {"type": "ephemeral", "ttl": "1h", "scope": "global"}
    block = {"type": "text", "text": "s", "cache_control": said}
    asked = body(system=[block], tools=[{**TOOL, "cache_control": said}], messages=[user([block])])
    before = copy.deepcopy(asked)

    made = bedrock_body(asked, model)

    assert made["system"][0]["cache_control"] == mark
    assert made["tools"][0]["cache_control"] == mark
    assert made["messages"][0]["content"][0]["cache_control"] == mark
    assert asked == before


@pytest.mark.parametrize(
    ("model", "is_old"),
    [
        (OLD, True),
        ("anthropic.claude-opus-4-20250514-v1:0", True),
        ("anthropic.claude-haiku-4-5-20251001-v1:0", True),
        ("global.anthropic.claude-opus-4-6-v1", False),
        ("anthropic.claude-opus-4-7", False),
        (NEW, False),
        (PROFILE, False),
    ],
)
def test_older_models_are_told_in_tokens_how_long_to_think(model: str, is_old: bool) -> None:
    asked = body(max_tokens=64_000, thinking={"type": "adaptive"}, output_config={"effort": "high"})

    made = bedrock_body(asked, model)

    budget = {"type": "enabled", "budget_tokens": 8192}
    assert made["thinking"] == (budget if is_old else {"type": "adaptive"})
    assert ("output_config" in made) is not is_old


@pytest.mark.parametrize(
    ("model", "role"),
    [
        (NEW, "system"),
        ("anthropic.claude-opus-4-8", "system"),
        ("anthropic.claude-opus-4-7", "user"),
        ("global.anthropic.claude-opus-4-6-v1", "user"),
        (PROFILE, "user"),
    ],
)
def test_system_messages_stay_where_a_model_is_known_to_take_them(model: str, role: str) -> None:
    note = {"role": "system", "content": "Be kind."}

    made = bedrock_body(body(messages=[user("a"), note]), model)

    assert made["messages"][1]["role"] == role


def test_tools_lose_what_is_for_anthropics_servers() -> None:
    tools = [
        {**TOOL, "eager_input_streaming": True},
        {**TOOL, "name": "Later", "custom": {"defer_loading": True}},
        SEARCH,
        {"type": "bash_20250124", "name": "bash"},
    ]

    made = bedrock_body(body(tools=tools), NEW)

    assert made["tools"] == [
        TOOL,
        {**TOOL, "name": "Later", "defer_loading": True},
        {"type": "bash_20250124", "name": "bash"},
    ]


@pytest.mark.parametrize(
    "members",
    [
        {"tools": [SEARCH]},
        {"tools": [TOOL, SEARCH], "tool_choice": {"type": "tool", "name": "web_search"}},
    ],
)
def test_a_request_that_is_all_about_such_a_tool_is_refused(members: dict[str, Any]) -> None:
    with pytest.raises(ClientError, match="no web_search_20250305") as raised:
        bedrock_body(body(**members), NEW)

    assert "Router.webSearch" in raised.value.message


@pytest.mark.parametrize("name", ["mcp_servers", "thread"])
def test_what_only_anthropics_servers_can_do_is_refused(name: str) -> None:
    with pytest.raises(ClientError, match=f"{name}: not possible"):
        bedrock_body(body(**{name: [{"a": "b"}]}), NEW)


def test_a_tool_that_is_wanted_and_not_there_is_bedrocks_to_refuse() -> None:
    choice = {"type": "tool", "name": "Other"}

    assert bedrock_body(body(tools=[TOOL], tool_choice=choice), NEW)["tool_choice"] == choice
