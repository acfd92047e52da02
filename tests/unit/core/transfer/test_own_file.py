"""Our own file: settings without secrets, or with them under a passphrase."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.secrets import MemorySecrets
from ccr_desktop.core.transfer import own_file, own_link
from ccr_desktop.core.transfer.file_places import files_named_in
from ccr_desktop.core.transfer.sources import read_file
from ccr_desktop.errors import CcrError, ClientError

NOW = datetime(2026, 5, 1, tzinfo=UTC)
KEY, STORED = "sk-planted-0123456789", "sk-stored-0123456789"
WORDS = "correct horse"
RAW: dict[str, Any] = {
    "Providers": [
        {"name": "a", "api_base_url": "https://a.example.com/v1", "api_key": KEY},
        {"name": "b", "api_base_url": "https://b.example.com/v1", "api_key": "keyring:b"},
        {"name": "c", "api_base_url": "https://c.example.com/v1", "api_key": "$C_KEY"},
    ],
    "APIKEY": "clients-planted-0123456789",
}


def written(tmp_path: Path, *, keys: bool = True) -> Path:
    secrets, missing = own_file.secrets_of(RAW, MemorySecrets(b=STORED))
    assert not missing
    data, _ = own_file.make(RAW, NOW, secrets if keys else None, WORDS)
    path = tmp_path / f"settings{own_file.ENDING}"
    path.write_bytes(data)
    return path


def changed(path: Path, change: Any) -> Path:
    members = json.loads(path.read_bytes())
    change(members)
    path.write_text(json.dumps(members), encoding="utf-8")
    return path


def test_without_being_asked_no_secret_is_in_it(tmp_path: Path) -> None:
    path = written(tmp_path, keys=False)
    text = path.read_text(encoding="utf-8")

    assert not any(secret in text for secret in (KEY, STORED, "clients-planted"))
    assert json.loads(text)["version"] == 1
    assert read_file(path).raw["Providers"][0]["api_key"] == "$A_API_KEY"


def test_the_passphrase_brings_all_secrets_back(tmp_path: Path) -> None:
    path = written(tmp_path)
    text = path.read_text(encoding="utf-8")

    found = read_file(path, WORDS)

    assert not any(secret in text for secret in (KEY, STORED, "clients-planted"))
    keys = [each["api_key"] for each in found.raw["Providers"]]
    assert keys == [KEY, STORED, "$C_KEY"]
    assert found.raw["APIKEY"] == "clients-planted-0123456789"


def test_without_the_passphrase_the_rest_can_be_taken(tmp_path: Path) -> None:
    found = read_file(written(tmp_path))

    assert found.is_sealed
    assert found.raw["Providers"][1]["name"] == "b"
    assert any("stay closed" in line for line in found.needs_hand)


def test_a_wrong_passphrase_is_not_a_damaged_file(tmp_path: Path) -> None:
    path = written(tmp_path)

    with pytest.raises(ClientError, match="not the passphrase"):
        read_file(path, "wrong horse!")


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda m: m["secrets"].update(content=m["secrets"]["content"][:-8] + "AAAAAAA="), "dam"),
        (lambda m: m["secrets"].update(content="%"), "damaged"),
        (lambda m: m["secrets"].update(lock=3), "damaged"),
        (lambda m: m["secrets"]["lock"].update(cost=2**20), "damaged"),
        (lambda m: m["secrets"]["lock"].update(cost=float("inf")), "damaged"),
        (lambda m: m["secrets"]["lock"].update(kind="key file"), "damaged"),
        (lambda m: m.update(secrets=[1]), "damaged"),
        (lambda m: m["config"]["Providers"][0].update(api_base_url="https://evil"), "changed"),
        (lambda m: m.update(version=2), "newer version"),
        (lambda m: m["secrets"].update(version=2), "newer version"),
        (lambda m: m.update(config=3), "no settings"),
    ],
    ids=[
        "cut",
        "base64",
        "lock",
        "cost",
        "endless",
        "kind",
        "list",
        "address",
        "version",
        "version of the keys",
        "config",
    ],
)
def test_a_damaged_or_changed_file_is_said(tmp_path: Path, change: Any, word: str) -> None:
    path = changed(written(tmp_path), change)

    with pytest.raises(CcrError, match=word):
        read_file(path, WORDS)


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(ClientError, match="too short"):
        own_file.make(RAW, NOW, {}, "1234567")


def test_a_stored_key_that_is_gone_is_named() -> None:
    secrets, missing = own_file.secrets_of(RAW, MemorySecrets())

    assert missing == ["b"]
    assert STORED not in secrets.values()


def test_half_of_a_character_does_not_keep_the_settings_from_being_exported(tmp_path: Path) -> None:
    path = tmp_path / f"settings{own_file.ENDING}"
    path.write_bytes(own_file.make({**RAW, "note": "\ud800"}, NOW)[0])

    assert read_file(path).raw["note"] == "\ud800"


def test_what_a_link_leaves_out_is_named_without_its_value() -> None:
    raw = {
        "APIKEY": "planted",
        "Providers": [
            {"name": "a", "api_base_url": "https://a.test/v1", "api_key": "planted", "models": []},
            {"name": "b", "api_base_url": "https://u:planted@b.test/v1"},
        ],
        "Router": {"default": "a,m", "rules": [{"name": "r"}], "agents": {}},
        "PROXY_URL": "",
    }

    assert own_link.left_out(raw) == [
        "a: api_key",
        "b: its address holds a secret, or leads to one here",
        "Router.rules",
        "APIKEY",
    ]


def test_files_of_which_only_the_path_is_exported_are_named() -> None:
    raw = {
        "CUSTOM_ROUTER_PATH": "/r.py",
        "transformers": [{"path": "/x.py"}],
        "Providers": [{"name": "a", "transformer": {"use": [["vertex", {"file": "/key.json"}]]}}],
        "LOG_LEVEL": "info",
    }

    assert [*files_named_in(raw)] == [
        "CUSTOM_ROUTER_PATH",
        "transformers[0].path",
        "Providers[0].transformer.use[0][1].file",
    ]


def test_a_passphrase_is_known_however_its_accents_are_written(tmp_path: Path) -> None:
    data, _ = own_file.make(RAW, NOW, {"Providers[0].api_key": KEY}, "p\u00e4sswort")
    path = tmp_path / f"settings{own_file.ENDING}"
    path.write_bytes(data)

    assert read_file(path, "pa\u0308sswort").raw["Providers"][0]["api_key"] == KEY


def test_a_passphrase_that_is_no_text_is_refused_or_wrong(tmp_path: Path) -> None:
    no_text = b"p\xe4sswort".decode("utf-8", "surrogateescape")

    with pytest.raises(ClientError, match="This passphrase is no text"):
        own_file.make(RAW, NOW, {}, no_text)
    with pytest.raises(ClientError, match="not the passphrase of the file"):
        read_file(written(tmp_path), no_text)
