"""What the `keyring` library does not tell of a Secret Service: locks, names, and who it is."""

from __future__ import annotations

import contextlib
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.secrets.failures import state_of
from ccr_desktop.core.secrets.state import Place, StoreState, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_BUS_NAME = "org.freedesktop.secrets"
_PROGRAMS = {
    "gnome-keyring": "GNOME Keyring",
    "kwalletd": "KWallet",
    "ksecretd": "KWallet",
    "keepassxc": "KeePassXC",
}


def state() -> StoreState:
    """Whether keys can be read now. Asks nobody to unlock anything."""
    import secretstorage  # noqa: PLC0415  # slow to import, and Linux's alone

    try:
        with closing(secretstorage.dbus_init()) as bus:
            if not secretstorage.check_service_availability(bus):
                return StoreState.MISSING
            try:
                is_locked = secretstorage.Collection(bus).is_locked()
            except secretstorage.ItemNotFoundException:
                return StoreState.NEW  # to make the first collection somebody has to be asked
            return StoreState.LOCKED if is_locked else StoreState.READY
    except Exception as exc:  # noqa: BLE001  # a bus may fail in any way, which is an answer, too
        return state_of(exc)


def unlock() -> StoreState:
    """Have the system ask for the password, or for a first one; what came of it."""
    import secretstorage  # noqa: PLC0415  # as above

    try:
        with closing(secretstorage.dbus_init()) as bus:
            collection = secretstorage.get_default_collection(bus)
            if collection.is_locked() and collection.unlock():
                return StoreState.DENIED
            return StoreState.LOCKED if collection.is_locked() else StoreState.READY
    except Exception as exc:  # noqa: BLE001  # as above
        return state_of(exc)


def users(service: str) -> list[str]:
    """The names of the entries of *service*. Raises `SecretError`."""
    with _collection() as collection:
        found = [item.get_attributes() for item in collection.search_items({"service": service})]
    return sorted({str(attributes.get("username") or "") for attributes in found})


def keeper() -> str:
    """The name of the program that keeps the keys, where it is known."""
    import secretstorage  # noqa: PLC0415  # as above
    from jeepney.bus_messages import message_bus  # noqa: PLC0415
    from jeepney.io.blocking import Proxy  # noqa: PLC0415

    program = ""
    with contextlib.suppress(Exception), closing(secretstorage.dbus_init()) as bus:
        [process] = Proxy(message_bus, bus).GetConnectionUnixProcessID(_BUS_NAME)
        program = Path(f"/proc/{process}/comm").read_text(encoding="utf-8").strip()
    return next((name for start, name in _PROGRAMS.items() if program.startswith(start)), "")


@contextmanager
def _collection() -> Iterator[Any]:
    import secretstorage  # noqa: PLC0415  # as above

    try:
        with closing(secretstorage.dbus_init()) as bus:
            yield secretstorage.Collection(bus)
    except Exception as exc:
        raise problem(Place.KEYRING, state_of(exc), type(exc).__name__ + ".") from exc
