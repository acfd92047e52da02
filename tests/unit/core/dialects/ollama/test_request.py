from dataclasses import replace
from typing import Any

import pytest
from ollama._types import ChatRequest

from ccr_desktop.core.dialects.base import Target
from ccr_desktop.core.dialects.ollama import endpoint
from ccr_desktop.core.dialects.ollama.request import encode_request
from ccr_desktop.core.providers.catalog import OLLAMA
from ccr_desktop.core.providers.profile import ThinkingSwitch

TARGET = Target(provider="o", model="qwen3", url="", api_key="", profile=OLLAMA)
TOOL = {"name": "Read", "description": "Reads.", "input_schema": {"type": "object"}}
PICTURE = {"type": "base64", "media_type": "image/png", "data": "QUJD"}


def sent(target: Target = TARGET, **members: Any) -> dict[str, Any]:
    body = {"model": "m", "max_tokens": 99, "messages": [{"role": "user", "content": "hi"}]}
    made = encode_request({**body, **members}, target, "session").body
    ChatRequest.model_validate(made)
    return made


def test_the_size_of_the_context_is_that_of_the_configuration() -> None:
    made = sent(
        replace(TARGET, context_window=65_536), temperature=0.5, top_k=20, stop_sequences=["x"]
    )

    assert made["options"] == {
        "num_predict": 99,
        "temperature": 0.5,
        "stop": ["x"],
        "top_k": 20,
        "num_ctx": 65_536,
    }
    assert "num_ctx" not in sent()["options"]


def test_a_conversation_with_tools_is_told_in_ollamas_words() -> None:
    messages = [
        {"role": "user", "content": [{"type": "text", "text": "go"}]},
        {
            "role": "assistant",
            "content": [
                {"type": "thinking", "thinking": "Hm.", "signature": ""},
                {"type": "tool_use", "id": "t1", "name": "Read", "input": {"a": [1]}},
            ],
        },
        {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t1", "content": "x"}]},
    ]

    made = sent(messages=messages, tools=[TOOL], tool_choice={"type": "any"}, stream=True)

    assert made["messages"][1:] == [
        {
            "role": "assistant",
            "content": "",
            "thinking": "Hm.",
            "tool_calls": [{"id": "t1", "function": {"name": "Read", "arguments": {"a": [1]}}}],
        },
        {"role": "tool", "content": "x", "tool_name": "Read", "tool_call_id": "t1"},
    ]
    assert made["tools"][0]["function"]["name"] == "Read"
    assert made["stream"] is True
    assert "tool_choice" not in made


def test_images_stand_beside_the_text() -> None:
    content = [
        {"type": "text", "text": "what?"},
        {"type": "image", "source": PICTURE},
        {"type": "image", "source": {"type": "url", "url": "https://h.test/a.png"}},
    ]

    (message,) = sent(messages=[{"role": "user", "content": content}])["messages"]

    assert message == {
        "role": "user",
        "content": "what?\n\n[Image: https://h.test/a.png]",
        "images": ["QUJD"],
    }


@pytest.mark.parametrize(
    ("thinking", "expected"),
    [(None, None), ({"type": "adaptive"}, None), ({"type": "disabled"}, False)],
)
def test_thinking_is_only_switched_off(thinking: Any, expected: Any) -> None:
    assert sent(**({"thinking": thinking} if thinking else {})).get("think") is expected


def test_thinking_is_switched_on_for_models_of_which_the_user_says_so() -> None:
    target = replace(TARGET, profile=replace(OLLAMA, thinking=ThinkingSwitch.BOTH))

    assert sent(target, thinking={"type": "enabled", "budget_tokens": 2000})["think"] is True


def test_a_schema_for_the_answer_is_its_format() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    form = {"format": {"type": "json_schema", "schema": schema}}

    assert sent(output_config=form)["format"] == schema


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:11434",
        "http://localhost:11434/",
        "http://localhost:11434/v1",
        "http://localhost:11434/v1/chat/completions",
        "http://localhost:11434/api",
        "http://localhost:11434/api/chat",
    ],
)
def test_any_address_of_the_server_leads_to_it(url: str) -> None:
    assert endpoint(url) == "http://localhost:11434/api/chat"
