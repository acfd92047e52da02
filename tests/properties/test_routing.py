"""Laws of decisions: there is always one or a clear refusal, and its trace tells the truth."""

import asyncio
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.exchange import Exchange
from ccr_desktop.core.planner import Planner
from ccr_desktop.core.routing.decision import Decision
from ccr_desktop.errors import ClientError, RoutingError
from tests.support.examples import one_in

PROVIDERS = [
    {"name": "a", "api_base_url": "https://a.test/v1", "api_key": "k-12345678", "models": ["m"]},
    {"name": "b", "api_base_url": "http://127.0.0.1:1/v1", "context_windows": {"small": 40}},
]
ROUTES = st.sampled_from(("a,m", "a,x,y", "b,small", "B, big", ["a,m", "b,big"], ["b,small"]))
SCENARIOS = ("default", "background", "think", "longContext", "webSearch", "image", "subagent")
WORDS = st.sampled_from(("*", "claude*", "hi", "Bash", "/code"))
WHENS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("model", "contains", "tool", "agent"), WORDS),
        "folder": st.sampled_from(("/code", "/code/*", "/other", "~/clients")),
    },
)
RULES = st.lists(
    st.builds(
        lambda when, action: {"when": when, **action},
        WHENS,
        st.builds(lambda route: {"route": route}, ROUTES)
        | st.sampled_from(
            (
                {"only": "a"},
                {"never": ["b"]},
                {"block": "No."},
                {"set": {"max_tokens": 7, "top_k": None}},
                {"route": "a,m", "set": {"metadata.team": "blue"}},
                {"block": "No.", "enabled": False},
            )
        ),
    ),
    max_size=3,
)
CONFIGS = st.builds(
    lambda routes, rules, threshold, spare: {
        "Providers": PROVIDERS,
        "Router": {**routes, "rules": rules, "longContextThreshold": threshold},
        "fallback": spare,
    },
    st.dictionaries(st.sampled_from(SCENARIOS), ROUTES),
    RULES,
    st.integers(1, 200),
    st.dictionaries(st.sampled_from(SCENARIOS[:5]), ROUTES, max_size=2),
)
TEXTS = st.sampled_from(
    (
        "hi",
        "ultrathink " * 30,
        "<CCR-SUBAGENT-MODEL>b,big</CCR-SUBAGENT-MODEL>",
        "<CCR-SUBAGENT-MODEL>",
        "Primary working directory: /code",
    )
)
BODIES = st.fixed_dictionaries(
    {
        "model": st.sampled_from(("claude-opus", "claude-3-haiku", "a,m", "B/small", "n,m", "a,")),
        "messages": st.lists(
            st.builds(lambda text: {"role": "user", "content": text}, TEXTS), min_size=1, max_size=3
        ),
    },
    optional={
        "system": TEXTS,
        "tools": st.just([{"type": "web_search_20250305", "name": "web_search"}]),
        "thinking": st.just({"type": "enabled", "budget_tokens": 2000}),
        "stream": st.booleans(),
    },
)


def decided(
    config: dict[str, Any], body: dict[str, Any], before: list[dict[str, Any]] | None = None
) -> Decision | str:
    """The decision, or the words of the refusal, after the requests *before* were decided."""
    planner = Planner(read_config(config, None, {}))
    for earlier in before or ():
        _planned(planner, earlier)
    return _planned(planner, body)


def _planned(planner: Planner, body: dict[str, Any]) -> Decision | str:
    exchange = Exchange(raw=json.dumps(body).encode(), headers={})
    try:
        return asyncio.run(planner.plan(exchange))
    except (ClientError, RoutingError) as exc:
        return str(exc)


@one_in(2)
@given(CONFIGS, BODIES)
def test_every_request_gets_one_decision_or_a_refusal_in_words(
    config: dict[str, Any], body: dict[str, Any]
) -> None:
    found = decided(config, body)

    assert found == decided(config, body)
    if isinstance(found, str):
        assert found
        return
    winners = [verdict for verdict in found.trace if verdict.matched]
    assert winners == [found.trace[-1]]
    assert all(verdict.reason for verdict in found.trace)
    assert found.route not in found.fallbacks
    assert len(set(found.fallbacks)) == len(found.fallbacks)


@one_in(2)
@given(CONFIGS, BODIES)
def test_nothing_forbidden_ever_serves(config: dict[str, Any], body: dict[str, Any]) -> None:
    rules = [*config["Router"]["rules"], {"name": "last", "never": "a"}]
    found = decided({**config, "Router": {**config["Router"], "rules": rules}}, body)

    if isinstance(found, Decision):
        assert "a" not in {route.provider for route in (found.route, *found.fallbacks)}


@one_in(2)
@given(CONFIGS, BODIES, st.lists(BODIES, max_size=3))
def test_what_a_fresh_router_explains_is_what_one_that_runs_decides(
    config: dict[str, Any], body: dict[str, Any], before: list[dict[str, Any]]
) -> None:
    assert decided(config, body, before) == decided(config, body)
