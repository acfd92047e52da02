"""Keys outside the configuration file: the keyring of the system, and one in memory for tests.

`keyring` is imported when a key is read or written for the first time, never at start.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Protocol

from ccr_desktop.errors import SecretError

if TYPE_CHECKING:
    from collections.abc import Callable

SERVICE = "ccr-desktop"
PREFIX = "keyring:"
WAY_OUT = (
    "Set an environment variable instead and write its name in the configuration, for example"
    ' "api_key": "$MY_KEY".'
)
_WINDOWS_LIMIT = 2560  # bytes in UTF-16 that one credential can hold


class SecretStore(Protocol):
    """Keys by the name of their provider. Each call may block until a person unlocks a keyring."""

    def get(self, name: str) -> str | None:
        """The key, or None when there is none. Raises `SecretError`."""

    def set(self, name: str, secret: str) -> None:
        """Keep the key. Raises `SecretError` when it can't be kept safely."""

    def delete(self, name: str) -> bool:
        """Forget the key; False when there was none. Raises `SecretError`."""

    def describe(self) -> str:
        """Where keys are kept, in a few words."""


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

    def describe(self) -> str:
        return "memory"


class KeyringSecrets:
    """The keyring of the system: one entry for each provider."""

    def get(self, name: str) -> str | None:
        found = _asked(lambda keyring: keyring.get_password(SERVICE, _user(name)))
        return None if found is None else str(found)

    def set(self, name: str, secret: str) -> None:
        _refuse_what_does_not_fit(secret)
        _refuse_plain_text()
        _asked(lambda keyring: keyring.set_password(SERVICE, _user(name), secret))
        if self.get(name) != secret:  # the back end that is there to switch keyrings off
            raise SecretError("The keyring did not keep the key", WAY_OUT)

    def delete(self, name: str) -> bool:
        if self.get(name) is None:
            return False
        _asked(lambda keyring: keyring.delete_password(SERVICE, _user(name)))
        return True

    def describe(self) -> str:
        return str(_asked(lambda keyring: _first(keyring.get_keyring()).name))


def _user(name: str) -> str:
    return f"provider:{name}"


def _asked(question: Callable[[Any], Any]) -> Any:
    """The answer of the keyring library, whose errors become ours here."""
    try:
        import keyring  # noqa: PLC0415  # slow to import, and not needed by most
        from keyring import errors  # noqa: PLC0415
    except ImportError as exc:
        raise SecretError("The package `keyring` is not installed", WAY_OUT) from exc
    try:
        return question(keyring)
    except (errors.NoKeyringError, errors.InitError) as exc:
        raise SecretError("This system has no keyring that can be used", WAY_OUT) from exc
    except errors.KeyringLocked as exc:
        hint = f"Unlock it and try again. {WAY_OUT}"
        raise SecretError("The keyring is locked", hint) from exc
    except errors.KeyringError as exc:
        raise SecretError("The keyring refused", f"{_reason(exc)}. {WAY_OUT}") from exc
    except Exception as exc:  # back ends raise what their systems raise
        reason = f"{type(exc).__name__}. {WAY_OUT}"
        raise SecretError("The keyring failed", reason) from exc


def _reason(exc: Exception) -> str:
    return str(exc).rstrip(".") or type(exc).__name__


def _first(backend: Any) -> Any:
    """The back end that a chain of them asks first."""
    return next(iter(getattr(backend, "backends", ())), backend)


def _refuse_plain_text() -> None:
    backend = _asked(lambda keyring: _first(keyring.get_keyring()))
    if "plaintext" in type(backend).__name__.lower():
        title = "The only keyring here is a file in plain text"
        raise SecretError(title, f"Nothing was written. {WAY_OUT}")


def _refuse_what_does_not_fit(secret: str) -> None:
    if sys.platform == "win32" and len(secret.encode("utf-16-le")) > _WINDOWS_LIMIT:
        title = "The key is too long for the Windows Credential Manager"
        raise SecretError(title, f"It holds {_WINDOWS_LIMIT // 2} characters. {WAY_OUT}")
