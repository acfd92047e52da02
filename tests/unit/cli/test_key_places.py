"""`ccr keys where`, `move`, `use-file`, `use-keyring` and `unlock`."""

import json
from typing import Any

import pytest

from tests.unit.cli.conftest import Home, Run
from tests.unit.cli.test_keys_command import KEY, config

STORED = {"ccr-desktop/provider:Big": KEY}


def files_with_key(user: Home) -> list[str]:
    files = [path for path in user.folder.rglob("*") if path.is_file()]
    return [path.name for path in files if KEY.encode() in path.read_bytes()]


def test_the_store_in_use_is_told(user: Home, run: Run) -> None:
    said = run("keys", "where")

    assert said.out.splitlines()[0] == "Keys are kept here: test keyring"
    assert run("keys", "where", "--json").json == {
        "place": "keyring",
        "store": "test keyring",
        "state": "ready",
        "title": "Your system's password store is ready",
        "text": "Keys are kept there.",
        "detail": "",
        "ways_out": [],
        "file": None,
    }


def test_without_a_store_ways_out_are_told(
    user: Home, run: Run, without_keyring: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("keyring.core.init_backend", lambda: None)

    said = run("keys", "where").out

    assert "This system has no password store" in said
    assert "ccr keys use-file" in said
    assert run("keys", "unlock").code == 1


def test_a_key_moves_from_the_file_to_the_store_and_back(user: Home, run: Run) -> None:
    user.write(config(api_key=KEY))

    said = run("keys", "move", "big", "--to", "keyring")
    assert said.code == 0
    assert "api_key: *** → keyring:Big" in said.err
    assert user.keys == STORED
    assert files_with_key(user) == []

    assert run("keys", "move", "Big", "--to", "file").code == 2
    assert "'keyring', 'env', 'file'" in run("keys", "move", "Big", "--to", "store").err
    back = run("keys", "move", "Big", "--to", "file", "--plain")
    assert user.raw["Providers"][0]["api_key"] == KEY
    assert not user.keys
    assert KEY not in said.out + said.err + back.out + back.err


def test_a_move_is_asked_about_on_a_terminal(user: Home, run: Run) -> None:
    user.write(config(api_key=KEY))

    run("keys", "move", "Big", "--to", "keyring", typed="n\n")
    assert not user.keys
    run("keys", "move", "Big", "--to", "keyring", "--yes", typed="")
    assert user.keys == STORED
    assert "there already" in run("keys", "move", "Big", "--to", "keyring").out


def test_a_key_that_goes_to_a_variable_is_kept_until_that_is_set(user: Home, run: Run) -> None:
    user.write(config(api_key="keyring:Big"))
    user.keys.update(STORED)

    said = run("keys", "move", "Big", "--to", "env", "--variable", "MINE_OF_BIG")

    assert user.raw["Providers"][0]["api_key"] == "$MINE_OF_BIG"
    assert "MINE_OF_BIG" in said.err
    assert "ccr keys delete Big" in said.err
    assert user.keys == STORED
    assert KEY not in said.out + said.err


def test_the_file_needs_consent(user: Home, run: Run, without_keyring: None) -> None:
    refused = run("keys", "use-file")
    assert refused.code == 2
    assert "does not keep them from programs" in refused.err
    assert run("keys", "use-file", typed="n\n").code == 0
    assert run("keys", "set", "Big", stdin=KEY).code == 1

    assert run("keys", "use-file", typed="y\n").code == 0
    assert run("keys", "use-file").code == 0
    user.write(config())
    assert run("keys", "set", "Big", stdin=KEY).code == 0

    where = run("keys", "where", "--json").json
    assert (where["place"], where["state"]) == ("file", "ready")
    assert str(where["file"]) in run("keys", "where").out
    assert run("keys", "list", "--json").json[0]["found"] is True
    assert files_with_key(user) == []


def test_all_keys_go_to_the_file_and_back(user: Home, run: Run) -> None:
    user.write(config(api_key="keyring:Big"))
    user.keys.update(STORED)

    assert "Moved: Big" in run("keys", "use-file", "--yes").err
    assert not user.keys
    assert run("config", "check").code == 0
    assert "Moved: Big" in run("keys", "use-keyring").err
    assert user.keys == STORED
    assert run("keys", "use-keyring").code == 0
    assert run("keys", "use-keyring", "--set-aside").code == 2


def test_a_passphrase_is_asked_for(
    user: Home, run: Run, monkeypatch: pytest.MonkeyPatch, without_keyring: None
) -> None:
    user.write(config(api_key="keyring:Big"))

    assert run("keys", "use-file", "--yes", "--passphrase").code == 2
    assert run("keys", "use-file", "--yes", "--passphrase", typed="one\ntwo\n").code == 2
    assert run("keys", "use-file", "--yes", "--passphrase", typed="phrase\nphrase\n").code == 0

    locked = run("keys", "set", "Big", stdin=KEY)
    assert (locked.code, "CCR_KEYS_PASSPHRASE" in locked.err) == (1, True)
    assert run("keys", "set", "Big", typed=f"wrong\n{KEY}\n").code == 1
    assert run("keys", "set", "Big", typed=f"phrase\n{KEY}\n").code == 0
    assert run("keys", "unlock", typed="phrase\n").code == 0
    assert run("keys", "unlock", typed="wrong\n").code == 1
    assert run("keys", "list", "--json").json[0]["found"] is False

    monkeypatch.setenv("CCR_KEYS_PASSPHRASE", "phrase")
    assert run("keys", "list", "--json").json[0]["found"] is True


def test_a_damaged_file_is_told_and_set_aside(user: Home, run: Run) -> None:
    run("keys", "use-file", "--yes")
    found: dict[str, Any] = run("keys", "where", "--json").json
    with open(found["file"], "w", encoding="utf-8") as file:  # noqa: PTH123  # shorter
        json.dump({}, file)

    said = run("keys", "where").out
    assert "can't be opened" in said
    assert "--set-aside" in said
    assert run("keys", "set", "Big", stdin=KEY).code == 1
    assert run("keys", "use-keyring", "--set-aside").code == 0
    assert run("keys", "set", "Big", stdin=KEY).code == 0
    assert user.keys == STORED


def test_unlocking_what_is_open_changes_nothing(user: Home, run: Run) -> None:
    assert run("keys", "unlock").out == "Your system's password store is ready.\n"
