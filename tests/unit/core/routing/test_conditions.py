"""Each condition of an own rule, where it holds and where it does not."""

from datetime import time
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.config.conditions import CONDITIONS
from ccr_desktop.core.config.schema import OwnRule
from ccr_desktop.core.routing.conditions import _CHECKS, check, thresholds
from tests.unit.core.routing.facts import JsonObject, body, facts

IMAGE: JsonObject = {"type": "image", "source": {"type": "base64", "data": "x"}}
RESULT: JsonObject = {"type": "tool_result", "tool_use_id": "a", "content": [IMAGE]}
PICTURE = body(messages=[{"role": "user", "content": [IMAGE]}])
READ = body(messages=[{"role": "user", "content": [RESULT]}])
TOOLS = body(tools=[{"name": "Bash"}, {"name": "mcp__jira__find"}])
WORK = Path("/home/me/code/acme/src")


@pytest.mark.parametrize(
    ("condition", "value", "request_body", "members", "holds"),
    [
        ("model", "*OPUS*", body(), {}, True),
        ("model", ["x", "claude-*"], body(), {}, True),
        ("model", "opus", body(), {}, False),
        ("model", "claude-opus-5-?", body(), {}, False),
        ("tokensOver", 10, body(), {"tokens": 11}, True),
        ("tokensOver", 10, body(), {"tokens": 10}, False),
        ("tokensOver", 10, body(), {}, False),
        ("tokensUnder", 10, body(), {"tokens": 9}, True),
        ("tokensUnder", 10, body(), {"tokens": 10}, False),
        ("tokensUnder", 10, body(), {}, True),
        ("tool", "mcp__*", TOOLS, {}, True),
        ("tool", ["Read", "bash"], TOOLS, {}, True),
        ("tool", "Read", TOOLS, {}, False),
        ("tool", "*", body(), {}, False),
        ("header", {"X-Team": "research*"}, body(), {"headers": {"x-team": "Research-1"}}, True),
        ("header", {"x-team": "a", "x-b": "c"}, body(), {"headers": {"x-team": "a"}}, False),
        ("contains", "DEPLOY", body(words="please deploy it"), {}, True),
        ("contains", ["x y", "deploy*now"], body(words="deploy it now"), {}, True),
        ("contains", "caf\u00e9", body(words="the Cafe\u0301 data"), {}, True),
        ("contains", "CAFE\u0301*data", body(words="the caf\u00e9 data"), {}, True),
        ("contains", "now*deploy", body(words="deploy it now"), {}, False),
        ("contains", "*it*", body(words="deploy it now"), {}, True),
        ("contains", "a*a", body(words="a"), {}, False),
        ("contains", "a[b]*c?", body(words="x a[b]\n\nc? x"), {}, True),
        ("contains", "ship", body(words="deploy it"), {}, False),
        ("folder", "/home/me/code/acme", body(), {"folder": WORK}, True),
        ("folder", "/home/*/code", body(), {"folder": WORK}, True),
        ("folder", "/home/me/code/ac", body(), {"folder": WORK}, False),
        ("folder", "/home/me", body(), {}, False),
        ("agent", "explore", body(), {"agent": "Explore"}, True),
        ("agent", "Plan", body(), {"agent": "Explore"}, False),
        ("agent", "*", body(), {}, False),
        ("hasImage", True, PICTURE, {}, True),
        ("hasImage", True, READ, {}, True),
        ("hasImage", True, body(), {}, False),
        ("hasImage", False, body(), {}, True),
        ("thinking", "ultrathink", body(words="ultrathink"), {}, True),
        ("thinking", "effort:max", body(), {}, False),
        ("field", {"metadata.team": "blue"}, body(metadata={"team": "Blue"}), {}, True),
        ("field", {"messages.0.role": "user"}, body(), {}, True),
        ("field", {"max_tokens": 1}, body(max_tokens=1), {}, True),
        ("field", {"temperature": 1}, body(temperature=1.0), {}, True),
        ("field", {"temperature": 1.0}, body(temperature=1), {}, True),
        ("field", {"stream": True}, body(stream=1), {}, False),
        ("field", {"max_tokens": 1}, body(max_tokens=True), {}, False),
        ("field", {"a.b.c": "x"}, body(a={"b": "x"}), {}, False),
        ("time", "08:00-18:00", body(), {"now": time(17, 59)}, True),
        ("time", "08:00-18:00", body(), {"now": time(18)}, False),
        ("time", "22:00-6:00", body(), {"now": time(5, 59)}, True),
        ("time", ["1:00-2:00", "20:00-24:00"], body(), {"now": time(23, 59)}, True),
        ("time", "22:00-06:00", body(), {"now": time(12)}, False),
        ("time", "00:00-24:00", body(), {}, False),
        ("stream", True, body(stream=True), {}, True),
        ("stream", False, body(), {}, True),
    ],
)
def test_a_condition_holds_or_does_not(
    condition: str, value: Any, request_body: JsonObject, members: dict[str, Any], holds: bool
) -> None:
    found, reason = check(
        OwnRule(name="r", when={condition: value}), facts(request_body, **members)
    )

    assert found is holds
    assert reason


def test_a_prohibition_finds_words_however_their_accents_are_written() -> None:
    rule = OwnRule(name="r", when={"contains": "caf\u00e9"}, never=("a",))

    assert check(rule, facts(body(system="of the Cafe\u0301")), is_prohibition=True)[0]


def test_every_declared_condition_is_checked() -> None:
    assert {condition.name for condition in CONDITIONS} == set(_CHECKS)


def test_all_conditions_must_hold_and_the_first_that_fails_is_named() -> None:
    rule = OwnRule(name="r", when={"model": "claude*", "stream": True, "agent": "x"})

    assert check(rule, facts()) == (False, "the client wants no stream")


def test_a_rule_without_conditions_always_holds() -> None:
    assert check(OwnRule(name="r"), facts()) == (True, "it has no conditions")


def test_an_unknown_folder_holds_where_that_is_the_safe_side() -> None:
    rule = OwnRule(name="r", when={"folder": "/secret"})

    assert not check(rule, facts())[0]
    assert check(rule, facts(), is_prohibition=True)[0]
    assert not check(rule, facts(folder=WORK), is_prohibition=True)[0]


def test_what_a_rule_asks_about_tokens_is_known_beforehand() -> None:
    rule = OwnRule(name="r", when={"tokensOver": 500, "tokensUnder": 1000})

    assert thresholds(rule) == [500, 999]
