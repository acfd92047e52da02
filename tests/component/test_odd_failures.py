"""Failures that could lose a turn though another route can answer."""

import pytest
from aiohttp import web

from tests.component.client import QUESTION
from tests.component.conftest import StartService
from tests.component.provider import (
    DONE,
    Call,
    JsonObject,
    Provider,
    Script,
    answering,
    chunk,
    completion,
    stream,
    whole,
)
from tests.component.two_providers import MODES, ask, configured

pytestmark = pytest.mark.usefixtures("hasty")


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
