"""Routes that take over: while nothing reached the client a turn is not lost with its provider."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from ccr_desktop.core import tries
from ccr_desktop.core.observe.events import AttemptFailed, ExchangeEnded, FellBack
from ccr_desktop.core.observe.lines import event_line
from tests.component.client import QUESTION, STREAMED
from tests.component.conftest import StartService
from tests.component.provider import (
    DONE,
    PATIENCE_S,
    Call,
    JsonObject,
    Provider,
    Script,
    answering,
    chunk,
    held,
    soon,
    stream,
    whole,
)
from tests.component.two_providers import MODES, ask, configured

pytestmark = pytest.mark.usefixtures("hasty")

ERROR = {"error": {"message": "Overheated", "type": "server_error"}}


async def resetting(call: Call) -> web.StreamResponse:
    call.reset()
    return web.Response()


@MODES
@pytest.mark.parametrize(
    ("script", "calls"),
    [
        pytest.param(whole(ERROR, 500), 2, id="500"),
        pytest.param(whole(ERROR, 529), 2, id="529"),
        pytest.param(whole(ERROR, 502), 2, id="502"),
        pytest.param(whole(ERROR, 408), 2, id="408"),
        pytest.param(whole(ERROR, 409), 2, id="409"),
        pytest.param(whole(ERROR, 425), 2, id="425"),
        pytest.param(whole(ERROR, 429), 2, id="429"),
        pytest.param(whole(ERROR, 429, {"retry-after-ms": "20"}), 2, id="429 for a moment"),
        pytest.param(whole(ERROR, 429, {"retry-after": "60"}), 1, id="429 for long"),
        pytest.param(whole(ERROR, 503, {"x-should-retry": "false"}), 1, id="not to be retried"),
        pytest.param(whole(ERROR), 2, id="an error inside a 200"),
        pytest.param(whole(b""), 2, id="an empty answer"),
        pytest.param(stream([], done=False), 2, id="an empty stream"),
        pytest.param(whole(b"<html>Hello</html>"), 2, id="a page"),
        pytest.param(resetting, 2, id="a reset"),
    ],
)
async def test_the_next_route_answers_after_one_more_try(
    *,
    start_service: StartService,
    provider: Provider,
    second: Provider,
    question: JsonObject,
    script: Script,
    calls: int,
) -> None:
    provider.script = script
    service = await start_service(configured(provider.url, second.url))

    answer = await ask(service, question)

    assert (answer.status, answer.text) == (200, "From the second")
    assert len(provider.calls) == calls
    assert answer.headers["x-ccr-route"] == "two,n"
    assert answer.headers["x-ccr-attempts"] == str(calls + 1)
    assert second.calls[0].body["model"] == "n"


@MODES
async def test_a_route_that_recovers_at_once_is_kept(
    start_service: StartService, provider: Provider, second: Provider, question: JsonObject
) -> None:
    async def recovering(call: Call) -> web.StreamResponse:
        script = whole(ERROR, 503) if len(provider.calls) == 1 else answering("Recovered")
        return await script(call)

    provider.script = recovering
    service = await start_service(configured(provider.url, second.url))

    answer = await ask(service, question)

    assert (answer.text, answer.headers["x-ccr-route"]) == ("Recovered", "one,m")
    assert second.calls == []


@MODES
@pytest.mark.parametrize("status", [400, 401, 403, 404, 413, 422])
async def test_what_no_other_provider_could_mend_is_told_at_once(
    start_service: StartService,
    provider: Provider,
    second: Provider,
    question: JsonObject,
    status: int,
) -> None:
    provider.script = whole(ERROR, status)
    service = await start_service(configured(provider.url, second.url))

    answer = await ask(service, question)

    assert answer.status == status
    assert (len(provider.calls), second.calls) == (1, [])
    assert "x-ccr-attempts" not in answer.headers


@MODES
async def test_when_all_fail_the_first_status_stays_and_every_reason_is_named(
    start_service: StartService, provider: Provider, second: Provider, question: JsonObject
) -> None:
    provider.script = whole(ERROR, 503, {"retry-after": "7"})
    second.script = whole({"error": {"message": "No such model"}}, 404)
    service = await start_service(configured(provider.url, second.url))

    answer = await ask(service, question)

    assert (answer.status, answer.headers["retry-after"]) == (503, "7")
    message = answer.error["message"]
    assert "one,m (503): Overheated" in message
    assert message.count("two,n (404): No such model") == 1
    assert answer.headers["x-ccr-failed"].startswith("one,m (503): Overheated")


async def test_an_unreachable_provider_is_left_at_once(
    start_service: StartService, second: Provider
) -> None:
    service = await start_service(configured("http://127.0.0.1:9", second.url))

    answer = await ask(service)

    assert (answer.text, answer.headers["x-ccr-attempts"]) == ("From the second", "2")


async def test_a_silent_provider_is_left_after_its_time(
    start_service: StartService, provider: Provider, second: Provider, impatient: None
) -> None:
    """The pings that went out meanwhile are no reason to give up."""
    provider.script = held(asyncio.Event())
    raw = configured(provider.url, second.url)
    raw["Providers"][0]["timeout"] = {"first_byte_s": 0.2}
    service = await start_service(raw)

    answer = await ask(service, STREAMED)

    assert "ping" in answer.kinds
    assert (answer.text, answer.kinds[-1]) == ("From the second", "message_stop")
    assert len(provider.calls) == 1


async def test_once_the_client_has_a_part_the_failure_is_told(
    start_service: StartService, provider: Provider, second: Provider
) -> None:
    provider.script = stream([chunk({"content": "Half"})], done=False)
    service = await start_service(configured(provider.url, second.url))

    answer = await ask(service, STREAMED)

    assert (answer.text, answer.kinds[-1]) == ("Half", "error")
    assert second.calls == []


async def test_a_route_can_fall_back_to_another_protocol(
    start_service: StartService, provider: Provider, second: Provider
) -> None:
    provider.script = whole(ERROR, 500)
    raw = configured(provider.url, second.url)
    raw["Providers"][0]["api_base_url"] = f"{provider.url}/v1/messages"
    service = await start_service(raw)

    answer = await ask(service, STREAMED)

    assert (answer.text, answer.headers["x-ccr-route"]) == ("From the second", "two,n")
    assert provider.calls[0].target == "/v1/messages"


async def test_a_client_that_leaves_ends_the_pause(
    start_service: StartService,
    provider: Provider,
    second: Provider,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tries, "RETRY_PAUSE_S", 30)
    provider.script = whole(ERROR, 500)
    service = await start_service(configured(provider.url, second.url))
    ended: asyncio.Queue[Any] = asyncio.Queue()
    failed = asyncio.Event()

    def note(event: object) -> None:
        if isinstance(event, AttemptFailed):
            failed.set()
        elif isinstance(event, ExchangeEnded):
            ended.put_nowait(event)

    service.bus.subscribe(note)

    async with aiohttp.ClientSession() as session:
        asking = asyncio.ensure_future(session.post(f"{service.url}/v1/messages", json=QUESTION))
        await soon(failed)
        asking.cancel()
        await asyncio.wait({asking})

    async with asyncio.timeout(PATIENCE_S):
        assert (await ended.get()).status == 499
    assert len(provider.calls) == 1


async def test_each_try_is_told_with_its_reason(
    start_service: StartService, provider: Provider, second: Provider
) -> None:
    provider.script = whole(ERROR, 500)
    service = await start_service(configured(provider.url, second.url))
    happened: list[Any] = []
    service.bus.subscribe(happened.append)

    answer = await ask(service)

    failed = [event for event in happened if isinstance(event, AttemptFailed)]
    fell = next(event for event in happened if isinstance(event, FellBack))
    ended = next(event for event in happened if isinstance(event, ExchangeEnded))
    assert [(event.route, event.status, event.retry_in_s) for event in failed] == [
        ("one,m", 500, 0.01),
        ("one,m", 500, None),
    ]
    assert (fell.from_route, fell.to_route) == ("one,m", "two,n")
    assert fell.reason.startswith("Overheated")
    assert (ended.route, ended.status, list(ended.attempts)) == ("two,n", 200, failed)
    assert "after one,m (500: Overheated" in event_line(ended)
    assert answer.headers["x-ccr-failed"].count("one,m (500): Overheated") == 1


async def test_a_provider_without_its_key_is_left_for_the_next_route(
    start_service: StartService, provider: Provider, second: Provider
) -> None:
    raw = configured(provider.url, second.url)
    raw["Providers"][0] |= {"api_base_url": "https://far.test/v1", "api_key": "$NOT_SET"}
    service = await start_service(raw)

    answer = await ask(service)

    assert (answer.text, answer.headers["x-ccr-route"]) == ("From the second", "two,n")
    assert "NOT_SET is not set" in answer.headers["x-ccr-failed"]


async def test_the_list_of_claude_code_routers_fallback_counts_too(
    start_service: StartService, provider: Provider, second: Provider
) -> None:
    provider.script = whole(ERROR, 500)
    raw = configured(provider.url, second.url, Router={"default": "one,m"})
    service = await start_service({**raw, "fallback": {"default": ["two,n"]}})

    assert (await ask(service)).headers["x-ccr-route"] == "two,n"


# -- pools of keys -----------------------------------------------------------------------------


def pooled(first: str, second: str, *keys: Any) -> JsonObject:
    raw = configured(first, second)
    del raw["Providers"][0]["api_key"]
    raw["Providers"][0]["api_keys"] = list(keys)
    return raw


@MODES
@pytest.mark.parametrize("status", [401, 402, 403, 429])
async def test_the_next_key_of_the_pool_is_tried_before_the_next_route(
    start_service: StartService,
    provider: Provider,
    second: Provider,
    question: JsonObject,
    status: int,
) -> None:
    async def choosy(call: Call) -> web.StreamResponse:
        good = call.header("Authorization") == "Bearer key-three-333333"
        return await (answering("Good key") if good else whole(ERROR, status))(call)

    provider.script = choosy
    keys = ("key-one-11111111", "key-two-22222222", "key-three-333333")
    service = await start_service(pooled(provider.url, second.url, *keys))

    answer = await ask(service, question)
    tried = len(provider.calls)
    again = await ask(service, question)

    assert answer.text == again.text == "Good key"
    assert len(provider.calls) == tried + 1  # the refused ones rest
    assert not any(key in json.dumps(answer.headers) for key in keys)


async def test_when_all_keys_are_refused_the_error_names_none(
    start_service: StartService, provider: Provider, second: Provider
) -> None:
    async def echoing(call: Call) -> web.StreamResponse:
        said = {"error": {"message": f"Bad key {call.header('Authorization')}"}}
        return await whole(said, 401)(call)

    provider.script = echoing
    service = await start_service(
        pooled(provider.url, second.url, "key-one-11111111", "key-two-22222222")
    )

    answer = await ask(service)

    assert (answer.status, len(provider.calls)) == (401, 2)
    assert "1111" not in answer.raw.decode()
    assert "2222" not in answer.raw.decode()


async def test_done_without_anything_is_an_empty_answer(
    start_service: StartService, provider: Provider, second: Provider
) -> None:
    provider.script = stream([DONE])
    service = await start_service(configured(provider.url, second.url))

    assert (await ask(service, STREAMED)).text == "From the second"
