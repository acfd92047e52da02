"""What own rules change, and the switch of a rule, as the file says them."""

from typing import Any

import pytest

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.routes import RouteReader
from ccr_desktop.core.config.rules import read_rules
from ccr_desktop.core.config.schema import ChainLink, OwnRule, Provider

PROVIDERS = {"p": Provider(name="p", url="https://h")}


def read(*found: Any, has_plugins: bool = False) -> tuple[tuple[OwnRule, ...], list[Issue]]:
    issues: list[Issue] = []
    reader = RouteReader(PROVIDERS, issues, has_plugins=has_plugins)
    return read_rules(list(found), "R", reader), issues


def test_members_and_transformers_are_read() -> None:
    rules, issues = read(
        {"set": {"max_tokens": 5, "a.b": None}, "use": ["tooluse", ["maxtoken", {"max_tokens": 7}]]}
    )

    assert not issues
    assert rules[0].changes == {"max_tokens": 5, "a.b": None}
    assert rules[0].chain == (
        ChainLink("tooluse", {}, "R[0].use[0]"),
        ChainLink("maxtoken", {"max_tokens": 7}, "R[0].use[1]"),
    )
    assert rules[0].changes_requests
    assert not rules[0].forbids


@pytest.mark.parametrize(
    ("entry", "where", "told"),
    [
        ({"set": "max_tokens"}, "R[0].set", "Write {"),
        ({"set": {"model": "x"}}, "R[0].set.model", "`route` says"),
        ({"set": {"messages.0": "x"}}, "R[0].set.messages.0", "is not changed"),
        ({"set": {"stream": True}}, "R[0].set.stream", "The client says"),
        ({"set": {"a..b": 1}}, "R[0].set.a..b", "with dots"),
        ({"set": {"": 1}}, "R[0].set.", "with dots"),
        ({"use": "tooluse"}, "R[0].use", "A list of names"),
        ({"use": [3]}, "R[0].use[0]", "A name or"),
        ({"use": ["tooluze"]}, "R[0].use[0]", "Did you mean 'tooluse'?"),
        ({"use": ["gemini-cli"]}, "R[0].use[0]", "Give it to the provider"),
        ({"use": ["maxtoken"]}, "R[0].use[0]", "Write"),
        ({"enabled": "no", "never": "p"}, "R[0].enabled", "true or false"),
    ],
)
def test_what_is_wrong_is_named_where_it_stands(
    entry: dict[str, Any], where: str, told: str
) -> None:
    _, issues = read(entry)

    assert where in [issue.where for issue in issues]
    assert told in " ".join(issue.hint for issue in issues)


def test_a_name_may_be_that_of_a_plugin_where_there_are_plugins() -> None:
    rules, issues = read({"use": ["mine"]}, has_plugins=True)

    assert not issues
    assert [link.name for link in rules[0].chain] == ["mine"]


def test_a_rule_that_is_off_is_left_out_and_its_mistakes_are_warnings() -> None:
    rules, issues = read(
        {"name": "off", "enabled": False, "wen": {}, "route": "nobody,m"},
        {"name": "all", "route": "p,m", "enabled": True},
    )

    assert [rule.name for rule in rules] == ["all"]
    assert issues
    assert {issue.severity for issue in issues} == {"warning"}


def test_a_rule_that_is_off_takes_nothing_before_another() -> None:
    everything = {"name": "all", "route": "p,m", "enabled": False}

    assert not read(everything, {"name": "night", "when": {"model": "x"}, "route": "p,m"})[1]


def test_a_rule_whose_switch_cannot_be_read_counts() -> None:
    rules, issues = read({"never": "p", "enabled": 0})

    assert [rule.never for rule in rules] == [("p",)]
    assert [issue.severity for issue in issues] == ["error"]
