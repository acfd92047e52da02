"""Former versions of a file without the keys that have gone to a store."""

import json
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop import paths
from ccr_desktop.core.config.stand_ins import holds, without_keys
from ccr_desktop.core.secrets import MemorySecrets
from ccr_desktop.errors import CcrError
from tests.unit.core.config.stores import BASE, opened, write

KEY = "sk-planted/0123456789"
ESCAPED = KEY.replace("/", r"\/")


def with_key(text: str, **more: Any) -> dict[str, Any]:
    return {**BASE, "Providers": [{**BASE["Providers"][0], "api_key": text, **more}]}


def versions_folder() -> Path:
    return paths.data_dir() / "config-versions"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("spelled", [f'"{KEY}"', f"'{KEY}'", f'"{ESCAPED}"'])
def test_a_key_is_replaced_however_it_is_spelled(spelled: str, encoding: str) -> None:
    text = f'{{ // mine\n  "api_key": {spelled}, "other": "é{KEY[:-1]}" }}'

    new = without_keys(text.encode(encoding), {KEY: "keyring:p"})

    assert new.decode(encoding) == text.replace(spelled, '"keyring:p"')
    assert holds(text.encode(encoding), KEY)
    assert not holds(new, KEY)


def test_only_whole_texts_are_replaced() -> None:
    text = json.dumps({"header": f"Bearer {KEY}"}).encode()

    assert without_keys(text, {KEY: "keyring:p"}) == text
    assert holds(text, KEY)


@pytest.mark.usefixtures("home")
def test_a_saved_reference_takes_its_key_out_of_all_versions() -> None:
    store = opened(secrets=MemorySecrets(p=KEY))
    for number in range(3):
        store.save(with_key(KEY, number=number))
    store.save(with_key("sk-another-0123456789"))
    assert len(store.files_with(KEY)) == 3

    store.save(with_key("keyring:p"))

    assert store.files_with(KEY) == []
    assert len(store.versions()) == 4
    assert len(store.files_with("sk-another-0123456789")) == 1, "a key that no store has is kept"
    store.restore(store.versions()[-1].name)
    assert store.config.providers["p"].api_key == KEY


@pytest.mark.usefixtures("home")
def test_a_service_that_had_the_key_in_force_does_not_write_it_again(own: Path) -> None:
    write(own, with_key(KEY))
    secrets = MemorySecrets(p=KEY)
    service, command = opened(secrets=secrets), opened(secrets=secrets)

    command.save(with_key("keyring:p"))
    service.check()

    assert service.config.raw["Providers"][0]["api_key"] == "keyring:p"
    assert len(service.versions()) == 1
    assert service.files_with(KEY) == []


@pytest.mark.usefixtures("home")
def test_a_reference_that_nothing_stands_behind_takes_nothing() -> None:
    store = opened(secrets=MemorySecrets(p="sk-another-0123456789", short="one"))
    store.save(with_key(KEY, short="one"))

    store.save(with_key("keyring:p", short="keyring:short"))

    [version] = versions_folder().glob("*.json")
    assert store.files_with(KEY) == [version]
    assert json.loads(version.read_text())["Providers"][0]["short"] == "one"


@pytest.mark.usefixtures("home")
def test_a_version_that_cannot_be_written_is_told(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened(secrets=MemorySecrets(p=KEY))
    store.save(with_key(KEY))
    store.save(with_key("sk-another-0123456789"))

    def refuse(*_: object) -> None:
        raise CcrError("The disk is full", "")

    monkeypatch.setattr("ccr_desktop.core.config.versions.Versions.forget", refuse)
    store.save(with_key("keyring:p"))

    assert store.config.providers["p"].api_key == KEY
    assert len(store.files_with(KEY)) == 1
    assert not holds(own.read_bytes(), KEY)
