"""Failures that could lose a turn though another route can answer."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from ccr_desktop.core import tries
from tests.component.client import QUESTION, STREAMED, Answer, Client
from tests.component.conftest import KEY, StartService
from tests.component.provider import (
    DONE,
    Call,
    JsonObject,
    Provider,
    Script,
    chunk,
    completion,
    stream,
    text_chunks,
    whole,
)

MODES = pytest.mark.parametrize("question", [QUESTION, STREAMED], ids=["json", "stream"])


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tries, "RETRY_PAUSE_S", 0.01)


@pytest.fixture
async def second() -> AsyncIterator[Provider]:
    async with Provider() as server:
        server.script = answering("From the second")
        yield server


def answering(words: str) -> Script:
    """As the request wants it: a stream or a body."""

    async def script(call: Call) -> web.StreamResponse:
        if call.body["stream"]:
            return await stream(text_chunks(words))(call)
        return await whole(completion(words))(call)

    return script


def configured(first: str, second: str) -> JsonObject:
    providers = [
        {"name": name, "api_base_url": f"{url}/v1/chat/completions", "api_key": KEY}
        for name, url in (("one", first), ("two", second))
    ]
    routes = ["one,m", "two,n"]
    return {"LOG": False, "Providers": providers, "Router": {"default": routes}}


async def ask(service: Any, question: JsonObject) -> Answer:
    async with aiohttp.ClientSession() as session:
        return await Client(session, service.url).ask(question)


@MODES
@pytest.mark.parametrize("status", [500, 400])
async def test_control_characters_in_a_failure_lose_no_turn(
    start_service: StartService,
    provider: Provider,
    second: Provider,
    question: JsonObject,
    status: int,
) -> None:
    provider.script = whole({"error": {"message": "bad \0\1\x1b[1m\x7f\n"}}, status)
    service = await start_service(configured(provider.url, second.url))

    answer = await ask(service, question)

    assert answer.status == (200 if status == 500 else status)
    if status == 500:
        assert answer.headers["x-ccr-failed"].startswith("one,m (500): bad")


def nothing(content: str) -> Script:
    """An answer without a word, as the request wants it."""

    async def script(call: Call) -> web.StreamResponse:
        if call.body["stream"]:
            return await stream([chunk({"content": content}), chunk({}, "stop"), DONE])(call)
        return await whole(completion(content))(call)

    return script


@MODES
@pytest.mark.parametrize("content", ["", " \n\n"])
async def test_an_answer_without_a_word_is_a_failure(
    start_service: StartService,
    provider: Provider,
    second: Provider,
    question: JsonObject,
    content: str,
) -> None:
    provider.script = nothing(content)
    service = await start_service(configured(provider.url, second.url))

    answer = await ask(service, question)

    assert (answer.status, answer.text) == (200, "From the second")
    assert "empty answer" in answer.headers["x-ccr-failed"]


async def test_control_characters_in_the_name_of_a_model_lose_no_turn(
    start_service: StartService, provider: Provider, second: Provider
) -> None:
    service = await start_service(configured(provider.url, second.url))
    provider.script = answering("Fine")

    answer = await ask(service, {**QUESTION, "model": "one,a\0\1\x1b\x7fb"})

    assert answer.headers["x-ccr-route"] == "one,a    b"
