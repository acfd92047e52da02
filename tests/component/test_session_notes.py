"""What the running service leaves for the status line: the conversation alone."""

import json
from typing import Any

import aiohttp

from ccr_desktop import paths
from tests.component.client import STREAMED, Client
from tests.component.conftest import StartService, configuration
from tests.component.provider import Provider

SESSION = "0a1b2c3d-0000-4000-8000-00000000000a"
TOOL = {"name": "Read", "description": "Reads.", "input_schema": {"type": "object"}}
TURN = {**STREAMED, "tools": [TOOL], "metadata": {"user_id": f"user_x_account__session_{SESSION}"}}


async def test_only_the_conversation_is_noted(
    start_service: StartService, provider: Provider
) -> None:
    raw: Any = configuration(provider.url)
    raw["Router"] |= {"background": "mock,vendor/odd-model"}
    service = await start_service(raw)
    async with aiohttp.ClientSession() as session:
        client = Client(session, service.url)
        await client.ask(TURN)
        small = {**TURN, "model": "claude-haiku-5"}
        await client.ask({**small, "tools": []})
        await client.ask(small, {"x-claude-code-agent-id": "agent-1"})
    await service.stop()

    noted = json.loads((paths.data_dir() / "sessions" / f"{SESSION}.json").read_text())
    assert noted["route"] == "mock,big"
    assert noted["prompt_tokens"] == 11
    assert noted["is_streaming"] is False


async def test_a_conversation_that_goes_on_with_a_small_model_is_noted(
    start_service: StartService, provider: Provider
) -> None:
    raw: Any = configuration(provider.url)
    raw["Router"] |= {"background": "mock,vendor/odd-model"}
    service = await start_service(raw)
    async with aiohttp.ClientSession() as session:
        client = Client(session, service.url)
        await client.ask(TURN)
        await client.ask({**TURN, "model": "claude-haiku-5"})
    await service.stop()

    noted = json.loads((paths.data_dir() / "sessions" / f"{SESSION}.json").read_text())
    assert (noted["route"], noted["scenario"]) == ("mock,vendor/odd-model", "background")
