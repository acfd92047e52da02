"""The list of keys for single devices, as the window and an undo change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.config.client_keys import SETTING
from ccr_desktop.core.config.interpolation import stands_for_another
from ccr_desktop.core.hidden_signs import hidden_sign
from ccr_desktop.core.secrets import PREFIX
from ccr_desktop.core.setup.edits import with_setting
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from ccr_desktop.core.protocol.json import JsonObject


def checked_device(text: str, raw: JsonObject) -> str:
    """The name of a new device. Raises `ClientError` where *text* is none, or *raw* has it."""
    name = " ".join(text.split())
    if not name:
        raise ClientError("A device needs a name")
    if stands_for_another(name):
        hint = "It would be read as a variable, or as a stored key: give a name without."
        raise ClientError(f"{name!r} can't be the name of a device", hint)
    if hidden_sign(name):
        hint = "It has signs that can't be seen: type it anew."
        raise ClientError(f"{name!r} can't be the name of a device", hint)
    if name.casefold() in {_name(entry).casefold() for entry in _entries(raw)}:
        raise ClientError(f"There is a key named {name!r} already")
    return name


def with_device(raw: JsonObject, name: str, stored: str, expires: date | None = None) -> JsonObject:
    """A copy in which the device *name* has the key that the store has under *stored*."""
    entry = {"name": name, "key": f"{PREFIX}{stored}"}
    if expires:
        entry["expires"] = expires.isoformat()
    return with_setting(raw, SETTING, [*_entries(raw), entry])


def without_device(raw: JsonObject, name: str) -> JsonObject:
    """A copy in which no device of that *name* has a key."""
    left = [entry for entry in _entries(raw) if _name(entry) != name]
    return with_setting(raw, SETTING, left or None)


def _entries(raw: JsonObject) -> list[Any]:
    found = raw.get(SETTING)
    return found if isinstance(found, list) else []


def _name(entry: Any) -> str:
    own = entry.get("name") if isinstance(entry, dict) else None
    return own.strip() if isinstance(own, str) else ""
