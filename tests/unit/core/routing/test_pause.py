"""A pause of routing: when it begins, when it ends, and what is decided meanwhile."""

import asyncio
import math
from dataclasses import replace

import pytest

from ccr_desktop.core.config.schema import Route, Router
from ccr_desktop.core.observe.bus import EventBus
from ccr_desktop.core.observe.events import Event, RoutingPaused, RoutingResumed
from ccr_desktop.core.routing import pause as pause_module
from ccr_desktop.core.routing.pause import Pause
from ccr_desktop.core.routing.router import decide
from ccr_desktop.errors import ClientError, RoutingError
from tests.unit.core.routing.facts import ROUTES, body, config, described, facts


class Clock:
    def __init__(self) -> None:
        self.now_s = 1000.0
        self.set_back_s = 0.0

    def __call__(self) -> float:
        return self.now_s - self.set_back_s

    def steady(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def bus() -> EventBus:
    return EventBus()


@pytest.fixture
def told(bus: EventBus) -> list[Event]:
    events: list[Event] = []
    bus.subscribe(events.append)
    return events


@pytest.fixture
def pause(clock: Clock, bus: EventBus) -> Pause:
    return Pause(bus, clock, clock.steady)


async def test_a_pause_has_an_end(pause: Pause, clock: Clock) -> None:
    assert (pause.until_s, pause.left_s) == (None, None)

    pause.begin(60)
    assert (pause.until_s, pause.left_s) == (1060.0, 60.0)

    clock.now_s = 1060.0
    assert (pause.until_s, pause.left_s) == (None, None)
    pause.end()


async def test_a_pause_without_an_end_is_ended_by_the_user(told: list[Event], pause: Pause) -> None:
    pause.begin(None)
    assert pause.until_s == math.inf
    pause.end()
    pause.end()

    assert pause.until_s is None
    assert [type(event) for event in told] == [RoutingPaused, RoutingResumed]
    assert told[0].as_json()["until_s"] is None


async def test_the_end_is_told_when_it_comes_by_itself(
    pause: Pause, clock: Clock, bus: EventBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pause_module, "_LOOK_AGAIN_S", 0.001)
    resumed = asyncio.Event()
    bus.subscribe(lambda event: resumed.set() if isinstance(event, RoutingResumed) else None)
    pause.begin(3600)
    clock.now_s += 3600  # as after a night with the lid closed

    async with asyncio.timeout(60):
        await resumed.wait()


async def test_a_second_pause_takes_the_place_of_the_first(pause: Pause) -> None:
    pause.begin(None)
    pause.begin(30)

    assert pause.until_s == 1030.0
    pause.end()


@pytest.mark.parametrize(
    ("left_s", "reason"),
    [
        (math.inf, "routing is paused until it is resumed"),
        (14.6 * 60, "routing is paused for another 15 min"),
        (12.2, "routing is paused for another 13 s"),
    ],
)
def test_while_it_lasts_the_default_route_takes_everything(left_s: float, reason: str) -> None:
    asked = facts(body("a,m", words="ultrathink"), tokens=90_000, paused_s=left_s)

    decision = decide(asked, config())

    assert str(decision.route) == ROUTES["default"]
    assert decision.scenario == "default"
    assert [(verdict.rule, verdict.reason) for verdict in decision.trace] == [("paused", reason)]


def test_what_is_forbidden_stays_forbidden() -> None:
    rule = {"name": "keep", "when": {"contains": "secret"}, "never": ["main"]}
    asked = facts(body(words="a secret"), paused_s=60.0)

    with pytest.raises(ClientError, match="'keep' refuses"):
        decide(asked, described(Router={**ROUTES, "rules": [rule]}))
    kept = described(Router={**ROUTES, "default": ["main,base", "a,m"], "rules": [rule]})
    assert str(decide(asked, kept).route) == "a,m"


def test_without_a_default_route_the_error_says_so() -> None:
    bare = replace(config(), router=Router(routes={"think": (Route("a", "m"),)}))

    with pytest.raises(RoutingError, match=r"Router\.default"):
        decide(facts(body(), paused_s=60.0), bare)


async def test_a_clock_that_is_set_back_makes_no_pause_longer(pause: Pause, clock: Clock) -> None:
    pause.begin(900)

    clock.set_back_s = 7200
    assert (pause.until_s, pause.left_s) == (1900.0, 900.0)
    clock.now_s += 900
    assert (pause.until_s, pause.left_s) == (None, None)
