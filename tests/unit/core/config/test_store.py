"""One configuration and its file: found, watched, saved, kept and restored."""

import json
import time
from pathlib import Path

import pytest

from ccr_desktop.core.config import store as store_module
from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.secrets import MemorySecrets
from ccr_desktop.errors import ConfigError
from tests.unit.core.config.stores import BASE, OTHER, PROVIDER, opened, write

pytestmark = pytest.mark.usefixtures("home")


# -- where it is found -------------------------------------------------------------------------


def test_without_a_file_the_demo_provider_is_there(own: Path) -> None:
    store = opened()

    assert store.path is None
    assert store.save_path == own
    assert list(store.config.providers) == ["demo"]


def test_the_own_place_comes_before_that_of_claude_code_router(own: Path, older: Path) -> None:
    write(older, BASE)
    assert opened().path == older

    write(own, BASE)
    assert opened().path == own
    assert opened(older).path == own


def test_an_explicit_file_is_the_only_one(own: Path, tmp_path: Path) -> None:
    write(own, BASE)
    write(tmp_path / "team.json", OTHER)

    store = opened(tmp_path / "team.json", explicit=True)

    assert (store.path, store.save_path) == (tmp_path / "team.json",) * 2
    assert store.config.port == 4000


def test_an_explicit_file_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="There is no such file"):
        opened(tmp_path / "team.json", explicit=True)


def test_a_bad_file_is_an_error_at_start(own: Path) -> None:
    write(own, "{")

    with pytest.raises(ConfigError, match="not valid JSON5"):
        opened()


def test_a_tolerant_store_starts_with_a_bad_file_and_knows_what_is_wrong(own: Path) -> None:
    write(own, {**BASE, "PORT": "x"})

    store = opened(tolerant=True)

    assert [issue.where for issue in store.problems] == ["PORT"]
    assert list(store.config.providers) == ["demo"]

    write(own, BASE)
    assert store.check() is not None
    assert store.problems == ()


def test_a_bad_file_is_edited_as_it_stands(own: Path) -> None:
    write(own, BASE)
    store = opened()
    assert store.written is store.config

    bad = {**BASE, "PORT": "x", "mine": 1}
    write(own, bad)
    with pytest.raises(ConfigError):
        store.check()

    assert store.written.raw == bad
    assert store.config.port == 3456
    store.save({**store.written.raw, "PORT": 4000})
    assert store.written is store.config
    assert store.config.raw == {**bad, "PORT": 4000}


def test_a_file_of_which_nothing_can_be_read_is_not_edited(own: Path, tmp_path: Path) -> None:
    write(own, "{ // mine")

    with pytest.raises(ConfigError, match="not valid JSON5"):
        _ = opened(tolerant=True).written
    assert opened(tmp_path / "new.json", explicit=True, tolerant=True).written.raw == {}


# -- changes -----------------------------------------------------------------------------------


def test_nothing_new_is_none(own: Path) -> None:
    write(own, BASE)
    store = opened()

    assert store.check() is None


def test_a_change_is_seen_once(own: Path) -> None:
    write(own, BASE)
    store = opened()

    write(own, OTHER)

    config = store.check()
    assert config is store.config
    assert config is not None
    assert config.port == 4000
    assert store.check() is None


def test_a_file_that_says_the_same_is_no_change(own: Path) -> None:
    write(own, BASE)
    store = opened()

    write(own, json.dumps(BASE, indent=4))

    assert store.check() is None


def test_a_bad_file_leaves_the_old_configuration_and_is_reported_once(own: Path) -> None:
    write(own, OTHER)
    store = opened()

    write(own, {**BASE, "PORT": "x"})

    with pytest.raises(ConfigError):
        store.check()
    assert store.config.port == 4000
    assert [issue.where for issue in store.problems] == ["PORT"]
    assert store.check() is None


def test_a_mended_file_is_told_even_when_it_says_what_it_said_before(own: Path) -> None:
    write(own, BASE)
    store = opened()
    write(own, "{")
    with pytest.raises(ConfigError):
        store.check()

    write(own, BASE)

    assert store.check() == store.config
    assert store.problems == ()


def test_a_half_written_file_gets_a_second_look(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(own, BASE)
    store = opened()
    write(own, json.dumps(OTHER)[:-10])
    slept = []

    def finish_writing(duration_s: float) -> None:
        slept.append(duration_s)
        write(own, OTHER)

    monkeypatch.setattr(store_module, "_SECOND_LOOK_S", 0.2)
    monkeypatch.setattr(time, "sleep", finish_writing)

    config = store.check()
    assert config is not None
    assert config.port == 4000
    assert slept == [0.2]


def test_a_file_that_appears_in_an_earlier_place_counts(own: Path, older: Path) -> None:
    write(older, BASE)
    store = opened()

    write(own, OTHER)

    assert store.check() is not None
    assert (store.path, store.config.port) == (own, 4000)


def test_a_deleted_file_counts_as_gone_after_a_while(
    own: Path, older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(own, OTHER)
    write(older, BASE)
    store = opened()
    clock = [100.0]
    monkeypatch.setattr(store_module, "_GONE_AFTER_S", 1.0)
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])

    own.unlink()
    assert store.check() is None
    clock[0] += 0.9
    assert store.check() is None
    write(own, OTHER)
    assert store.check() is None
    own.unlink()
    clock[0] += 0.9
    assert store.check() is None
    clock[0] += 1.1

    assert store.check() is not None
    assert (store.path, store.config.port) == (older, 3456)


def test_an_explicit_file_that_is_deleted_is_reported_and_the_old_configuration_stays(
    tmp_path: Path,
) -> None:
    path = tmp_path / "team.json"
    write(path, OTHER)
    store = opened(path, explicit=True)

    path.unlink()

    with pytest.raises(ConfigError, match="There is no such file"):
        store.check()
    assert store.config.port == 4000
    assert store.check() is None


def test_what_the_command_line_says_stays_in_force(own: Path) -> None:
    write(own, BASE)
    store = opened(overrides={"port": 5000, "host": "0.0.0.0"})
    assert (store.config.port, store.config.host) == (5000, "127.0.0.1")

    write(own, {**OTHER, "APIKEY": "k"})

    assert store.check() is not None
    assert (store.config.port, store.config.host) == (5000, "0.0.0.0")


def test_the_variable_service_port_stays_in_force(own: Path) -> None:
    write(own, BASE)
    store = ConfigStore(None, environment={"SERVICE_PORT": "6000"})

    write(own, OTHER)
    store.check()

    assert store.config.port == 6000


def test_reload_reads_again_what_the_file_refers_to(own: Path) -> None:
    secrets = MemorySecrets(p="old")
    write(own, {**BASE, "Providers": [{**PROVIDER, "api_key": "keyring:p"}]})
    store = opened(secrets=secrets)
    assert store.config.providers["p"].api_key == "old"

    secrets.set("p", "new")

    assert store.check() is None
    assert store.reload().providers["p"].api_key == "new"
