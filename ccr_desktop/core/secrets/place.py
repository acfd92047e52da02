"""Where keys are kept: in the system's password store, or in a protected file once it was chosen.

Which of them is in use is seen by the file alone, so that all processes agree. One never takes the
place of the other by itself.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccr_desktop.core.secrets.protected_file import ProtectedFile
from ccr_desktop.core.secrets.state import (
    PASSPHRASE_VARIABLE,
    Place,
    StoreState,
    StoreStatus,
    problem,
)
from ccr_desktop.core.secrets.system import KeyringSecrets
from ccr_desktop.errors import SecretError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ccr_desktop.core.secrets.store import SecretStore


@dataclass(frozen=True, slots=True)
class MovedAll:
    """`names` are at the new place now. `left` are also still at the old one, which refused."""

    to: Place
    names: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


class Secrets:
    """The store in use. Its calls may block: `StoreWorker` is for those who must not wait."""

    def __init__(
        self,
        *,
        may_prompt: bool = True,
        keyring: SecretStore | None = None,
        file: ProtectedFile | None = None,
    ) -> None:
        passphrase = os.environ.get(PASSPHRASE_VARIABLE, "")
        self._keyring = keyring or KeyringSecrets(may_prompt=may_prompt)
        self._file = file or ProtectedFile(passphrase=passphrase)

    @property
    def place(self) -> Place:
        return Place.FILE if self._file.exists() else Place.KEYRING

    @property
    def file_path(self) -> Path:
        """Where the protected file is, or would be."""
        return self._file.path

    def get(self, name: str) -> str | None:
        return self._in_use().get(name)

    def set(self, name: str, secret: str) -> None:
        self._in_use().set(name, secret)

    def delete(self, name: str) -> bool:
        return self._in_use().delete(name)

    def names(self, known: Iterable[str] = ()) -> list[str]:
        return self._in_use().names(known)

    def describe(self) -> str:
        return self._in_use().describe()

    def status(self) -> StoreStatus:
        return self._in_use().status()

    def look_anew(self) -> StoreStatus:
        """`status`, also of a store that was started since none was there. Asks nobody."""
        store = self._in_use()
        if isinstance(store, KeyringSecrets):
            store.look_anew()
        return store.status()

    def unlock(self, passphrase: str = "") -> StoreStatus:
        return self._in_use().unlock(passphrase)

    def keyring_status(self) -> StoreStatus:
        """That of the system's password store, whichever is in use."""
        return self._keyring.status()

    def use_file(self, passphrase: str = "") -> StoreStatus:
        """Begin a protected file, which is in use from now on. Only after consent.

        Keys in the system's password store stay there; `move_all` takes them along.
        """
        self._file.create(passphrase)
        return self.status()

    def set_file_aside(self) -> Path:
        """Keep a file that can't be opened under another name; the system's store is in use."""
        return self._file.set_aside()

    def move_all(self, to: Place, known: Iterable[str] = (), passphrase: str = "") -> MovedAll:
        """Take all keys to the other place, which is in use from then on. Raises `SecretError`.

        Every key is read first and written before any is deleted. Stores that can't list their
        keys move those of the *known* names.
        """
        if to is self.place:
            return MovedAll(to)
        if to is Place.FILE:
            return self._to_file(known, passphrase)
        return self._to_keyring(known)

    def _to_file(self, known: Iterable[str], passphrase: str) -> MovedAll:
        keys = _read_all(self._keyring, known)
        self._file.create(passphrase, keys)
        left = [name for name in keys if not _is_deleted(self._keyring, name)]
        return MovedAll(Place.FILE, tuple(keys), tuple(left))

    def _to_keyring(self, known: Iterable[str]) -> MovedAll:
        keys = _read_all(self._file, known)
        for name, secret in keys.items():
            self._keyring.set(name, secret)
        lost = [name for name, secret in keys.items() if self._keyring.get(name) != secret]
        if lost:
            detail = f"It did not keep the key of {', '.join(lost)}."
            raise problem(Place.KEYRING, StoreState.BROKEN, detail)
        self._file.remove(keys)
        return MovedAll(Place.KEYRING, tuple(keys))

    def _in_use(self) -> SecretStore:
        return self._file if self._file.exists() else self._keyring


def _read_all(store: SecretStore, known: Iterable[str]) -> dict[str, str]:
    found = {name: store.get(name) for name in store.names(known)}
    return {name: secret for name, secret in found.items() if secret is not None}


def _is_deleted(store: SecretStore, name: str) -> bool:
    try:
        return store.delete(name)
    except SecretError:
        return False
