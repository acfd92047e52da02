"""Decisions: which rule wins, and what is said about the others."""

from typing import Any

import pytest

from ccr_desktop.core.config.schema import Route
from ccr_desktop.core.routing.router import decide, needs_count
from ccr_desktop.errors import RoutingError
from tests.unit.core.routing.facts import JsonObject, body, config, facts

HAIKU = "claude-haiku-5-5"
SEARCH: JsonObject = {"tools": [{"type": "web_search_20250305", "name": "web_search"}]}
ULTRA: JsonObject = {"words": "ultrathink about it"}


@pytest.mark.parametrize(
    ("request_body", "tokens", "scenario", "reason"),
    [
        pytest.param(
            body("main,base", **SEARCH),
            99999,
            "explicit",
            "the request names main,base",
            id="explicit before all",
        ),
        pytest.param(
            body(HAIKU, **ULTRA, **SEARCH),
            60001,
            "longContext",
            "60,001 tokens > 60,000",
            id="long before background",
        ),
        pytest.param(
            body(HAIKU, **ULTRA, **SEARCH),
            60000,
            "background",
            f"{HAIKU} is a Haiku model",
            id="background before search",
        ),
        pytest.param(
            body(**ULTRA, **SEARCH),
            None,
            "webSearch",
            "the tool web_search_20250305 is offered",
            id="search before think",
        ),
        pytest.param(
            body(**ULTRA), None, "think", "the request shows ultrathink", id="think before default"
        ),
        pytest.param(body(), None, "default", "no other rule took claude-opus-5-5", id="default"),
    ],
)
def test_the_first_rule_that_matches_decides(
    request_body: JsonObject, tokens: int | None, scenario: str, reason: str
) -> None:
    decision = decide(facts(request_body, tokens=tokens), config())

    assert (decision.scenario, decision.reason) == (scenario, reason)
    assert decision.tokens == tokens


def test_the_trace_tells_why_each_rule_before_it_did_not_match() -> None:
    decision = decide(facts(body(**ULTRA)), config(longContext=None))

    assert decision.as_json() == {
        "route": "main,think",
        "scenario": "think",
        "tokens": None,
        "trace": [
            {"rule": "custom", "matched": False, "reason": "CUSTOM_ROUTER_PATH is not set"},
            {
                "rule": "explicit",
                "matched": False,
                "reason": "'claude-opus-5-5' does not begin with a configured provider",
            },
            {"rule": "subagentTag", "matched": False, "reason": "no tag in the request"},
            {"rule": "agent", "matched": False, "reason": "Router.agents is not set"},
            {
                "rule": "longContext",
                "matched": False,
                "reason": "Router.longContext is not set",
            },
            {"rule": "image", "matched": False, "reason": "Router.image is not set"},
            {
                "rule": "background",
                "matched": False,
                "reason": "claude-opus-5-5 is no Claude Haiku model",
            },
            {
                "rule": "webSearch",
                "matched": False,
                "reason": "no web search among the tools",
            },
            {"rule": "think", "matched": True, "reason": "the request shows ultrathink"},
        ],
        "fallbacks": [],
    }


def test_the_rest_of_a_list_of_routes_are_fallbacks() -> None:
    decision = decide(facts(), config(default=["main,base", "other,A/b"]))

    assert decision.route == Route("main", "base")
    assert decision.fallbacks == (Route("Other", "A/b"),)


@pytest.mark.parametrize(
    ("route", "request_body"),
    [
        pytest.param("background", body(HAIKU), id="background"),
        pytest.param("think", body(**ULTRA), id="think"),
        pytest.param("webSearch", body(**SEARCH), id="webSearch"),
        pytest.param("longContext", body(), id="longContext"),
    ],
)
def test_a_scenario_without_a_route_goes_to_the_default(
    route: str, request_body: JsonObject
) -> None:
    decision = decide(
        facts(request_body, tokens=99999), config(**{"longContext": None, route: None})
    )

    assert decision.scenario == "default"
    assert f"Router.{route} is not set" in [verdict.reason for verdict in decision.trace]


def test_without_any_route_the_error_says_what_to_set() -> None:
    empty = config(default=None)
    no_routes: Any = type(empty)(providers=empty.providers)

    with pytest.raises(RoutingError, match=r"Set Router\.default"):
        decide(facts(), no_routes)


# -- counting only when it matters -------------------------------------------------------------


@pytest.mark.parametrize(
    ("threshold", "long_route", "raw", "last_prompt", "expected"),
    [
        pytest.param(1000, "main,long", b"x" * 1000, 0, False, id="too small to be long"),
        pytest.param(1000, "main,long", b"x" * 1001, 0, True, id="possibly long"),
        pytest.param(1000, None, b"x" * 9999, 0, False, id="no such route"),
        pytest.param(
            1000, "main,long", b'{"type":"image"}', 0, True, id="an image costs more than its bytes"
        ),
        pytest.param(1000, "main,long", b'{"type":"document"}', 0, True, id="so does a document"),
        pytest.param(
            60000, "main,long", b"x" * 20001, 60001, True, id="after a long prompt less is long"
        ),
        pytest.param(
            60000, "main,long", b"x" * 20000, 60001, False, id="but not a new conversation"
        ),
        pytest.param(60000, "main,long", b"x" * 20001, 60000, False, id="nor after a short prompt"),
    ],
)
def test_tokens_are_counted_only_when_a_rule_could_depend_on_them(
    threshold: int, long_route: str | None, raw: bytes, last_prompt: int, *, expected: bool
) -> None:
    configuration = config(longContext=long_route, longContextThreshold=threshold)

    assert needs_count(configuration, raw, last_prompt) is expected
