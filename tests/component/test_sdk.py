"""The official Anthropic SDK as a client of the service."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import anthropic
import pytest
from anthropic import Anthropic, AsyncAnthropic

from ccr_desktop.core.service import Service
from tests.component.conftest import StartService, configuration
from tests.component.provider import Provider, chunk, finish_chunk, held, stream, text_chunks, whole

KEY = "router-secret"
ASK: dict[str, Any] = {
    "model": "claude-sonnet-5",
    "max_tokens": 100,
    "messages": [{"role": "user", "content": "Say hello"}],
}
TOOL: dict[str, Any] = {
    "name": "weather",
    "description": "Tells the weather",
    "input_schema": {"type": "object", "properties": {"city": {"type": "string"}}},
}


@pytest.fixture
async def service(start_service: StartService, provider: Provider) -> Service:
    return await start_service(configuration(provider.url, APIKEY=KEY))


@pytest.fixture
async def sdk(service: Service) -> AsyncIterator[AsyncAnthropic]:
    async with AsyncAnthropic(base_url=service.url, api_key=KEY, max_retries=0) as made:
        yield made


async def test_a_message_can_be_created(sdk: AsyncAnthropic) -> None:
    message = await sdk.messages.create(**ASK)

    assert message.role == "assistant"
    assert message.model == "claude-sonnet-5"
    assert message.stop_reason == "end_turn"
    assert [block.text for block in message.content if block.type == "text"] == [
        "Hello from the provider"
    ]
    assert (message.usage.input_tokens, message.usage.output_tokens) == (11, 5)


async def test_a_message_can_be_streamed(sdk: AsyncAnthropic) -> None:
    async with sdk.messages.stream(**ASK) as events:
        texts = [text async for text in events.text_stream]
        final = await events.get_final_message()

    assert "".join(texts) == "Hello from the provider"
    assert len(texts) > 1
    assert final.stop_reason == "end_turn"
    assert final.usage.output_tokens == 5


async def test_a_streamed_tool_call_arrives_with_its_arguments(
    sdk: AsyncAnthropic, provider: Provider
) -> None:
    function = {"name": "weather", "arguments": ""}
    call = {"index": 0, "id": "call_1", "type": "function", "function": function}
    pieces = ['{"ci', 'ty": "Pa', 'ris"}']
    deltas = [{"index": 0, "function": {"arguments": piece}} for piece in pieces]
    calls = [chunk({"tool_calls": [part]}) for part in (call, *deltas)]
    provider.script = stream([*calls, chunk({}, "tool_calls")])

    async with sdk.messages.stream(**ASK, tools=[TOOL]) as events:
        final = await events.get_final_message()

    assert final.stop_reason == "tool_use"
    [block] = final.content
    assert block.type == "tool_use"
    assert block.name == "weather"
    assert block.input == {"city": "Paris"}
    assert provider.calls[0].body["tools"][0]["function"]["name"] == "weather"


async def test_thinking_is_streamed_as_thinking(sdk: AsyncAnthropic, provider: Provider) -> None:
    thoughts = [chunk({"reasoning_content": "First "}), chunk({"reasoning_content": "that."})]
    provider.script = stream([*thoughts, chunk({"content": "So."}), finish_chunk()])

    async with sdk.messages.stream(**ASK) as events:
        final = await events.get_final_message()

    assert [block.type for block in final.content] == ["thinking", "text"]


async def test_tokens_can_be_counted(sdk: AsyncAnthropic) -> None:
    counted = await sdk.messages.count_tokens(model=ASK["model"], messages=ASK["messages"])

    assert counted.input_tokens > 0


async def test_models_can_be_listed_and_read(sdk: AsyncAnthropic) -> None:
    listed = [model.id async for model in sdk.models.list()]
    one = await sdk.models.retrieve("mock,vendor/odd-model")

    assert "mock,big" in listed
    assert one.id == "mock,vendor/odd-model"
    assert one.created_at.year > 2000


ERRORS = {
    400: anthropic.BadRequestError,
    401: anthropic.AuthenticationError,
    403: anthropic.PermissionDeniedError,
    404: anthropic.NotFoundError,
    413: anthropic.RequestTooLargeError,
    422: anthropic.UnprocessableEntityError,
    429: anthropic.RateLimitError,
    500: anthropic.InternalServerError,
    529: anthropic.OverloadedError,
}


@pytest.mark.parametrize(("status", "kind"), ERRORS.items(), ids=map(str, ERRORS))
@pytest.mark.parametrize("is_stream", [False, True], ids=["create", "stream"])
async def test_an_error_of_the_provider_becomes_the_right_exception(
    sdk: AsyncAnthropic, provider: Provider, status: int, kind: Any, is_stream: bool
) -> None:
    provider.script = whole({"error": {"message": "the flux is low"}}, status)

    with pytest.raises(kind, match="the flux is low") as caught:
        await sdk.messages.create(**ASK, stream=is_stream)

    assert caught.value.status_code == status
    assert caught.value.request_id.startswith("req_")


async def test_a_wrong_key_becomes_the_right_exception(service: Service) -> None:
    async with AsyncAnthropic(base_url=service.url, api_key="wrong", max_retries=0) as sdk:
        with pytest.raises(anthropic.AuthenticationError, match="Invalid API key"):
            await sdk.messages.create(**ASK)


async def test_an_unknown_provider_becomes_the_right_exception(sdk: AsyncAnthropic) -> None:
    with pytest.raises(anthropic.NotFoundError, match="nobody"):
        await sdk.messages.create(**{**ASK, "model": "nobody,x"})


async def test_an_error_in_mid_stream_is_raised(sdk: AsyncAnthropic, provider: Provider) -> None:
    release = asyncio.Event()
    error = b'data: {"error": {"message": "overloaded", "code": 529}}\n\n'
    provider.script = held(release, [chunk({"content": "Half"})], [error])

    async with sdk.messages.stream(**ASK) as events:
        first = await anext(events.text_stream)
        release.set()
        with pytest.raises(anthropic.APIStatusError, match="overloaded"):
            await events.get_final_message()

    assert first == "Half"


async def test_the_sdk_tries_again_when_it_is_told_to(service: Service, provider: Provider) -> None:
    scripts = iter(
        [
            whole({"error": {"message": "slow down"}}, 429, {"retry-after-ms": "1"}),
            stream(text_chunks("Second try.")),
        ]
    )

    async def script(call: Any) -> Any:
        return await next(scripts)(call)

    provider.script = script

    async with AsyncAnthropic(base_url=service.url, auth_token=KEY, max_retries=1) as sdk:
        message = await sdk.messages.create(**ASK)

    assert message.content[0].type == "text"
    assert message.content[0].text == "Second try."


async def test_the_blocking_client_works_too(service: Service) -> None:
    def ask() -> tuple[str, str]:
        with Anthropic(base_url=service.url, auth_token=KEY, max_retries=0) as sdk:
            message = sdk.messages.create(**ASK)
            with sdk.messages.stream(**ASK) as events:
                streamed = "".join(events.text_stream)
            assert message.content[0].type == "text"
            return message.content[0].text, streamed

    assert await asyncio.to_thread(ask) == ("Hello from the provider",) * 2
