"""One configuration and its file: saved, kept and restored."""

import json
import stat
from pathlib import Path

import pytest

from ccr_desktop import paths
from ccr_desktop.core.config.versions import KEPT
from ccr_desktop.core.secrets import MemorySecrets
from ccr_desktop.errors import CcrError, ConfigConflict, ConfigError
from tests.unit.core.config.stores import BASE, ENVIRONMENT, OTHER, opened, write

pytestmark = pytest.mark.usefixtures("home")


# -- saving ------------------------------------------------------------------------------------


def test_what_is_saved_is_what_was_written_not_what_it_stands_for(own: Path) -> None:
    raw = {
        "zebra": {"b": 1, "a": [None, 2.5]},
        **BASE,
        "APIKEY": "keyring:mine",
        "PORT": "$P",
        "ÄÖ": "é",
    }
    secrets = MemorySecrets(mine="sk-from-the-keyring")
    store = opened(secrets=secrets)

    config = store.save(raw)

    text = own.read_text(encoding="utf-8")
    assert json.loads(text) == raw
    assert list(json.loads(text)) == list(raw)
    assert "sk-from" not in text
    assert '"ÄÖ": "é"' in text
    assert config is store.config
    assert config.providers["p"].api_key == ENVIRONMENT["KEY"]
    assert store.check() is None


def test_half_of_a_surrogate_pair_survives(own: Path) -> None:
    opened().save({**BASE, "odd": "\ud800"})

    assert opened().config.raw["odd"] == "\ud800"


def test_saving_the_same_again_makes_no_version() -> None:
    store = opened()
    store.save(BASE)
    store.save(BASE)
    assert store.versions() == []

    store.save(OTHER)
    store.save(BASE)
    store.save(OTHER)
    store.restore(store.versions()[0].name)
    assert len(store.versions()) == 4


def test_a_saved_file_is_for_its_owner_only_and_no_other_file_is_left(own: Path) -> None:
    opened().save(BASE)

    assert stat.S_IMODE(own.stat().st_mode) == 0o600
    assert [path.name for path in own.parent.iterdir()] == ["config.json"]


def test_the_file_of_claude_code_router_is_never_written(own: Path, older: Path) -> None:
    write(older, BASE)
    store = opened()

    store.save(OTHER)

    assert json.loads(older.read_text()) == BASE
    assert json.loads(own.read_text()) == OTHER
    assert (store.path, store.config.port) == (own, 4000)
    assert store.check() is None


def test_a_bad_configuration_is_not_saved(own: Path) -> None:
    write(own, BASE)
    store = opened()

    with pytest.raises(ConfigError):
        store.save({**BASE, "PORT": "x"})

    assert json.loads(own.read_text()) == BASE
    assert store.config.port == 3456
    assert store.problems == ()


def test_a_change_from_outside_is_not_overwritten(own: Path) -> None:
    write(own, BASE)
    store = opened()
    write(own, {**BASE, "PORT": 7000})

    with pytest.raises(ConfigConflict, match="was changed since it was read"):
        store.save(OTHER)
    assert json.loads(own.read_text())["PORT"] == 7000

    store.check()
    store.save(OTHER)
    assert json.loads(own.read_text())["PORT"] == 4000


def test_a_file_that_came_meanwhile_is_not_overwritten(own: Path) -> None:
    store = opened()
    write(own, BASE)

    with pytest.raises(ConfigConflict):
        store.save(OTHER)


def test_an_edit_of_a_former_state_is_not_saved_over_a_newer_one(own: Path) -> None:
    write(own, BASE)
    store = opened()
    revision = store.revision
    write(own, {**BASE, "PORT": 7000})
    store.check()

    with pytest.raises(ConfigConflict):
        store.save(OTHER, base=revision)

    store.save(OTHER, base=store.revision)
    assert json.loads(own.read_text())["PORT"] == 4000


def test_a_link_stays_a_link(own: Path, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "ccr.json"
    write(real, BASE)
    own.parent.mkdir(parents=True)
    own.symlink_to(real)

    opened().save(OTHER)

    assert own.is_symlink()
    assert json.loads(real.read_text()) == OTHER


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "own").write_text("a file in the way")

    with pytest.raises(CcrError, match="can't be written"):
        opened().save(BASE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('// mine\n{"a": 1, "a": 2}', True, id="twice, with a comment"),
        pytest.param('{"a": 1, "b": {"c": 1, "c": 2}}', True, id="twice"),
        pytest.param("// mine\n{}", False, id="where all is clear"),
        pytest.param('{"a": "https://x//y", "b": "/* */",}', False, id="in texts only"),
        pytest.param("{}", False, id="none"),
    ],
)
def test_it_is_known_whether_what_is_there_twice_would_be_lost(
    text: str, own: Path, *, expected: bool
) -> None:
    write(own, text)

    assert opened().loses_text() is expected


def test_comments_stay_where_they_are(own: Path) -> None:
    text = "// mine\n{\n  PORT: 4000, // where\n  own: [1, /* two */ 2],\n}\n"
    write(own, text)
    store = opened()

    store.save({**store.written.raw, "PORT": 4001})

    assert own.read_text(encoding="utf-8") == text.replace("4000", "4001")
    assert store.config.port == 4001


@pytest.mark.parametrize("number", ["12345678901234567890123", "1.10", "1E3", "-0", "0x10"])
def test_other_numbers_stay_as_they_are_written(number: str, own: Path) -> None:
    text = f'{{"own":{{"id":{number}}},"PORT":4000}}'
    write(own, text)
    store = opened()

    store.save({**store.written.raw, "PORT": 4001})

    assert own.read_text(encoding="utf-8") == text.replace("4000", "4001")


def test_comments_in_the_file_of_claude_code_router_are_not_lost(older: Path) -> None:
    write(older, '// mine\n{"LOG": true, "LOG": true}')

    assert not opened().loses_text()


# -- versions ----------------------------------------------------------------------------------


def test_the_newest_versions_are_kept(own: Path, home: Path) -> None:
    store = opened()
    for port in range(5000, 5000 + KEPT + 5):
        store.save({**BASE, "PORT": port})

    versions = store.versions()

    assert len(versions) == KEPT
    assert versions == sorted(versions, key=lambda version: version.kept_at, reverse=True)
    kept = home / "own" / "data" / "config-versions"
    assert len(list(kept.glob("*.json"))) == KEPT
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept.iterdir()} == {0o600}

    assert store.restore(versions[0].name).port == 5000 + KEPT + 3
    assert json.loads(own.read_text())["PORT"] == 5000 + KEPT + 3


def test_a_version_comes_back_with_its_comments(own: Path) -> None:
    text = "// mine\n" + json.dumps(BASE)
    write(own, text)
    store = opened()
    store.save(OTHER)

    store.restore(store.versions()[0].name)

    assert own.read_text() == text
    assert store.config.port == 3456
    assert store.check() is None


def test_what_an_editor_replaced_is_a_version_too(own: Path) -> None:
    write(own, OTHER)
    store = opened()

    write(own, BASE)
    store.check()

    assert store.restore(store.versions()[0].name).port == 4000


def test_what_was_replaced_by_something_bad_is_a_version_too(own: Path) -> None:
    write(own, OTHER)
    store = opened()
    write(own, "{")
    with pytest.raises(ConfigError):
        store.check()

    assert store.restore(store.versions()[0].name).port == 4000
    assert store.problems == ()
    assert [version.size for version in store.versions()] == [1, len(json.dumps(OTHER))]


def test_a_bad_file_can_be_replaced_by_a_good_one_and_is_kept(own: Path) -> None:
    write(own, "{ // mine")
    store = opened(tolerant=True)

    store.save(BASE)

    assert store.problems == ()
    assert [version.size for version in store.versions()] == [len("{ // mine")]


def test_a_data_folder_that_cannot_be_written_stops_saving_but_not_reading(
    own: Path, home: Path
) -> None:
    write(own, BASE)
    store = opened()
    (home / "own" / "data").write_text("a file in the way")

    with pytest.raises(CcrError, match="can't be written"):
        store.save(OTHER)
    write(own, OTHER)

    assert store.check() is not None
    assert store.config.port == 4000


def test_versions_belong_to_their_file(own: Path, tmp_path: Path) -> None:
    write(own, BASE)
    opened().save(OTHER)
    write(tmp_path / "team.json", BASE)

    assert opened(tmp_path / "team.json", explicit=True).versions() == []
    assert len(opened().versions()) == 1


@pytest.mark.parametrize("base", [None, "another"])
def test_a_restore_loses_no_edit_that_nobody_has_seen(own: Path, base: str | None) -> None:
    store = opened()
    store.save(BASE)
    store.save(OTHER)
    if base is None:
        write(own, edited := {**BASE, "PORT": 4009})
    else:
        edited = OTHER

    with pytest.raises(ConfigConflict, match="was changed since"):
        store.restore(store.versions()[0].name, base=base)

    assert json.loads(own.read_text("utf-8")) == edited


@pytest.mark.parametrize("name", ["../config", "20200101T000000000000Z", ""])
def test_a_version_that_is_not_there_is_a_sentence(name: str) -> None:
    with pytest.raises(CcrError, match="There is no version"):
        opened().restore(name)


def test_a_damaged_version_is_told_by_its_own_name(own: Path) -> None:
    store = opened()
    store.save(BASE)
    store.save(OTHER)
    name = store.versions()[0].name
    damaged = next(paths.data_dir().rglob(f"{name}.json"))
    damaged.write_bytes(b"\xff\xfe{")

    with pytest.raises(ConfigError, match=f"{name}.json can't be used"):
        store.restore(name)

    assert json.loads(own.read_text("utf-8")) == OTHER


def test_the_usual_places_are_those_of_the_paths_module(
    own: Path, older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert paths.config_places() == (own, older)


def test_an_interrupted_write_leaves_the_old_file(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(own, BASE)
    store = opened()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(CcrError, match="The disk is full"):
        store.save(OTHER)

    assert json.loads(own.read_text()) == BASE
    assert [path.name for path in own.parent.iterdir()] == ["config.json"]


@pytest.mark.parametrize("comes_next", ["another place", "nothing"])
def test_what_was_deleted_is_a_version_too(own: Path, older: Path, comes_next: str) -> None:
    write(own, BASE)
    store = opened()
    text = own.read_bytes()
    own.unlink()
    if comes_next == "another place":
        write(older, OTHER)

    store.reload()
    store.save({"PORT": 4001})

    assert text in [store.version_text(version.name) for version in store.versions()]


def test_what_stands_in_the_way_of_a_restore_is_named_and_not_the_version(own: Path) -> None:
    write(own, BASE)
    opened().save(OTHER)
    own.unlink()
    own.mkdir()
    store = opened(tolerant=True)

    with pytest.raises(ConfigError, match="It is a folder") as caught:
        store.restore(store.versions()[0].name)

    assert str(own) in str(caught.value)
    assert "config-versions" not in str(caught.value)
