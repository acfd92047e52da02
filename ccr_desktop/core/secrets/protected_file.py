"""Keys in an encrypted file of our own, for systems without a password store.

It is there only when somebody agreed to it. Beside it lies the file that opens it, bound to this
computer and user; with a passphrase there is none, and the file is locked until it is given.
"""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.core.file_lock import locked
from ccr_desktop.core.regular_files import open_regular
from ccr_desktop.core.secrets import sealing
from ccr_desktop.core.secrets.state import (
    PASSPHRASE_VARIABLE,
    Place,
    StoreState,
    StoreStatus,
    problem,
    status,
)
from ccr_desktop.core.whole_files import write_safely
from ccr_desktop.errors import CcrError, SecretError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from ccr_desktop.core.secrets.sealing import Lock, Sealed

_MOST_BYTES = 16 * 1024 * 1024
_KEY_FILE_BYTES = 32
_WRONG = "This is not the passphrase of the protected file"
_ELSEWHERE = (
    "What opens it is of another file, computer or user. Keys are to be entered again here."
)


class ProtectedFile:
    """The file in *folder*. Each call reads it anew, so that all processes see the same keys."""

    def __init__(self, folder: Path | None = None, *, passphrase: str = "") -> None:
        self._folder = folder or paths.data_dir() / "protected-keys"
        self._passphrase = passphrase
        self._derived: tuple[bytes, bytes] | None = None
        """The salt and the key of a passphrase, which need not be remembered itself then."""
        self._deriving = threading.Lock()

    @property
    def path(self) -> Path:
        return self._folder / "keys.json"

    @property
    def key_path(self) -> Path:
        return self._folder / "key"

    def exists(self) -> bool:
        """Whether somebody agreed to it; one that may not even be looked at is there."""
        try:
            return self.path.exists()
        except PermissionError:
            return True

    def create(self, passphrase: str = "", keys: Mapping[str, str] | None = None) -> None:
        """Begin the file, with *keys* in it. Raises `SecretError`, also when there is one."""
        with self._writing():
            if self.exists():
                hint = f"It is {self.path}. Keys can be kept there as it is."
                raise SecretError("There is a protected file already", hint)
            kind = sealing.BY_PASSPHRASE if passphrase else sealing.BY_KEY_FILE
            if not passphrase:
                write_safely(self.key_path, os.urandom(_KEY_FILE_BYTES))
            self._passphrase = passphrase
            lock = sealing.new_lock(kind)
            self._write(sealing.with_check(lock, self._key(lock)), dict(keys or {}))

    def get(self, name: str) -> str | None:
        return self._opened()[1].get(name)

    def set(self, name: str, secret: str) -> None:
        with self._writing():
            lock, keys = self._opened()
            self._write(lock, {**keys, name: secret})

    def delete(self, name: str) -> bool:
        with self._writing():
            lock, keys = self._opened()
            if name not in keys:
                return False
            del keys[name]
            self._write(lock, keys)
            return True

    def names(self, known: Iterable[str] = ()) -> list[str]:
        return sorted(self._opened()[1])

    def describe(self) -> str:
        return "Protected file"

    def status(self) -> StoreStatus:
        try:
            self._opened()
        except SecretError as exc:
            state = StoreState(exc.state or StoreState.BROKEN)
            return status(Place.FILE, state, self.describe(), exc.detail, exc.title)
        return status(Place.FILE, StoreState.READY, self.describe())

    def unlock(self, passphrase: str = "") -> StoreStatus:
        """Try *passphrase*, which a file without one ignores. A wrong one changes nothing."""
        if not passphrase:
            return self.status()
        before = self._derived
        self._passphrase = passphrase
        found = self.status()
        self._passphrase = ""
        if not found.is_ready:
            self._derived = before
        return found

    def remove(self, moved: Mapping[str, str]) -> None:
        """End it, since its keys were *moved*. Raises `SecretError` when it has others by now."""
        with self._writing():
            if self._opened()[1] != moved:
                raise self._broken("It was changed meanwhile. Try again.")
            self.path.unlink()
            self.key_path.unlink(missing_ok=True)

    def set_aside(self) -> Path:
        """Keep the file under another name, whatever is in it, so that it is not in use."""
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
        aside = self._folder / f"keys-{stamp}.json"
        with self._writing():
            self.path.rename(aside)
            if self.key_path.exists():
                self.key_path.rename(self._folder / f"key-{stamp}")
        return aside

    # -- reading and writing -------------------------------------------------------------------

    def _opened(self) -> tuple[Lock, dict[str, str]]:
        try:
            sealed = sealing.parse(self._bytes(self.path))
            return sealed.lock, self._unsealed(sealed)
        except FileNotFoundError as exc:
            raise problem(Place.FILE, StoreState.MISSING) from exc
        except PermissionError as exc:
            raise problem(Place.FILE, StoreState.DENIED, f"It is {exc.filename}.") from exc
        except OSError as exc:
            raise self._broken(f"{exc.strerror or exc}.") from exc
        except sealing.DamagedError as exc:
            raise self._broken(str(exc)) from exc

    def _unsealed(self, sealed: Sealed) -> dict[str, str]:
        try:
            return sealing.unseal(sealed, self._key(sealed.lock))
        except sealing.WrongKeyError as exc:
            self._derived = None
            if sealed.lock.kind == sealing.BY_PASSPHRASE:
                raise problem(Place.FILE, StoreState.LOCKED, title=_WRONG) from exc
            raise self._broken(_ELSEWHERE) from exc

    def _key(self, lock: Lock) -> bytes:
        if lock.kind == sealing.BY_KEY_FILE:
            from ccr_desktop.core.secrets.owner import owner  # noqa: PLC0415  # slow to import

            return sealing.derive(lock, self._key_file(), owner())
        with self._deriving:
            if self._passphrase:
                passphrase, self._passphrase = self._passphrase, ""
                self._derived = (lock.salt, sealing.key_of_passphrase(lock, passphrase))
            if self._derived is None or self._derived[0] != lock.salt:
                detail = f"A service without a window takes it from {PASSPHRASE_VARIABLE}."
                raise problem(Place.FILE, StoreState.LOCKED, detail)
            return self._derived[1]

    def _key_file(self) -> bytes:
        try:
            return self._bytes(self.key_path)
        except FileNotFoundError as exc:
            detail = f"The file that opens it is gone: {self.key_path}. A backup may have it."
            raise self._broken(detail) from exc

    def _bytes(self, path: Path) -> bytes:
        with open_regular(path) as file:
            return file.read(_MOST_BYTES)

    def _write(self, lock: Lock, keys: dict[str, str]) -> None:
        write_safely(self.path, sealing.seal(lock, self._key(lock), keys))
        if self._opened()[1] != keys:
            raise self._broken("It did not keep what was written.")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Nobody else writes meanwhile: what another process added is not lost."""
        try:
            with locked(self._folder / "lock"):
                yield
        except SecretError:
            raise
        except TimeoutError as exc:
            raise self._broken("Another program is writing it and does not end.") from exc
        except PermissionError as exc:
            raise problem(Place.FILE, StoreState.DENIED, f"It is {exc.filename}.") from exc
        except (OSError, CcrError) as exc:
            reason = exc.message if isinstance(exc, CcrError) else f"{exc.strerror or exc}."
            raise self._broken(f"It can't be written. {reason}") from exc

    def _broken(self, detail: str) -> SecretError:
        return problem(Place.FILE, StoreState.BROKEN, f"It is {self.path}. {detail}")
