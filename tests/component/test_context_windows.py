"""A prompt that a model can't take never reaches it; one that it can leaves room for an answer."""

import re
from typing import Any

import pytest

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.upstream.model_list import list_models
from tests.component.client import QUESTION, STREAMED
from tests.component.conftest import Connect, configuration
from tests.component.provider import JsonObject, Provider, whole

MODES = pytest.mark.parametrize("question", [QUESTION, STREAMED], ids=["json", "stream"])
WORDS = "word " * 2000  # one token each


def long(question: JsonObject) -> JsonObject:
    return {**question, "messages": [{"role": "user", "content": WORDS}]}


def windowed(provider: Provider, windows: dict[str, int], **router: Any) -> JsonObject:
    """Members of a configuration whose provider `mock` has models of these sizes."""
    providers = configuration(provider.url)["Providers"]
    mock = {**providers[0], "models": [], "context_windows": windows}
    return {"Providers": [mock, providers[1]], "Router": {"default": "mock,big", **router}}


@MODES
async def test_a_prompt_that_fits_nowhere_gets_the_words_that_make_the_client_compact(
    connect: Connect, provider: Provider, question: JsonObject
) -> None:
    client = await connect(**windowed(provider, {"big": 1000}))

    answer = await client.ask(long(question))

    assert (answer.status, answer.error["type"]) == (400, "invalid_request_error")
    told = re.fullmatch(r"prompt is too long: (\d+) tokens > 1000 maximum", answer.error["message"])
    assert told
    assert 2000 <= int(told.group(1)) < 2100
    assert provider.calls == []


@MODES
async def test_a_prompt_that_fits_the_route_for_long_contexts_goes_there(
    connect: Connect, provider: Provider, question: JsonObject
) -> None:
    client = await connect(
        **windowed(provider, {"big": 1000, "huge": 9000}, longContext="mock,huge")
    )

    answer = await client.ask(long(question))

    assert answer.status == 200
    assert (answer.headers["x-ccr-route"], answer.headers["x-ccr-scenario"]) == (
        "mock,huge",
        "longContext",
    )
    assert provider.calls[0].body["model"] == "huge"


async def test_an_explicit_model_does_not_get_more_than_it_takes_either(
    connect: Connect, provider: Provider
) -> None:
    client = await connect(**windowed(provider, {"small": 1000}))

    answer = await client.ask({**long(QUESTION), "model": "mock,small"})

    assert answer.error["message"].endswith("tokens > 1000 maximum")


async def test_a_fallback_that_is_too_small_is_not_asked(
    connect: Connect, provider: Provider
) -> None:
    provider.script = whole({"error": {"message": "Overheated"}}, 500)
    client = await connect(
        **windowed(provider, {"small": 1000}, default=["mock,big", "mock,small", "mock,other"])
    )

    answer = await client.ask(long(QUESTION))

    assert answer.status == 500
    assert {call.body["model"] for call in provider.calls} == {"big", "other"}


async def test_what_the_provider_says_of_its_models_counts(
    connect: Connect, provider: Provider
) -> None:
    members = windowed(provider, {})
    client = await connect(**members)
    assert (await client.ask(long(QUESTION))).status == 200

    provider.script = whole({"data": [{"id": "big", "context_length": 1500}, {"id": "x"}]})
    config = read_config({**configuration(provider.url), **members}, None, {})
    assert await list_models(config, config.providers["mock"]) == ["big", "x"]

    answer = await client.ask(long(QUESTION))
    assert answer.error["message"].endswith("tokens > 1500 maximum")
    listed = await client.get("/v1/models/mock,big")
    assert listed.json["max_input_tokens"] == 1500


@MODES
async def test_the_answer_is_asked_for_no_more_than_the_window_leaves(
    connect: Connect, provider: Provider, question: JsonObject
) -> None:
    client = await connect(**windowed(provider, {"big": 8000}))

    await client.ask({**long(question), "max_tokens": 32000})
    await client.ask({**long(question), "max_tokens": 500})
    await client.ask({**question, "max_tokens": 7000})

    asked = [call.body["max_tokens"] for call in provider.calls]
    assert 5000 < asked[0] < 6000  # a tenth of the prompt is left for how the provider counts
    assert asked[1:] == [500, 7000]
