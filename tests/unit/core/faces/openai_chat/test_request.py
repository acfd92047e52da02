"""Chat Completions requests in the router's own terms."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.faces.openai_chat.request import read_request
from ccr_desktop.core.faces.wishes import fit_for_anthropic
from ccr_desktop.core.protocol.checks import check_request, check_translatable
from ccr_desktop.errors import ClientError

QUESTION = {"role": "user", "content": "Hello"}
FUNCTION = {"name": "f", "description": "does", "parameters": {"type": "object"}}
TOOLS = [{"type": "function", "function": FUNCTION}]


def read(**chat: Any) -> Any:
    return read_request({"model": "m", "messages": [QUESTION], **chat}).body


def test_a_plain_question_stays_plain() -> None:
    assert read() == {
        "model": "m",
        "messages": [{"role": "user", "content": [{"type": "text", "text": "Hello"}]}],
    }


@pytest.mark.parametrize(
    ("chat", "members"),
    [
        ({"max_tokens": 5}, {"max_tokens": 5}),
        ({"max_tokens": 5, "max_completion_tokens": 7}, {"max_tokens": 7}),
        ({"stop": "a"}, {"stop_sequences": ["a"]}),
        ({"stop": ["a", "b", 3]}, {"stop_sequences": ["a", "b"]}),
        ({"stop": None, "max_tokens": None, "temperature": None}, {}),
        ({"temperature": 0.2, "top_p": 1}, {"temperature": 0.2, "top_p": 1}),
        ({"stream": True}, {"stream": True}),
        ({"stream": False}, {}),
        ({"user": "me"}, {"metadata": {"user_id": "me"}}),
        ({"prompt_cache_key": "k"}, {"metadata": {"user_id": '{"session_id":"k"}'}}),
        ({"seed": 1, "logprobs": True, "frequency_penalty": 1, "n": 1}, {}),
        ({"reasoning_effort": "none"}, {"thinking": {"type": "disabled"}}),
        ({"reasoning": {"enabled": False}}, {"thinking": {"type": "disabled"}}),
        ({"thinking": {"type": "enabled"}}, {"thinking": {"type": "enabled"}}),
        ({"reasoning_effort": "odd"}, {}),
        (
            {"reasoning_effort": "minimal"},
            {"thinking": {"type": "adaptive"}, "output_config": {"effort": "low"}},
        ),
        (
            {"reasoning": {"effort": "high"}},
            {"thinking": {"type": "adaptive"}, "output_config": {"effort": "high"}},
        ),
        (
            {
                "response_format": {"type": "json_schema", "json_schema": {"schema": {"a": 1}}},
                "reasoning_effort": "low",
            },
            {
                "thinking": {"type": "adaptive"},
                "output_config": {
                    "effort": "low",
                    "format": {"type": "json_schema", "schema": {"a": 1}},
                },
            },
        ),
    ],
)
def test_members_have_their_counterparts(chat: Any, members: Any) -> None:
    plain = read()

    assert read(**chat) == {**plain, **members}


def test_json_mode_becomes_an_instruction() -> None:
    [said] = read(response_format={"type": "json_object"})["system"]

    assert "JSON" in said["text"]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({}, None),
        ({"tool_choice": "none"}, {"type": "none"}),
        ({"tool_choice": "auto"}, {"type": "auto"}),
        ({"tool_choice": "required"}, {"type": "any"}),
        (
            {"tool_choice": {"type": "function", "function": {"name": "f"}}},
            {"type": "tool", "name": "f"},
        ),
        ({"parallel_tool_calls": False}, {"type": "auto", "disable_parallel_tool_use": True}),
        ({"parallel_tool_calls": True}, None),
        ({"tool_choice": "none", "parallel_tool_calls": False}, {"type": "none"}),
        ({"function_call": {"name": "f"}}, {"type": "tool", "name": "f"}),
    ],
)
def test_the_choice_of_tools(choice: Any, expected: Any) -> None:
    body = read(tools=TOOLS, **choice)

    assert body.get("tool_choice") == expected
    assert body["tools"] == [
        {"name": "f", "description": "does", "input_schema": {"type": "object"}}
    ]
    assert "tool_choice" not in read(**choice)


def test_functions_and_web_search_are_tools_too() -> None:
    named = read(functions=[{"name": "f"}], web_search_options={})["tools"]

    assert [tool["name"] for tool in named] == ["f", "web_search"]
    assert named[0]["input_schema"] == {"type": "object", "properties": {}}


@pytest.mark.parametrize(
    ("chat", "place"),
    [
        ({"messages": None}, "messages"),
        ({"messages": ["text"]}, "messages.0"),
        ({"messages": [{"role": "king"}]}, "messages.0.role"),
        ({"messages": [{"role": "user", "content": 5}]}, "messages.0.content"),
        ({"messages": [{"role": "user", "content": [{}]}]}, "messages.0.content.0.type"),
        ({"messages": [{"role": "tool", "content": ""}]}, "messages.0.tool_call_id"),
        ({"n": 2}, "n"),
        ({"modalities": ["text", "audio"]}, "audio"),
        ({"max_tokens": "many"}, "max_tokens"),
        ({"max_completion_tokens": 0}, "max_completion_tokens"),
        ({"tools": {}}, "tools"),
        ({"tools": [5]}, "tools.0"),
        ({"tools": [{"type": "custom"}]}, "tools.0.type"),
        ({"tools": [{"type": "function"}]}, "tools.0.function.name"),
        ({"tools": TOOLS, "tool_choice": "perhaps"}, "tool_choice"),
        ({"response_format": {"type": "json_schema"}}, "response_format.json_schema.schema"),
    ],
)
def test_what_is_wrong_is_named(chat: Any, place: str) -> None:
    with pytest.raises(ClientError) as caught:
        read(**chat)

    assert caught.value.title.startswith(f"{place}:")


def test_an_anthropic_endpoint_gets_what_it_demands() -> None:
    messages = [QUESTION, {"role": "system", "content": "Later."}]
    body = read(messages=messages, temperature=0.3, reasoning_effort="low")

    fitted = fit_for_anthropic(body)

    assert fitted["max_tokens"] > 0
    assert "temperature" not in fitted
    assert [message["role"] for message in fitted["messages"]] == ["user", "user"]
    assert fit_for_anthropic({**read(max_tokens=5, temperature=1)})["max_tokens"] == 5
    assert body["temperature"] == 0.3


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
PART = st.fixed_dictionaries(
    {"type": st.sampled_from(["text", "image_url", "file", "refusal", "odd"])},
    optional={"text": ANY, "image_url": ANY, "file": ANY, "refusal": ANY},
)
MESSAGE = st.fixed_dictionaries(
    {"role": st.sampled_from(["system", "developer", "user", "assistant", "tool", "function"])},
    optional={
        "content": st.text() | st.lists(PART | ANY, max_size=3) | ANY,
        "tool_calls": st.lists(
            st.fixed_dictionaries(
                {"id": st.text(), "function": st.fixed_dictionaries({"name": st.text()})},
            ),
            max_size=2,
        )
        | ANY,
        "tool_call_id": st.text() | ANY,
        "reasoning_content": ANY,
        "function_call": ANY,
    },
)
NAMES = ("tools", "tool_choice", "stop", "max_tokens", "response_format", "reasoning", "thinking")


@given(
    messages=st.lists(MESSAGE, min_size=1, max_size=5),
    more=st.dictionaries(st.sampled_from(NAMES), ANY),
)
def test_whatever_is_read_can_be_sent_on(messages: Any, more: Any) -> None:
    try:
        body = read(messages=messages, **more)
        check_request(body)
    except ClientError:
        return

    check_translatable(body)
    check_translatable(fit_for_anthropic(body))
