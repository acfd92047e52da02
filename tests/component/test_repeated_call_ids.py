"""An Anthropic endpoint that gives several calls one id: the client gets each with its own."""

import pytest
from aiohttp import web

from ccr_desktop.core.dialects.anthropic.replay import replay_message
from tests.component.client import QUESTION, STREAMED
from tests.component.conftest import KEY, Connect
from tests.component.provider import Call, JsonObject, Provider, message

BEFORE = [
    {"role": "user", "content": "Read."},
    {
        "role": "assistant",
        "content": [{"type": "tool_use", "id": "call_0", "name": "R", "input": {}}],
    },
    {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "call_0", "content": "a"}]},
]


def tool(call_id: str) -> JsonObject:
    return {"type": "tool_use", "id": call_id, "name": "R", "input": {"path": "/b"}}


@pytest.mark.parametrize("asked", [QUESTION, STREAMED], ids=["whole", "streamed"])
@pytest.mark.parametrize("streams", [False, True], ids=["it answers whole", "it streams"])
async def test_each_call_has_an_id_of_its_own(
    connect: Connect, provider: Provider, asked: JsonObject, streams: bool
) -> None:
    calls = [tool("call_0"), tool("call_1"), tool("call_1"), tool("")]

    async def script(call: Call) -> web.StreamResponse:
        given = {**message(""), "content": calls, "stop_reason": "tool_use"}
        if not streams:
            return web.json_response(given)
        response = await call.start()
        await response.write(replay_message(given))
        return response

    provider.script = script
    entry = {"name": "odd", "api_base_url": f"{provider.url}/v1/messages", "api_key": KEY}
    client = await connect(
        Providers=[{**entry, "models": ["claude-x"]}], Router={"default": "odd,claude-x"}
    )

    answer = await client.ask({**asked, "messages": BEFORE})

    if asked.get("stream"):
        blocks = [e["content_block"] for e in answer.events if "content_block" in e]
    else:
        blocks = answer.json["content"]
    ids = [block["id"] for block in blocks]
    assert len(ids) == len(set(ids)) == 4
    assert "call_0" not in ids
    assert ids[1] == "call_1"
    assert all(ids)
