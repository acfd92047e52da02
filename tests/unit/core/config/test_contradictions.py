"""Rules that can never match are told, and kept as they are."""

from typing import Any

import pytest

from ccr_desktop.core.config.contradictions import contradictions
from ccr_desktop.core.config.reader import read_config

IMPOSSIBLE: list[tuple[dict[str, Any], str]] = [
    ({"tokensOver": 100_000, "tokensUnder": 10_000}, "more than 100,000 and fewer than 10,000"),
    ({"tokensOver": 5, "tokensUnder": 6}, "more than 5 and fewer than 6"),
    ({"time": "22:00-22:00"}, "no time lies in 22:00-22:00"),
    ({"time": ["1:00-01:00", "00:00-0:00"]}, "no time lies in 1:00-01:00"),
    ({"header": {"X-Team": "a", "x-team": ["b", "c*"]}}, "the header x-team"),
    ({"field": {"metadata": "a", "metadata.team": "b"}}, "the field metadata"),
    ({"stream": True, "field": {"stream": [False, "true"]}}, "the field stream"),
]
POSSIBLE: list[dict[str, Any]] = [
    {},
    {"tokensOver": 5, "tokensUnder": 7},
    {"time": ["22:00-22:00", "22:00-23:00"]},
    {"time": "00:00-24:00"},
    {"header": {"X-Team": "b*", "x-team": ["a", "B1"], "other": "c"}},
    {"header": {"X-Team": "a*", "x-team": "*b"}},
    {"field": {"metadata": "a", "metadatas.team": "b"}},
    {"stream": False, "field": {"stream": [False, True]}},
]


@pytest.mark.parametrize(("when", "said"), IMPOSSIBLE, ids=[said for _, said in IMPOSSIBLE])
def test_conditions_that_exclude_each_other_are_told(when: dict[str, Any], said: str) -> None:
    (issue,) = contradictions(when, "R[0].when")

    assert said in issue.problem
    assert (issue.where, issue.severity) == ("R[0].when", "warning")
    assert issue.hint == "The rule can never match."


@pytest.mark.parametrize("when", POSSIBLE, ids=str)
def test_nothing_is_said_of_conditions_that_a_request_can_meet(when: dict[str, Any]) -> None:
    assert not list(contradictions(when, "R[0].when"))


def test_such_a_rule_is_no_error_and_stays() -> None:
    rule = {"when": {"tokensOver": 9, "tokensUnder": 9}, "route": "p,m"}
    provider = {"name": "p", "api_base_url": "http://127.0.0.1:1/v1", "models": ["m"]}
    raw = {"Providers": [provider], "Router": {"default": "p,m", "rules": [rule]}}

    config = read_config(raw, None, {})

    assert [issue.where for issue in config.issues] == ["Router.rules[0].when"]
    assert config.router.rules[0].when == rule["when"]
