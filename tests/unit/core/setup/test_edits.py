"""Providers and routes in the raw form of a configuration."""

import copy
from typing import Any

import pytest

from ccr_desktop.core.setup.edits import (
    current_routes,
    default_route,
    find_entry,
    need_entry,
    provider_entries,
    routes_to,
    with_member,
    with_model,
    with_paused,
    with_provider,
    with_provider_duplicated,
    with_provider_moved,
    with_route,
    without_provider,
)
from ccr_desktop.errors import ClientError

RAW: dict[str, Any] = {
    "note": "mine",
    "Providers": [
        {"name": "a", "models": ["m", "n"], "extra": 1},
        {"name": "b", "models": ["o"]},
        {"no": "name"},
        "odd",
    ],
    "Router": {
        "default": "a,m",
        "think": ["b,o", "a,n"],
        "background": "B/o",
        "rules": [{"when": {"text": "x"}, "route": "a,m"}, {"when": {}, "route": "b,o"}],
    },
    "fallback": {"default": ["a,n"]},
    "routeSets": {"Night": {"default": "a,m"}},
    "projects": {"~/x": "a,m", "~/y": "b,o"},
}


@pytest.fixture(autouse=True)
def nothing_is_edited_in_place():  # type: ignore[no-untyped-def]
    before = copy.deepcopy(RAW)
    yield
    assert before == RAW


def test_entries_are_found_in_any_case() -> None:
    assert [entry["name"] for entry in provider_entries(RAW)] == ["a", "b"]
    assert find_entry(RAW, "B") == RAW["Providers"][1]
    assert find_entry(RAW, "c") is None
    assert find_entry({"providers": [{"name": "a"}]}, "a") == {"name": "a"}
    assert provider_entries({"Providers": 5}) == []


def test_an_exact_name_comes_before_one_in_another_case() -> None:
    raw = {"Providers": [{"name": "A", "models": []}, {"name": "a", "models": ["x"]}]}

    assert find_entry(raw, "a") == raw["Providers"][1]


def test_an_unknown_provider_is_told_with_the_known() -> None:
    with pytest.raises(ClientError, match="a, b"):
        need_entry(RAW, "c")


def test_a_provider_is_added_at_the_end_or_replaced_where_it_is() -> None:
    added = with_provider(RAW, {"name": "c", "models": ["z"]})
    replaced = with_provider(RAW, {"name": "A", "models": ["z"]})

    assert added["Providers"][-1] == {"name": "c", "models": ["z"]}
    assert replaced["Providers"][0] == {"name": "A", "models": ["z"]}
    assert added["Router"] == RAW["Router"]
    assert list(added) == list(RAW)


def test_the_first_provider_becomes_the_default() -> None:
    assert default_route(with_provider({}, {"name": "c", "models": ["z", "y"]})) == "c,z"
    assert default_route(with_provider({}, {"name": "c", "models": []})) is None
    with pytest.raises(ClientError, match="Providers is no list"):
        with_provider({"Providers": {"a": 1}}, {"name": "c"})


def test_a_provider_goes_with_every_route_to_it() -> None:
    left = without_provider(RAW, "a")

    assert [entry["name"] for entry in provider_entries(left)] == ["b"]
    assert left["Router"] == {
        "default": "b,o",
        "think": ["b,o"],
        "background": "B/o",
        "rules": [{"when": {}, "route": "b,o"}],
    }
    assert left["fallback"] == {}
    assert left["projects"] == {"~/y": "b,o"}
    assert left["note"] == "mine"


def test_a_provider_that_is_switched_off_takes_over_only_where_no_other_can() -> None:
    off = {"name": "off", "models": ["p"], "paused": True}
    raw = {**RAW, "Providers": [off, *RAW["Providers"]], "Router": {"default": "a,m"}}

    assert without_provider(raw, "a")["Router"]["default"] == "b,o"
    assert without_provider(without_provider(raw, "b"), "a")["Router"]["default"] == "off,p"


def test_the_places_of_routes_are_told() -> None:
    assert routes_to(RAW, "b") == [
        ("Router.think[0]", "b,o"),
        ("Router.background", "B/o"),
        ("Router.rules[1].route", "b,o"),
        ("projects.~/y", "b,o"),
    ]


def test_a_route_is_one_text_several_a_list_and_none_goes() -> None:
    assert with_route(RAW, "think", ["a,m"])["Router"]["think"] == "a,m"
    assert with_route(RAW, "think", ["a,m", "b,o"])["Router"]["think"] == ["a,m", "b,o"]
    assert "think" not in with_route(RAW, "think", [])["Router"]
    assert with_route({}, "default", ["a,m"]) == {"Router": {"default": "a,m"}}
    with pytest.raises(ClientError, match="Router is no object"):
        with_route({"Router": []}, "default", ["a,m"])


def test_members_and_models_are_set() -> None:
    assert with_member(RAW, "a", "api_key", "$K")["Providers"][0]["api_key"] == "$K"
    assert with_model(RAW, "a", "new")["Providers"][0]["models"] == ["m", "n", "new"]
    assert with_model(RAW, "a", "m") == RAW
    assert with_model({"Providers": [{"name": "a"}]}, "a", "m")["Providers"][0]["models"] == ["m"]


def test_the_routes_in_force_are_lists() -> None:
    assert current_routes(RAW) == {
        "default": ["a,m"],
        "background": ["B/o"],
        "think": ["b,o", "a,n"],
    }
    assert current_routes({"Router": 5}) == {}


def test_a_provider_is_switched_off_and_on() -> None:
    off = with_paused(RAW, "A", True)

    assert find_entry(off, "a") == {"name": "a", "models": ["m", "n"], "extra": 1, "paused": True}
    assert with_paused(off, "a", False) == RAW


@pytest.mark.parametrize(
    ("position", "names"), [(0, ["b", "a"]), (-5, ["b", "a"]), (1, ["a", "b"]), (99, ["a", "b"])]
)
def test_a_provider_is_moved(position: int, names: list[str]) -> None:
    moved = with_provider_moved(RAW, "b", position)

    assert [entry["name"] for entry in provider_entries(moved)] == names
    assert len(moved["Providers"]) == 4


def test_a_copy_of_a_provider_stands_behind_it() -> None:
    copied = with_provider_duplicated(RAW, "a", " c ")

    assert copied["Providers"][1] == {"name": "c", "models": ["m", "n"], "extra": 1}
    assert copied["Router"] == RAW["Router"]


@pytest.mark.parametrize("name", ["", " ", "x,y", "B"])
def test_a_name_must_be_one_that_routes_can_hold_and_free(name: str) -> None:
    with pytest.raises(ClientError):
        with_provider_duplicated(RAW, "a", name)


@pytest.mark.parametrize(
    ("favourites", "left"), [(["a,m", "b,o"], ["b,o"]), (["a,m"], []), ("odd", "odd")]
)
def test_a_provider_goes_with_the_favourites_that_lead_to_it(favourites: Any, left: Any) -> None:
    raw = {**RAW, "Desktop": {"favourites": favourites, "theme": "dark"}}

    assert without_provider(raw, "a")["Desktop"] == {"favourites": left, "theme": "dark"}


def test_a_rule_loses_a_route_that_leads_nowhere_and_keeps_all_else() -> None:
    talks = {"when": {"contains": "a/b, or a,m"}, "block": "a,m is not for this."}
    both = {"route": ["a,m", "b,o"], "// why": "a,x"}
    forbids = {"route": "a,m", "never": ["b"], "when": {"folder": "/x"}}
    raw = {
        "Providers": [{"name": "a", "models": ["m"]}, {"name": "b", "models": ["o"]}],
        "Router": {"default": "b,o", "rules": [talks, both, forbids, {"route": "a,m"}]},
    }

    assert [where for where, _ in routes_to(raw, "a")] == [
        "Router.rules[1].route[0]",
        "Router.rules[2].route",
        "Router.rules[3].route",
    ]
    assert without_provider(raw, "a")["Router"]["rules"] == [
        talks,
        {"route": ["b,o"], "// why": "a,x"},
        {"never": ["b"], "when": {"folder": "/x"}},
    ]


def test_routes_that_are_objects_go_with_their_provider() -> None:
    gone, stays = {"provider": "A", "model": "m"}, {"provider": "b", "model": "o"}
    raw = {
        **RAW,
        "Router": {"default": gone, "think": [gone, stays], "rules": [{"route": gone}]},
        "fallback": {"default": [gone, "b,o"]},
        "projects": {"/work": gone, "/home": stays},
        "routeSets": {"Off": {"default": "b,o", "rules": [{"route": gone}]}},
    }

    left = without_provider(raw, "a")

    assert left["Router"] == {"default": "b,o", "think": [stays]}
    assert left["routeSets"] == {"Off": {"default": "b,o", "rules": []}}
    assert left["fallback"] == {"default": ["b,o"]}
    assert left["projects"] == {"/home": stays}
    assert ("Router.think[0]", "A,m") in routes_to(raw, "a")


@pytest.mark.parametrize("name", ["$HOME", "a${b}c", "keyring:a", " keyring: a", "a\u202eb"])
def test_a_name_that_stands_for_something_else_is_refused(name: str) -> None:
    with pytest.raises(ClientError, match="can't be the name"):
        with_provider_duplicated(RAW, "a", name)
