"""Errors as the official OpenAI SDK understands them."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import openai
import pytest
from openai import AsyncOpenAI

from ccr_desktop.core.service import Service
from tests.component.conftest import StartService, configuration
from tests.component.provider import Provider, chunk, held, message_events, whole

KEY = "router-secret"
ASK: dict[str, Any] = {"model": "gpt-4o", "messages": [{"role": "user", "content": "Say hello"}]}
CLAUDE: dict[str, Any] = {**ASK, "model": "claude,claude-upstream"}


@pytest.fixture
async def service(start_service: StartService, provider: Provider) -> Service:
    return await start_service(configuration(provider.url, APIKEY=KEY))


@pytest.fixture
async def sdk(service: Service) -> AsyncIterator[AsyncOpenAI]:
    async with AsyncOpenAI(base_url=f"{service.url}/v1", api_key=KEY, max_retries=0) as made:
        yield made


ERRORS: dict[int, Any] = {
    400: openai.BadRequestError,
    401: openai.AuthenticationError,
    403: openai.PermissionDeniedError,
    404: openai.NotFoundError,
    429: openai.RateLimitError,
    500: openai.InternalServerError,
}


@pytest.mark.parametrize("status", ERRORS)
@pytest.mark.parametrize("ask", [ASK, CLAUDE], ids=["translated", "passed through"])
@pytest.mark.parametrize("is_stream", [False, True], ids=["create", "stream"])
async def test_an_error_of_the_provider_becomes_the_right_exception(
    sdk: AsyncOpenAI, provider: Provider, ask: Any, status: int, is_stream: bool
) -> None:
    error = {"type": "api_error", "message": "the flux is low"}
    provider.script = whole({"type": "error", "error": error}, status)

    with pytest.raises(ERRORS[status], match="the flux is low") as caught:
        await sdk.chat.completions.create(**ask, stream=is_stream)

    assert caught.value.status_code == status
    assert isinstance(caught.value.body, dict)
    assert {"message", "type", "param", "code"} <= set(caught.value.body)


async def test_a_wrong_key_becomes_the_right_exception(service: Service) -> None:
    async with AsyncOpenAI(base_url=f"{service.url}/v1", api_key="wrong", max_retries=0) as sdk:
        with pytest.raises(openai.AuthenticationError, match="Invalid API key") as caught:
            await sdk.chat.completions.create(**ASK)

    assert caught.value.code == "invalid_api_key"


async def test_an_unknown_provider_becomes_the_right_exception(sdk: AsyncOpenAI) -> None:
    with pytest.raises(openai.NotFoundError, match="nobody") as caught:
        await sdk.chat.completions.create(**{**ASK, "model": "nobody,x"})

    assert caught.value.code == "model_not_found"


async def test_a_prompt_that_is_too_long_has_the_code_agents_look_for(
    sdk: AsyncOpenAI, provider: Provider
) -> None:
    words = "This model's maximum context length is 1000 tokens, you sent 2000 tokens."
    provider.script = whole({"error": {"message": words}}, 400)

    with pytest.raises(openai.BadRequestError) as caught:
        await sdk.chat.completions.create(**ASK)

    assert caught.value.code == "context_length_exceeded"


async def test_a_bad_request_names_the_place(sdk: AsyncOpenAI, provider: Provider) -> None:
    with pytest.raises(openai.BadRequestError, match="role") as caught:
        await sdk.chat.completions.create(
            model="x",
            messages=[{"role": "king", "content": ""}],  # type: ignore[list-item]  # wrong on purpose
        )

    assert caught.value.param == "messages.0.role"
    assert not provider.calls


async def test_other_paths_of_openai_say_where_to_go(sdk: AsyncOpenAI) -> None:
    with pytest.raises(openai.NotFoundError, match="/v1/chat/completions"):
        await sdk.embeddings.create(model="x", input="Hello")


@pytest.mark.parametrize("ask", [ASK, CLAUDE], ids=["translated", "passed through"])
async def test_an_error_in_mid_stream_is_raised(
    sdk: AsyncOpenAI, provider: Provider, ask: Any
) -> None:
    release = asyncio.Event()
    error = {"type": "error", "error": {"type": "overloaded_error", "message": "overloaded"}}
    end = [b"event: error\ndata: " + json.dumps(error).encode() + b"\n\n"]
    begun = message_events("Half")[:4] if ask is CLAUDE else [chunk({"content": "Half"})]
    provider.script = held(release, begun, end)

    texts = []

    async def read() -> None:
        async for part in await sdk.chat.completions.create(**ask, stream=True):
            texts.append(part.choices[0].delta.content or "")
            release.set()

    with pytest.raises(openai.APIError, match="overloaded"):
        await read()

    assert "".join(texts) == "Half"
