"""Keys outside the configuration: in the keyring of the system, or in memory."""

import sys
from collections.abc import Iterator
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import InitError, KeyringLocked, PasswordDeleteError, PasswordSetError

from ccr_desktop.core.secrets import KeyringSecrets, MemorySecrets, SecretStore
from ccr_desktop.errors import SecretError


class Backend(KeyringBackend):
    """A keyring in memory, which may refuse."""

    priority = 1  # type: ignore[assignment]  # a class property there, as its documentation has it
    name = "test keyring"  # type: ignore[assignment]  # likewise

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.error: Exception | None = None

    def _open(self) -> dict[tuple[str, str], str]:
        if self.error:
            raise self.error
        return self.kept

    def get_password(self, service: str, username: str) -> str | None:
        return self._open().get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._open()[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self._open().pop((service, username), None) is None:
            raise PasswordDeleteError("not there")


class PlaintextKeyring(Backend):
    """Named like the one that keeps keys in a readable file."""


@pytest.fixture
def use() -> Iterator[Any]:
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


@pytest.fixture
def backend(use: Any) -> Backend:
    backend = Backend()
    use(backend)
    return backend


@pytest.mark.parametrize("kind", ["memory", "keyring"])
def test_a_key_is_kept_until_it_is_deleted(kind: str, backend: Backend) -> None:
    store: SecretStore = MemorySecrets() if kind == "memory" else KeyringSecrets()

    assert store.get("p") is None
    assert store.delete("p") is False
    store.set("p", "sk-1")
    assert store.get("p") == "sk-1"
    store.set("p", "sk-2")
    assert store.get("p") == "sk-2"
    assert store.delete("p") is True
    assert store.get("p") is None
    assert store.describe() == {"memory": "memory", "keyring": "test keyring"}[kind]


def test_each_provider_has_an_entry_of_its_own(backend: Backend) -> None:
    KeyringSecrets().set("openrouter", "sk-1")

    assert backend.kept == {("ccr-desktop", "provider:openrouter"): "sk-1"}


@pytest.mark.parametrize(
    ("error", "title"),
    [
        (KeyringLocked("locked"), "The keyring is locked"),
        (InitError("no collection"), "This system has no keyring that can be used"),
        (PasswordSetError("no"), "The keyring refused"),
        (OSError("the bus is gone"), "The keyring failed"),
    ],
    ids=["locked", "no collection", "refused", "another error"],
)
def test_a_keyring_that_refuses_is_a_sentence_with_a_way_out(
    error: Exception, title: str, backend: Backend
) -> None:
    backend.error = error

    for action in (
        lambda: KeyringSecrets().get("p"),
        lambda: KeyringSecrets().set("p", "sk-secret"),
        lambda: KeyringSecrets().delete("p"),
    ):
        with pytest.raises(SecretError) as caught:
            action()
        assert caught.value.title == title
        assert '"api_key": "$MY_KEY"' in caught.value.message
        assert "sk-secret" not in str(caught.value)


def test_a_system_without_a_keyring_is_a_sentence(use: Any) -> None:
    use(fail.Keyring())

    with pytest.raises(SecretError, match="This system has no keyring"):
        KeyringSecrets().get("p")


def test_a_keyring_that_is_switched_off_is_noticed_when_a_key_is_set(use: Any) -> None:
    use(null.Keyring())

    with pytest.raises(SecretError, match="did not keep the key"):
        KeyringSecrets().set("p", "sk-1")


def test_nothing_is_written_in_plain_text(use: Any) -> None:
    plain = PlaintextKeyring()
    use(plain)

    with pytest.raises(SecretError, match="plain text"):
        KeyringSecrets().set("p", "sk-1")
    assert not plain.kept


def test_what_windows_cannot_hold_is_refused(
    backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")

    KeyringSecrets().set("p", "x" * 1280)
    with pytest.raises(SecretError, match="too long for the Windows Credential Manager"):
        KeyringSecrets().set("p", "x" * 1281)


def test_without_the_package_there_is_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)

    with pytest.raises(SecretError, match="is not installed"):
        KeyringSecrets().get("p")


def test_a_store_does_not_show_its_keys() -> None:
    assert repr(MemorySecrets(p="sk-1")) == "MemorySecrets(p)"
