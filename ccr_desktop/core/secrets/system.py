"""The password store of the system, through the `keyring` library.

It is imported when a key is read or written for the first time, never at start.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, TypeVar

from ccr_desktop.core.secrets import parts, secret_service
from ccr_desktop.core.secrets.failures import state_of
from ccr_desktop.core.secrets.state import Place, StoreState, StoreStatus, problem, status
from ccr_desktop.errors import SecretError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")
SERVICE = "ccr-desktop"
_SECRET_SERVICE = "Secret Service"  # noqa: S105  # the name of a kind of store
_KINDS = {
    "keyring.backends.SecretService": _SECRET_SERVICE,
    "keyring.backends.libsecret": _SECRET_SERVICE,
    "keyring.backends.kwallet": "KWallet",
    "keyring.backends.macOS": "macOS Keychain",
    "keyring.backends.Windows": "Windows Credential Manager",
}
_NONE = ("keyring.backends.fail", "keyring.backends.null")
_READABLE = "The only one here is a file in plain text, which is not used."


class KeyringSecrets:
    """One entry for each provider in the system's password store.

    Where it *may_prompt*, the system asks a person to unlock it when a key is wanted; else that
    is an error, and only `unlock` has the person asked.
    """

    def __init__(self, *, may_prompt: bool = True) -> None:
        self._may_prompt = may_prompt
        self._entries = _Entries()
        self._failed: SecretError | None = None

    def get(self, name: str) -> str | None:
        return self._noted(lambda: parts.read(self._entries, name))

    def set(self, name: str, secret: str) -> None:
        self._noted(lambda: self._set(name, secret))

    def delete(self, name: str) -> bool:
        return self._noted(lambda: parts.remove(self._entries, name))

    def names(self, known: Iterable[str] = ()) -> list[str]:
        listed = self._noted(self._listed)
        return sorted({*listed, *(name for name in known if self.get(name) is not None)})

    def describe(self) -> str:
        try:
            kind = _kind(_usable_backend())
        except SecretError:
            return "No password store"
        keeper = secret_service.keeper() if kind == _SECRET_SERVICE else ""
        return f"{kind} ({keeper})" if keeper else kind

    def status(self) -> StoreStatus:
        """What can be found out without asking; where nothing can, how the last call went."""
        try:
            backend = _usable_backend()
        except SecretError as exc:
            return _failed(exc, self.describe())
        if _kind(backend) == _SECRET_SERVICE:
            return status(Place.KEYRING, secret_service.state(), self.describe())
        if self._failed:
            return _failed(self._failed, self.describe())
        return status(Place.KEYRING, StoreState.READY, self.describe())

    def look_anew(self) -> None:
        """A store may have been started since none was there."""
        if _is_none(_backend()):
            _asked(lambda keyring: keyring.core.init_backend())

    def unlock(self, passphrase: str = "") -> StoreStatus:
        """Look for a store anew when there was none, and have the system ask for its password."""
        self.look_anew()
        if _kind(_backend()) == _SECRET_SERVICE:
            return status(Place.KEYRING, secret_service.unlock(), self.describe())
        try:
            self.get("")  # reading anything makes the system ask
        except SecretError as exc:
            return _failed(exc, self.describe())
        return self.status()

    def _set(self, name: str, secret: str) -> None:
        parts.write(self._entries, name, secret, parts.most_units(sys.platform))
        if parts.read(self._entries, name) != secret:
            detail = "It did not keep the key."
            raise problem(Place.KEYRING, StoreState.BROKEN, detail)

    def _listed(self) -> list[str]:
        if _kind(_usable_backend()) != _SECRET_SERVICE:
            return []
        found = (parts.name_of(user) for user in secret_service.users(SERVICE))
        return [name for name in found if name]

    def _noted(self, work: Callable[[], T]) -> T:
        """What *work* returns; how it went is remembered for `status`."""
        try:
            if not self._may_prompt:
                _refuse_to_prompt()
            found = work()
        except SecretError as exc:
            self._failed = exc
            raise
        self._failed = None
        return found


class _Entries:
    """The texts of our service in the system's store."""

    def read(self, user: str) -> str | None:
        _usable_backend()
        found = _asked(lambda keyring: keyring.get_password(SERVICE, user))
        return None if found is None else str(found)

    def write(self, user: str, text: str) -> None:
        _usable_backend()
        _asked(lambda keyring: keyring.set_password(SERVICE, user, text))

    def remove(self, user: str) -> None:
        _asked(lambda keyring: keyring.delete_password(SERVICE, user))


def _refuse_to_prompt() -> None:
    if _kind(_usable_backend()) != _SECRET_SERVICE:
        return
    if (found := secret_service.state()) is not StoreState.READY:
        raise problem(Place.KEYRING, found)


def _asked(question: Callable[[Any], Any]) -> Any:
    """The answer of the keyring library, whose errors become ours here."""
    try:
        import keyring  # noqa: PLC0415  # slow to import, and not needed by most

        return question(keyring)
    except Exception as exc:  # back ends raise what their systems raise
        state = state_of(exc)
        detail = "" if state in {StoreState.MISSING, StoreState.LOCKED} else _reason(exc)
        raise problem(Place.KEYRING, state, detail) from exc


def _reason(exc: Exception) -> str:
    """What a keyring says of itself; other errors may quote anything, so only their kind."""
    is_of_library = any(kind.__name__ == "KeyringError" for kind in type(exc).__mro__)
    said = str(exc).rstrip(".") if is_of_library else ""
    return f"{said or type(exc).__name__}."


def _backend() -> Any:
    """The back end that a chain of them asks first."""
    backend = _asked(lambda keyring: keyring.get_keyring())
    return next(iter(getattr(backend, "backends", ())), backend)


def _usable_backend() -> Any:
    """The back end. Raises `SecretError` when it is none, or one that keeps keys readable."""
    backend = _backend()
    if _is_none(backend):
        raise problem(Place.KEYRING, StoreState.MISSING)
    if "plaintext" in type(backend).__name__.lower():
        raise problem(Place.KEYRING, StoreState.MISSING, _READABLE)
    return backend


def _is_none(backend: Any) -> bool:
    return type(backend).__module__ in _NONE


def _kind(backend: Any) -> str:
    module = type(backend).__module__
    found = (kind for name, kind in _KINDS.items() if f"{module}.".startswith(f"{name}."))
    return next(found, None) or str(backend.name)


def _failed(error: SecretError, description: str) -> StoreStatus:
    state = StoreState(error.state or StoreState.BROKEN)
    return status(Place.KEYRING, state, description, error.detail, error.title)
