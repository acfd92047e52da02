"""The keys that are here already, compared with those that are brought."""

import json
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.secrets import MemorySecrets
from ccr_desktop.core.transfer.found import Origin
from ccr_desktop.core.transfer.keys_in_use import keys_in_use
from ccr_desktop.core.transfer.offer import offer
from ccr_desktop.core.transfer.taking import left_without_key
from tests.unit.core.transfer.test_taking import EVIL, KEY, OTHER, entry, found, items, taken


@pytest.mark.parametrize("behind", ["keyring:a", "$A", KEY])
def test_the_key_that_is_in_use_is_not_offered_again(behind: str) -> None:
    own = {"Providers": [entry(api_key=behind)]}
    again = found({"Providers": [entry(api_key=f"{KEY}\n")]}, Origin.LINK)
    other = found({"Providers": [entry(api_key=OTHER)]}, Origin.LINK)
    away = found({"Providers": [entry(api_key=KEY, api_base_url=EVIL)]}, Origin.LINK)
    in_use = {"keyring:a": KEY, "$A": KEY}

    assert offer(again, own, in_use).items == ()
    assert offer(again, own, in_use).same == 2
    assert [item.key for item in offer(other, own, in_use).items] == ["key:a"]
    assert "key:a" in {item.key for item in offer(away, own, in_use).items}
    assert KEY not in repr(offer(away, own, in_use))


def test_a_key_that_can_not_be_compared_is_offered_and_told() -> None:
    own = {"Providers": [entry(api_key="keyring:a")]}
    again = found({"Providers": [entry(api_key=KEY)]})

    (item,) = offer(again, own, {}).items

    assert not item.is_ticked
    assert item.warnings[0] == "You have a key for it. It would be replaced."
    assert "Yours can't be read now, so it may be the same" in item.warnings[1]


def test_the_pool_that_is_in_use_is_not_offered_again() -> None:
    raw = {"Providers": [entry(api_key=KEY, api_keys=[{"key": OTHER, "weight": 2}])]}
    own = taken(raw, {}, {"provider:a", "key:a"}).raw
    in_use = {"keyring:a": KEY, "keyring:a#2": OTHER}

    assert not offer(found(raw), own, in_use).items
    assert offer(found(raw), own, {"keyring:a": KEY}).items


def test_the_keys_in_use_are_those_that_were_read(tmp_path: Path) -> None:
    pool = ["keyring:a#2", "$GONE"]
    raw = {
        "Providers": [
            entry(api_key="keyring:a", api_keys=["keyring:a#2"]),
            entry(name="b", api_keys=pool, api_base_url="https://b.example.com"),
            entry(name="c", api_key="plain-words-1"),
            entry(name="d", api_key="keyring:d"),
        ]
    }
    secrets = MemorySecrets(**{"a": KEY, "a#2": OTHER})
    path = tmp_path / "config.json"
    path.write_text(json.dumps(raw))
    config = ConfigStore(path, explicit=True, environment={}, secrets=secrets).config

    assert keys_in_use(config) == {"keyring:a": KEY, "keyring:a#2": OTHER}


def test_a_ticked_provider_that_gets_no_key_is_told() -> None:
    raw = {"Providers": [entry(api_key=KEY), entry(name="b", api_key=OTHER), entry(name="c")]}
    made = offer(found(raw), {})

    assert left_without_key({}, made, {"provider:a", "provider:b", "key:b"}) == ["a"]
    assert not left_without_key({}, made, {"key:a", "provider:c"})
    kept = {"Providers": [entry(api_key="$A", models=["old"])]}
    assert not left_without_key(kept, offer(found(raw), kept), {"provider:a"})


def test_a_key_goes_along_with_its_provider_unless_another_stays_or_goes_elsewhere() -> None:
    def goes_along(key: str, *own: dict[str, Any]) -> bool:
        raw = {"Providers": [entry(api_key=key)]}
        return items(raw, {"Providers": [*own]}, Origin.LINK)["key:a"].goes_along

    assert goes_along(KEY)
    assert goes_along(KEY, entry(api_base_url=EVIL, api_key=OTHER))
    assert not goes_along(KEY, entry(api_key=OTHER, models=["old"]))
    assert not goes_along("$SECRET")
