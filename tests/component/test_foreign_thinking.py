"""Conversations that come to an Anthropic endpoint with the thinking of others in them."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.component.client import QUESTION, Client
from tests.component.conftest import KEY, StartService
from tests.component.provider import JsonObject, Provider, message, whole
from tests.support.refusing.anthropic import Claude

SAID = {"type": "text", "text": "Yes."}
CALL = {"type": "tool_use", "id": "toolu_1", "name": "Bash", "input": {"command": "ls"}}
RESULT = {"type": "tool_result", "tool_use_id": "toolu_1", "content": "a"}
ENABLED = {"thinking": {"type": "enabled", "budget_tokens": 1024}, "max_tokens": 4096}
CHAINS = pytest.mark.parametrize("chain", [["Anthropic"], ["Anthropic", "enhancetool"]])


@pytest.fixture
def one(provider: Provider) -> Claude:
    provider.script = claude = Claude("first-signature")
    return claude


@pytest.fixture
def two(second: Provider) -> Claude:
    second.script = claude = Claude("second-signature")
    return claude


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


class Talk:
    """A conversation with two endpoints in turn."""

    def __init__(self, client: Client, *, is_stream: bool) -> None:
        self.client = client
        self.messages: list[JsonObject] = []
        self.is_stream = is_stream

    async def ask(self, model: str, **members: Any) -> int:
        self.messages.append({"role": "user", "content": "Well?"})
        body = {**QUESTION, "model": model, "messages": self.messages, "stream": self.is_stream}
        answer = await self.client.ask({**body, **members})
        if answer.status == 200:
            content = folded(answer.events) if self.is_stream else answer.json["content"]
            self.messages.append({"role": "assistant", "content": content})
        return answer.status


def folded(events: list[JsonObject]) -> list[JsonObject]:
    found: list[JsonObject] = []
    for each in events:
        if each["type"] == "content_block_start":
            found.append(dict(each["content_block"]))
        if each["type"] == "content_block_delta":
            delta = each["delta"]
            found[-1] |= {name: value for name, value in delta.items() if name != "type"}
    return found


async def talking(
    start: StartService,
    session: aiohttp.ClientSession,
    urls: tuple[str, str],
    chain: list[str],
    *,
    is_stream: bool = True,
) -> Talk:
    providers = [
        {
            "name": name,
            "api_base_url": f"{url}/v1/messages",
            "api_key": KEY,
            "models": ["m"],
            "transformer": {"use": chain},
        }
        for name, url in zip(("one", "two"), urls, strict=True)
    ]
    router = {"default": "one,m"}
    service = await start_with(start, {"LOG": False, "Providers": providers, "Router": router})
    return Talk(Client(session, service), is_stream=is_stream)


async def start_with(start: StartService, raw: JsonObject) -> str:
    return (await start(raw)).url


@CHAINS
@pytest.mark.parametrize("is_stream", [True, False], ids=["stream", "json"])
@pytest.mark.usefixtures("one")
async def test_who_takes_over_gets_no_thinking_that_another_has_signed(
    start_service: StartService,
    session: aiohttp.ClientSession,
    *,
    provider: Provider,
    second: Provider,
    two: Claude,
    chain: list[str],
    is_stream: bool,
) -> None:
    urls = provider.url, second.url
    talk = await talking(start_service, session, urls, chain, is_stream=is_stream)

    statuses = [await talk.ask(model) for model in ("one,m", "two,m", "two,m", "one,m")]

    assert statuses == [200] * 4
    assert two.refusals == []
    assert second.calls[0].body["messages"][1]["content"] == [SAID]
    assert len(second.calls[1].body["messages"][3]["content"]) == 3  # its own came back whole
    assert len(provider.calls[1].body["messages"][1]["content"]) == 3


@CHAINS
@pytest.mark.parametrize(
    "thought",
    [
        {"type": "thinking", "thinking": "By Gemini.", "signature": ""},
        {"type": "thinking", "thinking": "By tags."},
    ],
    ids=["empty", "missing"],
)
async def test_thinking_without_a_signature_stays_behind(
    start_service: StartService,
    session: aiohttp.ClientSession,
    *,
    provider: Provider,
    one: Claude,
    thought: JsonObject,
    chain: list[str],
) -> None:
    talk = await talking(start_service, session, (provider.url, provider.url), chain)
    talk.messages = [
        {"role": "user", "content": "Look."},
        {"role": "assistant", "content": [thought, CALL]},
        {"role": "user", "content": [RESULT]},
    ]

    assert await talk.ask("one,m", **ENABLED) == 200
    assert one.refusals == []
    assert provider.calls[0].body["messages"][1]["content"] == [CALL]
    assert provider.calls[0].body["thinking"] == {"type": "disabled"}


@CHAINS
async def test_a_signature_of_nobody_knows_whom_is_left_out_once_it_is_refused(
    start_service: StartService,
    session: aiohttp.ClientSession,
    *,
    provider: Provider,
    one: Claude,
    chain: list[str],
) -> None:
    talk = await talking(start_service, session, (provider.url, provider.url), chain)
    old = {"type": "thinking", "thinking": "Before.", "signature": "of-another-day"}
    talk.messages = [
        {"role": "user", "content": "Look."},
        {"role": "assistant", "content": [old, SAID]},
    ]

    assert await talk.ask("one,m", **ENABLED) == 200
    assert len(one.refusals) == 1
    assert provider.calls[1].body["messages"][1]["content"] == [SAID]
    assert provider.calls[1].body["thinking"] == ENABLED["thinking"]

    assert await talk.ask("one,m", **ENABLED) == 200
    assert len(one.refusals) == 1, "it is known by now"
    again = provider.calls[2].body["messages"]
    assert again[1]["content"] == [SAID]
    assert again[-2]["content"][0]["type"] == "thinking", "what it signed itself goes back"


async def test_who_never_signs_gets_its_thinking_back(
    start_service: StartService, session: aiohttp.ClientSession, provider: Provider
) -> None:
    provider.script = Claude("")
    talk = await talking(start_service, session, (provider.url, provider.url), ["Anthropic"])

    await talk.ask("one,m")
    await talk.ask("one,m")

    assert [block["type"] for block in provider.calls[1].body["messages"][1]["content"]] == [
        "thinking",
        "redacted_thinking",
        "text",
    ]


@pytest.mark.parametrize(("model", "is_kept"), [("claude-opus-5", False), ("kimi-k2", True)])
async def test_ids_of_another_form_become_legal_but_for_those_who_want_them(
    client: Client, provider: Provider, model: str, *, is_kept: bool
) -> None:
    provider.script = whole(message("Yes."))
    odd = "functions.Bash:0"
    call = {"type": "tool_use", "id": odd, "name": "Bash", "input": {}}
    result = {"type": "tool_result", "tool_use_id": odd, "content": "x"}
    messages = [
        *QUESTION["messages"],
        {"role": "assistant", "content": [call]},
        {"role": "user", "content": [result]},
    ]

    await client.ask({**QUESTION, "model": f"claude,{model}", "messages": messages})

    sent = provider.calls[0].body["messages"]
    assert sent[1]["content"][0]["id"] == sent[2]["content"][0]["tool_use_id"]
    assert (sent[1]["content"][0]["id"] == odd) is is_kept


async def test_texts_without_words_stay_behind(client: Client, provider: Provider) -> None:
    provider.script = whole(message("Yes."))
    blank, empty = {"type": "text", "text": "\n\n"}, {"type": "text", "text": ""}
    messages = [
        *QUESTION["messages"],
        {"role": "assistant", "content": [blank, CALL, empty]},
        {"role": "user", "content": [RESULT, blank]},
        {"role": "assistant", "content": [blank]},
        {"role": "user", "content": "Well?"},
    ]

    await client.ask({**QUESTION, "model": "claude,claude-opus-5", "messages": messages})

    sent = provider.calls[0].body["messages"]
    assert sent[1]["content"] == [CALL]
    assert sent[2]["content"] == [RESULT, blank]  # what the client writes itself is its own
    assert sent[3]["content"] == [{"type": "text", "text": "(no text)"}]
