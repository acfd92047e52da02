"""Conversations with providers that refuse what the real ones refuse.

`tests/support/refusing` says what that is. The client is the official SDK.
"""

from collections import deque
from collections.abc import AsyncIterator
from typing import Any

import anthropic
import pytest
from anthropic import AsyncAnthropic

from ccr_desktop.core.dialects.base import Target
from ccr_desktop.core.dialects.openai_chat import OpenAIChat
from ccr_desktop.core.providers.catalog import PROFILES
from tests.component.conftest import StartService
from tests.support.refusing.apis import APIS, Api
from tests.support.refusing.play import Numbers, Player, broken_rules, request_of, thought
from tests.support.refusing.rules import Rule
from tests.support.refusing.shapes import LLAMA_ERROR
from tests.support.turns import Turn, text
from tests.support.upstream import Request, Upstream

JsonObject = dict[str, Any]

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)
IMAGE: JsonObject = {
    "type": "image",
    "source": {"type": "base64", "media_type": "image/png", "data": PIXEL},
}
SYSTEM = [
    {"type": "text", "text": "You are an agent."},
    {"type": "text", "text": "Be brief.", "cache_control": {"type": "ephemeral"}},
]
TOOLS: list[JsonObject] = [
    {
        "name": "Bash",
        "description": "Runs a command",
        "input_schema": {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "type": "object",
            "properties": {"command": {"type": "string"}, "env": {"type": "object"}},
            "required": ["command"],
            "additionalProperties": False,
        },
    },
    {
        "name": "Read",
        "description": "Reads a file",
        "input_schema": {"type": "object", "properties": {"path": {"type": "string"}}},
    },
    {"name": "mcp__9_very_long__" + "name_" * 20, "input_schema": {"type": "object"}},
    {
        "name": "Find",
        "description": "Finds by name or by number",
        "input_schema": {
            "type": "object",
            "properties": {"name": {"type": "string"}, "number": {"type": "integer"}},
            "anyOf": [{"required": ["name"]}, {"required": ["number"]}],
        },
    },
]
THINKING = {"type": "enabled", "budget_tokens": 4000}
for_every_api = pytest.mark.parametrize("api", APIS, ids=lambda api: api.label)
with_tools = pytest.mark.parametrize(
    "api", [api for api in APIS if api.has_tools], ids=lambda api: api.label
)


# -- the rules ---------------------------------------------------------------------------------


def call(call_id: str, name: str) -> JsonObject:
    return {"type": "tool_use", "id": call_id, "name": name, "input": {"command": "ls"}}


def result(call_id: str, content: Any = "") -> JsonObject:
    return {"type": "tool_result", "tool_use_id": call_id, "content": content}


def conversation() -> JsonObject:
    """Everything that is hard: ids of others, results out of order, images, notes in between."""
    long_id = "toolu_" + "0123456789" * 5
    return {
        "model": "claude-sonnet-5",
        "max_tokens": 200_000,
        "system": SYSTEM,
        "tools": TOOLS,
        "stream": True,
        "thinking": THINKING,
        "temperature": 1,
        "stop_sequences": ["END", "STOP"],
        "messages": [
            {"role": "user", "content": [{"type": "text", "text": "Look"}, IMAGE]},
            {
                "role": "assistant",
                "content": [
                    {"type": "thinking", "thinking": "Elsewhere.", "signature": "Er8B"},
                    {"type": "text", "text": "I look."},
                    call("functions.Bash:0", "Bash"),
                    call(long_id, "Read"),
                ],
            },
            {
                "role": "user",
                "content": [
                    result(long_id, [{"type": "text", "text": "a picture"}, IMAGE]),
                    result("functions.Bash:0"),
                    {"type": "text", "text": "And?", "cache_control": {"type": "ephemeral"}},
                ],
            },
            {"role": "system", "content": "Remember to be brief."},
            {"role": "user", "content": "Go on."},
        ],
    }


def sent(api: Api, body: JsonObject, facts: str = "") -> Request:
    """What the provider gets of *body*, by its own facts or those of another."""
    target = Target(
        provider="p",
        model=api.model,
        url="https://h",
        api_key="k",
        profile=PROFILES[facts or api.name].for_model(api.model),
    )
    dialect = OpenAIChat()
    encoded = dialect.encode(body, target, "session")
    return request_of(encoded.body, dict(dialect.call(encoded, target).headers))


@for_every_api
@pytest.mark.parametrize("is_stream", [True, False], ids=["stream", "complete"])
def test_nothing_that_is_sent_breaks_a_rule(api: Api, *, is_stream: bool) -> None:
    assert broken_rules(sent(api, {**conversation(), "stream": is_stream}), api) == []


TOLERANT = {"openai", "openrouter", "dashscope", "fireworks", "chutes"}


@pytest.mark.parametrize(
    "api", [api for api in APIS if api.name not in TOLERANT], ids=lambda api: api.label
)
def test_what_suits_openai_would_be_refused(api: Api) -> None:
    assert broken_rules(sent(api, conversation(), "openai"), api) != []


NEED_TOOLS = {"names of tools", "no images in results"}
RULES = [
    (api, rule)
    for api in APIS
    for rule in api.rules
    if api.has_tools or rule.name not in NEED_TOOLS
]


@pytest.mark.parametrize(("api", "rule"), RULES, ids=[f"{a.label}: {r.name}" for a, r in RULES])
def test_each_rule_refuses_what_breaks_it(api: Api, rule: Rule) -> None:
    request = sent(api, conversation())
    spoiled = rule.spoil(request)

    assert not rule.breaks(request)
    assert rule.breaks(spoiled)


# -- conversations -----------------------------------------------------------------------------


@pytest.fixture
async def sdk(
    api: Api, upstream: Upstream, start_service: StartService
) -> AsyncIterator[AsyncAnthropic]:
    entry = {
        "name": "p",
        "api_base_url": upstream.chat_url,
        "api_key": "k",
        "models": [api.model],
        "profile": api.name,
    }
    raw = {"LOG": False, "Providers": [entry], "Router": {"default": f"p,{api.model}"}}
    service = await start_service(raw)
    async with AsyncAnthropic(base_url=service.url, api_key="x", max_retries=0) as made:
        yield made


def playing(api: Api, upstream: Upstream, *turns: Turn) -> Player:
    player = Player(api, deque(turns))
    upstream.respond(player)
    return player


async def ask(sdk: AsyncAnthropic, messages: list[Any], *, is_stream: bool, **members: Any) -> Any:
    body: JsonObject = {"model": "claude-sonnet-5", "max_tokens": 64_000, "system": SYSTEM}
    body |= {"messages": messages, **members}
    if not is_stream:
        return await sdk.messages.create(**body, timeout=30)
    async with sdk.messages.stream(**body) as events:
        return await events.get_final_message()


@with_tools
@pytest.mark.parametrize("is_stream", [True, False], ids=["stream", "complete"])
async def test_a_conversation_with_everything_is_never_refused(
    api: Api, upstream: Upstream, sdk: AsyncAnthropic, *, is_stream: bool
) -> None:
    numbers = Numbers(api)
    first = [numbers.call("Bash", command="ls"), numbers.call("Read", path="/a.png")]
    second = numbers.call("Bash", command="pwd")
    player = playing(
        api,
        upstream,
        thought(*first, words="I look."),
        thought(second),
        thought() + text("All done."),
        text("You are welcome."),
    )
    messages: list[Any] = [{"role": "user", "content": [{"type": "text", "text": "Look"}, IMAGE]}]

    async def turn(*content: JsonObject) -> Any:
        messages.append({"role": "user", "content": list(content)})
        return await again()

    async def again() -> Any:
        message = await ask(sdk, messages, is_stream=is_stream, tools=TOOLS, thinking=THINKING)
        messages.append({"role": "assistant", "content": message.content})
        return message

    message = await again()
    assert [b.type for b in message.content] == ["thinking", "text", "tool_use", "tool_use"]
    assert message.stop_reason == "tool_use"
    assert [b.input for b in message.content[2:]] == [{"command": "ls"}, {"path": "/a.png"}]
    bash, read = (block.id for block in message.content[2:])

    picture = result(read, [{"type": "text", "text": "a picture"}, IMAGE])
    message = await turn(picture, result(bash), {"type": "text", "text": "And now?"})
    [*_, block] = message.content
    assert (block.type, block.input) == ("tool_use", {"command": "pwd"})

    messages.append({"role": "user", "content": [result(block.id, "/home")]})
    messages.append({"role": "system", "content": "Remember to be brief."})
    message = await again()
    assert message.content[-1].text == "All done."
    assert message.stop_reason == "end_turn"
    assert message.usage.output_tokens == 34

    message = await turn({"type": "text", "text": "Thanks"})
    assert message.content[-1].text == "You are welcome."
    assert player.broken == []


@for_every_api
async def test_what_only_some_requests_hold_is_not_refused_either(
    api: Api, upstream: Upstream, sdk: AsyncAnthropic
) -> None:
    player = playing(api, upstream)
    question = [{"role": "user", "content": "Go"}]
    odd: list[JsonObject] = [
        {"temperature": 0, "top_p": 0.9, "stop_sequences": ["#1", "#2", "#3", "#4", "#5"]},
        {"tools": TOOLS, "tool_choice": {"type": "any", "disable_parallel_tool_use": True}},
        {"tools": TOOLS, "tool_choice": {"type": "tool", "name": "Bash"}, "thinking": THINKING},
        {"tools": TOOLS, "tool_choice": {"type": "none"}},
        {"thinking": {"type": "disabled"}, "tools": TOOLS},
        {"thinking": {"type": "adaptive"}, "output_config": {"effort": "max"}},
        {"thinking": {"type": "adaptive"}, "output_config": {"effort": "low"}},
        {"messages": [*question, {"role": "assistant", "content": "It is"}]},
        {"messages": [*question, *question, {"role": "system", "content": "x"}, *question]},
        {"output_config": {"format": {"type": "json_schema", "schema": {"type": "object"}}}},
    ]

    if not api.has_tools:  # who demands a call is told so
        odd = [m for m in odd if m.get("tool_choice", {}).get("type") not in ("any", "tool")]

    for members in odd:
        for is_stream in (True, False):
            message = await ask(sdk, question, is_stream=is_stream, extra_body=members)
            assert message.content[0].text == "Yes.", members

    assert player.broken == []


@for_every_api
@pytest.mark.parametrize("is_stream", [True, False], ids=["stream", "complete"])
async def test_a_refusal_reaches_the_client_in_words(
    api: Api, upstream: Upstream, sdk: AsyncAnthropic, *, is_stream: bool
) -> None:
    upstream.respond(lambda _: api.refuse("the flux is low"))

    with pytest.raises(anthropic.APIStatusError, match="the flux is low") as caught:
        await ask(sdk, [{"role": "user", "content": "Go"}], is_stream=is_stream)

    assert "p" in caught.value.message
    allowed = {500} if api.refuse is LLAMA_ERROR else {400, 422}
    assert caught.value.status_code in allowed, caught.value
