"""A past request that is tried again: what is kept of it counts, and nothing is made up."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.schema import Config
from ccr_desktop.core.exchange import Exchange
from ccr_desktop.core.observe.journal import Entry
from ccr_desktop.core.planner import Planner
from ccr_desktop.core.protocol.json import dumps_safe
from ccr_desktop.core.routing.decision import Decision
from ccr_desktop.core.service import Service
from ccr_desktop.desktop.explaining import explained
from ccr_desktop.desktop.hosting import LoopHost
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.routes.rules.shown import Tried
from ccr_desktop.desktop.pages.routes.told import told_decision
from ccr_desktop.desktop.trial import Trial, filled_in, trial_of
from tests.support.ports import free_port
from tests.unit.desktop.pages.routes.opened import configuration

SAID = "Hello, please plan the migration for acme"
BODY: dict[str, Any] = {
    "model": "claude-opus-5",
    "max_tokens": 100,
    "stream": True,
    "metadata": {"team": "blue"},
    "system": "Working directory: /srv/x",
    "thinking": {"type": "adaptive"},
    "output_config": {"effort": "high"},
    "tools": [
        {"name": "Bash", "input_schema": {"type": "object"}},
        {"name": "mcp__jira__find", "input_schema": {"type": "object"}},
    ],
    "messages": [{"role": "user", "content": SAID}],
}


def _config(*rules: dict[str, Any], **router: Any) -> Config:
    routes = {"default": "a,m", "rules": list(rules), **router}
    return read_config(configuration("http://127.0.0.1:1", Router=routes), None, {})


async def _past(config: Config, body: dict[str, Any] = BODY) -> Entry:
    """What the journal keeps of *body*."""
    exchange = Exchange(raw=dumps_safe(body), headers={}, config=config)
    decision = await Planner(config).plan(exchange)
    return Entry(
        request_id="r",
        at_s=0,
        model=str(body["model"]),
        folder=exchange.folder,
        decision=decision,
        asked=exchange.asked,
        usage={"input_tokens": 900},
    )


async def _again(trial: Trial, config: Config) -> Decision:
    return await explained(trial, LoopHost(lambda: Service(config)), config)


@pytest.mark.parametrize(
    "when",
    [
        {"contains": "Hello"},
        {"contains": "nobody said this"},
        {"header": {"x-team": "blue"}},
        {"field": {"metadata.team": "blue"}},
        {"field": {"model": "*opus*", "metadata.team": "blue"}},
        {"contains": "acme", "tool": "Bash"},
    ],
)
async def test_what_is_not_kept_is_neither_yes_nor_no(when: dict[str, Any], qloop: Loop) -> None:
    config = _config({"name": "mine", "when": when, "route": "b,large"})
    trial = trial_of(await _past(config))

    decision = await _again(trial, config)

    assert not decision.is_sure
    verdict = next(v for v in decision.trace if v.rule == "rule:mine")
    assert verdict.is_unknown
    assert not verdict.matched
    assert verdict.reason.startswith("not known: ")
    assert str(decision.route) == "a,m"
    told = told_decision(decision)
    assert told.headline == "It can't be known which model would answer."
    assert "m from a would answer" in told.facts[0]
    assert [step.is_unknown for step in told.steps].count(True) == 1
    assert Tried.of(decision).of_rule(verdict.where)["is_open"]


@pytest.mark.parametrize(
    ("when", "fits"),
    [
        ({"tool": "mcp__jira__*"}, True),
        ({"tool": "WebFetch"}, False),
        ({"folder": "/srv/x"}, True),
        ({"model": "*opus*"}, True),
        ({"hasImage": True}, False),
        ({"thinking": "effort:high"}, True),
        ({"thinking": "ultrathink"}, False),
        ({"tokensOver": 500}, True),
        ({"tokensUnder": 500}, False),
        ({"stream": True}, True),
        ({"field": {"stream": False}}, False),
        ({"field": {"model": "*opus*", "stream": True}}, True),
        ({"field": {"metadata.team": "blue", "model": "*haiku*"}}, False),
        ({"agent": "Explore"}, False),
        ({"contains": "Hello", "folder": "/elsewhere"}, False),
    ],
)
async def test_what_is_kept_decides(when: dict[str, Any], fits: bool, qloop: Loop) -> None:
    config = _config({"name": "mine", "when": when, "route": "b,large"})

    decision = await _again(trial_of(await _past(config)), config)

    assert decision.is_sure
    assert str(decision.route) == ("b,large" if fits else "a,m")


@pytest.mark.parametrize(
    "rule",
    [
        {"when": {"contains": "acme"}, "never": ["b"]},
        {"when": {"contains": "acme"}, "block": "Not here."},
        {"when": {"tool": "WebFetch"}, "only": ["a"]},
        {"when": {"contains": "acme"}, "set": {"max_tokens": 5}},
    ],
)
async def test_what_might_forbid_or_change_is_named(rule: dict[str, Any], qloop: Loop) -> None:
    config = _config({"name": "mine", **rule})
    plain = {**BODY, "messages": [{"role": "user", "content": "hi"}]}

    decision = await _again(trial_of(await _past(config, plain)), config)

    assert [v.rule for v in decision.trace if v.is_unknown] == ["rule:mine"]


@pytest.mark.parametrize(("hour", "fits"), [(23, True), (12, False)])
async def test_the_time_of_day_is_that_of_the_request(hour: int, fits: bool, qloop: Loop) -> None:
    night = {"name": "night", "when": {"time": "22:00-06:00"}, "route": "b,large"}
    config = _config(night)
    at_s = datetime(2026, 3, 4, hour, 30).astimezone().timestamp()
    past = trial_of(replace(await _past(config), at_s=at_s))

    off = await _again(past, config)
    host = LoopHost(lambda: Service(replace(config, port=free_port())))
    await host.start()
    try:
        on = await explained(filled_in(past, replace(past, text="x")), host, config)
    finally:
        await host.stop()

    for decision in (off, on):
        assert str(decision.route) == ("b,large" if fits else "a,m")
        assert f"it is {hour}:30" in str(decision.trace)


async def test_the_text_that_somebody_types_is_known(qloop: Loop) -> None:
    config = _config({"name": "mine", "when": {"contains": "acme"}, "route": "b,large"})
    past = trial_of(await _past(config))

    decision = await _again(filled_in(past, replace(past, text="for acme")), config)

    assert decision.is_sure
    assert str(decision.route) == "b,large"


async def test_an_own_router_is_not_asked_about_what_nobody_said(
    tmp_path: Any, qloop: Loop
) -> None:
    file = tmp_path / "router.py"
    file.write_text("def route(request, config):\n    return 'b,large'\n")
    config = replace(_config(), custom_router_path=str(file))

    decision = await _again(trial_of(await _past(config)), config)

    assert [v.rule for v in decision.trace if v.is_unknown] == ["custom"]


async def test_the_rules_of_the_router_answer_as_they_did(qloop: Loop) -> None:
    config = _config(image="b,large", webSearch="b,large", think="b,small", subagent="b,small")
    search = {"type": "web_search_20250305", "name": "web_search"}
    picture = {"type": "image", "source": {"type": "base64", "media_type": "x", "data": "eA=="}}
    asked = {"role": "user", "content": [{"type": "text", "text": "x"}, picture]}
    answered = [asked, {"role": "assistant", "content": "y"}, *BODY["messages"]]
    tagged = "<CCR-SUBAGENT-MODEL>b,small</CCR-SUBAGENT-MODEL>"
    for body in (
        BODY,
        {**BODY, "tools": [search]},
        {**BODY, "messages": [asked]},
        {**BODY, "messages": answered},
        {**BODY, "output_config": {"effort": "max"}},
        {**BODY, "system": tagged},
    ):
        entry = await _past(config, body)
        decision = await _again(trial_of(entry), config)
        assert decision.is_sure
        assert entry.decision
        assert decision.as_json()["route"] == entry.decision.as_json()["route"]
        assert decision.scenario == entry.decision.as_json()["scenario"]


async def test_of_a_request_that_was_refused_unread_nothing_is_guessed(qloop: Loop) -> None:
    config = _config(
        image="b,large", webSearch="b,large", think="b,small", agents={"Explore": "a,n"}
    )

    decision = await _again(trial_of(Entry(request_id="r", at_s=0, model="claude-opus-5")), config)

    unknown = {v.rule for v in decision.trace if v.is_unknown}
    assert unknown == {"subagentTag", "agent", "image", "webSearch", "think"}


async def test_nothing_that_was_said_is_kept(qloop: Loop) -> None:
    entry = await _past(_config())

    assert "acme" not in repr(entry.asked)
