"""Repairs of the settings file and of the store of keys."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop import paths
from ccr_desktop.core.config.origins import Source, Step
from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.secrets import MemorySecrets, Place, StoreState, StoreStatus, WayOut
from ccr_desktop.core.secrets.state import status
from ccr_desktop.doctor.check import Verdict
from ccr_desktop.errors import ConfigConflict, SecretError
from tests.unit.doctor.conftest import Look, around_of
from tests.unit.doctor.test_others import config

BROKEN = '{"PORT": 3456 "LOG": false}'


class Store(MemorySecrets):
    """In a state, until it is opened by what leads to another."""

    def __init__(self, state: StoreState, after: StoreState, place: Place = Place.KEYRING) -> None:
        super().__init__()
        self.state, self.after, self.kept_in = state, after, place

    def status(self) -> StoreStatus:
        return status(self.kept_in, self.state, "test store")

    def unlock(self, passphrase: str = "") -> StoreStatus:
        self.state = self.after
        return self.status()


def with_a_version(raw: Any, then: str) -> Path:
    """A file that was saved as *raw*, and is *then* this text."""
    store = ConfigStore(None)
    store.save({"LOG": True})
    store.save(raw)
    store.save_path.write_text(then, encoding="utf-8")
    return store.save_path


def test_a_broken_file_gets_its_last_good_version_back(look: Look, home: Path) -> None:
    path = with_a_version(config(), '{"LOG": tru}')

    finding = look("configuration")
    assert finding.verdict is Verdict.PROBLEM
    assert finding.page == "settings/text/problem"
    assert finding.repair
    assert str(finding.repair.label) == "Restore the last good version"
    told = asyncio.run(finding.repair.apply())

    assert "last good settings are in force again" in str(told)
    assert json.loads(path.read_text("utf-8")) == {"LOG": True}
    assert look("configuration").verdict is not Verdict.PROBLEM
    store = around_of(home).store
    assert b'{"LOG": tru}' in [store.version_text(each.name) for each in store.versions()]
    origin = store.present_origin()
    assert (origin.source, origin.step) == (Source.COMMAND, Step.RESTORE)


def test_a_window_restores_it_in_its_own_way(look: Look) -> None:
    path = with_a_version({"LOG": False}, BROKEN)
    restored: list[str] = []

    async def restore(name: str, base: str) -> None:
        restored.append(name)
        assert base

    repair = look("configuration", restore=restore).repair
    assert repair
    assert not str(asyncio.run(repair.apply()))

    assert len(restored) == 1
    assert path.read_text("utf-8") == BROKEN


def test_without_an_earlier_version_there_is_nothing_to_restore(look: Look) -> None:
    finding = look("configuration", BROKEN)

    assert finding.verdict is Verdict.PROBLEM
    assert finding.repair is None
    assert not paths.is_there(paths.config_dir() / "config-versions")


@pytest.mark.parametrize(
    ("state", "label"),
    [
        (StoreState.LOCKED, "Unlock it"),
        (StoreState.NEW, "Set it up"),
        (StoreState.DENIED, "Ask again"),
        (StoreState.BROKEN, "Ask again"),
    ],
)
def test_a_store_of_keys_is_opened_by_the_system(look: Look, state: StoreState, label: str) -> None:
    secrets = Store(state, StoreState.READY)

    repair = look("key-store", config(api_key="keyring:p"), secrets=secrets).repair
    assert repair
    assert str(repair.label) == label
    assert "keys" in repair.also
    assert str(asyncio.run(repair.apply())) == "test store is ready."

    assert look("key-store", secrets=secrets).verdict is Verdict.OK


def test_a_store_that_stays_shut_says_so(look: Look) -> None:
    repair = look("key-store", secrets=Store(StoreState.LOCKED, StoreState.DENIED)).repair
    assert repair

    with pytest.raises(SecretError, match="refused"):
        asyncio.run(repair.apply())


@pytest.mark.parametrize(
    ("state", "place", "way", "label"),
    [
        (StoreState.MISSING, Place.KEYRING, WayOut.USE_FILE, "Use a protected file"),
        (StoreState.LOCKED, Place.FILE, WayOut.PASSPHRASE, "Enter its passphrase"),
    ],
)
def test_what_needs_a_persons_word_is_offered_where_one_can_be_asked(
    look: Look, state: StoreState, place: Place, way: WayOut, label: str
) -> None:
    secrets = Store(state, StoreState.READY, place)
    asked: list[WayOut] = []
    answers: list[StoreStatus | None] = [None, status(Place.FILE, StoreState.READY, "file")]

    async def take(wanted: WayOut) -> StoreStatus | None:
        asked.append(wanted)
        return answers.pop(0)

    assert look("key-store", secrets=secrets).repair is None
    repair = look("key-store", secrets=secrets, take=take).repair
    assert repair
    assert str(repair.label) == label
    assert not str(asyncio.run(repair.apply()))  # the person thought better of it
    assert str(asyncio.run(repair.apply())) == "file is ready."

    assert asked == [way, way]


def test_a_store_that_is_ready_needs_no_repair(look: Look) -> None:
    assert look("key-store").repair is None


def test_a_file_that_somebody_mended_meanwhile_stays(look: Look) -> None:
    path = with_a_version(config(), '{"LOG": tru}')
    repair = look("configuration").repair
    assert repair
    mended = '{"LOG": true, "PORT": 4005}'
    path.write_text(mended, encoding="utf-8")

    with pytest.raises(ConfigConflict, match="was changed since"):
        asyncio.run(repair.apply())

    assert path.read_text("utf-8") == mended
