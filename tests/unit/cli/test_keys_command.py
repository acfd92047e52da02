"""`ccr keys`: what is read, where it is kept, what is never shown."""

from typing import Any

import pytest

from tests.unit.cli.conftest import Home, Run

KEY = "sk-or-planted-0123456789"


def config(**provider: Any) -> dict[str, Any]:
    entry = {
        "name": "Big",
        "api_base_url": "https://api.example.com/v1/chat/completions",
        "models": ["one"],
    }
    return {"Providers": [{**entry, **provider}], "Router": {"default": "Big,one"}}


def test_a_key_is_read_from_standard_input_and_referred_to(user: Home, run: Run) -> None:
    user.write(config())

    said = run("keys", "set", "big", stdin=f"{KEY}\n")

    assert said.code == 0
    assert user.keys == {"ccr-desktop/provider:Big": KEY}
    assert user.raw["Providers"][0]["api_key"] == "keyring:Big"
    assert KEY not in said.out + said.err + user.own.read_text("utf-8")
    assert run("config", "check").code == 0


def test_a_key_is_typed_on_a_terminal(user: Home, run: Run) -> None:
    user.write(config())

    assert run("keys", "set", "Big", typed=f"{KEY}\n").code == 0
    assert user.keys == {"ccr-desktop/provider:Big": KEY}


@pytest.mark.parametrize("stdin", ["", "\n", "two words\n", "two\nlines\n", "clé\n"], ids=repr)
def test_what_is_no_key_is_refused(user: Home, run: Run, stdin: str) -> None:
    assert run("keys", "set", "big", stdin=stdin).code == 2
    assert not user.keys


def test_a_key_is_no_argument(user: Home, run: Run) -> None:
    said = run("keys", "set", "big", KEY)

    assert said.code == 2
    assert not user.keys


def test_a_key_of_the_file_is_replaced_only_when_asked(user: Home, run: Run) -> None:
    user.write(config(api_key="$BIG_KEY"))

    said = run("keys", "set", "Big", stdin=KEY)
    assert "counts first" in said.err
    assert user.raw["Providers"][0]["api_key"] == "$BIG_KEY"

    assert run("keys", "set", "Big", typed=f"{KEY}\nn\n").code == 0
    assert user.raw["Providers"][0]["api_key"] == "$BIG_KEY"

    assert run("keys", "set", "Big", "--yes", stdin=KEY).code == 0
    assert user.raw["Providers"][0]["api_key"] == "keyring:Big"


def test_a_key_may_come_before_its_provider(user: Home, run: Run) -> None:
    assert run("keys", "set", "deepseek", stdin=KEY).code == 0
    assert run("providers", "add", "deepseek", "--no-test").code == 0

    assert user.raw["Providers"][0]["api_key"] == "keyring:deepseek"


def test_the_key_of_a_device_counts_at_once(
    user: Home, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = {"name": "my phone", "key": "keyring:client-key/my phone"}
    user.write({**config(api_key="k"), "APIKEY": "k", "ClientKeys": [phone]})
    told = run("config", "check").out
    monkeypatch.setattr("ccr_desktop.cli.keys.reload_running", lambda _config: True)

    set_ = run("keys", "set", "client-key/my phone", stdin=KEY)
    deleted = run("keys", "delete", "client-key/my phone")

    assert "`ccr keys set 'client-key/my phone'`" in told
    assert "uses it from now on" in set_.err
    assert "No provider" not in set_.err
    assert "`ccr keys set 'client-key/my phone'` gives it a new one" in deleted.err


def test_a_doubtful_key_is_kept_with_a_note(user: Home, run: Run) -> None:
    said = run("keys", "set", "anthropic", stdin=KEY)

    assert said.code == 0
    assert "sk-ant-" in said.err


def test_the_list_tells_where_keys_come_from(
    user: Home, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SET_KEY", KEY)
    user.keys["ccr-desktop/provider:kept"] = KEY
    url = "https://api.example.com/v1"
    entries = {
        "literal": {"api_key": KEY},
        "variable": {"api_key": "$SET_KEY"},
        "unset": {"api_key": "$UNSET_KEY"},
        "kept": {"api_key": "keyring:kept"},
        "lost": {"api_key": "keyring:lost"},
        "pool": {"api_keys": [KEY]},
        "free": {"auth": "none"},
        "none": {},
        "local": {"api_base_url": "http://localhost:1/v1"},
    }
    providers = [
        {"name": name, "api_base_url": url, "models": ["m"], **more}
        for name, more in entries.items()
    ]
    user.write({"Providers": providers, "Router": {"default": "literal,m"}})

    said = run("keys", "list", "--json")
    found = {state["provider"]: (state["source"], state["found"]) for state in said.json}

    assert found == {
        "literal": ("file", True),
        "variable": ("environment", True),
        "unset": ("environment", False),
        "kept": ("keyring", True),
        "lost": ("keyring", False),
        "pool": ("pool", True),
        "free": ("none", True),
        "none": ("missing", False),
        "local": ("none", True),
    }
    assert KEY not in said.out + run("keys", "list").out


def test_a_key_can_be_deleted_once(user: Home, run: Run) -> None:
    run("keys", "set", "big", stdin=KEY)

    assert run("keys", "delete", "big").code == 0
    assert not user.keys
    assert run("keys", "delete", "big").code == 2


def test_without_a_keyring_ways_out_are_shown(user: Home, run: Run, without_keyring: None) -> None:
    user.write(config())
    before = user.own.read_bytes()

    for arguments in (["set", "Big"], ["delete", "Big"]):
        said = run("keys", *arguments, stdin=KEY)

        assert said.code == 1
        assert all(way in said.err for way in ("$NAME", '"auth": "none"', "Secret Service"))
        assert KEY not in said.err
    assert user.own.read_bytes() == before
    assert run("keys", "list").code == 0


def test_a_stored_key_that_nothing_uses_is_told(user: Home, run: Run) -> None:
    user.write(config())
    run("keys", "set", "Big", stdin=KEY)
    assert "not used" not in run("keys", "list").err
    run("providers", "remove", "Big", "--yes")

    said = run("keys", "list")
    assert "Stored, but not used: Big. An earlier version in the history refers to it." in said.err
    assert "`ccr keys delete Big`" in said.err

    assert run("keys", "delete", "Big").code == 0
    assert "not used" not in run("keys", "list").err
