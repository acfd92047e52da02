"""Lists of routes: what stays is kept as it was written."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from ccr_desktop.core.setup.edits import (
    current_routes,
    missing_providers,
    with_route,
    without_missing_providers,
)
from ccr_desktop.core.setup.route_lists import (
    changed_routes,
    route_texts,
    with_agent,
    with_favourites,
    with_threshold,
)
from ccr_desktop.errors import ClientError

OBJECT = {"provider": "a", "model": "n", "mine": 1}
RAW: dict[str, Any] = {
    "Providers": [{"name": "a", "models": ["m", "n"]}],
    "Router": {"default": ["a/m", OBJECT], "agents": {"Plan": "a,m"}, "mine": True},
    "routeSets": {"Night": {"default": "a,m"}, "odd": 5},
}


@pytest.fixture(autouse=True)
def nothing_is_edited_in_place() -> Iterator[None]:
    before = copy.deepcopy(RAW)
    yield
    assert before == RAW


def test_routes_are_read_in_each_form() -> None:
    assert current_routes(RAW)["default"] == ["a/m", "a,n"]
    assert route_texts([1, None, {"provider": "a"}, "a,m"]) == ["a,m"]
    assert route_texts(None) == []


def test_an_order_is_changed_without_rewriting_what_stays() -> None:
    new = with_route(RAW, "default", ["a,n", "a/m", "a,x"])

    assert new["Router"]["default"] == [OBJECT, "a/m", "a,x"]
    assert new["Router"]["mine"] is True


def test_one_route_stands_alone() -> None:
    assert changed_routes(["a,m", "a,n"], ["a,n"]) == "a,n"
    assert changed_routes(None, ["a,m", "a,n"]) == ["a,m", "a,n"]


def test_an_agent_gets_a_model_and_loses_it() -> None:
    new = with_agent(RAW, "Explore", ["a,n"])

    assert new["Router"]["agents"] == {"Plan": "a,m", "Explore": "a,n"}
    assert with_agent(new, "Plan", [])["Router"]["agents"] == {"Explore": "a,n"}
    assert "agents" not in with_agent(RAW, "Plan", [])["Router"]
    assert with_agent(RAW, "Plan", ["a,n"], "Night")["routeSets"]["Night"]["agents"] == {
        "Plan": "a,n"
    }


def test_the_threshold_is_that_of_the_set() -> None:
    assert with_threshold(RAW, 5, "Night")["routeSets"]["Night"]["longContextThreshold"] == 5
    assert with_threshold({}, 5) == {"Router": {"longContextThreshold": 5}}


def test_favourites_are_a_list_also_when_there_is_one() -> None:
    assert with_favourites(RAW, ["a,m"])["Desktop"] == {"favourites": ["a,m"]}
    assert with_favourites({"Desktop": {"theme": "dark"}}, [])["Desktop"] == {
        "theme": "dark",
        "favourites": [],
    }


@pytest.mark.parametrize("name", ["odd", "gone"])
def test_a_set_without_routes_is_refused(name: str) -> None:
    with pytest.raises(ClientError):
        with_route(RAW, "default", ["a,m"], name)


@pytest.mark.parametrize("raw", [{"Router": {"agents": 5}}, {"Router": []}])
def test_what_is_no_object_is_not_overwritten(raw: dict[str, Any]) -> None:
    with pytest.raises(ClientError):
        with_agent(raw, "Plan", ["a,m"])
    with pytest.raises(ClientError):
        with_favourites({"Desktop": 5}, [])


def test_routes_to_providers_that_are_not_there_are_found_and_taken_out() -> None:
    raw = {
        **RAW,
        "Router": {"default": ["gone,x", "a,m"], "think": "Gone,y", "agents": {"Plan": "lost,z"}},
        "routeSets": {"Night": {"default": "lost,z"}},
        "Desktop": {"favourites": ["gone,x", "a,m"]},
    }

    assert missing_providers(raw) == ["gone", "Gone", "lost"]
    new = without_missing_providers(raw)
    assert missing_providers(new) == []
    assert new["Router"] == {"default": ["a,m"], "agents": {}}
    assert new["routeSets"] == {"Night": {"default": ["a,m"]}}
    assert new["Desktop"] == {"favourites": ["a,m"]}
