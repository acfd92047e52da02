"""An Anthropic endpoint that does not know what Claude Code sends is asked without it."""

import pytest
from aiohttp import web

from tests.component.client import QUESTION, STREAMED
from tests.component.conftest import KEY, Connect
from tests.component.provider import Call, JsonObject, Provider, message, message_events

EXTRA = "Extra inputs are not permitted"


async def strict(call: Call) -> web.StreamResponse:
    """Refuses one thing after the other."""
    body = call.body
    problem = ""
    if "effort" in (call.header("anthropic-beta") or ""):
        problem = "invalid beta flag"
    elif "effort" in body.get("output_config", {}):
        problem = f"output_config.effort: {EXTRA}"
    elif "context_management" in body:
        problem = f"context_management: {EXTRA}"
    if problem:
        error = {"type": "invalid_request_error", "message": problem}
        return web.json_response({"type": "error", "error": error}, status=400)
    if not body.get("stream"):
        return web.json_response(message("Yes."))
    response = await call.start()
    await response.write(b"".join(message_events("Yes.")))
    return response


@pytest.mark.parametrize("use", [[], ["extrathinktag"]], ids=["passed through", "filtered"])
@pytest.mark.parametrize("asked", [QUESTION, STREAMED], ids=["whole", "streamed"])
async def test_it_is_asked_again_without_each(
    connect: Connect, provider: Provider, asked: JsonObject, use: list[str]
) -> None:
    provider.script = strict
    entry = {"name": "strict", "api_base_url": f"{provider.url}/v1/messages", "api_key": KEY}
    entry |= {"models": ["claude-x"], "transformer": {"use": ["Anthropic", *use]}}
    client = await connect(Providers=[entry], Router={"default": "strict,claude-x"})
    told = {**asked, "output_config": {"effort": "high"}, "context_management": {"edits": []}}

    answer = await client.ask(told, headers={"anthropic-beta": "effort-2025-11-24"})

    assert answer.status == 200
    assert answer.text == "Yes."
    assert len(provider.calls) == 4
    assert provider.calls[-1].body == {**asked, "model": "claude-x"}

    again = await client.ask(told, headers={"anthropic-beta": "effort-2025-11-24"})

    assert again.text == "Yes."
    assert len(provider.calls) == 5


async def test_what_it_needs_is_never_left_out(connect: Connect, provider: Provider) -> None:
    async def odd(_call: Call) -> web.StreamResponse:
        error = {"type": "invalid_request_error", "message": f"messages: {EXTRA}"}
        return web.json_response({"type": "error", "error": error}, status=400)

    provider.script = odd
    entry = {"name": "odd", "api_base_url": f"{provider.url}/v1/messages", "api_key": KEY}
    client = await connect(
        Providers=[{**entry, "models": ["claude-x"]}], Router={"default": "odd,claude-x"}
    )

    answer = await client.ask(QUESTION)

    assert answer.status == 400
    assert len(provider.calls) == 1
