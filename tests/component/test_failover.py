"""When another try is made, and when a provider is left alone, as `Failover` says."""

from dataclasses import replace
from typing import Any

import pytest

from ccr_desktop.core import patience
from ccr_desktop.core.config.failover import read_failover
from ccr_desktop.core.config.schema import Config
from ccr_desktop.core.observe.events import ExchangeEnded, ProviderPaused, ProviderResumed
from ccr_desktop.core.observe.health import State
from ccr_desktop.core.service import Service
from tests.component.client import QUESTION, STREAMED
from tests.component.conftest import StartService
from tests.component.provider import JsonObject, Provider, Script, answering, stream, whole
from tests.component.two_providers import MODES, ask, configured

pytestmark = pytest.mark.usefixtures("hasty")

ERROR = {"error": {"message": "Overheated", "type": "server_error"}}
FAILING = whole(ERROR, 500)
PAUSING = {"tries": 1, "pauseAfter": 2, "pauseFor": 600}


@MODES
@pytest.mark.parametrize("tries", [1, 4])
async def test_a_route_is_asked_as_often_as_the_setting_says(
    start_service: StartService,
    provider: Provider,
    second: Provider,
    question: JsonObject,
    tries: int,
) -> None:
    provider.script = FAILING
    service = await start_service(configured(provider.url, second.url, Failover={"tries": tries}))

    answer = await ask(service, question)

    assert answer.text == "From the second"
    assert len(provider.calls) == tries


@pytest.mark.parametrize(("longest", "calls"), [(0, 1), (0.05, 2)])
async def test_a_provider_is_waited_for_as_long_as_the_setting_says(
    start_service: StartService, provider: Provider, second: Provider, longest: float, calls: int
) -> None:
    provider.script = whole(ERROR, 429, {"retry-after-ms": "40"})
    failover = {"longestWait": longest}
    service = await start_service(configured(provider.url, second.url, Failover=failover))

    answer = await ask(service)

    assert answer.text == "From the second"
    assert len(provider.calls) == calls


async def test_a_client_gets_pings_while_a_provider_is_waited_for(
    start_service: StartService,
    provider: Provider,
    second: Provider,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(patience, "PING_INTERVAL_S", 0.01)
    provider.script = whole(ERROR, 429, {"retry-after-ms": "60"})
    service = await start_service(configured(provider.url, second.url))

    answer = await ask(service, STREAMED)

    assert answer.text == "From the second"
    assert b"event: ping" in answer.raw


@pytest.mark.parametrize(
    ("script", "cause"),
    [
        pytest.param(FAILING, "serverError", id="500"),
        pytest.param(whole(ERROR, 529), "serverError", id="529"),
        pytest.param(whole(ERROR, 408), "timeout", id="408"),
        pytest.param(whole(ERROR, 429), "rateLimit", id="429"),
        pytest.param(whole(ERROR, 402), "account", id="402"),
        pytest.param(whole(b""), "emptyAnswer", id="nothing"),
        pytest.param(stream([], done=False), "emptyAnswer", id="an empty stream"),
    ],
)
async def test_a_failure_that_does_not_count_is_told_at_once(
    start_service: StartService, provider: Provider, second: Provider, script: Script, cause: str
) -> None:
    provider.script = script
    causes = ["connection", "timeout", "rateLimit", "serverError", "emptyAnswer", "account"]
    others = [name for name in causes if name != cause]
    service = await start_service(configured(provider.url, second.url, Failover={"when": others}))

    answer = await ask(service)

    assert answer.status >= 400
    assert (len(provider.calls), len(second.calls)) == (1, 0)

    service.use(_with(service, {"when": [cause]}))
    assert (await ask(service)).text == "From the second"


async def test_who_cannot_be_reached_may_not_count_either(
    start_service: StartService, second: Provider
) -> None:
    raw = configured("http://127.0.0.1:1", second.url, Failover={"when": ["timeout"]})
    service = await start_service(raw)

    assert (await ask(service)).status == 502
    assert not second.calls


@MODES
async def test_a_provider_that_keeps_failing_is_left_alone(
    start_service: StartService, provider: Provider, second: Provider, question: JsonObject
) -> None:
    provider.script = FAILING
    service = await start_service(configured(provider.url, second.url, Failover=PAUSING))
    happened: list[Any] = []
    service.bus.subscribe(happened.append)

    for _ in range(3):
        assert (await ask(service, question)).text == "From the second"

    assert len(provider.calls) == 2
    (paused,) = [event for event in happened if isinstance(event, ProviderPaused)]
    assert (paused.provider, paused.failures) == ("one", 2)
    assert paused.reason.startswith("Overheated")
    last = [event for event in happened if isinstance(event, ExchangeEnded)][-1]
    assert [(each.route, each.is_skipped) for each in last.attempts] == [("one,m", True)]
    assert last.attempts[0].reason == "one is left alone after failures"


async def test_after_its_time_the_first_choice_is_asked_again(
    start_service: StartService, provider: Provider, second: Provider
) -> None:
    provider.script = FAILING
    service = await start_service(configured(provider.url, second.url, Failover=PAUSING))
    happened: list[Any] = []
    service.bus.subscribe(happened.append)
    now_s = 1000.0
    service._rests._clock = lambda: now_s
    for _ in range(2):
        await ask(service)

    now_s += 599
    assert (await ask(service)).headers["x-ccr-route"] == "two,n"
    assert len(provider.calls) == 2

    now_s += 2
    await ask(service)
    assert len(provider.calls) == 3, "it failed once more, so it is left alone again"
    assert (await ask(service)).text == "From the second"
    assert len(provider.calls) == 3

    now_s += 601
    provider.script = answering("It is back")
    assert (await ask(service)).text == "It is back"
    assert [event.provider for event in happened if isinstance(event, ProviderResumed)] == ["one"]
    assert (await ask(service)).text == "It is back"


async def test_who_is_the_last_one_is_asked_all_the_same(
    start_service: StartService, provider: Provider, second: Provider
) -> None:
    provider.script = FAILING
    raw = configured(provider.url, second.url, Failover=PAUSING)
    service = await start_service({**raw, "Router": {"default": "one,m"}})

    for _ in range(4):
        assert (await ask(service)).status == 500

    assert len(provider.calls) == 4
    decision = await service.explain(QUESTION, {})
    assert decision.trace[-2].rule == "resting"
    assert "asked all the same" in decision.trace[-2].reason


async def test_the_user_may_end_it(
    start_service: StartService, provider: Provider, second: Provider
) -> None:
    provider.script = FAILING
    service = await start_service(configured(provider.url, second.url, Failover=PAUSING))
    for _ in range(2):
        await ask(service)
    decision = await service.explain(QUESTION, {})
    assert [str(decision.route), decision.trace[-2].rule] == ["two,n", "resting"]

    service.end_rest("one")

    assert str((await service.explain(QUESTION, {})).route) == "one,m"


def _with(service: Service, failover: JsonObject) -> Config:
    return replace(service.config, failover=read_failover(failover, []))


async def test_a_provider_with_another_key_is_judged_anew(
    start_service: StartService, provider: Provider, second: Provider
) -> None:
    provider.script = whole(ERROR, 401)
    service = await start_service(configured(provider.url, second.url))
    await ask(service)
    name = next(iter(service.config.providers))
    assert service.health.of(name).state is State.KEY_PROBLEM

    service.use(replace(service.config, log_level="debug"))
    assert service.health.of(name).state is State.KEY_PROBLEM
    renewed = replace(service.config.providers[name], api_key="sk-another")
    service.use(replace(service.config, providers={**service.config.providers, name: renewed}))

    assert service.health.of(name).state is State.UNKNOWN
