"""The official Anthropic SDK before a Gemini API that refuses what the real one refuses."""

import json
from collections.abc import AsyncIterator, Iterator
from itertools import pairwise
from typing import Any

import pytest
from anthropic import APIStatusError, AsyncAnthropic, AuthenticationError, RateLimitError

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.setup.addresses import complete_url
from ccr_desktop.core.upstream.model_list import list_models
from tests.component.conftest import StartService
from tests.component.provider import Provider, whole
from tests.support.gemini_rules import SENTINEL
from tests.support.gemini_upstream import KEY, GeminiRequest, GeminiUpstream
from tests.support.turns import Raw, call, reasoning, text, tool_calls, usage

JsonObject = dict[str, Any]
TOOLS: Any = [
    {
        "name": name,
        "description": "d",
        "input_schema": {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "properties": {"path": {"type": ["string", "null"], "format": "uri"}},
            "additionalProperties": False,
        },
    }
    for name in ("Read", "List")
]
NEW, OLD = "gemini-3-flash", "gemini-2.5-flash"


@pytest.fixture
def gemini() -> Iterator[GeminiUpstream]:
    with GeminiUpstream() as server:
        yield server
    assert server.refusals == []


@pytest.fixture
async def sdk(gemini: GeminiUpstream, start_service: StartService) -> AsyncIterator[AsyncAnthropic]:
    async with await client_of(gemini, start_service) as made:
        yield made


async def client_of(
    gemini: GeminiUpstream, start_service: StartService, key: str = KEY
) -> AsyncAnthropic:
    provider = {
        "name": "google",
        "api_base_url": gemini.models_url,
        "api_key": key,
        "models": [NEW, OLD],
        "transformer": {"use": ["gemini"]},
    }
    routes = {"default": f"google,{NEW}"}
    service = await start_service({"LOG": False, "Providers": [provider], "Router": routes})
    return AsyncAnthropic(base_url=service.url, api_key="x", max_retries=0)


def asked(gemini: GeminiUpstream) -> list[GeminiRequest]:
    return [request for request in gemini.requests if isinstance(request, GeminiRequest)]


async def ask(sdk: AsyncAnthropic, messages: list[Any], *, is_stream: bool, **more: Any) -> Any:
    request: Any = {"model": "claude-x", "max_tokens": 100, "messages": messages, **more}
    if not is_stream:
        return await sdk.messages.create(**request)
    async with sdk.messages.stream(**request) as events:
        return await events.get_final_message()


BOTH = pytest.mark.parametrize("is_stream", [True, False], ids=["streamed", "whole"])
MODELS = pytest.mark.parametrize("model", [NEW, OLD])


@BOTH
async def test_an_answer_arrives_in_words_with_its_usage(
    sdk: AsyncAnthropic, gemini: GeminiUpstream, is_stream: bool
) -> None:
    gemini.script(reasoning("Let me see.") + text("Hello from Gemini — 你好."))

    message = await ask(sdk, [{"role": "user", "content": "hi"}], is_stream=is_stream)

    assert [block.type for block in message.content] == ["thinking", "text"]
    assert message.content[1].text == "Hello from Gemini — 你好."
    assert message.stop_reason == "end_turn"
    assert (message.usage.input_tokens, message.usage.output_tokens) == (1200, 34)
    assert asked(gemini)[0].is_stream is is_stream
    assert "authorization" not in asked(gemini)[0].headers


@BOTH
@MODELS
async def test_a_tool_loop_of_three_turns_is_never_refused(
    sdk: AsyncAnthropic, gemini: GeminiUpstream, is_stream: bool, model: str
) -> None:
    both = [call("Read", {"path": "a"}), call("List", {})]
    gemini.script(
        reasoning("I read.") + tool_calls(both),
        text("And again.") + tool_calls([call("Read", {"path": "b"})]),
        text("Done."),
        text("You are welcome."),
    )
    messages: list[Any] = [{"role": "user", "content": "go"}]

    for _ in range(4):
        answer = await ask(
            sdk, messages, is_stream=is_stream, tools=TOOLS, extra_body={"model": f"google,{model}"}
        )
        messages.append({"role": "assistant", "content": answer.to_dict()["content"]})
        results = [
            {"type": "tool_result", "tool_use_id": block.id, "content": f"out of {block.name}"}
            for block in reversed(answer.content)
            if block.type == "tool_use"
        ]
        messages.append({"role": "user", "content": [*results, {"type": "text", "text": "on"}]})

    assert answer.content[-1].text == "You are welcome."
    assert asked(gemini)[1].answers == ["out of Read", "out of List"]
    assert len(gemini.signatures) == (2 if model == NEW else 0)
    sent = [request.messages for request in asked(gemini)]
    assert all(later[: len(earlier)] == earlier for earlier, later in pairwise(sent))
    assert SENTINEL not in json.dumps(sent)


async def test_a_history_from_elsewhere_is_signed_with_the_sentinel(
    sdk: AsyncAnthropic, gemini: GeminiUpstream
) -> None:
    gemini.script(text("I see."))
    used = {"type": "tool_use", "id": "toolu_1", "name": "Read", "input": {"path": "a"}}
    thought = {"type": "thinking", "thinking": "hm", "signature": "QW50aHJvcGlj"}
    result = {"type": "tool_result", "tool_use_id": "toolu_1", "content": "out"}

    await ask(
        sdk,
        [
            {"role": "user", "content": "go"},
            {"role": "assistant", "content": [thought, used]},
            {"role": "user", "content": [result]},
        ],
        is_stream=True,
        tools=TOOLS,
    )

    [part] = asked(gemini)[0].messages[1]["parts"]
    assert part["thoughtSignature"] == SENTINEL


async def test_another_model_of_the_provider_gets_no_foreign_signature(
    sdk: AsyncAnthropic, gemini: GeminiUpstream
) -> None:
    gemini.script(tool_calls([call("Read", {"path": "a"})]), text("Done."))
    question = {"role": "user", "content": "go"}
    answer = await ask(sdk, [question], is_stream=True, tools=TOOLS)
    (used,) = [block for block in answer.content if block.type == "tool_use"]
    result = {"type": "tool_result", "tool_use_id": used.id, "content": "out"}

    messages = [question, {"role": "assistant", "content": answer.to_dict()["content"]}]
    await ask(
        sdk,
        [*messages, {"role": "user", "content": [result]}],
        is_stream=True,
        tools=TOOLS,
        extra_body={"model": "google,gemini-3.1-pro-preview"},
    )

    assert [p.get("thoughtSignature") for p in asked(gemini)[1].messages[1]["parts"]] == [SENTINEL]


@BOTH
async def test_signatures_that_are_refused_stay_behind(
    sdk: AsyncAnthropic, gemini: GeminiUpstream, is_stream: bool
) -> None:
    gemini.script(tool_calls([call("Read", {"path": "a"})]), text("Done."))
    question = {"role": "user", "content": "go"}
    answer = await ask(sdk, [question], is_stream=is_stream, tools=TOOLS)
    (used,) = [block for block in answer.content if block.type == "tool_use"]
    result = {"type": "tool_result", "tool_use_id": used.id, "content": "out"}
    said = {"role": "assistant", "content": answer.to_dict()["content"]}

    gemini.forget()
    messages = [question, said, {"role": "user", "content": [result]}]
    again = await ask(sdk, messages, is_stream=is_stream, tools=TOOLS)

    assert again.content[0].text == "Done."
    [refusal] = gemini.refusals
    assert refusal.startswith("Corrupted thought signature")
    assert [p.get("thoughtSignature") for p in asked(gemini)[2].messages[1]["parts"]] == [SENTINEL]
    gemini.refusals.clear()


async def test_cached_tokens_are_told_apart(sdk: AsyncAnthropic, gemini: GeminiUpstream) -> None:
    turn = text("ok")
    gemini.script(type(turn)(deltas=turn.deltas, usage=usage(prompt=5000, cached=3000)))

    message = await ask(sdk, [{"role": "user", "content": "hi"}], is_stream=True)

    assert message.usage.input_tokens == 2000
    assert message.usage.cache_read_input_tokens == 3000


async def test_a_search_is_answered_with_the_blocks_of_one(
    sdk: AsyncAnthropic, gemini: GeminiUpstream
) -> None:
    grounding = {
        "webSearchQueries": ["rain"],
        "groundingChunks": [{"web": {"uri": "https://a.test", "title": "A"}}],
    }
    candidate = {
        "content": {"parts": [{"text": "It rains."}]},
        "finishReason": "STOP",
        "groundingMetadata": grounding,
    }
    body = b"data: " + json.dumps({"candidates": [candidate]}).encode() + b"\r\n\r\n"
    gemini.script(Raw(headers={"Content-Type": "text/event-stream"}, body=body))

    message = await ask(
        sdk,
        [{"role": "user", "content": "Perform a web search for the query: rain"}],
        is_stream=True,
        tools=[{"type": "web_search_20250305", "name": "web_search", "max_uses": 8}],
    )

    assert asked(gemini)[0].body["tools"] == [{"googleSearch": {}}]
    assert [block.type for block in message.content] == [
        "text",
        "server_tool_use",
        "web_search_tool_result",
    ]
    assert message.content[1].input == {"query": "rain"}
    assert message.content[2].content[0].url == "https://a.test"


async def test_an_array_of_responses_is_an_answer_too(
    sdk: AsyncAnthropic, gemini: GeminiUpstream
) -> None:
    chunks = [
        {"candidates": [{"content": {"parts": [{"text": "Hel"}]}}]},
        {"candidates": [{"content": {"parts": [{"text": "lo"}]}, "finishReason": "STOP"}]},
    ]
    headers = {"Content-Type": "application/json"}
    gemini.script(Raw(headers=headers, body=json.dumps(chunks).encode()))

    message = await ask(sdk, [{"role": "user", "content": "hi"}], is_stream=True)

    assert message.content[0].text == "Hello"


@BOTH
async def test_a_full_quota_tells_when_to_come_back(
    sdk: AsyncAnthropic, gemini: GeminiUpstream, is_stream: bool
) -> None:
    info = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "300.2s"}
    error = {"code": 429, "message": "quota", "status": "RESOURCE_EXHAUSTED", "details": [info]}
    gemini.script(Raw(status=429, body=json.dumps({"error": error}).encode()))

    with pytest.raises(RateLimitError) as caught:
        await ask(sdk, [{"role": "user", "content": "hi"}], is_stream=is_stream)

    assert caught.value.response.headers["retry-after"] == "301"


async def test_a_wrong_key_is_an_authentication_error(
    gemini: GeminiUpstream, start_service: StartService
) -> None:
    async with await client_of(gemini, start_service, "AIza-wrong") as sdk:
        with pytest.raises(AuthenticationError, match="API key not valid"):
            await ask(sdk, [{"role": "user", "content": "hi"}], is_stream=True)

    gemini.refusals.clear()


async def test_a_blocked_prompt_is_a_refusal(sdk: AsyncAnthropic, gemini: GeminiUpstream) -> None:
    blocked = {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}}
    body = b"data: " + json.dumps(blocked).encode() + b"\r\n\r\n"
    gemini.script(Raw(headers={"Content-Type": "text/event-stream"}, body=body))

    message = await ask(sdk, [{"role": "user", "content": "hi"}], is_stream=True)

    assert message.stop_reason == "refusal"
    assert message.content == []


async def test_a_malformed_call_is_an_error_that_can_be_tried_again(
    sdk: AsyncAnthropic, gemini: GeminiUpstream
) -> None:
    broken = {"candidates": [{"content": {}, "finishReason": "MALFORMED_FUNCTION_CALL"}]}
    answer = Raw(headers={"Content-Type": "application/json"}, body=json.dumps(broken).encode())
    gemini.script(*[answer] * 9)

    with pytest.raises(APIStatusError, match="MALFORMED_FUNCTION_CALL"):
        await ask(sdk, [{"role": "user", "content": "hi"}], is_stream=False)


@pytest.mark.parametrize("end", ["", "/v1beta", "/v1beta/models/"])
async def test_the_models_are_listed_by_the_api_itself(provider: Provider, end: str) -> None:
    provider.script = whole({"models": [{"name": "models/gemini-3-flash", "version": "3"}]})
    entry = {"name": "g", "api_base_url": f"{provider.url}{end}", "api_key": KEY}
    config = read_config({"Providers": [{**entry, "dialect": "gemini"}]}, None, {})

    found = await list_models(config, config.providers["g"])

    call = provider.calls[0]
    assert found == ["gemini-3-flash"]
    assert call.target == "/v1beta/models?pageSize=1000"
    assert call.header("x-goog-api-key") == KEY
    assert call.header("authorization") is None


@pytest.mark.parametrize("end", ["", "/v1beta", "/v1beta/models", "/v1beta/models/"])
def test_a_pasted_address_of_the_api_is_completed(end: str) -> None:
    base = "https://generativelanguage.googleapis.com"

    assert complete_url(f"{base}{end}") == f"{base}/v1beta/models"
