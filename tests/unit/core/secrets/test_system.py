"""Keys in the password store of the system."""

import sys
from collections.abc import Callable
from typing import Any

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import InitError, KeyringLocked, PasswordSetError

from ccr_desktop.core.secrets import KeyringSecrets, MemorySecrets, SecretStore, StoreState, WayOut
from ccr_desktop.errors import SecretError
from tests.unit.core.secrets.conftest import Backend

Use = Callable[[KeyringBackend], None]


class PlaintextKeyring(Backend):
    """Named like the one that keeps keys in a readable file."""


class Keychain(Backend):
    """A back end that passes for that of macOS."""

    name = "macOS Keyring"  # type: ignore[assignment]  # as above


Keychain.__module__ = "keyring.backends.macOS"


def caused(outer: Exception, *arguments: Any, name: str = "Error") -> Exception:
    """*outer* as the library raises it for an error of the system's own."""
    outer.__cause__ = type(name, (Exception,), {})(*arguments)
    return outer


@pytest.mark.parametrize("kind", ["memory", "keyring"])
def test_a_key_is_kept_until_it_is_deleted(kind: str, backend: Backend) -> None:
    store: SecretStore = MemorySecrets() if kind == "memory" else KeyringSecrets()

    assert store.get("p") is None
    assert store.delete("p") is False
    store.set("p", "sk-1")
    assert store.get("p") == "sk-1"
    store.set("p", "sk-2")
    assert store.get("p") == "sk-2"
    assert store.names(["p", "q"]) == ["p"]
    assert store.status().is_ready
    assert store.unlock().is_ready
    assert store.delete("p") is True
    assert store.get("p") is None
    assert store.describe() == {"memory": "memory", "keyring": "test keyring"}[kind]


def test_each_provider_has_an_entry_of_its_own(backend: Backend) -> None:
    KeyringSecrets().set("openrouter", "sk-1")

    assert backend.kept == {("ccr-desktop", "provider:openrouter"): "sk-1"}


@pytest.mark.parametrize(
    ("error", "state", "ways_out"),
    [
        (KeyringLocked("locked"), StoreState.LOCKED, [WayOut.UNLOCK]),
        (InitError("no collection"), StoreState.MISSING, [WayOut.USE_FILE, WayOut.ADD_STORE]),
        (PasswordSetError("no"), StoreState.BROKEN, [WayOut.ASK_AGAIN, WayOut.USE_FILE]),
        (OSError("the bus is gone"), StoreState.BROKEN, [WayOut.ASK_AGAIN, WayOut.USE_FILE]),
        (
            caused(KeyringLocked("no"), -128, "Keychain Access Denied", name="KeychainDenied"),
            StoreState.DENIED,
            [WayOut.ASK_AGAIN, WayOut.USE_FILE],
        ),
        (
            caused(PasswordSetError("no"), -25293, "not signed", name="SecAuthFailure"),
            StoreState.DENIED,
            [WayOut.ASK_AGAIN, WayOut.USE_FILE],
        ),
        (caused(PasswordSetError("no"), -25308, "Unknown"), StoreState.LOCKED, [WayOut.UNLOCK]),
        (
            type("error", (Exception,), {"winerror": 1312})("no logon session"),
            StoreState.MISSING,
            [WayOut.USE_FILE, WayOut.ADD_STORE],
        ),
        (
            type("DBusErrorResponse", (Exception,), {})("org.freedesktop.DBus.Error.NoReply"),
            StoreState.BROKEN,
            [WayOut.ASK_AGAIN, WayOut.USE_FILE],
        ),
        (
            type(
                "DBusErrorResponse",
                (Exception,),
                {"name": "org.freedesktop.DBus.Error.AccessDenied"},
            )(),
            StoreState.DENIED,
            [WayOut.ASK_AGAIN, WayOut.USE_FILE],
        ),
    ],
    ids=[
        "locked",
        "no collection",
        "refused",
        "another error",
        "refused in the window of macOS",
        "a program macOS does not trust",
        "macOS may open no window",
        "Windows without a login",
        "no reply on the bus",
        "refused on the bus",
    ],
)
def test_a_store_that_refuses_is_a_sentence_with_ways_out(
    error: Exception, state: StoreState, ways_out: list[WayOut], use: Use
) -> None:
    keychain = Keychain()
    use(keychain)
    store = KeyringSecrets()
    assert store.status().is_ready
    keychain.error = error

    for action in (
        lambda: store.get("p"),
        lambda: store.set("p", "sk-secret"),
        lambda: store.delete("p"),
    ):
        with pytest.raises(SecretError) as caught:
            action()
        assert caught.value.state is state
        assert caught.value.title == store.status().title
        assert '"api_key": "$MY_KEY"' in caught.value.message
        assert "sk-secret" not in str(caught.value)
    assert (store.status().state, list(store.status().ways_out)) == (state, ways_out)
    assert store.unlock().state is state
    keychain.error = None
    assert store.unlock().is_ready


def test_a_system_without_a_store_is_a_sentence(use: Use) -> None:
    use(fail.Keyring())

    with pytest.raises(SecretError, match="This system has no password store"):
        KeyringSecrets().get("p")
    assert KeyringSecrets().status().ways_out == (WayOut.USE_FILE, WayOut.ADD_STORE)
    assert KeyringSecrets().describe() == "No password store"


def test_a_store_that_came_later_is_found(use: Use, monkeypatch: pytest.MonkeyPatch) -> None:
    use(fail.Keyring())
    store = KeyringSecrets()
    monkeypatch.setattr("keyring.core.init_backend", lambda: use(Backend()))

    assert not store.status().is_ready
    assert store.unlock().is_ready
    assert store.status().description == "test keyring"


def test_a_store_that_is_switched_off_is_none(use: Use) -> None:
    use(null.Keyring())

    with pytest.raises(SecretError, match="This system has no password store"):
        KeyringSecrets().set("p", "sk-1")


def test_a_store_that_keeps_nothing_is_noticed(
    backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backend, "set_password", lambda *_: None)

    with pytest.raises(SecretError, match="did not keep the key"):
        KeyringSecrets().set("p", "sk-1")


def test_nothing_is_written_in_plain_text(use: Use) -> None:
    plain = PlaintextKeyring()
    use(plain)

    with pytest.raises(SecretError, match="plain text"):
        KeyringSecrets().set("p", "sk-1")
    assert not plain.kept
    assert KeyringSecrets().status().state is StoreState.MISSING


def test_what_one_entry_of_windows_cannot_hold_is_kept_in_several(
    backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    backend.most = 2560
    store = KeyringSecrets()

    for length in (1280, 1281, 50_000):
        store.set("p", "x" * length)
        assert store.get("p") == "x" * length
    assert store.names(["p"]) == ["p"]
    assert store.delete("p")
    assert not backend.kept


def test_without_the_package_there_is_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)

    with pytest.raises(SecretError, match="This system has no password store"):
        KeyringSecrets().get("p")


def test_a_store_does_not_show_its_keys() -> None:
    assert repr(MemorySecrets(p="sk-1")) == "MemorySecrets(p)"
