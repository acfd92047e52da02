"""Another name for a provider, wherever its old one stands."""

import copy
from typing import Any

import pytest

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.setup.renaming import with_provider_renamed
from ccr_desktop.errors import ClientError

RAW: dict[str, Any] = {
    "note": "old,m",
    "Providers": [
        {"name": "old", "api_base_url": "https://o.test", "api_key": "k", "models": ["m", "old,x"]},
        {"name": "b", "api_base_url": "https://b.test", "api_key": "k", "models": ["old"]},
    ],
    "Router": {
        "default": ["OLD, m", "b,old"],
        "think": {"provider": "old", "model": "m"},
        "background": "old/m",
        "image": "old,old,x",
        "agents": {"old": "old,m"},
        "models": {"opus": ["old,m", "b,m"]},
        "rules": [
            {
                "name": "old",
                "when": {"contains": "old, and wise"},
                "route": ["old,m"],
                "only": ["Old", "b"],
                "never": "old",
            },
            {"when": {}, "block": "old,m is not for you"},
        ],
        "longContextThreshold": 5,
    },
    "fallback": {"default": ["old,m"]},
    "routeSets": {"old": {"default": "old,m", "fallback": {"think": ["old,m", "b,old"]}}},
    "routeSet": "old",
    "projects": {"/old": "old", "/new": ["old,m"]},
    "Desktop": {"favourites": ["old,m", "b,old"], "theme": "dark"},
}


def test_every_route_follows_and_nothing_else_changes() -> None:
    before = copy.deepcopy(RAW)

    renamed = with_provider_renamed(RAW, "old", "new")

    assert before == RAW
    assert [entry["name"] for entry in renamed["Providers"]] == ["new", "b"]
    router, was = renamed["Router"], RAW["Router"]
    assert router == {
        **was,
        "default": ["new, m", "b,old"],
        "think": {"provider": "new", "model": "m"},
        "background": "new/m",
        "image": "new,old,x",
        "agents": {"old": "new,m"},
        "models": {"opus": ["new,m", "b,m"]},
        "rules": [
            {**was["rules"][0], "route": ["new,m"], "only": ["new", "b"], "never": "new"},
            was["rules"][1],
        ],
    }
    assert renamed["fallback"] == {"default": ["new,m"]}
    assert renamed["routeSets"] == {
        "old": {"default": "new,m", "fallback": {"think": ["new,m", "b,old"]}}
    }
    assert renamed["projects"] == {"/old": "old", "/new": ["new,m"]}
    assert renamed["Desktop"] == {"favourites": ["new,m", "b,old"], "theme": "dark"}
    assert (renamed["note"], renamed["routeSet"]) == ("old,m", "old")


def test_the_result_is_read_as_the_same_configuration() -> None:
    raw = {**RAW, "Router": {**RAW["Router"], "image": "old,m"}}
    renamed = read_config(with_provider_renamed(raw, "old", "new"), None, {})

    assert all(
        route.provider in renamed.providers
        for routes in renamed.router.routes.values()
        for route in routes
    )
    assert renamed.router.rules[0].never == ("new",)


def test_only_the_case_of_a_name_may_change() -> None:
    assert with_provider_renamed(RAW, "old", "Old")["Providers"][0]["name"] == "Old"


@pytest.mark.parametrize("name", ["b", "B", "", "x,y"])
def test_a_name_that_is_taken_or_no_name_is_refused(name: str) -> None:
    with pytest.raises(ClientError):
        with_provider_renamed(RAW, "old", name)


def test_odd_values_stay_what_they_are() -> None:
    odd = {**RAW, "Router": 5, "fallback": ["x"], "routeSets": {"x": None}, "projects": None}

    renamed = with_provider_renamed(odd, "old", "new")

    assert {key: renamed[key] for key in ("Router", "fallback", "routeSets", "projects")} == {
        key: odd[key] for key in ("Router", "fallback", "routeSets", "projects")
    }
