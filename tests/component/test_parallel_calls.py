"""Models that take one tool call at a time, or refuse to be told so."""

from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from ccr_desktop.core.config.schema import Failover
from ccr_desktop.core.observe.events import ExchangeEnded
from ccr_desktop.core.observe.lines import event_line
from tests.component.client import QUESTION, STREAMED, Client
from tests.component.conftest import Connect, StartService, configuration
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

TEMPLATE = "This model only supports single tool-calls at once!"
SWITCH = "Unsupported parameter: 'parallel_tool_calls' is not supported with this model."
TOOLS = [{"name": "Read", "input_schema": {"type": "object", "properties": {}}}]
both_ways = pytest.mark.parametrize("asked", [QUESTION, STREAMED], ids=["whole", "streamed"])


def call(call_id: str) -> JsonObject:
    return {"type": "tool_use", "id": call_id, "name": "Read", "input": {}}


def result(call_id: str) -> JsonObject:
    return {"type": "tool_result", "tool_use_id": call_id, "content": f"of {call_id}"}


TOGETHER = [
    {"role": "user", "content": "Read both."},
    {"role": "assistant", "content": [call("a"), call("b")]},
    {"role": "user", "content": [result("a"), result("b"), {"type": "text", "text": "And?"}]},
]


def strict(status: int) -> Any:
    """Refuses `parallel_tool_calls`, and answers that hold several calls."""

    async def script(call: Call) -> web.StreamResponse:
        if "parallel_tool_calls" in call.body:
            return await whole({"error": {"message": SWITCH, "code": "x"}}, status)(call)
        if any(len(m.get("tool_calls", ())) > 1 for m in call.body["messages"]):
            return await whole({"error": {"message": TEMPLATE, "code": status}}, status)(call)
        if call.body.get("stream"):
            return await stream([chunk({"content": "Well."}), finish_chunk()])(call)
        return await whole(completion("Well."))(call)

    return script


@both_ways
@pytest.mark.parametrize("status", [400, 422, 500])
async def test_what_is_refused_of_them_is_left_out(
    connect: Connect, provider: Provider, asked: JsonObject, status: int
) -> None:
    provider.script = strict(status)
    client = await connect()
    choice = {"type": "auto", "disable_parallel_tool_use": True}

    told = await client.ask({**asked, "messages": TOGETHER, "tools": TOOLS, "tool_choice": choice})

    assert told.text == "Well."
    assert len(provider.calls) == 3
    sent = provider.calls[-1].body["messages"]
    assert [m["role"] for m in sent] == ["user", "assistant", "tool", "assistant", "tool", "user"]
    assert [c["id"] for m in sent for c in m.get("tool_calls", ())] == ["a", "b"]
    assert [m["content"] for m in sent if m["role"] == "tool"] == ["of a", "of b"]


async def test_what_was_refused_once_is_not_asked_again_until_the_configuration_changes(
    start_service: StartService, provider: Provider
) -> None:
    provider.script = strict(400)
    service = await start_service(configuration(provider.url))
    ended: list[ExchangeEnded] = []
    service.bus.subscribe(lambda e: ended.append(e) if isinstance(e, ExchangeEnded) else None)
    choice = {"type": "auto", "disable_parallel_tool_use": True}
    asked = {**QUESTION, "messages": TOGETHER, "tools": TOOLS, "tool_choice": choice}

    async with aiohttp.ClientSession() as session:
        client = Client(session, service.url)
        await client.ask(asked)
        again = await client.ask(asked)
        assert again.text == "Well."
        assert len(provider.calls) == 3 + 1

        service.use(replace(service.config, failover=Failover(tries=3)))
        await client.ask(asked)
        await client.ask(QUESTION)

    assert len(provider.calls) == 4 + 3 + 1
    told = ("the wish for one call at a time", "several calls in an answer")
    assert [event.left_out for event in ended] == [told, told, told, ()]
    assert "without: the wish for one call at a time, several" in event_line(ended[1])


async def test_a_refusal_that_nothing_helps_is_told_at_once(
    connect: Connect, provider: Provider
) -> None:
    provider.script = whole({"error": {"message": TEMPLATE}}, 400)
    client = await connect()

    told = await client.ask({**QUESTION, "tools": TOOLS})

    assert (told.status, len(provider.calls)) == (400, 1)
    assert TEMPLATE in told.raw.decode()
