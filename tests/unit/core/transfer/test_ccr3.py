"""What becomes of the database of claude-code-router 3."""

import json
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.transfer.ccr3 import from_settings
from ccr_desktop.core.transfer.found import Found, Origin, UnreadableError
from ccr_desktop.core.transfer.sources import read_file
from tests.support.foreign.made import ccr3_database, text


@pytest.fixture
def found(tmp_path: Path) -> Found:
    return read_file(ccr3_database(tmp_path / "config.sqlite"))


def test_a_provider_keeps_its_address_key_models_and_windows(found: Found) -> None:
    deepseek = found.raw["Providers"][0]

    assert deepseek == {
        "name": "DeepSeek",
        "api_base_url": "https://api.deepseek.com/anthropic/v1/messages",
        "api_key": "sk-ds-planted-0123456789",
        "models": ["deepseek-v4-pro", "deepseek-v4-flash"],
        "context_windows": {"deepseek-v4-pro": 128000},
    }


def test_several_keys_become_a_pool_and_what_is_off_stays_off(found: Found) -> None:
    pool = found.raw["Providers"][1]

    assert pool["api_base_url"] == "https://pool.example.com/v1/chat/completions"
    assert pool["api_keys"] == [
        {"key": "sk-a-planted-0123456789", "weight": 3, "limit_per_minute": 60},
        "sk-b-planted-0123456789",
    ]
    assert pool["paused"] is True
    assert pool["headers"] == {"X-Team": "blue"}


def test_the_profile_the_rules_and_the_chain_become_routes(found: Found) -> None:
    assert found.raw["Router"] == {
        "default": "DeepSeek,deepseek-v4-pro",
        "background": "DeepSeek,deepseek-v4-flash",
        "rules": [
            {"name": "team", "when": {"header": {"x-team": "blue"}}, "route": "Pool,m"},
            {
                "name": "prefix",
                "when": {"model": "claude-3*"},
                "route": "DeepSeek,deepseek-v4-flash",
            },
        ],
        "models": {"opus": "DeepSeek,deepseek-v4-pro"},
    }
    assert found.raw["fallback"] == {"default": ["Pool,m"]}
    assert (found.raw["PORT"], found.raw["APIKEY"]) == (3466, "ccr-planted-0")


def test_what_has_another_shape_is_named() -> None:
    nameless = {"baseUrl": "https://me:word@api.example.com/v1"}
    raw = {"gateway": {}, "profile": 1, "Router": [1], "Providers": {"a": 1}}

    assert from_settings(raw, Origin.FILE).needs_hand == [
        f"{key}: it has another shape than is known here."
        for key in ("Providers", "Router", "profile")
    ]
    assert from_settings({"Providers": [nameless, {}]}, Origin.FILE).needs_hand == [
        "provider at https://***@api.example.com/v1: it has no name.",
        "provider at no address: it has no name.",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "provider Codex sign-in: it has no address. It uses the sign-in of another program. Add it",
        "headers of Pool: those for single models",
        "rule script: it is a script",
        "rule off: it was switched off",
        "rule temperature: it changes other parts",
        "rule many: its comparison '>'",
        "virtualModelProfiles: models that are made of several",
        "toolHub: a hub of MCP servers",
    ],
)
def test_what_can_not_go_on_is_named_with_its_reason(found: Found, words: str) -> None:
    assert any(words in line for line in found.needs_hand)


def test_further_keys_for_clients_are_those_of_devices(tmp_path: Path) -> None:
    found = read_file(ccr3_database(tmp_path / "c.sqlite", client_keys=3))

    assert found.raw["APIKEY"] == "ccr-planted-0"
    assert found.raw["ClientKeys"] == [
        {"name": "client 1", "key": "ccr-planted-1"},
        {"name": "client 2", "key": "ccr-planted-2"},
    ]


def test_keys_for_clients_of_one_name_are_told_apart(tmp_path: Path) -> None:
    path = ccr3_database(tmp_path / "c.sqlite", client_keys=3)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE api_keys SET name = 'phone'")

    found = read_file(path)

    assert [client["name"] for client in found.raw["ClientKeys"]] == ["phone 2", "phone 3"]


def test_keys_for_clients_keep_their_end(tmp_path: Path) -> None:
    path = ccr3_database(tmp_path / "c.sqlite", client_keys=4)
    noon = datetime(2026, 5, 1, 12).astimezone().isoformat()
    ends = {"k0": noon, "k1": "2027-03-31", "k3": "in spring"}
    with closing(sqlite3.connect(path)) as connection, connection:
        for key, end in ends.items():
            connection.execute("UPDATE api_keys SET expires_at = ? WHERE id = ?", (end, key))

    found = read_file(path)

    assert found.raw["APIKEY"] == "ccr-planted-2"
    assert found.raw["ClientKeys"] == [
        {"name": "client 0", "key": "ccr-planted-0", "expires": "2026-05-01"},
        {"name": "client 1", "key": "ccr-planted-1", "expires": "2027-03-31"},
    ]
    assert any("(client 3): it is not known when they end" in line for line in found.needs_hand)


def test_keys_for_clients_that_are_encrypted_need_a_hand(tmp_path: Path) -> None:
    path = ccr3_database(tmp_path / "c.sqlite", client_keys=2)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE api_keys SET encryption = 'safeStorage'")

    found = read_file(path)

    assert not {"APIKEY", "ClientKeys"} & {*found.raw}
    assert any("client 0, client 1" in line for line in found.needs_hand)


def test_the_database_itself_is_not_touched(tmp_path: Path) -> None:
    path = ccr3_database(tmp_path / "config.sqlite")
    before = path.read_bytes()

    read_file(path)

    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["config.sqlite"]


def test_the_json_file_of_its_first_releases_is_the_same(tmp_path: Path, found: Found) -> None:
    path = tmp_path / "config.json"
    path.write_text(text("ccr3.json"), encoding="utf-8")

    raw = read_file(path).raw

    assert raw == {key: value for key, value in found.raw.items() if key != "APIKEY"}


def test_what_it_becomes_is_a_configuration_without_errors(found: Found) -> None:
    config = read_config(found.raw, None, {})

    assert not [issue for issue in config.issues if issue.severity == "error"]
    assert config.router.routes["default"]


@pytest.mark.parametrize("value", ["null", "[1]", '{"Providers": 3, "Router": [], "profile": 1}'])
def test_a_row_of_another_shape_brings_nothing(tmp_path: Path, value: str) -> None:
    path = ccr3_database(tmp_path / "c.sqlite", client_keys=0, value=value)

    assert read_file(path).raw == {}


def test_a_row_that_is_no_json_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="holds no settings"):
        read_file(ccr3_database(tmp_path / "c.sqlite", value="{"))


def test_a_rule_whose_chain_is_no_list_is_taken_without_it(tmp_path: Path) -> None:
    rule = {
        "type": "model-prefix",
        "pattern": "claude-",
        "target": "P/m",
        "fallback": {"mode": "model-chain", "models": True},
    }
    providers = [{"name": "P", "api_base_url": "https://p.test/v1", "models": ["m"]}]
    value = json.dumps({"Providers": providers, "Router": {"rules": [rule]}})

    found = read_file(ccr3_database(tmp_path / "c.sqlite", client_keys=0, value=value))

    assert [each["route"] for each in found.raw["Router"]["rules"]] == ["P,m"]
