"""The user's own rules."""

from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.config.conditions import CONDITIONS
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.routes import RouteReader
from ccr_desktop.core.config.rules import read_rules
from ccr_desktop.core.config.schema import OwnRule, Provider, Route
from ccr_desktop.errors import ConfigError

FILE: dict[str, Any] = {
    "Providers": [{"name": "p", "api_base_url": "http://127.0.0.1:1/v1", "models": ["m"]}],
    "Router": {"default": "p,m"},
}
PROVIDERS = {name: Provider(name=name, url="https://h") for name in ("p", "Acme")}


def read(found: Any) -> tuple[tuple[OwnRule, ...], dict[str, str]]:
    issues: list[Issue] = []
    rules = read_rules(found, "R", RouteReader(PROVIDERS, issues))
    return rules, {issue.where: str(issue) for issue in issues}


def test_a_rule_has_a_name_conditions_and_what_it_does() -> None:
    rules, problems = read(
        [
            {"name": "long", "when": {"tokensOver": "1000"}, "route": ["p,m", "acme,n"]},
            {"when": {"folder": "~/clients/*"}, "only": ["acme"]},
            {"name": "", "never": "p", "block": " No. "},
        ]
    )

    assert rules == (
        OwnRule(
            name="long",
            when={"tokensOver": 1000},
            routes=(Route("p", "m"), Route("Acme", "n")),
            where="R[0]",
        ),
        OwnRule(name="rule 2", when={"folder": "~/clients/*"}, only=("Acme",), where="R[1]"),
        OwnRule(name="rule 3", never=("p",), block="No.", where="R[2]"),
    )
    assert not problems


def test_a_rule_whose_conditions_were_left_empty_is_told() -> None:
    rules, problems = read([{"name": "all", "when": {}, "route": "p,m"}])

    assert [rule.name for rule in rules] == ["all"]
    assert "warning" in {issue.severity for issue in config_issues({"when": {}, "route": "p,m"})}
    assert problems.keys() == {"R[0].when"}
    assert "holds for every request" in problems["R[0].when"]
    assert not read([{"name": "all", "route": "p,m"}])[1]


def config_issues(rule: Any) -> tuple[Issue, ...]:
    return read_config({**FILE, "Router": {"default": "p,m", "rules": [rule]}}, None, {}).issues


def test_rules_behind_one_that_takes_everything_are_told() -> None:
    night = {"name": "night", "when": {"time": "22:00-06:00"}, "route": "p,n"}
    ban = {"name": "ban", "when": {"folder": "/"}, "never": "p"}

    _, problems = read([ban, {"name": "all", "route": "p,m"}, ban, night])

    assert problems.keys() == {"R[1]"}
    assert "takes everything before 'night'" in problems["R[1]"]
    assert not read([night, {"name": "all", "route": "p,m"}, ban])[1]
    assert not read([{"name": "none", "never": "p"}, night])[1]


def test_a_condition_that_is_wrong_is_one_problem() -> None:
    wrong = {"when": {"tokens": 5}, "route": "p,m"}

    assert read([wrong, {"when": {"model": "x"}, "route": "p,m"}])[1].keys() == {"R[0].when.tokens"}


GOOD = [
    ("model", "*haiku*"),
    ("model", ["a", "b*"]),
    ("tokensOver", 5),
    ("tokensUnder", "5"),
    ("tool", "mcp__*"),
    ("header", {"x-team": "blue*", "x-other": ["a", "b"]}),
    ("contains", ["deploy", "release"]),
    ("folder", "~/work/*"),
    ("agent", "Explore"),
    ("hasImage", True),
    ("thinking", "plan"),
    ("thinking", ["effort:max", "thinking:enabled"]),
    ("field", {"metadata.team": "blue", "max_tokens": 1, "stream": True}),
    ("time", "22:00-06:00"),
    ("time", ["8:00 - 12:00", "13:30-24:00"]),
    ("stream", False),
]


@pytest.mark.parametrize(("name", "value"), GOOD)
def test_every_condition_takes_its_values(name: str, value: object) -> None:
    rules, problems = read([{"when": {name: value}, "route": "p,m"}])

    assert not problems
    assert list(rules[0].when) == [name]


def test_every_condition_is_tried_here() -> None:
    assert {name for name, _ in GOOD} == {condition.name for condition in CONDITIONS}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("model", 5),
        ("model", []),
        ("model", ""),
        ("model", ["a", 5]),
        ("tokensOver", 0),
        ("tokensOver", "many"),
        ("tokensOver", True),
        ("header", "x-team"),
        ("header", {}),
        ("field", {"a": None}),
        ("field", {"a": {"b": 1}}),
        ("hasImage", "yes"),
        ("thinking", "hard"),
        ("time", "25:00-26:00"),
        ("time", "8-12"),
        ("time", 8),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(name: str, value: object) -> None:
    _, problems = read([{"when": {name: value}, "route": "p,m"}])

    assert list(problems) == [f"R[0].when.{name}"]
    assert "llowed" in problems[f"R[0].when.{name}"]


def test_a_misspelt_level_of_effort_is_a_warning() -> None:
    sign = ["effort:hihg", "effort:*", "thinking:adaptive"]
    [issue] = config_issues({"when": {"thinking": sign}, "never": ["p"]})

    assert issue.severity == "warning"
    assert str(issue).startswith(
        "Router.rules[0].when.thinking: no request is known to show 'effort:hihg'. "
        "Did you mean 'effort:high'? Known are effort:none, "
    )


def test_an_unknown_condition_is_an_error_with_the_one_that_was_meant() -> None:
    _, problems = read([{"when": {"tokenOver": 5}, "route": "p,m"}])

    assert problems["R[0].when.tokenOver"].startswith(
        "R[0].when.tokenOver: there is no condition 'tokenOver'. Did you mean 'tokensOver'?"
    )


@pytest.mark.parametrize(
    ("found", "where"),
    [
        ({"route": "p,m"}, "R"),
        (["p,m"], "R[0]"),
        ([{"name": "idle", "when": {"stream": True}}], "R[0]"),
        ([{"name": 5, "route": "p,m"}], "R[0].name"),
        ([{"block": 5}], "R[0].block"),
        ([{"block": " \t"}], "R[0]"),
        ([{"when": {"header": {"": "a"}}, "never": "p"}], "R[0].when.header."),
        ([{"when": {"header": {"x team": "a"}}, "never": "p"}], "R[0].when.header.x team"),
        ([{"when": {"field": {"a..b": 1}}, "never": "p"}], "R[0].when.field.a..b"),
        ([{"when": {"field": {"": 1}}, "never": "p"}], "R[0].when.field."),
        ([{"when": "always", "route": "p,m"}], "R[0].when"),
        ([{"route": "q,m"}], "R[0].route"),
        ([{"only": ["q"]}], "R[0].only[0]"),
        ([{"never": "q"}], "R[0].never"),
        ([{"only": [5]}], "R[0].only[0]"),
        ([{"rout": "p,m", "never": "p"}], "R[0].rout"),
    ],
)
def test_each_mistake_has_its_place(found: object, where: str) -> None:
    assert list(read(found)[1]) == [where]


@pytest.mark.parametrize(
    ("key", "nothing"),
    [("only", None), ("only", []), ("never", None), ("never", []), ("block", None), ("block", " ")],
)
def test_a_prohibition_that_says_nothing_is_an_error_also_where_the_rule_does_more(
    key: str, nothing: object
) -> None:
    with pytest.raises(ConfigError) as found:
        config_issues({"route": "p,m", key: nothing})

    (issue,) = found.value.issues
    assert (issue.where, issue.severity) == (f"Router.rules[0].{key}", "error")
    assert issue.problem == "it forbids nothing."


def test_conditions_that_are_null_are_told_as_empty_ones_are() -> None:
    assert "holds for every request" in read([{"when": None, "route": "p,m"}])[1]["R[0].when"]


def test_a_provider_that_is_nearly_right_is_asked_about() -> None:
    _, problems = read([{"never": "acmee"}])

    assert "Did you mean 'Acme'? Write a name of the list: p, Acme." in problems["R[0].never"]


@pytest.mark.parametrize("folder", ["secret", "file:///secret", "$UNSET/x", "./x", ["/a", "b"]])
def test_a_folder_that_is_no_whole_path_is_an_error(folder: object) -> None:
    _, problems = read([{"when": {"folder": folder}, "only": ["p"]}])

    assert "not the whole path of a folder" in problems["R[0].when.folder"]


@pytest.mark.parametrize(
    "action", [{"never": "p"}, {"only": "p"}, {"block": "No"}, {"route": "p,m"}]
)
def test_a_folder_that_is_not_there_is_told_and_the_rule_holds_by_its_name(
    action: dict[str, str], tmp_path: Path
) -> None:
    gone, there = str(tmp_path / "gone"), str(tmp_path)
    rules, problems = read([{"when": {"folder": [there, gone, f"{gone}/*"]}, **action}])

    assert rules[0].when == {"folder": [there, gone, f"{gone}/*"]}
    assert list(problems) == ["R[0].when.folder[1]"]
    assert f"there is no folder {gone}." in problems["R[0].when.folder[1]"]
    (issue,) = config_issues({"when": {"folder": gone}, **action})
    assert (issue.where, issue.severity) == ("Router.rules[0].when.folder", "warning")


def test_a_misspelled_key_of_a_rule_is_an_error_as_it_may_forbid_something() -> None:
    issues: list[Issue] = []
    rule = {"route": "p,m", "onlyy": ["p"], "//": "a remark", "_note": "another"}

    read_rules([rule], "R", RouteReader(PROVIDERS, issues))

    assert [(issue.where, issue.severity) for issue in issues] == [("R[0].onlyy", "error")]
    assert (
        "Did you mean 'only'? Allowed: name, when, route, only, never, block, set, use, enabled."
        in issues[0].hint
    )


FORBIDDING = [{"when": {"folder": "~/secret"}, "onlyy": ["p"]}]
CHOOSING = [{"when": {"contains": "x"}, "route": "p,m"}]


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"Router": {"default": "p,m", "ruless": FORBIDDING}}, "Router.ruless"),
        ({"Router": {"default": "p,m", "policy": FORBIDDING[0]}}, "Router.policy"),
        ({"routeSets": {"s": {"default": "p,m", "Rule": FORBIDDING}}}, "routeSets.s.Rule"),
        ({"rules": FORBIDDING}, "rules"),
        ({"Ruoter": {"default": "p,m", "rules": FORBIDDING}}, "Ruoter"),
        ({"CUSTOM_ROUTER_PATH": "r.py", "Roter": {"rules": FORBIDDING}}, "Roter"),
    ],
)
def test_misspelt_rules_that_forbid_are_an_error(changes: dict[str, Any], where: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_config({**FILE, **changes}, None, {})

    [problem] = [issue.problem for issue in caught.value.issues if issue.where == where]
    assert "it holds rules that forbid" in problem


@pytest.mark.parametrize(
    "changes",
    [
        {"Router": {"default": "p,m", "ruless": CHOOSING}},
        {"Router": {"default": "p,m", "mine": {"a": [1]}, "_rules": FORBIDDING}},
        {"rules": CHOOSING},
        {"mine": FORBIDDING},
    ],
)
def test_misspelt_rules_that_only_choose_are_a_warning(changes: dict[str, Any]) -> None:
    issues = read_config({**FILE, **changes}, None, {}).issues

    assert {issue.severity for issue in issues} == {"warning"}
