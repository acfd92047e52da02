"""Folders that are kept from providers, in the raw form of a configuration."""

import copy
from typing import Any

import pytest

from ccr_desktop.core.setup.folders import (
    folders_of,
    forbidden_in,
    with_forbidden,
    without_folder,
)

Raw = dict[str, Any]
OTHER = {"name": "nights", "when": {"time": "22:00-06:00"}, "route": "a,m"}
WIDER = {"name": "more", "when": {"folder": "~/acme", "contains": "x"}, "never": ["a"]}
OWN = {"name": "mine", "when": {"folder": "~/acme"}, "never": ["a"]}


def with_rules(*rules: Raw) -> Raw:
    return {"Router": {"default": "b,m", "rules": list(rules)}, "mine": 1}


def test_a_folder_is_kept_from_a_provider_and_from_a_further_one() -> None:
    raw = with_rules(OTHER)
    before = copy.deepcopy(raw)

    one = with_forbidden(raw, "~/acme", ["a"])
    both = with_forbidden(one, "~/acme/", ["a", "b"])

    rule = {"name": "never from ~/acme", "when": {"folder": "~/acme"}, "never": ["a", "b"]}
    assert both == with_rules(OTHER, rule)
    assert forbidden_in(both, "~/acme") == ["a", "b"]
    assert raw == before


def test_a_rule_keeps_its_name_and_its_place() -> None:
    changed = with_forbidden(with_rules(OWN, OTHER), "~/acme", ["b"])

    assert changed == with_rules({**OWN, "never": ["b"]}, OTHER)


def test_the_rule_goes_with_its_last_provider_and_the_list_with_its_last_rule() -> None:
    assert with_forbidden(with_rules(OWN, OTHER), "~/acme", []) == with_rules(OTHER)
    without = {"Router": {"default": "b,m"}, "mine": 1}
    assert with_forbidden(with_rules(OWN), "~/acme", []) == without


@pytest.mark.parametrize(
    "rule", [WIDER, OTHER, {**OWN, "block": "No."}, {**OWN, "route": "a,m"}, "nonsense"]
)
def test_rules_that_say_more_are_left_alone(rule: Any) -> None:
    raw = with_rules(rule)

    assert folders_of(raw) == []
    assert forbidden_in(raw, "~/acme") == []
    assert with_forbidden(raw, "~/acme", []) == raw


def test_folders_come_from_both_places_each_once() -> None:
    raw = {**with_rules(OWN), "projects": {"~/acme/": "Night", "~/b": "a,m"}}

    assert folders_of(raw) == ["~/acme/", "~/b"]
    assert without_folder(raw, "~/acme") == {
        "Router": {"default": "b,m"},
        "mine": 1,
        "projects": {"~/b": "a,m"},
    }
