"""Own rules: their place among the others, and what they forbid."""

from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.config.schema import Config
from ccr_desktop.core.routing.decision import Verdict
from ccr_desktop.core.routing.router import decide
from ccr_desktop.core.routing.subagents import Tag
from ccr_desktop.errors import ClientError
from tests.unit.core.routing.facts import ROUTES, body, described, facts

ACME = {"folder": "/code/acme"}


def with_rules(*rules: dict[str, Any], **members: Any) -> Config:
    return described(Router={**ROUTES, "rules": list(rules)}, **members)


def test_a_rule_comes_after_an_explicit_choice_and_before_all_else() -> None:
    config = with_rules({"name": "night", "when": {"model": "*"}, "route": "Other,A/b"})
    tag = Tag("main,small")

    assert decide(facts(body("main,base"), tag=tag), config).scenario == "explicit"
    decision = decide(facts(tokens=99999, tag=tag), config)
    assert (decision.scenario, str(decision.route)) == ("rule", "Other,A/b")
    assert (decision.trace[-1].rule, decision.reason) == (
        "rule:night",
        "the model is claude-opus-5-5",
    )


def test_the_custom_router_comes_first() -> None:
    chosen = Verdict("custom", "mine.py chose a,m", described().router.routes["default"])

    assert decide(facts(body("a,m"), custom=chosen), described()).scenario == "custom"


@pytest.mark.parametrize(
    ("rule", "explicit", "left"),
    [
        pytest.param({"never": "main"}, "main,base", None, id="never"),
        pytest.param({"only": "Other"}, "main,base", None, id="only"),
        pytest.param({"only": ["Other", "main"]}, "main,base", "main,base", id="one of several"),
        pytest.param({"never": "main"}, "other,A/b", "Other,A/b", id="another provider"),
    ],
)
def test_a_prohibition_holds_against_an_explicit_choice(
    rule: dict[str, Any], explicit: str, left: str | None
) -> None:
    config = with_rules({"name": "acme", "when": ACME, **rule})
    request = facts(body(explicit), folder=Path("/code/acme/x"))

    if left:
        assert str(decide(request, config).route) == left
        return
    with pytest.raises(ClientError, match="The rule 'acme' refuses this request") as caught:
        decide(request, config)
    assert caught.value.status == 403
    assert f"{explicit or 'main,base'} may not serve it: the client works in" in str(caught.value)


def test_what_is_forbidden_is_no_fallback_either() -> None:
    config = described(
        Router={
            "default": ["main,base", "a,m", "Other,A/b"],
            "rules": [{"name": "n", "never": ["main", "other"]}],
        },
    )

    decision = decide(facts(), config)

    assert (str(decision.route), decision.fallbacks) == ("a,m", ())
    told = "forbids main,base, Other,A/b: it has no conditions"
    assert told in [verdict.reason for verdict in decision.trace]


def test_a_rule_that_blocks_says_its_sentence() -> None:
    config = with_rules({"name": "b", "when": {"contains": "secret"}, "block": "Ask Kim first."})

    with pytest.raises(ClientError, match="Ask Kim first"):
        decide(facts(body(words="the secret plan")), config)
    assert decide(facts(body(words="the plan")), config).scenario == "default"


def test_who_does_not_say_where_he_works_is_kept_to_the_rules_of_all_folders() -> None:
    config = with_rules({"name": "acme", "when": ACME, "only": "a"})

    with pytest.raises(ClientError, match="acme"):
        decide(facts(), config)
    assert decide(facts(folder=Path("/code/other")), config).scenario == "default"


def test_fallbacks_of_the_file_come_after_those_of_the_route() -> None:
    config = described(
        Router={"default": ["main,base", "a,m"]},
        fallback={"default": ["a,m", "Other,A/b"], "think": ["main,x"]},
    )

    for request in (body(), body("main,base"), body("main,other")):
        decision = decide(facts(request), config)
        assert str(decision.fallbacks[-1]) == "Other,A/b"
        assert decision.route not in decision.fallbacks


def test_a_tag_counts_and_is_told_whoever_sends_it() -> None:
    decision = decide(facts(tag=Tag("main,small")), described())

    assert (decision.scenario, decision.reason) == (
        "subagent",
        "the tag in the prompt names main,small",
    )


@pytest.mark.parametrize(
    ("members", "scenario", "rule"),
    [
        pytest.param({"tag": Tag("main,small")}, "subagent", "subagentTag", id="tag"),
        pytest.param({"tag": Tag("nobody,small")}, "subagent", "subagent", id="unknown in tag"),
        pytest.param({"agent": "explore"}, "subagent", "agent", id="agent by name"),
        pytest.param({"agent": "Plan"}, "subagent", "subagent", id="agent without a route"),
        pytest.param({"tokens": 99999}, "longContext", "longContext", id="long before sub-agent"),
    ],
)
def test_sub_agents_have_routes_of_their_own(
    members: dict[str, Any], scenario: str, rule: str
) -> None:
    config = described(
        Router={**ROUTES, "subagent": "Other,A/b", "agents": {"Explore": "a,m"}},
    )

    decision = decide(facts(headers={"x-claude-code-agent-id": "1"}, **members), config)

    assert (decision.scenario, decision.trace[-1].rule) == (scenario, rule)


@pytest.mark.parametrize("content", ["direct", "in a result"])
def test_a_new_picture_goes_to_the_image_route(content: str) -> None:
    image = {"type": "image", "source": {"type": "base64", "data": "x"}}
    block = image if content == "direct" else {"type": "tool_result", "content": [image]}
    sent = {"role": "user", "content": [block]}
    config = described(Router={**ROUTES, "image": "Other,A/b"})

    assert decide(facts(body(messages=[sent])), config).scenario == "image"
    seen = [sent, {"role": "assistant", "content": "A cat."}, {"role": "user", "content": "hi"}]
    assert decide(facts(body(messages=seen)), config).scenario == "default"
