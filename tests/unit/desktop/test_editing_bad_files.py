"""Changes from the window to a file that has errors in it."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop import paths
from ccr_desktop.core.config.schema import Config
from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.secrets import MemorySecrets
from ccr_desktop.core.secrets.place import Secrets
from ccr_desktop.core.secrets.store import SecretStore
from ccr_desktop.core.secrets.worker import StoreWorker
from ccr_desktop.core.setup.edits import with_route
from ccr_desktop.core.setup.key_moving import Moved, store_key
from ccr_desktop.desktop.editing import Editor
from ccr_desktop.errors import ClientError, ConfigConflict, ConfigError

RAW: dict[str, Any] = {
    "Providers": [{"name": "a", "api_base_url": "http://127.0.0.1:1/v1", "models": ["m", "n"]}],
    "Router": {"default": "a,m"},
    "mine": 1,
}


@pytest.fixture
def path(home: Path) -> Path:
    path = home / "config.json"
    path.write_text(json.dumps(RAW))
    return path


def _editor(path: Path, used: list[Config]) -> Editor:
    async def use(config: Config) -> None:
        used.append(config)

    async def may() -> bool:
        return True

    return Editor(ConfigStore(path, explicit=True, tolerant=True), use, may)


def _choose(raw: dict[str, Any]) -> dict[str, Any]:
    return with_route(raw, "default", ["a,n"])


def _change(editor: Editor) -> bool:
    return asyncio.run(editor.change(_choose, "Main work: n"))


def _read(path: Path) -> Any:
    return json.loads(path.read_text())


def test_an_edit_mends_a_file_whose_error_it_takes_away(path: Path) -> None:
    used: list[Config] = []
    editor = _editor(path, used)
    path.write_text(json.dumps({**RAW, "mine": 2, "Router": {"default": "gone,m", "x": 3}}))

    assert _change(editor)

    assert _read(path) == {**RAW, "mine": 2, "Router": {"default": "a,n", "x": 3}}
    assert [str(config.router.route("default")) for config in used] == ["a,n"]


def test_an_edit_of_a_file_that_was_bad_from_the_start_loses_nothing_of_it(path: Path) -> None:
    path.write_text(json.dumps({**RAW, "Router": {"default": "gone,m"}}))

    assert _change(_editor(path, []))

    assert _read(path) == {**RAW, "Router": {"default": "a,n"}}


@pytest.mark.parametrize("text", ["{ // nothing of it can be read", json.dumps({"PORT": "x"})])
def test_a_file_that_stays_bad_is_left_as_it_is(path: Path, text: str) -> None:
    path.write_text(text)
    used: list[Config] = []

    with pytest.raises(ConfigError):
        _change(_editor(path, used))

    assert path.read_text() == text
    assert used == []


@pytest.fixture
def keys() -> Iterator[StoreWorker]:
    worker = StoreWorker(Secrets(keyring=MemorySecrets(a="sk-before")))
    yield worker
    worker.close()


def _store_key(raw: dict[str, Any], store: ConfigStore, secrets: SecretStore) -> Moved:
    repaired = with_route(raw, "default", ["a,n"])
    return store_key(repaired, "a", "sk-new", store, secrets)


def test_a_key_is_saved_beside_what_was_written_into_a_file_with_errors(
    path: Path, keys: StoreWorker
) -> None:
    editor = _editor(path, [])
    path.write_text(json.dumps({**RAW, "mine": 2, "Router": {"default": "gone,m"}}))

    assert asyncio.run(editor.change_keys(_store_key, keys, "Saved a"))

    assert _read(path)["mine"] == 2
    assert _read(path)["Providers"][0]["api_key"] == "keyring:a"


def test_a_damaged_version_is_told_and_leaves_the_settings(path: Path) -> None:
    editor = _editor(path, [])
    assert _change(editor)
    after = path.read_bytes()
    name = editor._store.versions()[0].name
    next(paths.data_dir().rglob(f"{name}.json")).write_bytes(b"\xff\xfe{")

    with pytest.raises(ClientError, match="That version can't be used") as told:
        asyncio.run(editor.restore(name, "Restored"))

    assert "UTF-16" in str(told.value)
    assert "config.json" not in str(told.value)
    assert (path.read_bytes(), editor.undo_words) == (after, "Main work: n")


def test_an_undo_that_is_refused_leaves_the_keys_alone(path: Path, keys: StoreWorker) -> None:
    editor = _editor(path, [])
    asyncio.run(editor.change_keys(_store_key, keys, "Saved a"))
    path.write_text(json.dumps({**_read(path), "mine": 3}))

    with pytest.raises(ConfigConflict):
        asyncio.run(editor.undo())

    assert asyncio.run(keys.get("a")) == "sk-new"
    assert _read(path)["mine"] == 3
