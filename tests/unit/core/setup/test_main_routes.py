"""Default routes of route sets, where their provider is taken away."""

from typing import Any

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.setup.edits import without_missing_providers, without_provider
from ccr_desktop.core.setup.main_routes import Replaced, replaced_main_routes


def provider(name: str) -> dict[str, Any]:
    return {"name": name, "api_base_url": "http://127.0.0.1:1/v1", "models": ["m"]}


RAW: dict[str, Any] = {
    "Providers": [provider("a"), provider("b")],
    "Router": {"default": ["b,m"]},
    "routeSets": {
        "Night": {"think": "b,m", "default": "A,m"},
        "Both": {"default": ["a,m", "b,m"]},
        "Bare": {"think": "a,m"},
    },
}


def test_a_set_that_loses_its_default_gets_that_of_the_router() -> None:
    left = without_provider(RAW, "a")

    assert left["routeSets"] == {
        "Night": {"default": ["b,m"], "think": "b,m"},
        "Both": {"default": ["b,m"]},
        "Bare": {},
    }
    assert replaced_main_routes(RAW, left) == [Replaced("Night", "b,m")]
    missing = [issue.where for issue in read_config(left, None, {}).issues]
    assert missing == ["routeSets.Bare.default"]  # which had none before


def test_a_default_that_the_router_gets_itself_is_that_of_the_set_too() -> None:
    raw = {**RAW, "Router": {"default": "a,m"}}

    left = without_provider(raw, "a")

    assert left["Router"]["default"] == left["routeSets"]["Night"]["default"] == "b,m"
    assert replaced_main_routes(raw, left) == [Replaced("", "b,m"), Replaced("Night", "b,m")]


def test_with_the_last_provider_all_go() -> None:
    raw = {**RAW, "Providers": [provider("a")], "Router": {"default": "a,m"}}

    left = without_provider(raw, "a")

    assert "default" not in left["routeSets"]["Night"]
    assert replaced_main_routes(raw, left) == []


def test_what_led_to_a_provider_that_is_gone_already_is_replaced_too() -> None:
    raw = {**RAW, "Providers": [provider("b")]}

    assert without_missing_providers(raw)["routeSets"]["Night"]["default"] == ["b,m"]


def test_odd_values_are_left_alone() -> None:
    odd = {"Router": 5, "routeSets": {"x": 3, "y": {"default": 7}, "z": {"default": "a,m"}}}
    raw = {"Providers": [provider("a")], **odd}

    left = without_provider(raw, "a")["routeSets"]

    assert left == {"x": 3, "y": {"default": 7}, "z": {}}
