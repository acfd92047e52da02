"""Putting a preset into a configuration."""

import copy
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.presets.merge import merge
from ccr_desktop.errors import ClientError

CONFIG: dict[str, Any] = {
    "PORT": 4000,
    "Providers": [{"name": "Shop", "api_key": "$MINE", "models": ["old"], "own": 1}],
    "Router": {"default": "Shop,old", "think": "Shop,old"},
}


def test_only_what_is_mentioned_changes_and_nothing_in_place() -> None:
    before = copy.deepcopy(CONFIG)

    result = merge(CONFIG, {"Router": {"default": "Shop,new"}, "StatusLine": {"enabled": True}})

    assert before == CONFIG
    assert result.raw["Router"] == {"default": "Shop,new", "think": "Shop,old"}
    assert result.raw["StatusLine"] == {"enabled": True}
    assert result.raw["PORT"] == 4000
    assert result.left_out == result.notes == []


def test_what_a_preset_may_not_set_is_left_out_and_named() -> None:
    parts = {"PORT": 1, "HOST": "0.0.0.0", "APIKEY": "x", "CUSTOM_ROUTER_PATH": "x.py"}

    result = merge(CONFIG, parts)

    assert result.raw == CONFIG
    assert result.left_out == list(parts)


def test_a_provider_of_the_same_name_keeps_its_key_and_models() -> None:
    parts = {"Providers": [{"name": "shop ", "api_key": "$THEIRS", "models": ["new"], "url": "u"}]}

    result = merge(CONFIG, parts)

    assert result.raw["Providers"] == [
        {"name": "Shop", "api_key": "$MINE", "models": ["new", "old"], "own": 1, "url": "u"}
    ]
    assert "was there" in result.notes[0]


def test_a_key_that_was_answered_replaces_the_old() -> None:
    result = merge(CONFIG, {"Providers": [{"name": "Shop", "api_key": "sk-answered"}]})

    assert result.raw["Providers"][0]["api_key"] == "sk-answered"


def test_a_reference_that_was_answered_replaces_the_old_key() -> None:
    parts = {"Providers": [{"name": "Shop", "api_key": "$NEW"}]}

    assert merge(CONFIG, parts, None, {"$NEW"}).raw["Providers"][0]["api_key"] == "$NEW"


def test_a_provider_that_stays_as_it_is_gets_no_note() -> None:
    assert merge(CONFIG, {"Providers": CONFIG["Providers"]}).notes == []


def test_a_new_provider_brings_no_route_of_its_own() -> None:
    parts = {"Providers": [{"name": "p", "models": ["m"]}, {"no": "name"}, 5]}

    assert merge({}, parts).raw == {"Providers": [{"name": "p", "models": ["m"]}]}
    assert merge(CONFIG, parts).raw["Router"] == CONFIG["Router"]


def test_python_files_of_the_preset_are_named_where_they_lie(tmp_path: Path) -> None:
    entries = [{"path": "t/mine.py", "options": {"a": 1}}, {"path": "t/mine.js"}, {"odd": 1}]

    once = merge({}, {"transformers": entries}, tmp_path)
    twice = merge(once.raw, {"transformers": entries}, tmp_path)

    path = str(tmp_path / "t" / "mine.py")
    assert once.raw["transformers"] == [{"path": path, "options": {"a": 1}}]
    assert twice.raw == once.raw
    assert any("code of its own" in note for note in once.notes)
    assert any("mine.js is left out" in note for note in once.notes)


def test_a_provider_that_moves_to_another_address_does_not_take_its_key_along() -> None:
    old = {"name": "Shop", "api_base_url": "https://shop.test/v1", "api_key": "keyring:Shop"}
    config = {"Providers": [{**old, "headers": {"X-Key": "k"}, "own": 1}]}

    def merged(**entry: str) -> Any:
        return merge(config, {"Providers": [{"name": "Shop", **entry}]})

    moved = merged(api_base_url="https://evil.test/v1", api_key="keyring:Shop")
    stays = merged(api_base_url="https://shop.test/v2")

    assert moved.raw["Providers"] == [
        {"name": "Shop", "api_base_url": "https://evil.test/v1", "own": 1}
    ]
    assert any("no old key" in note for note in moved.notes)
    assert stays.raw["Providers"][0]["api_key"] == "keyring:Shop"


def test_what_a_preset_would_take_along_is_said() -> None:
    parts = {
        "Providers": [{"name": "a", "api_base_url": "https://a.test/v1", "models": ["$HOME"]}],
        "Router": {"default": "a,m", "think": "keyring:Shop"},
    }

    notes = merge(CONFIG, parts).notes

    assert notes == ["It sends what stands behind $HOME, keyring:Shop on this computer."]
    assert merge(CONFIG, parts, None, {"$HOME", "keyring:Shop"}).notes == []


def test_routes_for_a_set_that_was_removed_meanwhile_are_refused() -> None:
    parts = {"Router": {"think": "p,m"}}
    sets = {"S": {"default": "p,m"}}

    assert merge({"routeSets": sets}, parts, route_set="S").raw == {
        "routeSets": {"S": {"default": "p,m", "think": "p,m"}}
    }
    for gone in ({}, {"routeSets": {"T": {}}}, {"routeSets": {"S": 5}}, {"routeSets": []}):
        with pytest.raises(ClientError, match="S"):
            merge(gone, parts, route_set="S")
