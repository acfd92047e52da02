"""Clients of OpenAI's protocols get whole answers, also where an Anthropic endpoint's are not."""

import aiohttp
import pytest
from aiohttp import web

from tests.component.conftest import KEY, StartService
from tests.component.provider import Call, Provider, event, message_events

BLOCK = {"type": "thinking", "thinking": "", "signature": ""}


def out_of_order(frames: list[bytes]) -> list[bytes]:
    """A block that is not opened, and one that is opened twice and never closed."""
    begun = [event("content_block_stop", index=9)]
    begun += [event("content_block_start", index=0, content_block=BLOCK)] * 2
    delta = {"type": "thinking_delta", "thinking": "Hm."}
    return [frames[0], *begun, event("content_block_delta", index=0, delta=delta), *frames[1:]]


async def answers(call: Call) -> web.StreamResponse:
    response = await call.start()
    for frame in out_of_order(message_events("Yes.")):
        await response.write(frame)
    return response


@pytest.mark.parametrize(
    ("path", "asked", "end"),
    [
        ("responses", {"input": "Well?"}, "response.completed"),
        ("chat/completions", {"messages": [{"role": "user", "content": "Well?"}]}, "[DONE]"),
    ],
)
async def test_an_answer_that_is_out_of_order_is_put_in_order(
    start_service: StartService, provider: Provider, path: str, asked: dict[str, object], end: str
) -> None:
    provider.script = answers
    entry = {"name": "one", "api_base_url": f"{provider.url}/v1/messages", "models": ["m"]}
    service = await start_service(
        {"LOG": False, "Providers": [{**entry, "api_key": KEY}], "Router": {"default": "one,m"}}
    )

    async with (
        aiohttp.ClientSession() as session,
        session.post(
            f"{service.url}/v1/{path}", json={"model": "one,m", "stream": True, **asked}
        ) as answer,
    ):
        text = await answer.text()

    assert "Yes." in text
    assert end in text
