"""Which store is in use, and moving all keys from one to the other."""

from collections.abc import Callable
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail

from ccr_desktop.core.secrets import (
    MemorySecrets,
    MovedAll,
    Place,
    ProtectedFile,
    Secrets,
    StoreState,
    WayOut,
)
from ccr_desktop.errors import SecretError
from tests.unit.core.secrets.conftest import Backend

KEY = "sk-planted-0123456789"


class Refusing(MemorySecrets):
    """A store in which one call fails."""

    def __init__(self, refused: str, **secrets: str) -> None:
        super().__init__(**secrets)
        self.refused = refused

    def set(self, name: str, secret: str) -> None:
        if self.refused == "set":
            raise SecretError("It refused", "")
        if self.refused != "keep":
            super().set(name, secret)

    def delete(self, name: str) -> bool:
        if self.refused == "delete":
            raise SecretError("It refused", "")
        return super().delete(name)


@pytest.fixture
def file(tmp_path: Path) -> ProtectedFile:
    return ProtectedFile(tmp_path / "protected-keys")


def test_the_keyring_is_in_use_until_a_file_is_wanted(file: ProtectedFile) -> None:
    keyring = MemorySecrets(old="sk-old")
    secrets = Secrets(keyring=keyring, file=file)

    assert (secrets.place, secrets.describe()) == (Place.KEYRING, "memory")
    assert secrets.use_file().is_ready
    assert (secrets.place, secrets.describe()) == (Place.FILE, "Protected file")
    secrets.set("p", KEY)
    assert secrets.names() == ["p"]
    assert secrets.get("old") is None, "nothing is taken from the other place in silence"
    assert secrets.delete("p")
    assert keyring.names() == ["old"]
    assert secrets.keyring_status().description == "memory"


def test_without_a_keyring_nothing_is_written_until_somebody_agrees(
    file: ProtectedFile, backend: Backend
) -> None:
    backend.error = type("NoKeyringError", (Exception,), {})()
    secrets = Secrets(file=file)

    with pytest.raises(SecretError, match="This system has no password store"):
        secrets.set("p", KEY)
    assert not file.exists()
    assert secrets.status().ways_out == (WayOut.USE_FILE, WayOut.ADD_STORE)

    secrets.use_file()
    secrets.set("p", KEY)
    assert secrets.get("p") == KEY


def test_all_keys_move_there_and_back(file: ProtectedFile) -> None:
    keyring = MemorySecrets(a="sk-a", b="sk-b")
    secrets = Secrets(keyring=keyring, file=file)

    assert secrets.move_all(Place.FILE, passphrase="phrase") == MovedAll(Place.FILE, ("a", "b"))
    assert keyring.names() == []
    assert secrets.get("a") == "sk-a"
    assert secrets.move_all(Place.FILE) == MovedAll(Place.FILE)
    assert secrets.move_all(Place.KEYRING) == MovedAll(Place.KEYRING, ("a", "b"))
    assert not file.exists()
    assert secrets.get("b") == "sk-b"


def test_a_store_that_cannot_list_moves_what_is_known(
    file: ProtectedFile, backend: Backend
) -> None:
    secrets = Secrets(file=file)
    secrets.set("a", "sk-a")

    assert secrets.move_all(Place.FILE, ["a", "b"]).names == ("a",)
    assert not backend.kept


def test_what_the_old_place_keeps_is_told(file: ProtectedFile) -> None:
    secrets = Secrets(keyring=Refusing("delete", a="sk-a"), file=file)

    assert secrets.move_all(Place.FILE) == MovedAll(Place.FILE, ("a",), ("a",))
    assert secrets.get("a") == "sk-a"


@pytest.mark.parametrize("refused", ["set", "keep"])
def test_a_place_that_refuses_leaves_all_as_it_was(file: ProtectedFile, refused: str) -> None:
    file.create(keys={"a": "sk-a"})
    secrets = Secrets(keyring=Refusing(refused), file=file)

    with pytest.raises(SecretError):
        secrets.move_all(Place.KEYRING)
    assert secrets.place is Place.FILE
    assert secrets.get("a") == "sk-a"


def test_a_key_that_comes_meanwhile_is_not_lost(file: ProtectedFile) -> None:
    class Slow(MemorySecrets):
        def set(self, name: str, secret: str) -> None:
            super().set(name, secret)
            file.set("late", KEY)

    file.create(keys={"a": "sk-a"})
    secrets = Secrets(keyring=Slow(), file=file)

    with pytest.raises(SecretError, match="changed meanwhile"):
        secrets.move_all(Place.KEYRING)
    assert secrets.names() == ["a", "late"]


def test_a_locked_file_does_not_fall_back(
    file: ProtectedFile, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file.create("phrase", {"a": "sk-a"})
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path))
    secrets = Secrets(keyring=MemorySecrets(a="other"), file=ProtectedFile(file.path.parent))

    with pytest.raises(SecretError) as caught:
        secrets.get("a")
    assert caught.value.state is StoreState.LOCKED
    assert secrets.unlock("phrase").is_ready
    assert secrets.get("a") == "sk-a"


def test_a_service_takes_the_passphrase_from_its_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path))
    Secrets(keyring=MemorySecrets(a="sk-a")).move_all(Place.FILE, passphrase="phrase")
    assert Secrets().status().state is StoreState.LOCKED

    monkeypatch.setenv("CCR_KEYS_PASSPHRASE", "phrase")

    assert Secrets().get("a") == "sk-a"
    assert Secrets().file_path.is_relative_to(tmp_path / "data")


def test_a_damaged_file_can_be_set_aside(file: ProtectedFile) -> None:
    file.create()
    file.path.write_bytes(b"")
    secrets = Secrets(keyring=MemorySecrets(), file=file)

    assert secrets.status().ways_out == (WayOut.ASK_AGAIN, WayOut.SET_ASIDE)
    assert secrets.set_file_aside().exists()
    assert secrets.place is Place.KEYRING


def test_a_store_that_was_started_since_is_seen_without_asking_anybody(
    file: ProtectedFile, use: Callable[[KeyringBackend], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    use(fail.Keyring())
    secrets = Secrets(file=file)
    assert secrets.status().state is StoreState.MISSING

    monkeypatch.setattr("keyring.core.init_backend", lambda: use(Backend()))

    assert secrets.look_anew().is_ready
    assert secrets.status().is_ready
