"""Keys in the encrypted file."""

import json
import multiprocessing
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.file_lock import locked
from ccr_desktop.core.secrets import ProtectedFile, StoreState, WayOut
from ccr_desktop.core.secrets import owner as owner_module
from ccr_desktop.core.secrets import protected_file as module
from ccr_desktop.errors import SecretError

KEY = "sk-planted-0123456789"
PHRASE = "correct horse"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "protected-keys"


@pytest.fixture
def file(folder: Path) -> ProtectedFile:
    file = ProtectedFile(folder)
    file.create()
    return file


@pytest.mark.parametrize("passphrase", ["", PHRASE], ids=["key file", "passphrase"])
def test_a_key_is_kept_until_it_is_deleted(folder: Path, passphrase: str) -> None:
    file = ProtectedFile(folder)
    assert not file.exists()
    assert file.status().state is StoreState.MISSING
    file.create(passphrase)

    assert file.exists()
    assert file.get("p") is None
    assert file.delete("p") is False
    file.set("p", KEY)
    file.set("ü", "sk-2")
    assert ProtectedFile(folder, passphrase=passphrase).get("p") == KEY
    assert file.names() == ["p", "ü"]
    assert file.status().is_ready
    assert file.delete("p") is True
    assert file.names() == ["ü"]
    assert file.describe() == "Protected file"


def test_no_key_and_no_name_can_be_read_on_disk(file: ProtectedFile, folder: Path) -> None:
    file.set("openrouter", KEY)

    files = list(folder.iterdir())
    assert {path.name for path in files} == {"keys.json", "key", "lock"}
    for path in files:
        assert KEY.encode() not in path.read_bytes()
        assert b"openrouter" not in path.read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such modes")
def test_only_the_user_can_read_it(file: ProtectedFile, folder: Path) -> None:
    file.set("p", KEY)

    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


def test_without_its_passphrase_it_is_locked(folder: Path) -> None:
    ProtectedFile(folder).create(PHRASE, {"p": KEY})
    file = ProtectedFile(folder)

    assert not file.key_path.exists()
    assert file.status().state is StoreState.LOCKED
    assert file.status().ways_out == (WayOut.PASSPHRASE,)
    with pytest.raises(SecretError, match="locked"):
        file.get("p")
    wrong = file.unlock("wrong")
    assert (wrong.state, wrong.title) == (
        StoreState.LOCKED,
        "This is not the passphrase of the protected file",
    )
    assert file.unlock(PHRASE).is_ready
    assert file.get("p") == KEY
    assert file.unlock("wrong").state is StoreState.LOCKED
    assert file.get("p") == KEY, "a wrong try takes nothing away"
    assert PHRASE not in str(vars(file))


def changed(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    path = folder / "keys.json"
    found = json.loads(path.read_text())
    change(found)
    path.write_text(json.dumps(found))


def flip(text: str) -> str:
    return f"{'B' if text[0] == 'A' else 'A'}{text[1:]}"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / "keys.json").write_bytes(b""),
        lambda folder: (folder / "keys.json").write_bytes(b"[" * 100_000),
        lambda folder: (folder / "keys.json").write_text("[]"),
        lambda folder: (folder / "keys.json").write_bytes(
            (folder / "keys.json").read_bytes()[:-40]
        ),
        lambda folder: changed(folder, lambda all_: all_.update(content=flip(all_["content"]))),
        lambda folder: changed(folder, lambda all_: all_.update(content="?")),
        lambda folder: changed(folder, lambda all_: all_.update(nonce="AAAA")),
        lambda folder: changed(folder, lambda all_: all_.update(version=2)),
        lambda folder: changed(folder, lambda all_: all_["lock"].update(cost=2**40)),
        lambda folder: changed(folder, lambda all_: all_["lock"].update(cost=2**14)),
        lambda folder: changed(folder, lambda all_: all_["lock"].update(kind="none")),
        lambda folder: (folder / "key").unlink(),
        lambda folder: (folder / "key").write_bytes(b"another"),
    ],
    ids=[
        "empty",
        "deep",
        "no object",
        "cut off",
        "a changed key",
        "no base64",
        "a short nonce",
        "a newer version",
        "an absurd cost",
        "a cheaper cost",
        "an unknown kind",
        "without its key",
        "with another key",
    ],
)
def test_a_spoiled_file_is_told_and_nothing_is_deleted(
    file: ProtectedFile, folder: Path, spoil: Callable[[Path], object]
) -> None:
    file.set("p", KEY)
    spoil(folder)
    before = file.path.read_bytes()

    for action in (lambda: file.get("p"), lambda: file.set("q", KEY), lambda: file.delete("p")):
        with pytest.raises(SecretError, match=re.escape(str(file.path))) as caught:
            action()
        assert caught.value.state is StoreState.BROKEN
    assert file.path.read_bytes() == before
    assert file.status().ways_out == (WayOut.ASK_AGAIN, WayOut.SET_ASIDE)

    aside = file.set_aside()
    assert aside.read_bytes() == before
    assert not file.exists()
    file.create()
    assert file.names() == []


def test_a_copy_is_not_opened_on_another_computer(
    file: ProtectedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.set("p", KEY)
    monkeypatch.setattr(owner_module, "_machine", lambda: "another")

    with pytest.raises(SecretError, match="another file, computer or user"):
        file.get("p")


@pytest.mark.skipif(os.name != "posix" or not os.getuid(), reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(file: ProtectedFile) -> None:
    file.path.chmod(0)

    assert file.status().state is StoreState.DENIED


def test_a_file_that_may_not_be_read_is_told_apart(
    file: ProtectedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> Any:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(module, "open_regular", refuse)

    assert file.status().state is StoreState.DENIED
    assert str(file.path) in file.status().detail


def test_it_is_begun_only_once(file: ProtectedFile) -> None:
    file.set("p", KEY)

    with pytest.raises(SecretError, match="already"):
        file.create()
    assert file.get("p") == KEY


def test_a_full_disk_leaves_the_old_keys(
    file: ProtectedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.set("p", KEY)

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)

    with pytest.raises(SecretError, match="The disk is full"):
        file.set("p", "sk-new")
    assert file.get("p") == KEY


def test_a_lock_that_nobody_lifts_is_told(file: ProtectedFile, folder: Path) -> None:
    with locked(folder / "lock"), pytest.raises(TimeoutError), locked(folder / "lock", 0.05):
        pass
    file.set("p", KEY)


def write_many(folder: Path, prefix: str) -> None:
    for number in range(10):
        ProtectedFile(folder).set(f"{prefix}{number}", KEY)


def test_processes_do_not_lose_each_others_keys(file: ProtectedFile, folder: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write_many, args=(folder, prefix)) for prefix in "abc"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)

    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert len(file.names()) == 30


def test_a_file_without_a_passphrase_ignores_one(file: ProtectedFile) -> None:
    file.set("p", KEY)

    assert file.unlock().is_ready
    assert file.unlock("anything").is_ready
    assert file.get("p") == KEY


def test_a_disk_that_fails_is_told(file: ProtectedFile, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_path: Path) -> Any:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(module, "open_regular", fail)

    assert file.status().state is StoreState.BROKEN
    assert "Input/output error" in file.status().detail


def test_a_folder_that_may_not_be_looked_into_holds_a_file(
    file: ProtectedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "exists", refuse)
    assert file.exists(), "keys never go elsewhere because of that"


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (TimeoutError(), StoreState.BROKEN),
        (PermissionError(13, "Permission denied", "lock"), StoreState.DENIED),
        (OSError(30, "Read-only file system"), StoreState.BROKEN),
    ],
    ids=["held", "refused", "read-only"],
)
def test_a_lock_that_cannot_be_had_is_told(
    file: ProtectedFile, monkeypatch: pytest.MonkeyPatch, error: Exception, state: StoreState
) -> None:
    def refuse(*_: object) -> Any:
        raise error

    monkeypatch.setattr(module, "locked", refuse)

    with pytest.raises(SecretError) as caught:
        file.set("p", KEY)
    assert caught.value.state is state


def test_a_passphrase_opens_it_however_its_accents_are_written(folder: Path) -> None:
    file = ProtectedFile(folder)
    file.create("p\u00e4ss")
    file.set("p", KEY)

    assert ProtectedFile(folder, passphrase="pa\u0308ss").get("p") == KEY
    no_text = b"p\xe4ss".decode("utf-8", "surrogateescape")
    assert ProtectedFile(folder, passphrase=no_text).status().state is StoreState.LOCKED
