"""Route sets in the raw form of a configuration."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from ccr_desktop.core.setup.route_sets import (
    free_set_name,
    route_set_folders,
    route_set_names,
    with_new_route_set,
    with_route_set_renamed,
    without_route_set,
)
from ccr_desktop.errors import ClientError

RAW: dict[str, Any] = {
    "note": "mine",
    "Providers": [{"name": "a"}, {"name": "b"}],
    "Router": {
        "default": "a,m",
        "think": ["a,n", "b,o"],
        "agents": {"Explore": "a,n"},
        "longContextThreshold": 9000,
        "rules": [{"name": "r", "when": {"contains": "x"}, "never": ["b"]}],
    },
    "fallback": {"default": ["b,o"]},
    "routeSets": {"Day": {"default": "a,m", "mine": 1}, "Night": {"default": "b,o"}},
    "routeSet": " Night ",
    "projects": {"~/x": "Night", "~/y": "b,o", "~/z": "Day"},
}


@pytest.fixture(autouse=True)
def nothing_is_edited_in_place() -> Iterator[None]:
    before = copy.deepcopy(RAW)
    yield
    assert before == RAW


def test_a_new_set_begins_with_the_routes_of_the_one_that_is_shown() -> None:
    new = with_new_route_set(RAW, " Offline ", "Day")

    assert route_set_names(new) == ["Day", "Night", "Offline"]
    assert new["routeSets"]["Offline"] == {"default": "a,m", "mine": 1}
    assert new["routeSet"] == " Night "


def test_a_new_set_like_the_standard_one_takes_the_rest_over_by_itself() -> None:
    new = with_new_route_set(RAW, "Offline")["routeSets"]["Offline"]

    assert new == {
        "default": "a,m",
        "think": ["a,n", "b,o"],
        "agents": {"Explore": "a,n"},
        "fallback": {"default": ["b,o"]},
    }


@pytest.mark.parametrize("odd", ["gone,m", "a", "", 3, ["gone,m", "gone/m"], {"provider": "a"}])
def test_a_route_that_leads_nowhere_is_not_copied(odd: Any) -> None:
    raw = {**RAW, "Router": {**RAW["Router"], "default": odd}}

    new = with_new_route_set(raw, "Offline")["routeSets"]["Offline"]

    assert "default" not in new
    assert new["think"] == ["a,n", "b,o"]


@pytest.mark.parametrize("written", [" A/m", {"provider": "a", "model": "m"}, ["x,y", "a,m"], "$R"])
def test_a_route_is_copied_as_it_is_written(written: Any) -> None:
    raw = {**RAW, "Router": {"default": written}}

    assert with_new_route_set(raw, "New")["routeSets"]["New"]["default"] == written


def test_a_route_to_the_provider_that_older_settings_describe_is_copied() -> None:
    raw = {"OPENAI_API_KEY": "$K", "Router": {"default": "openai,m"}}

    assert with_new_route_set(raw, "New")["routeSets"]["New"] == {"default": "openai,m"}


def test_the_first_set_of_all_can_be_made() -> None:
    assert with_new_route_set({}, "Offline") == {"routeSets": {"Offline": {}}}


def test_a_new_name_goes_wherever_the_old_one_stood() -> None:
    new = with_route_set_renamed(RAW, "Night", "Cheap")

    assert [*new["routeSets"]] == ["Day", "Cheap"]
    assert new["routeSet"] == "Cheap"
    assert new["projects"] == {"~/x": "Cheap", "~/y": "b,o", "~/z": "Day"}


def test_a_set_that_is_removed_is_nowhere_any_more() -> None:
    new = without_route_set(RAW, "Night")

    assert route_set_names(new) == ["Day"]
    assert "routeSet" not in new
    assert new["projects"] == {"~/y": "b,o", "~/z": "Day"}
    assert without_route_set(RAW, "Day")["routeSet"] == " Night "


def test_the_folders_of_a_set_are_told() -> None:
    assert route_set_folders(RAW, "Night") == ["~/x"]
    assert route_set_folders({}, "Night") == []


@pytest.mark.parametrize("name", ["", "  ", "a,b", "a/b", "$HOME", "a\u202eb", "a\x07"])
def test_a_name_that_would_be_read_as_something_else_is_refused(name: str) -> None:
    with pytest.raises(ClientError, match="can't be the name"):
        free_set_name(RAW, name)


def test_a_name_that_is_taken_is_refused_in_any_case() -> None:
    with pytest.raises(ClientError, match="'Night' already"):
        free_set_name(RAW, "night")
    assert free_set_name(RAW, "night", besides="Night") == "night"
    with pytest.raises(ClientError, match="'Standard' already"):
        free_set_name(RAW, " standard", standard="Standard")


def test_a_set_that_is_gone_is_named() -> None:
    with pytest.raises(ClientError, match="no route set 'Old'"):
        without_route_set(RAW, "Old")
    with pytest.raises(ClientError, match="no route set 'Old'"):
        with_route_set_renamed({}, "Old", "New")


def test_a_first_set_comes_in_place_of_nothing() -> None:
    raw = {**RAW, "routeSets": None}

    assert with_new_route_set(raw, "First")["routeSets"]["First"]["default"] == "a,m"
    with pytest.raises(ClientError, match="Day"):
        with_new_route_set(raw, "First", "Day")


def test_a_set_with_spaces_around_its_name_is_renamed_wherever_it_is_chosen() -> None:
    raw = {"routeSets": {" A ": {}}, "routeSet": "A", "projects": {"/x": " A "}}

    assert with_route_set_renamed(raw, " A ", "B") == {
        "routeSets": {"B": {}},
        "routeSet": "B",
        "projects": {"/x": "B"},
    }
