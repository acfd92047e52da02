"""What an error of a system's password store means."""

from __future__ import annotations

from ccr_desktop.core.secrets.state import StoreState

_BY_CLASS = {
    "NoKeyringError": StoreState.MISSING,
    "InitError": StoreState.MISSING,  # no collection, and nobody who could be asked to make one
    "ImportError": StoreState.MISSING,
    "SecretServiceNotAvailableException": StoreState.MISSING,
    "KeychainDenied": StoreState.DENIED,
    "SecAuthFailure": StoreState.DENIED,
    "PromptDismissedException": StoreState.DENIED,
    "LockedException": StoreState.LOCKED,
    "KeyringLocked": StoreState.LOCKED,
}
_BY_NUMBER = {
    -25308: StoreState.LOCKED,  # macOS: no window may be opened, as over SSH or before the login
    -25307: StoreState.MISSING,  # macOS: no default keychain
    1312: StoreState.MISSING,  # Windows: a session without a login, as over SSH
    5: StoreState.DENIED,  # Windows: access is denied
}
_BY_DBUS_NAME = {
    "org.freedesktop.DBus.Error.AccessDenied": StoreState.DENIED,
    "org.freedesktop.DBus.Error.ServiceUnknown": StoreState.MISSING,
    "org.freedesktop.Secret.Error.IsLocked": StoreState.LOCKED,
}


def state_of(error: BaseException) -> StoreState:
    """The state that *error* tells of; what caused it knows better than it does."""
    found = _state_of_one(error)
    cause = error.__cause__
    while cause is not None:
        found = _state_of_one(cause) or found
        cause = cause.__cause__
    return found or StoreState.BROKEN


def _state_of_one(error: BaseException) -> StoreState | None:
    number = getattr(error, "winerror", None) or next(iter(error.args), None)
    if isinstance(number, int) and number in _BY_NUMBER:
        return _BY_NUMBER[number]
    if (name := getattr(error, "name", None)) in _BY_DBUS_NAME:
        return _BY_DBUS_NAME[str(name)]
    classes = (kind.__name__ for kind in type(error).__mro__)
    return next((_BY_CLASS[kind] for kind in classes if kind in _BY_CLASS), None)
