"""The list of keys for single devices, as the window and an undo change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.config.client_keys import SETTING
from ccr_desktop.core.secrets import PREFIX
from ccr_desktop.core.setup.edits import with_setting
from ccr_desktop.core.setup.key_references import device_key
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from typing import Any

    from ccr_desktop.core.protocol.json import JsonObject


def checked_device(text: str, taken: Iterable[str]) -> str:
    """The name of a new device. Raises `ClientError` where *text* is none, or is *taken*."""
    name = " ".join(text.split())
    if not name:
        raise ClientError("A device needs a name")
    if name.casefold() in {other.casefold() for other in taken}:
        raise ClientError(f"There is a key named {name!r} already")
    return name


def with_device(raw: JsonObject, name: str, expires: date | None = None) -> JsonObject:
    """A copy in which the device *name* has the key that the store keeps for it."""
    entry = {"name": name, "key": f"{PREFIX}{device_key(name)}"}
    if expires:
        entry["expires"] = expires.isoformat()
    return with_setting(raw, SETTING, [*_entries(raw), entry])


def without_device(raw: JsonObject, name: str) -> JsonObject:
    """A copy in which no device of that *name* has a key."""
    left = [entry for entry in _entries(raw) if not _is_of(entry, name)]
    return with_setting(raw, SETTING, left or None)


def _entries(raw: JsonObject) -> list[Any]:
    found = raw.get(SETTING)
    return found if isinstance(found, list) else []


def _is_of(entry: Any, name: str) -> bool:
    own = entry.get("name") if isinstance(entry, dict) else None
    return isinstance(own, str) and own.strip() == name
