"""Keys on their way between the file, the environment and a store."""

import json
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop import paths
from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.secrets import MemorySecrets
from ccr_desktop.core.setup.key_moves import KeyPlace, plan_move
from ccr_desktop.core.setup.key_moving import Moved, apply_move, store_key, undo_move
from ccr_desktop.errors import CcrError, ClientError, ConfigConflict, SecretError

KEY = "sk-planted-0123456789"
OTHER = "sk-another-0123456789"


def config(**provider: Any) -> dict[str, Any]:
    entry = {"name": "p", "api_base_url": "https://h.test/v1", "models": ["m"], **provider}
    return {"Providers": [entry], "Router": {"default": "p,m"}}


class Desk:
    """A configuration, a store of keys and an environment, and moves between them."""

    def __init__(self, folder: Path, raw: dict[str, Any], **keys: str) -> None:
        self.file = folder / "config.json"
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(json.dumps(raw))
        self.environment: dict[str, str] = {}
        self.secrets = MemorySecrets(**keys)

    def open(self) -> None:
        self.store = ConfigStore(
            self.file, explicit=True, environment=self.environment, secrets=self.secrets
        )

    def move(self, to: KeyPlace, **options: Any) -> Moved:
        self.open()
        change = plan_move(dict(self.store.config.raw), "p", to, is_plain=True, **options)
        return apply_move(change, self.store, self.secrets, self.environment)

    @property
    def entry(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.file.read_text())["Providers"][0]
        return found

    @property
    def files_with_key(self) -> list[Path]:
        files = [path for path in self.file.parents[1].rglob("*") if path.is_file()]
        return [path for path in files if KEY.encode() in path.read_bytes()]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path / "desk"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    return tmp_path / "desk" / "elsewhere"


def test_from_the_file_into_the_store_and_back(folder: Path) -> None:
    desk = Desk(folder, config(api_key=KEY))

    moved = desk.move(KeyPlace.KEYRING)

    assert desk.entry["api_key"] == "keyring:p"
    assert desk.secrets.get("p") == KEY
    assert desk.store.config.providers["p"].api_key == KEY
    assert (moved.still_in, desk.files_with_key) == ((), [])
    assert KEY not in repr(moved)

    undo_move(moved, desk.store, desk.secrets)
    assert desk.entry["api_key"] == KEY
    assert desk.secrets.names() == []


def test_from_the_store_to_a_variable_that_is_not_set_yet(folder: Path) -> None:
    desk = Desk(folder, config(api_key="keyring:p"), p=KEY)

    moved = desk.move(KeyPlace.ENVIRONMENT)

    assert desk.entry["api_key"] == "$P_API_KEY"
    assert (moved.to_set, moved.kept, moved.deleted) == (("P_API_KEY",), ("p",), ())
    assert moved.lines_to_export[0].endswith("YOUR-KEY")
    assert desk.secrets.get("p") == KEY, "a key that is nowhere else is kept"

    desk.move(KeyPlace.KEYRING)
    assert (desk.entry["api_key"], desk.secrets.get("p")) == ("keyring:p", KEY)


def test_from_the_store_to_a_variable_that_has_it(folder: Path) -> None:
    desk = Desk(folder, config(api_key="keyring:p"), p=KEY)
    desk.environment["MINE"] = KEY

    moved = desk.move(KeyPlace.ENVIRONMENT, variable="MINE")

    assert (moved.to_set, moved.kept, moved.deleted) == ((), (), ("p",))
    assert desk.secrets.names() == []
    undo_move(moved, desk.store, desk.secrets)
    assert desk.secrets.get("p") == KEY
    assert desk.entry["api_key"] == "keyring:p"


def test_from_the_file_to_a_variable_only_when_that_has_it(folder: Path) -> None:
    desk = Desk(folder, config(api_key=KEY))

    with pytest.raises(ClientError, match="P_API_KEY does not hold this key") as caught:
        desk.move(KeyPlace.ENVIRONMENT)
    assert "P_API_KEY" in caught.value.message
    assert KEY not in str(caught.value)
    assert desk.entry["api_key"] == KEY

    desk.environment["P_API_KEY"] = KEY
    assert desk.move(KeyPlace.ENVIRONMENT).still_in == ()
    assert desk.entry["api_key"] == "$P_API_KEY"
    assert desk.files_with_key == []


def test_from_a_variable_into_the_store(folder: Path) -> None:
    desk = Desk(folder, config(api_key="$MINE"), p=OTHER)
    desk.environment["MINE"] = KEY

    moved = desk.move(KeyPlace.KEYRING)

    assert desk.secrets.get("p") == KEY
    undo_move(moved, desk.store, desk.secrets)
    assert desk.secrets.get("p") == OTHER


def test_from_the_store_into_the_file(folder: Path) -> None:
    desk = Desk(folder, config(api_key="keyring:p"), p=KEY)

    moved = desk.move(KeyPlace.FILE)

    assert desk.entry["api_key"] == KEY
    assert (moved.deleted, desk.secrets.names()) == (("p",), [])
    undo_move(moved, desk.store, desk.secrets)
    assert desk.secrets.get("p") == KEY
    assert desk.files_with_key == []


def test_a_key_that_others_use_stays_in_the_store(folder: Path) -> None:
    raw = config(api_key="keyring:p")
    raw["APIKEY"] = "keyring:p"
    desk = Desk(folder, raw, p=KEY)

    assert desk.move(KeyPlace.FILE).deleted == ()
    assert desk.secrets.get("p") == KEY


def test_a_pool_moves_there_and_back(folder: Path) -> None:
    desk = Desk(folder, config(api_keys=[KEY, {"key": OTHER, "weight": 2}]))

    desk.move(KeyPlace.KEYRING)
    assert desk.secrets.names() == ["p", "p#2"]
    assert [key.key for key in desk.store.config.providers["p"].keys] == [KEY, OTHER]
    desk.move(KeyPlace.FILE)

    assert desk.entry["api_keys"] == [KEY, {"key": OTHER, "weight": 2}]
    assert desk.secrets.names() == []


@pytest.mark.parametrize(
    ("api_key", "to", "title"),
    [
        ("keyring:gone", KeyPlace.FILE, "memory holds no key 'gone'"),
        ("$GONE", KeyPlace.KEYRING, r"\$GONE is not set here"),
        ("keyring:odd", KeyPlace.FILE, "can't be written into the file"),
    ],
)
def test_a_key_that_is_not_there_moves_nowhere(
    folder: Path, api_key: str, to: KeyPlace, title: str
) -> None:
    desk = Desk(folder, config(api_key=api_key), odd="sk-$HOME-0123456789")

    with pytest.raises(ClientError, match=title):
        desk.move(to)
    assert desk.entry["api_key"] == api_key


def test_a_file_that_cannot_be_saved_leaves_the_store_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(folder, config(api_key=KEY))

    def refuse(*_: object, **__: object) -> None:
        raise CcrError("The disk is full", "")

    monkeypatch.setattr("ccr_desktop.core.config.store.write_safely", refuse)
    with pytest.raises(CcrError, match="disk is full"):
        desk.move(KeyPlace.KEYRING)

    assert desk.secrets.names() == []
    assert desk.entry["api_key"] == KEY


def test_a_store_that_keeps_nothing_leaves_the_file_as_it_was(folder: Path) -> None:
    class Forgetful(MemorySecrets):
        def set(self, name: str, secret: str) -> None:
            pass

    desk = Desk(folder, config(api_key=KEY))
    desk.secrets = Forgetful()

    with pytest.raises(SecretError, match="did not keep the key"):
        desk.move(KeyPlace.KEYRING)
    assert desk.entry["api_key"] == KEY


def test_a_store_that_does_not_delete_is_told(folder: Path) -> None:
    class Stubborn(MemorySecrets):
        def delete(self, name: str) -> bool:
            raise SecretError("It refused", "")

    desk = Desk(folder, config(api_key="keyring:p"))
    desk.secrets = Stubborn(p=KEY)

    assert desk.move(KeyPlace.FILE).kept == ("p",)


def test_what_was_planned_with_an_older_file_is_refused(folder: Path) -> None:
    desk = Desk(folder, config(api_key=KEY))
    desk.open()
    change = plan_move(dict(desk.store.config.raw), "p", KeyPlace.KEYRING)
    desk.file.write_text(json.dumps(config(api_key=KEY, name="renamed")))

    with pytest.raises(ConfigConflict):
        apply_move(change, desk.store, desk.secrets, {})
    assert desk.secrets.names() == []


def test_a_file_of_another_program_that_has_the_key_is_told(tmp_path: Path, folder: Path) -> None:
    older = tmp_path / ".claude-code-router" / "config.json"
    desk = Desk(older.parent, config(api_key=KEY))
    desk.store = store = ConfigStore(None, environment={}, secrets=desk.secrets)
    change = plan_move(dict(store.config.raw), "p", KeyPlace.KEYRING)

    moved = apply_move(change, store, desk.secrets, {})

    assert moved.still_in == (older,)
    assert store.path == paths.config_dir() / "config.json"


def test_a_typed_key_is_stored_and_never_written(folder: Path) -> None:
    desk = Desk(folder, config())
    desk.open()

    moved = store_key(dict(desk.store.config.raw), "P", KEY, desk.store, desk.secrets)

    assert (desk.secrets.get("p"), desk.entry["api_key"]) == (KEY, "keyring:p")
    assert desk.files_with_key == []
    assert KEY not in repr(moved)
    undo_move(moved, desk.store, desk.secrets)
    assert "api_key" not in desk.entry
    assert desk.secrets.names() == []


def test_a_typed_key_that_replaces_a_written_one_tells_where_that_is(folder: Path) -> None:
    desk = Desk(folder, config(api_key=KEY), p="sk-older-0123456789")
    desk.open()

    moved = store_key(dict(desk.store.config.raw), "p", "sk-$typed", desk.store, desk.secrets)

    assert desk.secrets.get("p") == "sk-$typed"
    assert list(moved.still_in) == desk.files_with_key
    assert len(moved.still_in) == 1
    desk.store.forget_keys({KEY: "keyring:p"})
    assert desk.files_with_key == []
    undo_move(moved, desk.store, desk.secrets)
    assert desk.secrets.get("p") == "sk-older-0123456789"
    assert desk.entry["api_key"] == KEY


def test_a_typed_key_that_cannot_be_saved_is_not_kept(folder: Path) -> None:
    desk = Desk(folder, config())
    desk.open()

    with pytest.raises(ConfigConflict):
        store_key(dict(desk.store.config.raw), "p", KEY, desk.store, desk.secrets, base="older")
    assert desk.secrets.names() == []
