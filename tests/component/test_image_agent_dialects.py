"""The image agent for text models of every protocol."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from tests.component.conftest import Connect
from tests.component.provider import Call, JsonObject, Provider, completion, whole
from tests.component.sight import HISTORY, body, content

ARGUMENTS = {"imageId": ["1"], "task": "Which colour?"}


@dataclass(frozen=True)
class Protocol:
    """Where a protocol is spoken, a call of the tool in it, and words."""

    path: str
    asks: JsonObject
    says: JsonObject


def responses(*output: JsonObject) -> JsonObject:
    usage = {"input_tokens": 10, "output_tokens": 2, "total_tokens": 12}
    return {
        "id": "r",
        "object": "response",
        "status": "completed",
        "output": output,
        "usage": usage,
    }


def gemini(part: JsonObject) -> JsonObject:
    candidate = {"content": {"role": "model", "parts": [part]}, "finishReason": "STOP"}
    return {"candidates": [candidate], "usageMetadata": {"promptTokenCount": 10}}


def ollama(**message: Any) -> JsonObject:
    said = {"role": "assistant", "content": "", **message}
    return {"model": "m", "message": said, "done": True, "done_reason": "stop"}


PROTOCOLS = {
    "responses": Protocol(
        "/v1/responses",
        responses(
            {"type": "reasoning", "id": "rs", "summary": [], "encrypted_content": "enc"},
            {
                "type": "function_call",
                "id": "fc",
                "call_id": "c1",
                "name": "analyzeImage",
                "arguments": json.dumps(ARGUMENTS),
            },
        ),
        responses(
            {
                "type": "message",
                "id": "m",
                "role": "assistant",
                "content": [{"type": "output_text", "text": "It is black.", "annotations": []}],
            }
        ),
    ),
    "gemini": Protocol(
        "/v1beta/models/",
        gemini(
            {
                "functionCall": {"name": "analyzeImage", "args": ARGUMENTS},
                "thoughtSignature": "c2ln",
            }
        ),
        gemini({"text": "It is black."}),
    ),
    "ollama": Protocol(
        "/api/chat",
        ollama(tool_calls=[{"function": {"name": "analyzeImage", "arguments": ARGUMENTS}}]),
        ollama(content="It is black."),
    ),
}
DIALECTS = {"responses": "openai-responses", "gemini": "gemini", "ollama": "ollama"}


@pytest.mark.parametrize("name", PROTOCOLS)
async def test_a_model_without_eyes_asks_whatever_it_speaks(
    connect: Connect, provider: Provider, name: str
) -> None:
    protocol = PROTOCOLS[name]
    answers = iter([protocol.asks, protocol.says])
    asked: list[JsonObject] = []

    async def script(call: Call) -> Any:
        if call.body.get("model") == "eyes":
            return await whole(completion("Black."))(call)
        asked.append(call.body)
        return await whole(next(answers))(call)

    provider.script = script
    blind = {
        "name": "blind",
        "api_base_url": f"{provider.url}{protocol.path}",
        "api_key": "k",
        "dialect": DIALECTS[name],
        "models": ["text"],
    }
    eyes = {
        "name": "mock",
        "api_base_url": f"{provider.url}/v1/chat/completions",
        "api_key": "k",
        "models": ["eyes"],
    }
    client = await connect(
        Providers=[blind, eyes], Router={"default": "blind,text", "image": "mock,eyes"}
    )

    answer = await client.ask(body(*HISTORY))

    assert content(answer)[-1]["text"] == "It is black."
    assert not any(block["type"] == "tool_use" for block in content(answer))
    first, second = map(json.dumps, asked)
    assert "[Image #1]" in first
    assert "iVBORw0KGgo=" not in first + second
    assert '"Black."' in second
    assert second.count("imageId") == first.count("imageId") + 1


async def test_encrypted_reasoning_goes_back_with_the_call(
    connect: Connect, provider: Provider
) -> None:
    protocol = PROTOCOLS["responses"]
    answers = iter([protocol.asks, completion("Black."), protocol.says])
    asked: list[JsonObject] = []

    async def script(call: Call) -> Any:
        asked.append(call.body)
        return await whole(next(answers))(call)

    provider.script = script
    entries = [
        {"name": name, "api_base_url": f"{provider.url}{path}", "api_key": "k", "models": ["m"]}
        for name, path in (("blind", protocol.path), ("mock", "/v1/chat/completions"))
    ]
    client = await connect(Providers=entries, Router={"default": "blind,m", "image": "mock,m"})

    await client.ask(body(*HISTORY))

    kinds = [item.get("type", item.get("role")) for item in asked[2]["input"]]
    at = kinds.index("function_call")
    assert kinds[at - 1 : at + 2] == ["reasoning", "function_call", "function_call_output"]
    assert asked[2]["input"][at - 1]["encrypted_content"] == "enc"
