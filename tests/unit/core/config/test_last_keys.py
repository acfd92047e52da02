"""A store that locks by itself, as some do when nobody uses the computer."""

from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.config.store import ConfigStore
from tests.support.locked_secrets import LockedSecrets
from tests.unit.core.config.stores import BASE, PROVIDER, opened, write

pytestmark = pytest.mark.usefixtures("home")

KEY, OTHER = "sk-of-the-test-0123456789", "sk-another-of-the-test-98765"
P: dict[str, Any] = {**PROVIDER, "api_key": "keyring:p"}
Q: dict[str, Any] = {**PROVIDER, "name": "q", "api_key": "keyring:q"}
RAW: dict[str, Any] = {**BASE, "Providers": [P], "LOG_LEVEL": "info"}
PATIENCE = pytest.mark.parametrize("patience_s", [None, 60.0], ids=["waits", "is patient"])

Locking = tuple[LockedSecrets, ConfigStore]


def locked_since(own: Path, raw: dict[str, Any], patience_s: float | None) -> Locking:
    """A store of settings whose keys were read, and then the password store was locked."""
    write(own, raw)
    secrets = LockedSecrets(p=KEY, q=OTHER)
    secrets.open()
    store = opened(secrets=secrets, patience_s=patience_s)
    secrets.refuse()
    return secrets, store


def keys(store: ConfigStore) -> dict[str, str]:
    return {name: each.api_key for name, each in store.config.providers.items()}


@PATIENCE
def test_a_change_of_other_settings_keeps_the_keys(own: Path, patience_s: float | None) -> None:
    _, store = locked_since(own, RAW, patience_s)

    store.save({**RAW, "LOG_LEVEL": "debug"})
    assert keys(store) == {"p": KEY}
    assert store.config.issues == ()

    write(own, {**RAW, "Providers": [{**P, "models": ["m", "n"]}]})
    store.check()
    assert keys(store) == {"p": KEY}

    store.reload()
    assert keys(store) == {"p": KEY}


def test_a_store_that_does_not_answer_keeps_them_too(own: Path) -> None:
    secrets, store = locked_since(own, RAW, 0.05)
    store.reload()
    secrets.lock()

    store.save({**RAW, "LOG_LEVEL": "debug"})

    assert keys(store) == {"p": KEY}
    secrets.open()


@PATIENCE
@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ([Q, P], {"p": KEY, "q": ""}),
        ([{**P, "api_key": "keyring:q"}], {"p": ""}),
        ([{**P, "name": "other"}], {"other": ""}),
        ([P, {**Q, "api_key": "keyring:p"}], {"p": "", "q": ""}),
        ([{**P, "api_key": "keyring:new"}], {"p": ""}),
    ],
    ids=["beside another", "another key", "another provider", "for two", "a new key"],
)
def test_only_a_reference_that_is_as_it_was_keeps_its_key(
    own: Path, patience_s: float | None, now: list[dict[str, Any]], expected: dict[str, str]
) -> None:
    _, store = locked_since(own, RAW, patience_s)

    store.save({**RAW, "Providers": now, "Router": {"default": f"{now[0]['name']},m"}})

    assert keys(store) == expected


@PATIENCE
def test_a_reference_that_was_removed_has_lost_its_key(own: Path, patience_s: float | None) -> None:
    both = {**RAW, "Providers": [P, Q]}
    _, store = locked_since(own, both, patience_s)

    store.save(RAW)
    store.save(both)

    assert keys(store) == {"p": KEY, "q": ""}


@PATIENCE
def test_a_pool_and_the_key_of_clients_are_kept(own: Path, patience_s: float | None) -> None:
    pool = {
        **PROVIDER,
        "api_key": "keyring:p",
        "api_keys": [{"key": "keyring:p"}, {"key": "keyring:q"}],
    }
    raw = {**RAW, "APIKEY": "keyring:q", "Providers": [pool]}
    _, store = locked_since(own, raw, patience_s)

    store.save({**raw, "LOG_LEVEL": "debug"})

    assert store.config.api_key == OTHER
    assert [item.key for item in store.config.providers["p"].keys] == [KEY, OTHER]


@PATIENCE
def test_what_the_store_says_counts_once_it_is_open(own: Path, patience_s: float | None) -> None:
    secrets, store = locked_since(own, RAW, patience_s)
    store.reload()

    secrets.open()
    secrets._is_refused = False
    secrets.set("p", OTHER)
    store.reload()
    assert keys(store) == {"p": OTHER}

    secrets.delete("p")
    store.reload()
    secrets.refuse()
    store.reload()
    assert keys(store) == {"p": ""}, "a key that was deleted does not come back"
