"""How often rules had a part in requests."""

from typing import Any

import pytest

from ccr_desktop.core.config.schema import Route
from ccr_desktop.core.observe.events import RouteChosen
from ccr_desktop.core.routing.decision import Decision
from ccr_desktop.core.setup.rule_edits import RuleSign
from ccr_desktop.desktop.rule_hits import NO_HITS, Hits, RuleHits
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


def counts(hits: RuleHits, config: dict[str, Any]) -> list[int]:
    found = hits.by_place(config)
    places = (f"Router.rules[{number}]" for number in range(len(config["Router"]["rules"])))
    return [found.get(place, NO_HITS).count for place in places]


def test_each_rule_that_had_a_part_is_counted_with_its_last_time() -> None:
    hits = RuleHits()

    hits.note(chosen("Router.rules[0]", at_s=5.0), raw(A, B))
    hits.note(chosen("Router.rules[0]", "Router.rules[1]", at_s=7.0), raw(A, B))

    assert hits.by_place(raw({"route": "x,y"}, A, B)) == {
        "Router.rules[1]": Hits(2, 7.0),
        "Router.rules[2]": Hits(1, 7.0),
    }


def test_a_refusal_counts_once_and_the_end_of_a_request_does_not() -> None:
    hits = RuleHits()
    end = ended("p,m")

    hits.note(end, raw(B))
    assert counts(hits, raw(B)) == [0]

    hits.note(type(end)(**{**end.as_json(), "refused_by": "Router.rules[0]"}), raw(B))
    assert counts(hits, raw(B)) == [1]


def test_a_rule_keeps_its_hits_when_it_moves_or_gets_another_name() -> None:
    hits = RuleHits()

    hits.note(chosen("Router.rules[0]"), raw(A, B))
    other = {**A, "name": "other", "enabled": False}
    assert counts(hits, raw(B, other)) == [0, 1]
    hits.note(chosen("Router.rules[1]"), raw(B, other))

    assert counts(hits, raw(A, B)) == [2, 0]


def test_a_copy_counts_by_itself_wherever_it_stands_and_whatever_its_name_is() -> None:
    hits = RuleHits()
    copy = {**A, "name": "a (copy)"}
    hits.note(chosen("Router.rules[0]"), raw(A))

    assert counts(hits, raw(A, copy)) == [1, 0]
    for _ in range(3):
        hits.note(chosen("Router.rules[0]"), raw(copy, A))
    assert counts(hits, raw({**copy, "name": "new"}, A)) == [3, 1]
    assert counts(hits, raw(A, {**copy, "name": "new"})) == [1, 3]


def test_a_rule_that_comes_back_has_its_hits_and_one_copied_meanwhile_has_not() -> None:
    hits = RuleHits()
    copy = {**A, "name": "a (copy)"}
    hits.note(chosen("Router.rules[0]"), raw(A, copy))

    assert counts(hits, raw(copy)) == [0]
    assert counts(hits, raw(copy, {**A, "name": "third"})) == [0, 0]
    assert counts(hits, raw(A, copy)) == [1, 0]


def test_a_set_counts_its_rules_by_itself_under_any_name() -> None:
    hits = RuleHits()
    router = {"rules": [A]}
    hits.note(chosen("Router.rules[0]"), {"Router": router})
    sets = {"Router": router, "routeSets": {"a.b": router}}
    hits.note(chosen("routeSets.a.b.rules[0]"), sets)
    hits.note(chosen("routeSets.a.b.rules[0]"), sets)

    renamed = hits.by_place({"Router": router, "routeSets": {"c": router}})
    assert {place: found.count for place, found in renamed.items()} == {
        "Router.rules[0]": 1,
        "routeSets.c.rules[0]": 2,
    }


def test_a_place_outside_of_the_file_is_passed_over() -> None:
    RuleHits().note(chosen("Router.rules[7]"), raw(A))


def test_thousands_of_rules_are_not_compared_each_with_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rules = [{"when": {"contains": f"word {number}"}, "route": "p,m"} for number in range(300)]
    hits, compared = RuleHits(), []
    hits.note(chosen("Router.rules[299]"), raw(*rules))

    def counted(one: RuleSign, other: object) -> bool:
        compared.append(one)
        return isinstance(other, RuleSign) and (one.route_set, one.key) == (
            other.route_set,
            other.key,
        )

    monkeypatch.setattr(RuleSign, "__eq__", counted)
    assert counts(hits, raw(*rules[1:]))[-1] == 1
    assert len(compared) < 10 * len(rules)
