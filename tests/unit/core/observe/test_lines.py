"""Events in words."""

import logging
import math
from dataclasses import replace
from typing import Any

import pytest

from ccr_desktop.core.observe.events import (
    AnswerBegan,
    AttemptFailed,
    ConfigRejected,
    ConfigReloaded,
    FellBack,
    ProviderResumed,
    RouteChosen,
    RoutingPaused,
    RoutingResumed,
)
from ccr_desktop.core.observe.lines import event_level, event_line
from tests.unit.core.observe.records import ended


class Decision:
    def as_json(self) -> dict[str, Any]:
        trace = [
            {"rule": "explicit", "matched": False, "reason": "no such provider"},
            {"rule": "default", "matched": True, "reason": "no other rule"},
        ]
        return {"route": "p,m", "scenario": "default", "trace": trace}


CHOSEN = RouteChosen(request_id="r1", session_id="s", model="opus", decision=Decision())
FAILED = AttemptFailed(request_id="r1", route="p,m", status=502, reason="gone", retry_in_s=1.5)
BEGAN = AnswerBegan(request_id="r1", route="p,m", first_s=0.25, waited_s=0.1)
FELL = FellBack(request_id="r1", from_route="p,m", to_route="q,n", reason="gone")
RELOADED = ConfigReloaded(source="/c.json", notes=["PORT takes effect with a restart."])
REJECTED = ConfigRejected(source="/c.json", problems=["PORT: found 'x'.", "Router: none."])


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (
            CHOSEN,
            "r1 opus -> p,m (default) [explicit: no such provider; default: no other rule]",
        ),
        (FAILED, "r1 p,m failed (502): gone. Once more in 1.5 s"),
        (
            replace(FAILED, reason="Choose another model."),
            "r1 p,m failed (502): Choose another model. Once more in 1.5 s",
        ),
        (
            RoutingPaused(until_s=math.inf),
            "routing is paused until it is resumed: the default route answers everything",
        ),
        (RoutingResumed(), "routing goes on"),
        (ProviderResumed(provider="p"), "p is asked again"),
        (BEGAN, "r1 p,m answers after 0.250s"),
        (FELL, "r1 q,n is asked instead of p,m"),
        (
            RELOADED,
            "the configuration /c.json is in force (PORT takes effect with a restart.)",
        ),
        (
            REJECTED,
            (
                "the configuration /c.json can't be used, the old one stays: "
                "PORT: found 'x'. Router: none."
            ),
        ),
        (
            ended(attempts=[FAILED], first_s=None, usage={}, is_stream=False, error="it\nbroke"),
            (
                "req_1 claude-sonnet-5 -> p,m (default: no other rule) 200 json first=- "
                "total=1.500s in=- out=- after p,m (502: gone) error=it broke"
            ),
        ),
    ],
    ids=lambda value: getattr(value, "kind", ""),
)
def test_every_event_has_one_line(event: Any, line: str) -> None:
    assert event_line(event) == line


@pytest.mark.parametrize(
    ("event", "level"),
    [
        (CHOSEN, logging.DEBUG),
        (ended(), logging.INFO),
        (RELOADED, logging.INFO),
        (ended(status=429), logging.WARNING),
        (ended(error="broke off"), logging.WARNING),
        (FAILED, logging.WARNING),
        (FELL, logging.WARNING),
        (REJECTED, logging.ERROR),
    ],
)
def test_what_matters_more_has_a_higher_level(event: Any, level: int) -> None:
    assert event_level(event) == level
