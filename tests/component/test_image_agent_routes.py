"""The image agent beside everything else that a request may meet: protocols, keys, records."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from ccr_desktop.core.observe.events import ExchangeEnded
from ccr_desktop.core.observe.lines import event_line
from tests.component.client import Client
from tests.component.conftest import Connect, StartService, configuration
from tests.component.provider import (
    PATIENCE_S,
    Call,
    Provider,
    chunk,
    completion,
    event,
    finish_chunk,
    message,
    stream,
    text_chunks,
    whole,
)
from tests.component.sight import (
    HISTORY,
    MODES,
    PICTURE,
    ROUTES,
    USAGE,
    Models,
    body,
    content,
    ending,
    look,
    says,
    user,
)


@pytest.fixture
def models(provider: Provider) -> Models:
    return Models(provider)


LOOK = {"type": "tool_use", "id": "toolu_1", "name": "analyzeImage", "input": {"imageId": ["1"]}}
THOUGHT = {"type": "thinking", "thinking": "Hm.", "signature": "c2ln"}


def asks_claude(call: Call) -> Any:
    """Anthropic's answer with a call of the router's tool, as the request wants it."""
    made = {**message(""), "content": [THOUGHT, LOOK], "stop_reason": "tool_use"}
    if not call.body["stream"]:
        return whole(made)
    thought = {**THOUGHT, "thinking": "", "signature": ""}
    arguments = {"type": "input_json_delta", "partial_json": '{"imageId": ["1"]}'}
    signed = {"type": "signature_delta", "signature": "c2ln"}
    parts = [
        event("message_start", message={**made, "content": [], "stop_reason": None}),
        event("content_block_start", index=0, content_block=thought),
        event("content_block_delta", index=0, delta={"type": "thinking_delta", "thinking": "Hm."}),
        event("content_block_delta", index=0, delta=signed),
        event("content_block_stop", index=0),
        event("content_block_start", index=1, content_block={**LOOK, "input": {}}),
        event("content_block_delta", index=1, delta=arguments),
        event("content_block_stop", index=1),
        event("message_delta", delta={"stop_reason": "tool_use"}, usage={"output_tokens": 3}),
        event("message_stop"),
    ]
    return stream(parts, done=False)


@MODES
async def test_a_text_model_behind_anthropics_protocol_asks_too(
    connect: Connect, provider: Provider, *, streams: bool
) -> None:
    client = await connect(Router={"default": "claude,claude-upstream", "image": "mock,eyes"})
    answers = iter([asks_claude, lambda _: whole(message("It is black."))])
    asked: list[Any] = []

    async def script(call: Call) -> Any:
        if call.body["model"] == "eyes":
            return await whole(completion("Black."))(call)
        asked.append(call.body)
        return await next(answers)(call)(call)

    provider.script = script

    answer = await client.ask(body(*HISTORY, streams=streams))

    assert [b["type"] for b in content(answer)] == ["thinking", "text"]
    first, second = asked
    assert '"type": "image"' not in json.dumps(first)
    assert second["messages"][-2]["content"] == [THOUGHT, LOOK]
    [result] = second["messages"][-1]["content"]
    assert (result["tool_use_id"], result["content"]) == ("toolu_1", "Black.")
    assert second["tools"][-1]["name"] == "analyzeImage"


async def test_reasoning_of_each_round_goes_back_to_its_provider(
    connect: Connect, models: Models
) -> None:
    raw = configuration(models.url, Router=ROUTES)
    raw["Providers"][0]["transformer"] = {"use": ["deepseek"]}
    client = await connect(**raw)
    thinks = [chunk({"reasoning_content": "Let me think."}), chunk({"content": "See."})]
    call = chunk({"tool_calls": [{"index": 0, **look()}]})
    models.script(
        lambda _: stream([*thinks, call, chunk({}, "tool_calls", USAGE)]),
        lambda _: stream(text_chunks("It is black.")),
    )

    answer = await client.ask(body(*HISTORY, streams=True, thinking={"type": "adaptive"}))

    assert [b["type"] for b in content(answer)] == ["thinking", "text", "thinking", "text"]
    assert models.asked[1]["messages"][-2]["reasoning_content"] == "Let me think."


async def test_an_answer_that_breaks_at_once_is_not_begun_anew_in_the_middle(
    connect: Connect, models: Models
) -> None:
    client = await connect(Router={**ROUTES, "default": ["mock,text", "mock,spare"]})
    broken = b'data: {"error": {"message": "lost it", "code": 500}}\n\n'
    models.script(
        says("See.", look()), lambda _: stream([chunk({"content": "Half"}) + broken], done=False)
    )

    answer = await client.ask(body(*HISTORY, streams=True))

    assert answer.kinds[-1] == "error"
    assert answer.text == "See.Half"
    assert "lost it" in answer.events[-1]["error"]["message"]
    assert len(models.asked) == 2


async def test_what_was_seen_is_told_once_though_the_next_answer_takes_two_tries(
    connect: Connect, models: Models
) -> None:
    client = await connect(Router={**ROUTES, "default": ["mock,text", "mock,spare"]})
    broken = b'data: {"error": {"message": "lost it", "code": 500}}\n\n'
    failing = [lambda _: stream([broken], done=False)] * 2
    models.script(says("See.", look()), *failing, says("Black."))

    answer = await client.ask(body(*HISTORY, streams=True, thinking={"type": "adaptive"}))

    assert [b["type"] for b in content(answer)] == ["text", "thinking", "text"]
    assert answer.text == "See.Black."


async def test_a_look_falls_back_as_any_request_does(connect: Connect, models: Models) -> None:
    client = await connect(Router={"default": "mock,text", "image": ["mock,eyes", "mock,more"]})
    models.eyes = whole({"error": {"message": "down"}}, 401)
    models.script(says("", look()), says("I see nothing."))

    answer = await client.ask(body(*HISTORY))

    assert ending(answer)["stop_reason"] == "end_turn"
    assert "down" in models.asked[1]["messages"][-1]["content"]


async def test_looks_have_records_of_their_own_and_the_request_says_who_looked(
    start_service: StartService, models: Models
) -> None:
    service = await start_service(configuration(models.url, Router=ROUTES))
    ended: list[ExchangeEnded] = []
    service.bus.subscribe(lambda e: ended.append(e) if isinstance(e, ExchangeEnded) else None)
    models.script(says("", look()), says("Black."))

    async with aiohttp.ClientSession() as session:
        await Client(session, service.url).ask(body(*HISTORY))
        await asyncio.sleep(0)

    side, main = ended
    assert (side.route, side.scenario) == ("mock,eyes", "image")
    assert side.request_id == f"{main.request_id}-image1"
    assert side.usage["input_tokens"] == 11
    assert (main.route, main.image_agent) == ("mock,text", "mock,eyes looked 1 time")
    assert main.usage["input_tokens"] == 200
    assert " images: mock,eyes looked 1 time" in event_line(main)


async def test_clients_of_chat_completions_have_eyes_too(connect: Connect, models: Models) -> None:
    client = await connect(Router=ROUTES)
    models.script(says("Let me see.", look()), says("Black."))
    url = "data:image/png;base64,iVBORw0KGgo="
    asked = {
        "model": "claude-x",
        "messages": [
            {"role": "user", "content": [{"type": "image_url", "image_url": {"url": url}}]},
            {"role": "assistant", "content": "A cat."},
            {"role": "user", "content": "What colour?"},
        ],
    }

    answer = await client.ask(asked, path="/v1/chat/completions")

    [choice] = answer.json["choices"]
    assert choice["finish_reason"] == "stop"
    assert "tool_calls" not in choice["message"]
    assert "Black." in choice["message"]["content"]


async def test_a_provider_that_sends_no_end_mark_is_not_waited_for(
    connect: Connect, models: Models
) -> None:
    client = await connect(Router=ROUTES)
    models.script(lambda _: stream([chunk({"content": "Hi."}), finish_chunk()], done=False))

    answer = await client.ask(body(*HISTORY, streams=True))

    assert answer.kinds[-1] == "message_stop"


@MODES
async def test_several_pictures_are_looked_at_at_once(
    connect: Connect, models: Models, *, streams: bool
) -> None:
    client = await connect(Router=ROUTES)
    both = asyncio.Barrier(2)
    inner = whole(completion("Seen."))

    async def together(call: Call) -> Any:
        async with asyncio.timeout(PATIENCE_S):
            await both.wait()
        return await inner(call)

    models.eyes = together
    models.script(says("", look("c1", "1"), look("c2", "2")), says("Both seen."))
    history = (user(PICTURE, PICTURE, "Two"), *HISTORY[1:])

    answer = await client.ask(body(*history, streams=streams))

    assert content(answer)[0]["text"].startswith("Both")
    results = [m for m in models.asked[1]["messages"] if m["role"] == "tool"]
    assert [m["tool_call_id"] for m in results] == ["c1", "c2"]
