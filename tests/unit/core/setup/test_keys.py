"""Where keys come from, and whether they are there."""

from typing import Any

import pytest

from ccr_desktop.core.secrets import MemorySecrets
from ccr_desktop.core.setup.keys import key_state, needs_no_key, references
from ccr_desktop.errors import SecretError

SECRETS = MemorySecrets(kept="sk-kept", mine="sk-mine")
ENVIRONMENT = {"SET": "sk-set", "EMPTY": ""}
FAR = "https://h.test/v1"


class NoKeyring:
    """A system without one."""

    def get(self, name: str) -> str | None:
        raise SecretError("No keyring", "Install one.")

    set = delete = describe = get


@pytest.mark.parametrize(
    ("entry", "source", "is_there", "words"),
    [
        ({"api_key": "sk-in-the-file"}, "file", True, "in the configuration file"),
        ({"api_key": "$SET"}, "environment", True, "environment, $SET"),
        ({"api_key": "${SET}"}, "environment", True, "environment, ${SET}"),
        ({"api_key": "$UNSET"}, "environment", False, "environment, $UNSET (not set)"),
        ({"api_key": "$EMPTY"}, "environment", False, "environment, $EMPTY (not set)"),
        ({"api_key": "keyring:kept"}, "keyring", True, "keyring, keyring:kept"),
        ({"api_key": "keyring: gone"}, "keyring", False, "keyring, keyring:gone (no such key)"),
        ({"api_keys": ["a", "b"]}, "pool", True, "several keys in the configuration file"),
        ({"api_base_url": "http://localhost:1/v1"}, "none", True, "not needed"),
        ({"auth": "none"}, "none", True, "not needed"),
        ({}, "missing", False, "missing"),
        ({"name": "mine"}, "missing", False, "missing (one is stored: write keyring:mine)"),
        ({"api_key": 5}, "missing", False, "missing"),
    ],
    ids=str,
)
def test_the_state_of_a_key_is_told_without_it(
    entry: dict[str, Any], source: str, is_there: bool, words: str
) -> None:
    state = key_state({"name": "p", "api_base_url": FAR, **entry}, ENVIRONMENT, SECRETS)

    assert (state.source, state.is_there, str(state)) == (source, is_there, words)
    assert "sk-" not in repr(state)


def test_a_system_without_a_keyring_is_a_reason() -> None:
    state = key_state({"name": "p", "api_key": "keyring:p"}, {}, NoKeyring())  # type: ignore[arg-type]

    assert str(state) == "keyring, keyring:p (No keyring)"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.0.0.1:1/v1", True),
        ("http://[::1]:1/v1", True),
        ("demo:", True),
        (FAR, False),
        ("https://[x", False),
        (None, False),
    ],
)
def test_servers_on_this_machine_need_none(url: str | None, expected: bool) -> None:
    assert needs_no_key({"api_base_url": url}) is expected


def test_a_provider_whose_transformer_signs_needs_none() -> None:
    entry = {"api_base_url": "https://h.test", "transformer": {"use": ["vertex-claude"]}}

    assert needs_no_key(entry)
    assert not needs_no_key({**entry, "transformer": {"use": ["openrouter"]}})


def test_references_are_found_at_any_depth() -> None:
    raw = {"APIKEY": "$A", "Providers": [{"api_key": "keyring:b", "headers": {"x": "${C}"}}, 5]}

    assert references(raw) == [
        ("APIKEY", "$A"),
        ("Providers[0].api_key", "keyring:b"),
        ("Providers[0].headers.x", "${C}"),
    ]
