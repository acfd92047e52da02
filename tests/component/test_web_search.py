"""Web searches of the official SDK's client, before providers that search and some that can't."""

import json
from collections.abc import AsyncIterator
from typing import Any

import anthropic
import pytest
from anthropic.types import ServerToolUseBlock, TextBlock, WebSearchToolResultBlock

from tests.component.client import QUESTION
from tests.component.conftest import Connect, StartService, configuration
from tests.component.provider import (
    Call,
    JsonObject,
    Provider,
    Script,
    chunk,
    completion,
    finish_chunk,
    message,
    stream,
    whole,
)

TOOL: Any = {"type": "web_search_20250305", "name": "web_search", "max_uses": 8}
CITED = {"type": "url_citation", "url_citation": {"url": "https://a.org/1", "title": "A"}}
ROUTES = {"default": "mock,big", "webSearch": "mock,finder"}


def found(call: Call) -> Script:
    if call.body["stream"]:
        pieces = [chunk({"content": "It is "}), chunk({"content": "out."})]
        return stream([*pieces, chunk({"annotations": [CITED]}), finish_chunk()])
    made = completion("It is out.")
    made["choices"][0]["message"]["annotations"] = [CITED]
    return whole(made)


async def answering(call: Call) -> Any:
    """Refuse what Chat Completions does not know, else answer with sources."""
    kinds = {tool["type"] for tool in call.body.get("tools", ())}
    roles = {type(m["content"]) for m in call.body["messages"]}
    if kinds - {"function"} or "server_tool_use" in call.raw.decode() or roles - {str, list}:
        return await whole({"error": {"message": "unknown variant"}}, 400)(call)
    return await found(call)(call)


def searching(url: str, *use: str, **members: Any) -> JsonObject:
    raw = configuration(url, Router=ROUTES, **members)
    raw["Providers"][0]["transformer"] = {"use": list(use)}
    return raw


@pytest.fixture
async def sdk(
    provider: Provider, start_service: StartService
) -> AsyncIterator[anthropic.AsyncAnthropic]:
    provider.script = answering
    service = await start_service(searching(provider.url, "openrouter"))
    async with anthropic.AsyncAnthropic(base_url=service.url, api_key="k", max_retries=0) as client:
        yield client


async def ask(
    sdk: anthropic.AsyncAnthropic, messages: Any, *, streams: bool
) -> anthropic.types.Message:
    asked: Any = {"model": "claude-x", "max_tokens": 100, "tools": [TOOL], "messages": messages}
    if not streams:
        made: anthropic.types.Message = await sdk.messages.create(**asked)
        return made
    async with sdk.messages.stream(**asked) as events:
        return await events.get_final_message()


@pytest.mark.parametrize("streams", [False, True], ids=["json", "stream"])
async def test_a_search_is_told_as_anthropic_would(
    sdk: anthropic.AsyncAnthropic, provider: Provider, *, streams: bool
) -> None:
    said = "Perform a web search for the query: python"

    answer = await ask(sdk, [{"role": "user", "content": said}], streams=streams)

    call, result, text = answer.content
    assert isinstance(call, ServerToolUseBlock)
    assert isinstance(result, WebSearchToolResultBlock)
    assert isinstance(text, TextBlock)
    assert (call.name, call.input) == ("web_search", {"query": "python"})
    assert result.tool_use_id == call.id
    assert isinstance(result.content, list)
    assert [(hit.title, hit.url) for hit in result.content] == [("A", "https://a.org/1")]
    assert text.text == "It is out."
    assert provider.calls[0].body["plugins"] == [{"id": "web"}]
    assert provider.calls[0].body["model"] == "finder"


async def test_a_search_in_the_history_is_text_for_everybody(
    sdk: anthropic.AsyncAnthropic, provider: Provider
) -> None:
    first = [{"role": "user", "content": "python?"}]
    answer = await ask(sdk, first, streams=False)
    said = {"role": "assistant", "content": [b.model_dump() for b in answer.content]}

    await ask(sdk, [*first, said, {"role": "user", "content": "Sure?"}], streams=False)

    told = json.dumps(provider.calls[1].body["messages"][1])
    assert "https://a.org/1" in told
    assert "It is out." in told


async def test_a_search_of_others_reaches_anthropic_as_text(
    sdk: anthropic.AsyncAnthropic, provider: Provider
) -> None:
    first = [{"role": "user", "content": "python?"}]
    answer = await ask(sdk, first, streams=False)
    said = {"role": "assistant", "content": [b.model_dump() for b in answer.content]}
    provider.script = whole(message("Yes."))

    await sdk.messages.create(
        model="claude,claude-upstream",
        max_tokens=100,
        messages=[*first, said, {"role": "user", "content": "Sure?"}],  # type: ignore[list-item]
    )

    sent = provider.calls[1].body["messages"][1]["content"]
    assert [block["type"] for block in sent] == ["text", "text"]
    assert "https://a.org/1" in sent[0]["text"]


async def test_without_a_route_for_searches_the_error_names_it(
    connect: Connect, provider: Provider
) -> None:
    client = await connect()

    answer = await client.ask({**QUESTION, "tools": [TOOL]})

    assert answer.status == 400
    assert answer.error["type"] == "invalid_request_error"
    assert answer.error["message"].startswith("mock,big can't search the web: Set Router.webSearch")
    assert not provider.calls


async def test_a_model_that_was_named_is_not_searched_past_in_silence(
    connect: Connect, provider: Provider
) -> None:
    client = await connect(Router=ROUTES)

    answer = await client.ask({**QUESTION, "model": "mock,big", "tools": [TOOL]})

    assert answer.status == 400
    assert "mock,big can't search the web" in answer.error["message"]
    assert "Router.webSearch is mock,finder, but" in answer.error["message"]
