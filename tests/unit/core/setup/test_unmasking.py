"""Masks that come back stand for what is there."""

from typing import Any

import pytest

from ccr_desktop.core.setup.secret_fields import masked
from ccr_desktop.core.setup.unmasking import unmasked
from ccr_desktop.errors import ClientError

OLD: dict[str, Any] = {
    "APIKEY": "router-key",
    "PROXY_URL": "http://me:pass@proxy.test",
    "Providers": [
        {"name": "a", "api_key": "sk-a", "headers": {"x-api-key": "h-a"}},
        {"name": "b", "api_keys": ["sk-b1", {"key": "sk-b2", "weight": 2}]},
        {"name": "c", "api_key": "$C"},
    ],
}


def edited(change: Any) -> Any:
    """The configuration as a program sends it back that has changed what it was shown."""
    shown = masked(OLD)
    change(shown)
    return unmasked(shown, OLD)


def test_what_was_not_touched_comes_back_as_it_was() -> None:
    assert "sk-" not in str(masked(OLD))
    assert edited(lambda _: None) == OLD


def test_providers_are_known_by_their_names() -> None:
    moved = edited(lambda raw: raw["Providers"].reverse())
    without = edited(lambda raw: raw["Providers"].pop(0))
    added = edited(lambda raw: raw["Providers"].insert(0, {"name": "new", "api_key": "sk-new"}))

    assert moved["Providers"] == OLD["Providers"][::-1]
    assert without["Providers"] == OLD["Providers"][1:]
    assert added["Providers"][1:] == OLD["Providers"]


def test_a_provider_that_was_renamed_keeps_its_key() -> None:
    def rename(raw: Any) -> None:
        raw["Providers"][0]["name"] = "z"

    assert edited(rename)["Providers"][0] == {**OLD["Providers"][0], "name": "z"}


def test_a_key_does_not_go_to_a_new_name_at_a_new_address() -> None:
    def change(raw: Any) -> None:
        raw["Providers"][0] |= {"name": "z", "api_base_url": "http://elsewhere.test/v1"}

    with pytest.raises(ClientError) as caught:
        edited(change)

    assert "Providers[0].api_key" in caught.value.title


def test_a_new_secret_takes_the_place_of_the_old() -> None:
    def change(raw: Any) -> None:
        raw["APIKEY"] = "another"
        raw["Providers"][1]["api_keys"][0] = "sk-other"

    new = edited(change)

    assert new["APIKEY"] == "another"
    assert new["Providers"][1]["api_keys"] == ["sk-other", {"key": "sk-b2", "weight": 2}]


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        ({"Providers": [{"name": "new", "api_key": "***"}]}, "Providers[0].api_key"),
        ({"Providers": [{"name": "c", "headers": {"x": "***"}}]}, "Providers[0].headers.x"),
        ({"Providers": [{"name": "b", "api_keys": ["***"]}]}, "Providers[0].api_keys[0]"),
        ({"OTHER": "***"}, "OTHER"),
    ],
)
def test_a_mask_that_stands_for_nothing_is_refused(raw: Any, place: str) -> None:
    with pytest.raises(ClientError) as caught:
        unmasked(raw, OLD)

    assert caught.value.title.startswith(f"{place}: ")
