"""Moonshot's own search, which wants its calls answered, as one answer for the client."""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from ccr_desktop.core import search_rounds
from tests.component.client import QUESTION, Client
from tests.component.conftest import KEY, Connect
from tests.component.provider import Call, JsonObject, Provider, completion, whole
from tests.component.two_providers import MODES

SEARCH = {"type": "web_search_20250305", "name": "web_search", "max_uses": 8}
READ = {"name": "Read", "input_schema": {"type": "object", "properties": {}}}
FOUND = '{"search_result": {"search_id": "s-1"}, "usage": {"total_tokens": 9}}'


def calling(*names: str) -> JsonObject:
    calls = [
        {
            "id": f"functions.{name}:{number}",
            "type": "builtin_function" if name.startswith("$") else "function",
            "function": {"name": name, "arguments": FOUND if name.startswith("$") else "{}"},
        }
        for number, name in enumerate(names)
    ]
    answer = completion("")
    answer["choices"][0]["message"] |= {"content": "", "tool_calls": calls}
    answer["choices"][0]["finish_reason"] = "tool_calls"
    return answer


@dataclass
class Kimi:
    """Searches as often as it is told, and wants its arguments back unchanged."""

    answers: list[JsonObject]
    bodies: list[JsonObject] = field(default_factory=list)

    async def __call__(self, call: Call) -> web.StreamResponse:
        self.bodies.append(call.body)
        problem = _problem(call.body)
        if problem:
            return await whole({"error": {"message": problem}}, 400)(call)
        is_offered = any(t["type"] == "builtin_function" for t in call.body.get("tools", ()))
        answer = self.answers.pop(0) if is_offered and self.answers else completion("Out today.")
        return await whole(answer)(call)


def _problem(body: JsonObject) -> str:
    if body["thinking"] != {"type": "disabled"}:
        return "builtin function $web_search is incompatible with thinking"
    for message in body["messages"]:
        if message["role"] == "tool" and message["content"] != FOUND:
            return "the result of $web_search was changed"
    return ""


@pytest.fixture
async def kimi(connect: Connect, provider: Provider) -> Client:
    entry = {
        "name": "kimi",
        "api_base_url": f"{provider.url}/v1/chat/completions",
        "api_key": KEY,
        "models": ["kimi-k2.6", "kimi-k2.7-code"],
        "profile": "moonshot",
    }
    return await connect(Providers=[entry], Router={"default": "kimi,kimi-k2.6"})


def asking(question: JsonObject, *tools: JsonObject, **members: Any) -> JsonObject:
    return {**question, "tools": [SEARCH, *tools], **members}


@MODES
async def test_the_client_gets_what_the_model_says_after_its_searches(
    kimi: Client, provider: Provider, question: JsonObject
) -> None:
    provider.script = upstream = Kimi([calling("$web_search"), calling("$web_search")])

    answer = await kimi.ask(asking(question, thinking={"type": "adaptive"}))

    assert (answer.status, answer.text) == (200, "Out today.")
    assert [len(body["messages"]) for body in upstream.bodies] == [1, 3, 5]
    _, said, result = upstream.bodies[1]["messages"]
    assert said["tool_calls"][0]["id"] == result["tool_call_id"] == "functions.$web_search:0"
    assert all(body["stream"] is False for body in upstream.bodies)


@MODES
async def test_calls_of_the_clients_own_tools_reach_it_without_the_search(
    kimi: Client, provider: Provider, question: JsonObject
) -> None:
    provider.script = Kimi([calling("$web_search", "Read")])

    answer = await kimi.ask(asking(question, READ))

    assert b'"Read"' in answer.raw
    assert b"$web_search" not in answer.raw


async def test_a_model_that_never_stops_searching_is_made_to_answer(
    kimi: Client, provider: Provider
) -> None:
    provider.script = upstream = Kimi([calling("$web_search")] * 50)

    answer = await kimi.ask(asking({**QUESTION}))

    assert answer.text == "Out today."
    assert len(upstream.bodies) == search_rounds.MAX_ROUNDS + 1
    assert "tools" not in upstream.bodies[-1]


async def test_the_client_says_how_often_is_enough(kimi: Client, provider: Provider) -> None:
    provider.script = upstream = Kimi([calling("$web_search")] * 50)

    await kimi.ask({**QUESTION, "tools": [{**SEARCH, "max_uses": 2}]})

    assert len(upstream.bodies) == 3


async def test_a_model_that_searches_without_being_offered_to_ends_there(
    kimi: Client, provider: Provider
) -> None:
    provider.script = whole(calling("$web_search"))

    answer = await kimi.ask(asking({**QUESTION}))

    assert answer.status == 502
    assert len(provider.calls) == 2 * (search_rounds.MAX_ROUNDS + 1)  # tried once more


@pytest.mark.parametrize(
    ("body", "status", "expected"),
    [(b"odd", 200, 502), (b"{}", 200, 502), (b'{"error": {"message": "no"}}', 400, 400)],
)
async def test_what_is_no_answer_is_told(
    kimi: Client, provider: Provider, body: bytes, status: int, expected: int
) -> None:
    provider.script = whole(body, status)

    assert (await kimi.ask(asking({**QUESTION}))).status == expected


async def test_a_model_that_cannot_search_says_so(kimi: Client) -> None:
    answer = await kimi.ask(asking({**QUESTION, "model": "kimi,kimi-k2.7-code"}))

    assert "can't search the web" in answer.error["message"]


def test_only_searches_are_gone_on_with() -> None:
    assert search_rounds.follow_up(json.loads("{}"), "$web_search") == []
    assert search_rounds.follow_up(completion("x"), "$web_search") == []
