"""How providers fare, told from events alone."""

from typing import Any

import pytest

from ccr_desktop.core.observe.events import (
    AnswerBegan,
    AttemptFailed,
    ConfigReloaded,
    ProviderPaused,
    ProviderResumed,
)
from ccr_desktop.core.observe.health import Health, ProviderHealth, State
from tests.unit.core.observe.records import ended


class Clock:
    now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def health(clock: Clock) -> Health:
    return Health(clock)


def failed(status: int = 502, **members: Any) -> AttemptFailed:
    told: dict[str, Any] = {
        "at_s": 1000.0,
        "request_id": "r",
        "route": "p,m",
        "status": status,
        "reason": "it is gone",
    }
    return AttemptFailed(**{**told, **members})


def began(waited_s: float = 0.5) -> AnswerBegan:
    return AnswerBegan(request_id="r", route="p,m", first_s=waited_s + 5, waited_s=waited_s)


def test_nothing_is_known_of_a_provider_that_nobody_asked(health: Health) -> None:
    health.note(ConfigReloaded(source="x"))

    assert health.of("p") == ProviderHealth(provider="p", state=State.UNKNOWN)
    assert (health.providers, health.revision) == ((), 0)


def test_who_answers_is_well(health: Health) -> None:
    health.note(began(0.5))
    health.note(ended(at_s=1001.0))

    found = health.of("p")
    assert (found.state, found.latency_s, found.since_s) == (State.OK, 0.5, 1001.0)
    assert health.providers == (found,)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (401, State.KEY_PROBLEM),
        (403, State.KEY_PROBLEM),
        (402, State.OUT_OF_MONEY),
        (429, State.BUSY),
        (408, State.FAILING),
        (500, State.FAILING),
        (504, State.FAILING),
        (529, State.FAILING),
    ],
)
def test_a_failure_is_told_by_its_status(health: Health, status: int, state: State) -> None:
    health.note(ended())
    health.note(failed(status))

    found = health.of("p")
    assert (found.state, found.reason, found.status) == (state, "it is gone", status)
    assert (found.route, found.failed_at_s, found.since_s) == ("p,m", 1000.0, 1000.0)


@pytest.mark.parametrize("event", [failed(400), failed(404), failed(413), failed(is_skipped=True)])
def test_a_wrong_request_or_a_switch_is_not_its_fault(health: Health, event: Any) -> None:
    health.note(ended())
    health.note(event)

    assert health.of("p").state is State.OK


def test_a_client_that_left_says_nothing_unless_the_answer_had_begun(health: Health) -> None:
    health.note(failed())
    health.note(ended(status=499, error="the client went away", first_s=None))
    assert health.of("p").state is State.FAILING

    health.note(ended(status=499, error="the client went away", first_s=0.1))
    assert health.of("p").state is State.OK


def test_the_last_failure_of_a_request_counts_for_the_route_that_was_asked_last(
    health: Health,
) -> None:
    last = failed(503, route="q,n")
    health.note(failed(502))
    health.note(ended(route="q,n", status=502, first_s=None, last_failure=last))

    assert (health.of("p").status, health.of("q").status) == (502, 503)


def test_who_answers_again_is_well_and_its_failure_is_remembered(health: Health) -> None:
    for at_s in (1000.0, 1001.0):
        health.note(failed(at_s=at_s))
    assert (health.of("p").failures, health.of("p").since_s) == (2, 1000.0)

    health.note(ended(at_s=1010.0))

    found = health.of("p")
    assert (found.state, found.failures, found.since_s) == (State.OK, 0, 1010.0)
    assert (found.reason, found.failed_at_s) == ("it is gone", 1001.0)


@pytest.mark.parametrize(("asked_s", "until_s"), [(7.0, 1007.0), (None, 1030.0), (0.0, None)])
def test_too_many_requests_pass_by_themselves(
    health: Health, clock: Clock, asked_s: float | None, until_s: float | None
) -> None:
    health.note(ended(at_s=990.0))
    health.note(failed(429, retry_after_s=asked_s))
    assert health.of("p").until_s == until_s

    clock.now_s = 1030.0
    found = health.of("p")
    assert (found.state, found.until_s) == (State.OK, None)
    assert found.since_s == 1000.0 + (30.0 if asked_s is None else asked_s)


def test_who_keeps_people_waiting_is_slow(health: Health) -> None:
    for waited_s in (12.0, 30.0):
        health.note(began(waited_s))
    health.note(ended())
    assert health.of("p").state is State.OK, "two are not enough to tell"

    health.note(began(11.0))
    assert (health.of("p").state, health.of("p").latency_s) == (State.SLOW, 12.0)
    for _ in range(20):
        health.note(began(0.2))
    assert (health.of("p").state, health.of("p").latency_s) == (State.OK, 0.2)


def test_a_new_key_is_judged_anew(health: Health) -> None:
    health.note(failed(401))
    before = health.revision

    health.forget("p")
    health.forget("nobody")

    assert health.of("p").state is State.UNKNOWN
    assert health.revision == before + 1


def test_who_is_judged_anew_stays_left_alone(health: Health) -> None:
    health.note(failed())
    health.note(ProviderPaused(provider="p", until_s=1060.0, failures=5))

    health.forget("p")

    found = health.of("p")
    assert (found.state, found.until_s, found.failures) == (State.RESTING, 1060.0, 0)


def test_who_is_left_alone_says_until_when(health: Health, clock: Clock) -> None:
    health.note(failed())
    health.note(ProviderPaused(provider="p", until_s=1060.0, failures=5))
    found = health.of("p")
    assert (found.state, found.until_s, found.reason) == (State.RESTING, 1060.0, "it is gone")

    clock.now_s = 1061.0
    assert health.of("p").state is State.FAILING

    clock.now_s = 1000.0
    health.note(ProviderResumed(provider="p"))
    health.note(ended(at_s=1001.0))
    assert health.of("p").state is State.OK


def test_what_is_wrong_with_the_account_says_more(health: Health) -> None:
    health.note(failed(402))
    health.note(ProviderPaused(provider="p", until_s=1060.0, failures=5))

    assert health.of("p").state is State.OUT_OF_MONEY
