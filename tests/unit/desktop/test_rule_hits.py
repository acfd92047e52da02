"""How often rules had a part in requests."""

from typing import Any

from ccr_desktop.core.config.schema import Route
from ccr_desktop.core.observe.events import RouteChosen
from ccr_desktop.core.routing.decision import Decision
from ccr_desktop.desktop.rule_hits import Hits, RuleHits
from tests.unit.desktop.scenes import ended

A: dict[str, Any] = {"name": "a", "route": "p,m"}
B: dict[str, Any] = {"block": "No."}
CHOSEN = Decision(route=Route("p", "m"), scenario="rule", trace=())


def chosen(*places: str, at_s: float = 5.0) -> RouteChosen:
    return RouteChosen(
        request_id="r", session_id="s", model="m", decision=CHOSEN, rules=places, at_s=at_s
    )


def raw(*rules: Any) -> dict[str, Any]:
    return {"Router": {"rules": list(rules)}}


def test_each_rule_that_had_a_part_is_counted_with_its_last_time() -> None:
    hits = RuleHits()

    hits.note(chosen("Router.rules[0]", at_s=5.0), raw(A, B))
    hits.note(chosen("Router.rules[0]", "Router.rules[1]", at_s=7.0), raw(A, B))

    assert (hits.of(A), hits.of(B)) == (Hits(2, 7.0), Hits(1, 7.0))
    assert hits.of({"route": "x,y"}) == Hits()


def test_a_refusal_counts_once_and_the_end_of_a_request_does_not() -> None:
    hits = RuleHits()
    end = ended("p,m")

    hits.note(end, raw(B))
    assert hits.of(B).count == 0

    hits.note(type(end)(**{**end.as_json(), "refused_by": "Router.rules[0]"}), raw(B))
    assert hits.of(B).count == 1


def test_a_rule_keeps_its_hits_when_it_moves_or_gets_another_name() -> None:
    hits = RuleHits()

    hits.note(chosen("Router.rules[0]"), raw(A, B))
    hits.note(chosen("Router.rules[1]"), raw(B, {**A, "name": "other"}))

    assert hits.of(A).count == 2


def test_a_place_outside_of_the_file_is_passed_over() -> None:
    RuleHits().note(chosen("Router.rules[7]"), raw(A))
