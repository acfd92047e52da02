"""What every store of keys can do, and one that is gone with the process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ccr_desktop.core.secrets.state import Place, StoreState, StoreStatus, status

if TYPE_CHECKING:
    from collections.abc import Iterable

PREFIX = "keyring:"


class SecretStore(Protocol):
    """Keys by the name of their provider. Each call may block until a person unlocks a store."""

    def get(self, name: str) -> str | None:
        """The key, or None when there is none. Raises `SecretError`."""

    def set(self, name: str, secret: str) -> None:
        """Keep the key. Raises `SecretError` when it can't be kept safely."""

    def delete(self, name: str) -> bool:
        """Forget the key; False when there was none. Raises `SecretError`."""

    def names(self, known: Iterable[str] = ()) -> list[str]:
        """The names that have a key, in order. Raises `SecretError`.

        Some stores can't list them: those tell which of the *known* names they have.
        """

    def describe(self) -> str:
        """Where keys are kept, in a few words. Never asks anybody."""

    def status(self) -> StoreStatus:
        """Whether keys can be read. Never asks anybody, and never raises."""

    def unlock(self, passphrase: str = "") -> StoreStatus:
        """Try to get ready, for which the system may open a window; what came of it."""


class MemorySecrets:
    """Keys that are gone with the process."""

    def __init__(self, **secrets: str) -> None:
        self._secrets = dict(secrets)

    def __repr__(self) -> str:
        return f"MemorySecrets({', '.join(self._secrets)})"

    def get(self, name: str) -> str | None:
        return self._secrets.get(name)

    def set(self, name: str, secret: str) -> None:
        self._secrets[name] = secret

    def delete(self, name: str) -> bool:
        return self._secrets.pop(name, None) is not None

    def names(self, known: Iterable[str] = ()) -> list[str]:
        return sorted(self._secrets)

    def describe(self) -> str:
        return "memory"

    def status(self) -> StoreStatus:
        return status(Place.KEYRING, StoreState.READY, self.describe())

    def unlock(self, passphrase: str = "") -> StoreStatus:
        return self.status()
