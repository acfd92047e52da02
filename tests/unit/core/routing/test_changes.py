"""What own rules change, and how decisions name it."""

from typing import Any

import pytest

from ccr_desktop.core.config.schema import Config
from ccr_desktop.core.routing.changes import changed
from ccr_desktop.core.routing.decision import Decision
from ccr_desktop.core.routing.router import decide
from ccr_desktop.errors import RuleRefusal
from tests.unit.core.routing.facts import ROUTES, body, described, facts

BIG = {"name": "big", "when": {"contains": "review"}, "set": {"max_tokens": 9}}


def with_rules(*rules: dict[str, Any]) -> Config:
    return described(Router={**ROUTES, "rules": list(rules)})


def asked(words: str, *rules: dict[str, Any], model: str = "claude-opus-5-5") -> Decision:
    return decide(facts(body(model, words)), with_rules(*rules))


def test_a_rule_without_a_route_changes_whatever_was_chosen() -> None:
    decision = asked("review this", BIG, model="Other,A/b")

    assert (str(decision.route), decision.scenario) == ("Other,A/b", "explicit")
    assert decision.changes == {"max_tokens": 9}
    note, winner = decision.trace[-2:]
    assert note.rule == "rule:big"
    assert note.reason.startswith("changes max_tokens: ")
    assert (note.matched, winner.matched) == (False, True)
    assert decision.rules == ("Router.rules[0]",)


def test_a_rule_with_a_route_changes_only_what_it_chose_itself() -> None:
    rule = {**BIG, "route": "Other,A/b"}

    assert asked("review this", rule).changes == {"max_tokens": 9}
    assert asked("review this", rule, model="main,base").changes == {}
    assert asked("hello", rule).changes == {}


def test_of_two_rules_of_one_name_that_which_won_changes() -> None:
    first = {"name": "x", "when": {"contains": "other"}, "route": "a,m", "set": {"top_k": 1}}
    second = {"name": "x", "route": "a,m", "set": {"top_k": 2}}

    assert asked("hello", first, second).changes == {"top_k": 2}


def test_a_later_rule_changes_what_an_earlier_one_set() -> None:
    decision = asked("review", BIG, {"name": "small", "set": {"max_tokens": 1}, "use": ["tooluse"]})

    assert decision.changes == {"max_tokens": 1}
    assert [link.name for link in decision.chain] == ["tooluse"]
    assert "changes max_tokens; transformers tooluse" in decision.trace[-2].reason
    assert decision.rules == ("Router.rules[0]", "Router.rules[1]")


def test_while_routing_is_paused_nothing_is_changed() -> None:
    config = with_rules(BIG)

    assert decide(facts(body(words="review"), paused_s=60.0), config).changes == {}


def test_a_decision_names_the_rules_that_chose_or_forbid() -> None:
    ban = {"name": "ban", "when": {"contains": "secret"}, "never": "a"}
    night = {"name": "night", "when": {"contains": "secret"}, "route": "main,base"}

    assert asked("a secret", ban, night).rules == ("Router.rules[1]", "Router.rules[0]")
    assert asked("hello", ban, night).rules == ()


@pytest.mark.parametrize("action", [{"block": "No."}, {"never": "main"}])
def test_a_refusal_says_which_rule_refuses(action: dict[str, Any]) -> None:
    with pytest.raises(RuleRefusal) as caught:
        asked("hello", {"name": "no", **action})

    assert (caught.value.rule, caught.value.status) == ("Router.rules[0]", 403)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"a": 2}, {"a": 2, "b": {"c": 1}, "d": "x"}, id="another value"),
        pytest.param({"a": None}, {"b": {"c": 1}, "d": "x"}, id="taken out"),
        pytest.param({"b.c": 5}, {"a": 1, "b": {"c": 5}, "d": "x"}, id="inside"),
        pytest.param({"b.c": None}, {"a": 1, "b": {}, "d": "x"}, id="taken out inside"),
        pytest.param({"e.f": 5}, {"a": 1, "b": {"c": 1}, "d": "x", "e": {"f": 5}}, id="new"),
        pytest.param({"e.f": None}, {"a": 1, "b": {"c": 1}, "d": "x"}, id="nothing to take out"),
        pytest.param({"d.f": 5}, {"a": 1, "b": {"c": 1}, "d": "x"}, id="through a text"),
    ],
)
def test_members_are_set_by_their_paths(changes: dict[str, Any], expected: dict[str, Any]) -> None:
    given = {"a": 1, "b": {"c": 1}, "d": "x"}

    assert changed(given, changes) == expected
    assert given == {"a": 1, "b": {"c": 1}, "d": "x"}
