"""Answers that need no provider: explained decisions, and the demo."""

import aiohttp

from tests.component.client import QUESTION, STREAMED, Client
from tests.component.conftest import StartService, configuration
from tests.component.provider import Provider


async def test_a_decision_is_explained_without_a_call(
    start_service: StartService, provider: Provider
) -> None:
    service = await start_service(configuration(provider.url))
    headers = {"x-ccr-token": service.token}

    async with aiohttp.ClientSession() as session:
        client = Client(session, service.url)
        answer = await client.ask(QUESTION, headers, path="/api/explain")
        bad = await client.ask(b"{", headers, path="/api/explain")

    assert answer.json["route"] == "mock,big"
    assert answer.json["scenario"] == "default"
    assert {"rule", "matched", "reason"} <= set(answer.json["trace"][0])
    assert provider.calls == []
    assert bad.status == 400


async def test_the_demo_answers_and_calls_tools_without_any_configuration(
    start_service: StartService,
) -> None:
    service = await start_service({"LOG": False})
    tool = {"name": "Bash", "input_schema": {"required": ["command"], "properties": {}}}
    asks = {**STREAMED, "messages": [{"role": "user", "content": "Run the tool Bash"}]}

    async with aiohttp.ClientSession() as session:
        client = Client(session, service.url)
        plain = await client.ask(STREAMED)
        called = await client.ask({**asks, "tools": [tool]})

    assert "demo provider" in plain.text
    assert plain.headers["x-ccr-route"] == "demo,demo-model"
    starts = [e["content_block"] for e in called.events if e["type"] == "content_block_start"]
    assert [block["name"] for block in starts if block["type"] == "tool_use"] == ["Bash"]
