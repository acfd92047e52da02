"""The official OpenAI SDK as a client of the service, before both kinds of provider."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from openai import AsyncOpenAI, OpenAI

from ccr_desktop.core.service import Service
from tests.component.conftest import StartService, configuration
from tests.component.provider import (
    Provider,
    chunk,
    completion,
    event,
    held,
    message,
    stream,
    text_chunks,
    whole,
)

KEY = "router-secret"
ASK: dict[str, Any] = {
    "model": "gpt-4o",
    "messages": [
        {"role": "system", "content": "Be kind."},
        {"role": "user", "content": "Say hello"},
    ],
}
CLAUDE: dict[str, Any] = {**ASK, "model": "claude,claude-upstream"}
TOOL: dict[str, Any] = {
    "type": "function",
    "function": {
        "name": "weather",
        "description": "Tells the weather",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
    },
}
RESULT_TURN: list[dict[str, Any]] = [
    {
        "role": "assistant",
        "content": None,
        "reasoning_content": "I must look.",
        "tool_calls": [
            {
                "id": "call_1",
                "type": "function",
                "function": {"name": "weather", "arguments": '{"city": "Paris"}'},
            }
        ],
    },
    {"role": "tool", "tool_call_id": "call_1", "content": "Rain"},
]


@pytest.fixture
async def service(start_service: StartService, provider: Provider) -> Service:
    return await start_service(configuration(provider.url, APIKEY=KEY))


@pytest.fixture
async def sdk(service: Service) -> AsyncIterator[AsyncOpenAI]:
    async with AsyncOpenAI(base_url=f"{service.url}/v1", api_key=KEY, max_retries=0) as made:
        yield made


def claude_events(*blocks: list[bytes], stop: str = "end_turn") -> list[bytes]:
    """A streamed message of Anthropic's with these blocks."""
    start = {**message(""), "content": [], "stop_reason": None}
    start["usage"] = {"input_tokens": 7, "cache_read_input_tokens": 90, "output_tokens": 1}
    delta = {"stop_reason": stop, "stop_sequence": None}
    return [
        event("message_start", message=start),
        *(part for block in blocks for part in block),
        event("message_delta", delta=delta, usage={"output_tokens": 30}),
        event("message_stop"),
    ]


def claude_block(index: int, block: dict[str, Any], *deltas: dict[str, Any]) -> list[bytes]:
    return [
        event("content_block_start", index=index, content_block=block),
        *(event("content_block_delta", index=index, delta=delta) for delta in deltas),
        event("content_block_stop", index=index),
    ]


async def test_an_unknown_model_is_routed_by_the_rules(
    sdk: AsyncOpenAI, provider: Provider
) -> None:
    provider.script = whole(completion("Hello."))

    raw = await sdk.chat.completions.with_raw_response.create(**ASK)
    answer = raw.parse()

    assert answer.choices[0].message.content == "Hello."
    assert answer.choices[0].finish_reason == "stop"
    assert answer.object == "chat.completion"
    assert answer.id.startswith("chatcmpl-")
    assert answer.usage is not None
    assert (answer.usage.prompt_tokens, answer.usage.total_tokens) == (11, 16)
    assert raw.headers["x-ccr-route"] == "mock,big"
    assert raw.headers["x-ccr-scenario"] == "default"
    sent = provider.calls[0].body
    assert sent["messages"] == ASK["messages"]
    assert "max_tokens" not in sent


@pytest.mark.parametrize(
    "name", ["mock,vendor/odd-model", "mock/vendor/odd-model", "MOCK, vendor/odd-model"]
)
async def test_a_route_can_be_named(sdk: AsyncOpenAI, provider: Provider, name: str) -> None:
    provider.script = whole(completion("Hello."))

    await sdk.chat.completions.create(**{**ASK, "model": name})

    assert provider.calls[0].body["model"] == "vendor/odd-model"


async def test_an_answer_can_be_streamed(sdk: AsyncOpenAI) -> None:
    chunks = [
        part
        async for part in await sdk.chat.completions.create(
            **ASK, stream=True, stream_options={"include_usage": True}
        )
    ]

    texts = [c.choices[0].delta.content or "" for c in chunks if c.choices]
    assert "".join(texts) == "Hello from the provider"
    assert len([text for text in texts if text]) > 1
    assert chunks[0].choices[0].delta.role == "assistant"
    assert chunks[-2].choices[0].finish_reason == "stop"
    assert chunks[-1].usage is not None
    assert (chunks[-1].usage.prompt_tokens, chunks[-1].usage.completion_tokens) == (11, 5)
    assert len({c.id for c in chunks}) == 1


async def test_usage_is_streamed_only_when_it_is_wanted(sdk: AsyncOpenAI) -> None:
    chunks = [part async for part in await sdk.chat.completions.create(**ASK, stream=True)]

    assert all(part.choices and part.usage is None for part in chunks)


async def test_tools_make_a_round_trip(sdk: AsyncOpenAI, provider: Provider) -> None:
    heads = [
        {"index": n, "id": f"call_{n}", "type": "function", "function": {"name": "weather"}}
        for n in (1, 2)
    ]
    pieces = ['{"ci', 'ty": "Pa', 'ris"}']
    parts = [
        part
        for head in heads
        for part in (
            head,
            *({"index": head["index"], "function": {"arguments": p}} for p in pieces),
        )
    ]
    deltas = [chunk({"tool_calls": [part]}) for part in parts]
    provider.script = stream([*deltas, chunk({}, "tool_calls")])

    async with sdk.chat.completions.stream(
        **ASK, tools=[TOOL], tool_choice="required", parallel_tool_calls=False
    ) as events:
        final = await events.get_final_completion()

    choice = final.choices[0]
    assert choice.finish_reason == "tool_calls"
    calls = choice.message.tool_calls or []
    assert [call.id for call in calls] == ["call_1", "call_2"]
    assert [json.loads(call.function.arguments) for call in calls] == [{"city": "Paris"}] * 2
    sent = provider.calls[0].body
    assert sent["tools"][0]["function"] == TOOL["function"]
    assert (sent["tool_choice"], sent["parallel_tool_calls"]) == ("required", False)

    provider.script = whole(completion("It rains."))
    again = [*ASK["messages"], *RESULT_TURN, {"role": "user", "content": "Sure?"}]
    answer = await sdk.chat.completions.create(model="gpt-4o", messages=again, tools=[TOOL])

    assert answer.choices[0].message.content == "It rains."
    system, question, call, result, doubt = provider.calls[1].body["messages"]
    assert (system["content"], question["content"]) == ("Be kind.", "Say hello")
    assert json.loads(call["tool_calls"][0]["function"]["arguments"]) == {"city": "Paris"}
    assert (result["role"], result["tool_call_id"], result["content"]) == ("tool", "call_1", "Rain")
    assert (doubt["role"], doubt["content"]) == ("user", "Sure?")


async def test_images_formats_and_effort_reach_the_provider(
    sdk: AsyncOpenAI, provider: Provider
) -> None:
    provider.script = whole(completion("{}"))
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    image = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}
    words = {"type": "text", "text": "What is this?"}

    await sdk.chat.completions.create(
        model="mock,big",
        messages=[{"role": "user", "content": [words, image]}],  # type: ignore[list-item]  # plain dicts
        max_completion_tokens=50,
        temperature=0.5,
        stop=["END"],
        response_format={"type": "json_schema", "json_schema": {"name": "x", "schema": schema}},
    )

    sent = provider.calls[0].body
    assert sent["messages"][0]["content"] == [words, image]
    assert sent["max_tokens"] == 50
    assert (sent["temperature"], sent["stop"]) == (0.5, ["END"])
    assert sent["response_format"]["json_schema"]["schema"] == schema


async def test_thinking_is_streamed_as_reasoning(sdk: AsyncOpenAI, provider: Provider) -> None:
    thoughts = [chunk({"reasoning_content": piece}) for piece in ("Let me ", "see.")]
    provider.script = stream([*thoughts, *text_chunks("Done.")])

    chunks = [part async for part in await sdk.chat.completions.create(**ASK, stream=True)]

    deltas = [part.choices[0].delta for part in chunks]
    assert "".join(getattr(d, "reasoning_content", None) or "" for d in deltas) == "Let me see."
    assert "".join(d.content or "" for d in deltas) == "Done."


# -- before Anthropic's own protocol -----------------------------------------------------------


async def test_an_anthropic_provider_gets_what_it_demands(
    sdk: AsyncOpenAI, provider: Provider
) -> None:
    provider.script = whole(message("Hello."))
    later = {"role": "system", "content": "Now be brief."}
    body = {**CLAUDE, "messages": [*CLAUDE["messages"], *RESULT_TURN, later]}

    answer = await sdk.chat.completions.create(**body, tools=[TOOL], reasoning_effort="high")

    assert answer.choices[0].message.content == "Hello."
    assert answer.model == CLAUDE["model"]
    call = provider.calls[0]
    assert call.target == "/v1/messages"
    assert call.header("anthropic-version") == "2023-06-01"
    assert call.header("x-stainless-lang") is None
    sent = call.body
    assert sent["model"] == "claude-upstream"
    assert sent["max_tokens"] > 0
    assert sent["system"] == [{"type": "text", "text": "Be kind."}]
    assert sent["thinking"] == {"type": "adaptive"}
    assert sent["output_config"] == {"effort": "high"}
    assert sent["tools"][0]["input_schema"] == TOOL["function"]["parameters"]
    assert [m["role"] for m in sent["messages"]] == ["user", "assistant", "user", "user"]
    assert [block["type"] for block in sent["messages"][1]["content"]] == ["tool_use"]
    [result] = sent["messages"][2]["content"]
    assert result == {"type": "tool_result", "tool_use_id": "call_1", "content": "Rain"}


async def test_an_anthropic_stream_becomes_chunks(sdk: AsyncOpenAI, provider: Provider) -> None:
    thinking = claude_block(
        0,
        {"type": "thinking", "thinking": "", "signature": ""},
        {"type": "thinking_delta", "thinking": "Hm."},
        {"type": "signature_delta", "signature": "abc"},
    )
    text = claude_block(1, {"type": "text", "text": ""}, {"type": "text_delta", "text": "Hi ✓"})
    call = {"type": "tool_use", "id": "toolu_1", "name": "weather", "input": {}}
    parts = [{"type": "input_json_delta", "partial_json": p} for p in ("", '{"city"', ':"Rome"}')]
    empty = {**call, "id": "toolu_2"}
    provider.script = stream(
        claude_events(
            thinking, text, claude_block(2, call, *parts), claude_block(3, empty), stop="tool_use"
        ),
        done=False,
    )

    async with sdk.chat.completions.stream(
        **CLAUDE, tools=[TOOL], stream_options={"include_usage": True}
    ) as events:
        final = await events.get_final_completion()

    choice = final.choices[0]
    assert choice.message.content == "Hi ✓"
    assert choice.finish_reason == "tool_calls"
    calls = choice.message.tool_calls or []
    assert [(c.id, c.function.name) for c in calls] == [
        ("toolu_1", "weather"),
        ("toolu_2", "weather"),
    ]
    assert [json.loads(c.function.arguments) for c in calls] == [{"city": "Rome"}, {}]
    assert final.usage is not None
    assert (final.usage.prompt_tokens, final.usage.completion_tokens) == (97, 30)
    assert final.usage.prompt_tokens_details is not None
    assert final.usage.prompt_tokens_details.cached_tokens == 90


@pytest.mark.parametrize(
    ("stop_reason", "finish"),
    [
        ("end_turn", "stop"),
        ("stop_sequence", "stop"),
        ("max_tokens", "length"),
        ("model_context_window_exceeded", "length"),
        ("refusal", "content_filter"),
    ],
)
async def test_each_end_has_its_word(
    sdk: AsyncOpenAI, provider: Provider, stop_reason: str, finish: str
) -> None:
    provider.script = whole({**message("Hello."), "stop_reason": stop_reason})

    answer = await sdk.chat.completions.create(**CLAUDE)

    assert answer.choices[0].finish_reason == finish


@pytest.mark.usefixtures("impatient")
async def test_silence_is_bridged_by_comments(sdk: AsyncOpenAI, provider: Provider) -> None:
    release = asyncio.Event()
    provider.script = held(release, after=[*text_chunks("At last"), b"data: [DONE]\n\n"])

    asked = await sdk.chat.completions.create(**ASK, stream=True)  # headers came with a comment
    release.set()
    texts = [part.choices[0].delta.content or "" async for part in asked]

    assert "".join(texts) == "At last"


# -- what else an agent asks -------------------------------------------------------------------


async def test_models_can_be_listed(sdk: AsyncOpenAI) -> None:
    found = [model async for model in sdk.models.list()]

    assert {"mock,big", "claude,claude-upstream"} <= {model.id for model in found}
    assert {model.owned_by for model in found} == {"mock", "claude"}
    assert {model.object for model in found} == {"model"}
    assert all(model.created > 0 for model in found)
    assert (await sdk.models.retrieve("mock,big")).id == "mock,big"


async def test_the_blocking_client_works_too(service: Service) -> None:
    def ask() -> str:
        with OpenAI(base_url=f"{service.url}/v1", api_key=KEY, max_retries=0) as sdk:
            parts = sdk.chat.completions.create(**ASK, stream=True)
            return "".join(part.choices[0].delta.content or "" for part in parts)

    assert await asyncio.to_thread(ask) == "Hello from the provider"
