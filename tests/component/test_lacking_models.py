"""Models without eyes or tools: what of a request is spared them, and what the client is told."""

from typing import Any

import pytest
from aiohttp import web

from tests.component.client import QUESTION, STREAMED
from tests.component.conftest import Connect
from tests.component.provider import (
    Call,
    JsonObject,
    Provider,
    chunk,
    completion,
    finish_chunk,
    stream,
    whole,
)

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)
IMAGE = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": PIXEL}}
LOOK = {"type": "tool_use", "id": "toolu_1", "name": "Look", "input": {}}
SEEN = {"type": "tool_result", "tool_use_id": "toolu_1", "content": [IMAGE]}
PICTURES = [
    {"role": "user", "content": [IMAGE, {"type": "text", "text": "Look."}]},
    {"role": "assistant", "content": [LOOK]},
    {"role": "user", "content": [SEEN]},
]
TOOLS = [{"name": "Look", "input_schema": {"type": "object", "properties": {}}}]


def blind(status: int, words: str) -> Any:
    """A model that refuses pictures in these words."""

    async def script(call: Call) -> web.StreamResponse:
        if "image_url" in call.raw.decode():
            return await whole({"error": {"message": words, "code": status}}, status)(call)
        if call.body.get("stream"):
            return await stream([chunk({"content": "Well."}), finish_chunk()])(call)
        return await whole(completion("Well."))(call)

    return script


@pytest.mark.parametrize("asked", [QUESTION, STREAMED], ids=["whole", "streamed"])
@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, "No endpoints found that support image input"),
        (400, "this model does not support image input (ref: b8bd630e)"),
        (400, "Failed to deserialize: unknown variant `image_url`, expected `text` at line 1"),
        (400, "Unsupported content part type for text-only server: image_url"),
        (400, "some-model is not a multimodal model"),
        (500, "image input is not supported - hint: you may need to provide the mmproj"),
    ],
    ids=["openrouter", "ollama", "deepseek", "sglang", "vllm", "llama.cpp"],
)
async def test_a_conversation_goes_on_without_the_pictures_that_a_model_refuses(
    connect: Connect, provider: Provider, *, asked: JsonObject, status: int, words: str
) -> None:
    provider.script = blind(status, words)
    client = await connect()

    told = await client.ask({**asked, "messages": PICTURES, "tools": TOOLS})

    assert told.text == "Well."
    assert len(provider.calls) == 2
    assert provider.calls[1].raw.decode().count("[An image that this model can't see]") == 2


@pytest.mark.parametrize(
    "words",
    ["The image format is not supported", "image exceeds 5 MB maximum", "Invalid image data"],
)
async def test_a_picture_that_is_no_good_is_told(
    connect: Connect, provider: Provider, words: str
) -> None:
    provider.script = blind(400, words)
    client = await connect()

    told = await client.ask({**QUESTION, "messages": PICTURES, "tools": TOOLS})

    assert (told.status, len(provider.calls)) == (400, 1)
    assert words in told.raw.decode()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, "No endpoints found that support tool use. To learn more, visit: https://o.test"),
        (400, "registry.ollama.ai/library/gemma3:1b does not support tools"),
        (400, '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser'),
        (400, "`tool calling` is not supported with this model"),
    ],
    ids=["openrouter", "ollama", "vllm", "groq"],
)
async def test_who_refuses_tools_is_told_with_the_remedy(
    connect: Connect, provider: Provider, status: int, words: str
) -> None:
    provider.script = whole({"error": {"message": words, "code": status}}, status)
    client = await connect()

    told = await client.ask({**QUESTION, "tools": TOOLS})

    assert told.status == status
    assert told.json["error"]["message"].endswith(
        "Choose a model that can use tools, or start the server with tool calling on."
    )
    assert "api_base_url" not in told.json["error"]["message"]


async def test_who_is_known_to_have_no_tools_is_not_taken_to_have_called_one(
    connect: Connect, provider: Provider
) -> None:
    provider.script = whole(completion("Well."))
    entry = {"name": "p", "api_base_url": f"{provider.url}/v1", "api_key": "k"}
    entry |= {"models": ["sonar-pro"], "profile": "perplexity"}
    client = await connect(Providers=[entry], Router={"default": "p,sonar-pro"})

    free = await client.ask({**QUESTION, "tools": TOOLS})
    forced = await client.ask({**QUESTION, "tools": TOOLS, "tool_choice": {"type": "any"}})

    assert free.text == "Well."
    assert forced.status == 400
    assert "p,sonar-pro can't use tools" in forced.json["error"]["message"]
    assert len(provider.calls) == 1
