"""Own rules in a raw configuration."""

from typing import Any

import pytest

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.setup.rule_edits import (
    has_own_rules,
    rule_entries,
    rule_identity,
    rule_issues,
    rule_place,
    rule_signs,
    with_own_rules,
    with_rule,
    with_rule_changed,
    with_rule_duplicated,
    with_rule_enabled,
    with_rules_ordered,
    without_own_rules,
    without_rule,
)
from ccr_desktop.errors import ClientError

Raw = dict[str, Any]
A: Raw = {"name": "a", "when": {"time": "1:00-2:00"}, "route": "p,m", "// mine": 1}
B: Raw = {"never": ["p"], "when": {"folder": "/x"}}
ODD = "not a rule"
PROVIDERS = [{"name": "p", "api_base_url": "http://127.0.0.1:1/v1", "models": ["m"]}]


def raw(*rules: Any, **sets: Any) -> Raw:
    return {
        "Providers": PROVIDERS,
        "Router": {"default": "p,m", "rules": list(rules), "mine": 1},
        "routeSets": sets,
    }


def test_a_rule_is_added_at_the_end_or_at_a_place() -> None:
    before = raw(A)

    assert rule_entries(with_rule(before, B)) == [A, B]
    assert rule_entries(with_rule(before, B, position=0)) == [B, A]
    assert rule_entries(before) == [A]
    assert rule_entries(with_rule({"Router": {}}, B)) == [B]


def test_what_is_no_rule_stays_where_it_is() -> None:
    changed = with_rule_changed(raw(ODD, A), 1, A, B)

    assert changed["Router"] == {"default": "p,m", "rules": [ODD, B], "mine": 1}


def test_an_edit_follows_its_rule_to_another_place_and_meets_no_other() -> None:
    assert rule_entries(without_rule(raw(B, A), 0, A)) == [B]
    with pytest.raises(ClientError, match="changed meanwhile"):
        without_rule(raw(B), 0, A)


def test_a_rule_is_switched_off_and_on_again() -> None:
    off = with_rule_enabled(raw(A), 0, A, False)

    assert rule_entries(off) == [{**A, "enabled": False}]
    assert with_rule_enabled(off, 0, {**A, "enabled": False}, True) == raw(A)
    with pytest.raises(ClientError, match="can't be read"):
        with_rule_enabled(raw(ODD), 0, ODD, False)


def test_the_last_rule_takes_its_list_along_but_in_a_set() -> None:
    assert "rules" not in without_rule(raw(A), 0, A)["Router"]
    left = without_rule(raw(A, Night={"rules": [B]}), 0, B, "Night")
    assert left["routeSets"]["Night"] == {"rules": []}


def test_rules_are_put_in_another_order() -> None:
    assert rule_entries(with_rules_ordered(raw(A, B, ODD), [A, B, ODD], [2, 0, 1])) == [ODD, A, B]
    for before, order in (([A], [0]), ([A, B], [0]), ([A, B], [0, 0])):
        with pytest.raises(ClientError, match="changed meanwhile"):
            with_rules_ordered(raw(A, B), before, order)


def test_a_copy_stands_behind_its_rule() -> None:
    copied = rule_entries(with_rule_duplicated(raw(A, B), 0, A, "a (copy)"))

    assert copied == [A, {**A, "name": "a (copy)"}, B]
    assert list(copied[1]) == ["name", "when", "route", "// mine"]
    assert rule_entries(with_rule_duplicated(raw(ODD), 0, ODD, "x")) == [ODD, ODD]


def test_a_set_has_rules_of_its_own_when_it_is_told_so() -> None:
    before = raw(A, B, ODD, Night={"default": "p,m"})

    own = with_own_rules(before, "Night")

    assert not has_own_rules(before, "Night")
    assert own["routeSets"]["Night"]["rules"] == [A, ODD]
    assert without_own_rules(own, "Night") == before
    assert rule_entries(own, "Night") == [A, ODD]


def test_a_list_that_is_none_is_left_alone() -> None:
    broken = {"Router": {"rules": "x"}}

    assert rule_entries(broken) == []
    with pytest.raises(ClientError, match="no list"):
        with_rule(broken, A)


def test_a_copy_has_a_name_that_no_other_rule_there_has() -> None:
    copied = with_rule_duplicated(raw(A, B), 0, A, "a (copy)")
    twice = with_rule_duplicated(copied, 0, A, "a (copy)")

    names = [rule.get("name") for rule in rule_entries(twice)]
    assert names == ["a", "a (copy) 2", "a (copy)", None]


def test_the_place_of_a_rule_is_that_which_decisions_name() -> None:
    assert rule_place(0) == "Router.rules[0]"
    assert rule_place(1, "a.b") == "routeSets.a.b.rules[1]"


def test_rules_that_do_the_same_are_told_apart() -> None:
    before = rule_signs(raw(A, {**A, "name": "b"}, A, B, ODD))
    moved = rule_signs(raw(B, {**A, "name": "b"}, {**A, "enabled": False}, A, ODD))

    assert len({sign.key for sign in before}) == 5
    assert [before.index(sign) for sign in moved] == [3, 1, 0, 2, 4]
    assert rule_signs(raw(A, s={"rules": [A]}), "s")[0] not in before


def test_a_rule_is_the_same_under_another_name_or_off() -> None:
    assert rule_identity({**A, "name": "b", "enabled": False}) == rule_identity(A)
    assert rule_identity({**A, "route": "p,n"}) != rule_identity(A)
    assert rule_identity(ODD) != rule_identity(A)


def test_what_is_wrong_is_named_by_its_place_within_the_rule() -> None:
    config = read_config(raw(), None, {})

    def places(rule: Any) -> list[str]:
        return [issue.where for issue in rule_issues(rule, config)]

    assert places(A) == []
    assert places({"when": {"time": "noon"}, "route": "q,m"}) == ["when.time", "route"]
    assert places({"enabled": False}) == [""]
    assert places(ODD) == [""]
