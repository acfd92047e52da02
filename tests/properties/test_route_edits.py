"""Edits of routes lose nothing: unknown keys, own rules, and the order of what is written."""

import copy
from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.schema import SCENARIOS
from ccr_desktop.core.setup.edits import current_routes, with_route, with_route_set
from ccr_desktop.core.setup.route_lists import (
    route_text,
    with_agent,
    with_favourites,
    with_threshold,
)
from ccr_desktop.core.setup.route_sets import (
    with_new_route_set,
    with_route_set_renamed,
    without_route_set,
)
from tests.support.examples import one_in

Raw = dict[str, Any]
_NAMES = st.text().map("unknown-".__add__)  # nothing that is taken for a misspelt prohibition
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=3),
    max_leaves=5,
)
_UNKNOWN = st.dictionaries(st.text(min_size=1).map("x-".__add__), _VALUES, max_size=3)
_TEXTS = st.sampled_from(["a,m", "a,n", "b,o", "b/o", "A,m", "a,in:no/list"])
_WRITTEN = _TEXTS | st.just({"provider": "a", "model": "n"})
_ROUTES = _WRITTEN | st.lists(_WRITTEN, min_size=1, max_size=4, unique_by=route_text)
_RULES = st.lists(
    st.fixed_dictionaries({"name": st.text(min_size=1), "when": st.just({}), "route": _TEXTS}),
    max_size=2,
)
_ROUTER = st.builds(
    lambda known, unknown: {**known, **unknown},
    st.fixed_dictionaries(
        {"default": _ROUTES},
        optional={
            **dict.fromkeys(SCENARIOS[1:], _ROUTES),
            "agents": st.dictionaries(st.sampled_from(["Plan", "Explore"]), _ROUTES, max_size=2),
            "rules": _RULES,
            "thinkWhen": st.just(["plan"]),
        },
    ),
    _UNKNOWN,
)
_PROVIDERS = [
    {"name": "a", "api_base_url": "http://127.0.0.1:1/v1", "models": ["m", "n"], "x-mine": 1},
    {"name": "b", "api_base_url": "http://127.0.0.1:2/v1", "models": ["o"]},
]
_RAW = st.builds(
    lambda router, night, unknown: {
        **unknown,
        "Providers": copy.deepcopy(_PROVIDERS),
        "Router": router,
        "routeSets": {"Night": night},
        "Desktop": {"x-theme": "mine"},
    },
    _ROUTER,
    _ROUTER,
    _UNKNOWN,
)
_PLACES = st.sampled_from(["", "Night"])
_PICKED = st.lists(_TEXTS, max_size=4, unique=True)
_EDITS: st.SearchStrategy[Callable[[Raw], Raw]] = st.one_of(
    st.builds(
        lambda scenario, routes, name: lambda raw: with_route(raw, scenario, routes, name),
        st.sampled_from(SCENARIOS),
        _PICKED,
        _PLACES,
    ),
    st.builds(
        lambda agent, routes, name: lambda raw: with_agent(raw, agent, routes, name),
        st.sampled_from(["Plan", "mine"]),
        _PICKED,
        _PLACES,
    ),
    st.builds(
        lambda tokens, name: lambda raw: with_threshold(raw, tokens, name),
        st.integers(1000, 10**7),
        _PLACES,
    ),
    st.builds(lambda routes: lambda raw: with_favourites(raw, routes), _PICKED),
    st.builds(lambda name: lambda raw: with_route_set(raw, name), _PLACES),
)


def _kept(raw: Raw) -> Raw:
    """What no edit of routes may touch."""
    router, night = raw["Router"], raw["routeSets"]["Night"]
    own = [
        {key: value for key, value in each.items() if key[:2] == "x-" or key in _LEFT}
        for each in (router, night)
    ]
    top = {key: value for key, value in raw.items() if key.startswith("x-")}
    return {**top, "own": own, "Providers": raw["Providers"], "theme": raw["Desktop"]["x-theme"]}


_LEFT = ("rules", "thinkWhen")


@one_in(4)
@given(_RAW, st.lists(_EDITS, min_size=1, max_size=5))
def test_whatever_is_edited_the_rest_stays(raw: Raw, edits: list[Callable[[Raw], Raw]]) -> None:
    before = copy.deepcopy(raw)
    new = raw
    for edit in edits:
        new = edit(new)

    assert raw == before
    assert _kept(new) == _kept(raw)
    assert [key for key in new if key in raw] == [key for key in raw if key in new]
    read_config(new, None, {})  # it can be used, whatever was clicked


@one_in(4)
@given(_RAW, st.sampled_from(SCENARIOS), _PLACES)
def test_choosing_what_is_chosen_changes_nothing(raw: Raw, scenario: str, name: str) -> None:
    routes = current_routes(raw, name).get(scenario, [])
    new = with_route(raw, scenario, routes, name)

    assert current_routes(new, name) == current_routes(raw, name)
    if len(routes) > 1:
        assert new == raw


@one_in(4)
@given(_RAW)
def test_a_set_that_comes_and_goes_leaves_no_trace(raw: Raw) -> None:
    made = with_new_route_set(raw, "Other", "Night")
    renamed = with_route_set_renamed(with_route_set(made, "Other"), "Other", "Third")

    assert renamed["routeSet"] == "Third"
    assert read_config(renamed, None, {}).route_set == "Third"
    assert without_route_set(renamed, "Third") == raw
