"""A configuration that is there before the keys it refers to."""

import json
from pathlib import Path

import pytest

from ccr_desktop.core.config.interpolation import AWAITED
from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.targets import find_target
from ccr_desktop.errors import ConfigError, UpstreamKeyMissing
from tests.desktop.waiting import until
from tests.support.locked_secrets import LockedSecrets
from tests.unit.core.config.stores import BASE, PROVIDER, opened, write

pytestmark = pytest.mark.usefixtures("home")

KEY = "sk-of-the-test-0123456789"
RAW = {**BASE, "Providers": [{**PROVIDER, "api_key": "keyring:p"}]}


def locked(own: Path) -> tuple[LockedSecrets, ConfigStore]:
    write(own, RAW)
    secrets = LockedSecrets(p=KEY)
    return secrets, opened(secrets=secrets, patience_s=0.0)


def test_it_is_read_at_once_and_again_once_the_keys_are_there(own: Path) -> None:
    secrets, store = locked(own)
    assert store.awaits_keys
    assert [issue.follows for issue in store.config.issues] == [AWAITED]
    assert store.check() is None

    secrets.open()
    config = until(store.check, "another configuration")

    assert config is store.config
    assert config.providers["p"].api_key == KEY
    assert config.issues == ()
    assert not store.awaits_keys
    assert store.check() is None


def test_a_request_is_told_that_the_key_is_still_to_come(own: Path) -> None:
    secrets, store = locked(own)
    route = store.config.router.route("default")
    assert route

    with pytest.raises(UpstreamKeyMissing) as caught:
        find_target(route, store.config)
    assert "is still to come" in caught.value.failure.message
    assert caught.value.is_awaited
    assert caught.value.failure.status == 503

    secrets.refuse()
    config = until(store.check, "another configuration")
    with pytest.raises(UpstreamKeyMissing) as caught:
        find_target(route, config)
    assert "was refused" in caught.value.failure.message
    assert not caught.value.is_awaited
    assert store.keys_problem


def test_of_a_file_that_cannot_be_read_it_is_told_once(own: Path) -> None:
    secrets, store = locked(own)
    own.unlink()
    own.mkdir()
    with pytest.raises(ConfigError):
        store.check()
    secrets.open()
    until(lambda: store._has_late_keys, "the keys")

    for _ in range(3):
        assert store.is_as_it_was()
        assert store.check() is None
    assert store.awaits_keys

    own.rmdir()
    write(own, RAW)
    config = store.check()
    assert config
    assert config.providers["p"].api_key == KEY
    assert not store.awaits_keys


def test_without_a_file_nothing_waits_for_them(own: Path) -> None:
    secrets, store = locked(own)
    own.unlink()
    store.reload()
    secrets.open()

    until(lambda: not store.is_as_it_was(), "the keys")
    store.check()

    assert not store.awaits_keys
    assert store.is_as_it_was()


def test_an_edit_does_not_wait_and_the_key_still_leaves_the_former_versions(own: Path) -> None:
    write(own, {**BASE, "Providers": [{**PROVIDER, "api_key": KEY}]})
    secrets = LockedSecrets(p=KEY)
    store = opened(secrets=secrets, patience_s=0.0)

    store.save(RAW)
    assert store.files_with(KEY)

    secrets.open()
    assert until(store.check, "another configuration").providers["p"].api_key == KEY
    assert store.files_with(KEY) == []
    assert json.loads(own.read_text("utf-8")) == RAW


def test_who_has_no_patience_set_waits(own: Path) -> None:
    write(own, RAW)
    secrets = LockedSecrets(p=KEY)
    secrets.open()

    store = opened(secrets=secrets)

    assert store.config.providers["p"].api_key == KEY
    assert not store.awaits_keys
    assert store.keys_problem is None
