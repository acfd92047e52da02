"""`ccr providers test` and `models`: what a person learns about a provider, step by step."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web

from ccr_desktop.core import probe as probing
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.schema import Config
from ccr_desktop.core.config.schema import Provider as Account
from ccr_desktop.core.durations import duration
from ccr_desktop.core.probe import Cause, Step, probe
from ccr_desktop.core.upstream import model_list
from tests.component.conftest import KEY, configuration
from tests.component.provider import Call, JsonObject, Provider, stream, text_chunks, whole

Answer = Callable[[Call], Any]
MODELS = {"data": [{"id": "big"}, {"id": "bigger"}]}


def tool_call() -> list[bytes]:
    call = {
        "index": 0,
        "id": "call_1",
        "type": "function",
        "function": {"name": "report", "arguments": '{"word": "ready"}'},
    }
    deltas: list[JsonObject] = [{"tool_calls": [call]}, {}]
    reasons = [None, "tool_calls"]
    return [
        b"data: %b\n\n"
        % json.dumps({"choices": [{"index": 0, "delta": delta, "finish_reason": reason}]}).encode()
        for delta, reason in zip(deltas, reasons, strict=True)
    ]


def answering(
    *, models: Answer | None = None, hello: Answer | None = None, tools: Any = None
) -> Answer:
    """A provider that answers each of the three questions in its own way."""

    async def script(call: Call) -> web.StreamResponse:
        if call.http.method == "GET":
            chosen = models or whole(MODELS)
        elif call.body.get("tools"):
            chosen = tools or stream(tool_call())
        else:
            chosen = hello or stream(text_chunks("ready"))
        response: web.StreamResponse = await chosen(call)
        return response

    return script


def account(url: str, **members: Any) -> tuple[Config, Account]:
    raw = configuration(url)
    raw["Providers"][0] |= members
    config = read_config(raw, None, {})
    return config, config.providers["mock"]


async def silence(_: Call) -> web.StreamResponse:
    return await asyncio.Future()


async def steps(url: str, model: str = "big", **members: Any) -> list[Step]:
    config, provider = account(url, **members)
    return [step async for step in probe(config, provider, model)]


def summary(found: list[Step]) -> list[tuple[str, bool | None]]:
    return [(step.name, step.ok) for step in found]


async def test_a_sign_in_in_the_address_beside_a_key_is_named(provider: Provider) -> None:
    provider.script = answering()
    url = provider.url.replace("://", "://user:planted-password@")

    first, *_ = twice = await steps(url)

    assert (first.ok, first.cause) == (False, Cause.TWO_SIGN_INS)
    assert "api_base_url, or remove the key" in first.remedy
    assert "planted-password" not in repr(twice)
    once = await steps(url, api_key="")
    assert once[0].ok
    assert "planted-password" not in repr(once)


async def test_a_provider_that_is_switched_off_can_be_tried_out(provider: Provider) -> None:
    provider.script = answering()

    assert all(step.ok for step in await steps(provider.url, paused=True))


async def test_a_provider_that_works_passes_every_step(provider: Provider) -> None:
    provider.script = answering()

    found = await steps(provider.url)

    assert summary(found) == [("address", True), ("key", True), ("model", True), ("tools", True)]
    assert [call.http.method for call in provider.calls] == ["GET", "POST", "POST"]
    assert provider.calls[0].target == "/v1/models"
    assert {call.header("authorization") for call in provider.calls} == {f"Bearer {KEY}"}
    assert KEY not in str(found)
    assert found[2].detail == f"big answered, first words after {duration(found[2].first_s)}"


async def test_an_address_where_nobody_is_ends_it(unused_tcp_port: int) -> None:
    found = await steps(f"http://127.0.0.1:{unused_tcp_port}")

    assert summary(found) == [("address", False), ("key", None), ("model", None), ("tools", None)]
    assert "Start the server" in found[0].remedy


async def test_an_address_that_is_silent_ends_it(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.script = silence
    monkeypatch.setattr(model_list, "LIST_S", 0.05)

    found = await steps(provider.url)

    assert (found[0].ok, found[0].detail) == (False, "no answer within 0.05 s")


@pytest.mark.parametrize("status", [401, 403])
async def test_a_key_that_is_refused_is_told_with_the_words_of_the_provider(
    provider: Provider, status: int
) -> None:
    refusal = whole({"error": {"message": "no such key"}}, status)
    provider.script = answering(models=refusal, hello=refusal)

    found = await steps(provider.url)

    assert summary(found) == [("address", True), ("key", False), ("model", None), ("tools", None)]
    assert "no such key" in found[1].detail
    assert "ccr keys set mock" in found[1].remedy


async def test_a_missing_key_is_told_before_anything_is_asked(provider: Provider) -> None:
    provider.script = answering()

    found = await steps(provider.url, api_key="$NOT_SET", api_base_url="https://localhost.test/v1")

    assert found[0].ok is False
    config, mine = account(provider.url)
    without = replace(mine, api_key="", key_problem="the variable X is not set.")
    found = [step async for step in probe(config, without, "big")]
    assert summary(found)[:2] == [("address", True), ("key", False)]
    assert len(provider.calls) == 1


@pytest.mark.parametrize(
    ("status", "model", "remedy"),
    [
        (404, "bigge", "The closest name is bigger."),
        (400, "zzz", "`ccr providers models mock` lists"),
        (404, "big", "The provider lists this model"),
        (402, "big", "balance"),
        (429, "big", "Too many requests"),
        (500, "big", "--model"),
    ],
)
async def test_a_model_that_does_not_answer_has_a_remedy(
    provider: Provider, status: int, model: str, remedy: str
) -> None:
    refused = whole({"error": {"message": "not today"}}, status, {"x-should-retry": "false"})
    provider.script = answering(hello=refused)

    found = await steps(provider.url, model)

    assert summary(found)[1:] == [("key", True), ("model", False), ("tools", None)]
    assert "not today" in found[2].detail
    assert remedy in found[2].remedy


async def test_what_answers_at_a_wrong_address_tells_of_no_key_and_no_model(
    provider: Provider,
) -> None:
    nothing = whole(b"404: Not Found", 404)
    provider.script = answering(models=nothing, hello=nothing)

    found = await steps(provider.url)

    assert summary(found) == [("address", True), ("key", None), ("model", False), ("tools", None)]
    assert found[2].cause is Cause.NOTHING_THERE
    assert "api_base_url" in found[2].remedy


async def test_a_web_page_at_the_address_is_told_as_one(provider: Provider) -> None:
    page = whole(b"<!doctype html><html><title>Welcome</title></html>", 200)
    provider.script = answering(models=page, hello=page)

    found = await steps(provider.url)

    assert summary(found) == [("address", True), ("key", None), ("model", False), ("tools", None)]
    assert found[2].cause is Cause.NO_API
    assert "api_base_url" in found[2].remedy


async def test_a_server_without_tls_is_not_taken_for_a_certificate(provider: Provider) -> None:
    [reached, *_] = await steps(provider.url.replace("http://", "https://"))

    assert (reached.ok, reached.cause) == (False, Cause.NO_TLS)
    assert "does not speak TLS" in reached.detail


async def test_an_empty_answer_is_none(provider: Provider) -> None:
    provider.script = answering(hello=stream([]))

    found = await steps(provider.url)

    assert (found[2].name, found[2].ok) == ("model", False)


async def test_a_model_that_uses_no_tools_is_told(provider: Provider) -> None:
    provider.script = answering(tools=stream(text_chunks("I will report it.")))

    found = await steps(provider.url)

    assert (found[3].ok, "in words" in found[3].detail) == (False, True)
    provider.script = answering(tools=whole({"error": {"message": "no tools here"}}, 400))
    found = await steps(provider.url)
    assert (found[3].ok, "no tools here" in found[3].detail) == (False, True)


async def test_a_pool_of_keys_is_a_key(provider: Provider) -> None:
    provider.script = answering()

    found = await steps(provider.url, api_key="", api_keys=[KEY, "another-key-0123456789"])

    assert summary(found)[1] == ("key", True)
    assert found[1].detail == "accepted"
    assert provider.calls[0].header("authorization") == f"Bearer {KEY}"


def refusing(*keys: str) -> Answer:
    """A provider that knows none of *keys*, and shows its list of models to everybody."""

    async def script(call: Call) -> web.StreamResponse:
        is_refused = call.header("authorization") in {f"Bearer {key}" for key in keys}
        if is_refused and call.http.method == "POST":
            return await whole({"error": {"message": "no such key"}}, 401)(call)
        response: web.StreamResponse = await answering()(call)
        return response

    return script


async def test_a_key_that_is_refused_is_not_hidden_by_others(provider: Provider) -> None:
    provider.script = refusing(KEY)

    found = await steps(provider.url, api_keys=["good-key-0123456789"])

    assert summary(found) == [("address", True), ("key", False), ("model", True), ("tools", True)]
    assert (found[1].cause, found[1].refused) == (Cause.KEY_REFUSED, (0,))
    assert found[1].detail.startswith("mock did not accept the main key: ")
    assert "no such key" in found[1].detail
    assert "ccr keys set mock" in found[1].remedy
    assert KEY not in str(found)


async def test_extra_keys_that_are_refused_are_named_by_their_places(provider: Provider) -> None:
    bad = ["bad-key-one-0123456789", "bad-key-two-0123456789"]
    provider.script = refusing(*bad)
    pool = [bad[0], "good-key-0123456789", {"key": bad[1]}, bad[0], KEY]

    found = await steps(provider.url, api_keys=pool)

    assert summary(found) == [("address", True), ("key", False), ("model", True), ("tools", True)]
    assert found[1].refused == (1, 3)
    assert "extra key 1: " in found[1].detail
    assert "extra key 3: " in found[1].detail
    assert found[1].remedy == "Correct the extra keys with `ccr config edit`."
    assert not [key for key in bad if key in str(found)]
    used = [call.header("authorization") for call in provider.calls if call.http.method == "POST"]
    assert used.count(f"Bearer {bad[0]}") == 1
    assert len(used) == 4 + 2, "each key once, then the model and the tools"


async def test_a_pool_of_which_no_key_is_accepted_ends_it(provider: Provider) -> None:
    provider.script = refusing(KEY, "bad-key-0123456789")

    found = await steps(provider.url, api_keys=["bad-key-0123456789"])

    assert summary(found) == [("address", True), ("key", False), ("model", None), ("tools", None)]
    assert found[1].refused == (0, 1)


async def test_the_many_keys_of_a_large_pool_are_not_all_tried(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probing, "MOST_KEYS", 2)
    provider.script = answering()

    found = await steps(provider.url, api_keys=["second-key-0123", "third-key-0123"])

    assert all(step.ok for step in found)
    assert found[1].detail == "the first 2 of 3 are accepted"
    assert len([call for call in provider.calls if call.http.method == "POST"]) == 2 + 2


async def test_a_list_that_does_not_exist_is_no_fault(provider: Provider) -> None:
    provider.script = answering(models=whole(b"<html>", 404))

    assert summary(await steps(provider.url))[0] == ("address", True)


async def test_a_sign_in_that_is_missing_says_itself_what_to_do(provider: Provider) -> None:
    chain = {"transformer": {"use": ["qwen-cli"]}}

    _, key, *rest = await steps(provider.url, **chain)

    assert (key.name, key.ok, key.remedy) == ("key", False, "")
    assert "Run `qwen`" in key.detail
    assert [step.ok for step in rest] == [None, None]
