"""Pictures that a provider is to load by their address, and can't."""

from typing import Any

import pytest
from aiohttp import web

from tests.component.client import QUESTION
from tests.component.conftest import Connect
from tests.component.provider import Call, JsonObject, Provider, whole

URL = "https://pictures.test/a.png"
PICTURE = {"type": "image", "source": {"type": "url", "url": URL}}
RESULT = {"type": "tool_result", "tool_use_id": "toolu_1", "content": [PICTURE]}
CALL = {"type": "tool_use", "id": "toolu_1", "name": "Look", "input": {}}
WORDS = f"[The image at {URL}, which could not be read]"
GEMINI: JsonObject = {
    "candidates": [{"content": {"parts": [{"text": "Well."}], "role": "model"}}],
    "usageMetadata": {"promptTokenCount": 1, "candidatesTokenCount": 1},
}
CHAT: JsonObject = {"choices": [{"message": {"content": "Well."}, "finish_reason": "stop"}]}
IN_MESSAGE: list[JsonObject] = [{"role": "user", "content": [PICTURE]}]
IN_RESULT: list[JsonObject] = [
    {"role": "user", "content": "Look."},
    {"role": "assistant", "content": [CALL]},
    {"role": "user", "content": [RESULT]},
]


def refusing(answer: JsonObject, message: str) -> Any:
    """A provider that can't load the picture."""

    async def script(call: Call) -> web.StreamResponse:
        text = call.raw.decode()
        if "fileData" in text or "image_url" in text:
            return await whole({"error": {"code": 400, "message": message}}, 400)(call)
        return await whole(answer)(call)

    return script


@pytest.mark.parametrize("messages", [IN_MESSAGE, IN_RESULT], ids=["message", "result"])
@pytest.mark.parametrize(
    ("dialect", "answer", "message"),
    [
        ("gemini", GEMINI, "Cannot fetch content from the provided URL."),
        ("gemini", GEMINI, f"Invalid or unsupported file uri: {URL}"),
        ("openai-chat", CHAT, f"Error while downloading {URL}."),
    ],
    ids=["gemini", "gemini of old", "chat"],
)
async def test_a_picture_that_can_not_be_loaded_is_named_in_words(
    connect: Connect,
    provider: Provider,
    *,
    messages: list[JsonObject],
    dialect: str,
    answer: JsonObject,
    message: str,
) -> None:
    provider.script = refusing(answer, message)
    entry = {"name": "p", "api_base_url": provider.url, "api_key": "k", "dialect": dialect}
    model = "gemini-3-flash"
    client = await connect(
        Providers=[{**entry, "models": [model]}], Router={"default": f"p,{model}"}
    )

    told = await client.ask({**QUESTION, "messages": messages})

    assert told.text == "Well."
    assert len(provider.calls) == 2
    assert WORDS in provider.calls[1].raw.decode()


async def test_other_refusals_are_told(connect: Connect, provider: Provider) -> None:
    provider.script = refusing(CHAT, "No pictures, please.")
    client = await connect()

    told = await client.ask({**QUESTION, "messages": IN_MESSAGE})

    assert told.status == 400
    assert "No pictures, please." in told.error["message"]
    assert len(provider.calls) == 1
