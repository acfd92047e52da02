"""Keys on their way to the store never take the name that another one is kept under."""

from ccr_desktop.core.setup.key_references import referring


def test_a_key_and_its_pool_have_names_of_their_own() -> None:
    keys: dict[str, str] = {}

    new = referring("p", {"api_key": " one ", "api_keys": ["two", {"key": "three"}]}, keys)

    assert new == {"api_key": "keyring:p", "api_keys": ["keyring:p#2", {"key": "keyring:p#3"}]}
    assert keys == {"p": "one", "p#2": "two", "p#3": "three"}


def test_a_key_that_is_kept_already_keeps_its_name() -> None:
    keys: dict[str, str] = {}
    pool = ["one", "keyring:p", "$KEY", {"key": "keyring:p#2"}, "two", 5]

    new = referring("p", {"api_keys": pool}, keys)

    named = ["keyring:p#3", "keyring:p", "$KEY", {"key": "keyring:p#2"}, "keyring:p#4", 5]
    assert new["api_keys"] == named
    assert keys == {"p#3": "one", "p#4": "two"}
