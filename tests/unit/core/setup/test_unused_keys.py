"""Stored keys that no settings refer to."""

import pytest

from ccr_desktop.core.config.origins import Origin, Source
from ccr_desktop.core.secrets import MemorySecrets
from ccr_desktop.core.setup.history import State
from ccr_desktop.core.setup.unused_keys import UnusedKey, forget_key, unused_keys
from ccr_desktop.errors import ClientError

RAW = {"Providers": [{"name": "p", "api_key": "keyring:p", "api_keys": [{"key": "keyring:p#2"}]}]}


def state(data: bytes) -> State:
    return State("v1", Origin(Source.WINDOW, ""), None, None, len(data), data)


def test_only_those_are_told_that_nothing_refers_to() -> None:
    keys = MemorySecrets(**dict.fromkeys(("p", "p#2", "old", "other"), "k"))
    states = [state(b'{"APIKEY": "keyring:old"}'), state(b"{ no settings")]

    found = unused_keys(RAW, states, keys)

    assert found == (UnusedKey("old", is_in_history=True), UnusedKey("other"))


def test_a_key_that_is_in_use_again_stays() -> None:
    keys = MemorySecrets(p="k")

    with pytest.raises(ClientError):
        forget_key(RAW, "p", keys)

    assert keys.get("p") == "k"


def test_a_store_that_lists_nothing_is_asked_for_the_names_of_the_history() -> None:
    class Silent(MemorySecrets):
        def names(self, known: object = ()) -> list[str]:
            assert isinstance(known, list)
            return [name for name in known if self.get(name)]

    found = unused_keys({}, [state(b'{"Providers": [{"name": "q"}]}')], Silent(q="k", r="k"))

    assert found == (UnusedKey("q"),)
