import copy
from typing import Any

import pytest

from ccr_desktop.core.refused_members import RefusedMembers

MARK = {"type": "ephemeral", "ttl": "1h", "scope": "global"}
TOOL = {"name": "Read", "input_schema": {"type": "object", "properties": {"scope": {}}}}
BODY: dict[str, Any] = {
    "model": "claude",
    "max_tokens": 9,
    "context_management": {"edits": []},
    "output_config": {"effort": "high", "format": {"type": "json_schema"}},
    "thinking": {"type": "adaptive", "display": "updates"},
    "system": [{"type": "text", "text": "s", "cache_control": MARK}],
    "tools": [{**TOOL, "eager_input_streaming": True, "cache_control": MARK}],
    "messages": [
        {"role": "user", "content": [{"type": "text", "text": "a", "cache_control": MARK}]}
    ],
}
HEADERS = {"anthropic-beta": "effort-2025-11-24, claude-code-20250219", "accept": "*/*"}
EXTRA = "{}: Extra inputs are not permitted"


def learned(*refusals: str) -> dict[str, Any]:
    """The request once these refusals were read."""
    refused, before = RefusedMembers(), copy.deepcopy(BODY)
    for refusal in refusals:
        assert refused.learns(refusal.encode(), BODY, HEADERS)
        assert not refused.learns(refusal.encode(), BODY, HEADERS), "nothing is left out twice"
    assert before == BODY
    return refused.body(BODY)


def without(name: str) -> dict[str, Any]:
    return {each: BODY[each] for each in BODY if each != name}


@pytest.mark.parametrize(
    ("words", "left"),
    [
        (EXTRA.format("context_management"), without("context_management")),
        (
            f'{{"error":{{"message":"{{\\"message\\":\\"{EXTRA.format("context_management")}',
            without("context_management"),
        ),
        (
            "Malformed input request: #: extraneous key [output_config] is not permitted",
            without("output_config"),
        ),
        (
            EXTRA.format("output_config.effort"),
            {**BODY, "output_config": {"format": BODY["output_config"]["format"]}},
        ),
        (EXTRA.format("thinking.adaptive.display"), {**BODY, "thinking": {"type": "adaptive"}}),
        ("adaptive thinking is not supported on this model", without("thinking")),
        (
            "thinking: Input tag 'adaptive' found using 'type' does not match any of the expected",
            without("thinking"),
        ),
    ],
)
def test_what_is_named_is_left_out(words: str, left: dict[str, Any]) -> None:
    assert learned(words) == left


def test_the_last_member_of_one_takes_it_along() -> None:
    names = ("output_config.effort", "output_config.format")

    assert learned(*map(EXTRA.format, names)) == without("output_config")


def test_a_member_of_one_tool_is_left_out_of_all() -> None:
    made = learned(EXTRA.format("tools.0.custom.eager_input_streaming"))

    assert made["tools"] == [{**TOOL, "cache_control": MARK}]


def test_a_member_of_cache_marks_is_left_out_of_all_and_of_nothing_else() -> None:
    made = learned(EXTRA.format("system.0.cache_control.ephemeral.scope"))

    left = {"type": "ephemeral", "ttl": "1h"}
    assert made["system"][0]["cache_control"] == left
    assert made["tools"][0]["cache_control"] == left
    assert made["messages"][0]["content"][0]["cache_control"] == left
    assert made["tools"][0]["input_schema"] == TOOL["input_schema"]


@pytest.mark.parametrize(
    "words",
    [
        EXTRA.format("messages"),
        EXTRA.format("max_tokens"),
        EXTRA.format("messages.0.content.0.text"),
        EXTRA.format("service_tier"),
        EXTRA.format("tools.0.custom.name"),
        EXTRA.format("Tools"),
        "prompt is too long: 200001 tokens > 200000 maximum",
        "",
    ],
)
def test_what_can_t_be_spared_or_is_not_there_stays(words: str) -> None:
    refused = RefusedMembers()

    assert not refused.learns(words.encode(), BODY, HEADERS)
    assert not refused
    assert refused.body(BODY) is BODY
    assert refused.headers(HEADERS) is HEADERS


@pytest.mark.parametrize(
    ("words", "left"),
    [
        (
            "Unexpected value(s) `effort-2025-11-24` for the `anthropic-beta` header.",
            {"accept": "*/*", "anthropic-beta": "claude-code-20250219"},
        ),
        ('{"message":"invalid beta flag"}', {"accept": "*/*"}),
    ],
)
def test_features_that_are_refused_are_not_asked_for_again(
    words: str, left: dict[str, str]
) -> None:
    refused = RefusedMembers()

    assert refused.learns(words.encode(), BODY, HEADERS)

    assert refused.headers(HEADERS) == left
    assert refused.body(BODY) is BODY


def test_without_any_feature_there_is_nothing_to_leave_out() -> None:
    assert not RefusedMembers().learns(b"invalid beta flag", BODY, {})


NOTE = {"role": "system", "content": "Be brief."}
FOUND = {"type": "tool_reference", "tool_name": "Grep"}
TALK: list[dict[str, Any]] = [
    {"role": "user", "content": "Go."},
    NOTE,
    {"role": "assistant", "content": [{"type": "tool_use", "id": "a", "name": "T", "input": {}}]},
    {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "a", "content": [FOUND]}]},
]


@pytest.mark.parametrize(
    ("words", "at", "content", "told"),
    [
        (
            'messages: Unexpected role "system". The Messages API accepts a top-level `system`',
            1,
            [{"type": "text", "text": "<system-reminder>\nBe brief.\n</system-reminder>"}],
            "system messages",
        ),
        (
            "messages.1.role: Input should be 'user' or 'assistant'",
            1,
            [{"type": "text", "text": "<system-reminder>\nBe brief.\n</system-reminder>"}],
            "system messages",
        ),
        (
            "messages.3.content.0.tool_result.content.0: Input tag 'tool_reference' found using",
            3,
            [
                {
                    "type": "tool_result",
                    "tool_use_id": "a",
                    "content": [
                        {"type": "text", "text": "The tool Grep is loaded and can be called now."}
                    ],
                }
            ],
            "tool_reference",
        ),
    ],
)
def test_what_is_refused_in_messages_is_said_in_words(
    words: str, at: int, content: list[dict[str, Any]], told: str
) -> None:
    refused, body = RefusedMembers(), {**BODY, "messages": TALK}

    assert refused.learns(words.encode(), body, {})
    sent = refused.lasting().body(body)

    changed = [n for n, message in enumerate(sent["messages"]) if message != TALK[n]]
    assert changed == [at]
    assert sent["messages"][at] == {"role": "user", "content": content}
    assert not refused.learns(words.encode(), body, {})
    refused.body(body)
    assert refused.left_out == [told]
    assert not RefusedMembers().learns(words.encode(), BODY, {})
