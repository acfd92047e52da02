"""Keys on their way to the store: references take their places in what is saved."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.secrets import PREFIX
from ccr_desktop.core.setup.secret_fields import is_stand_in

if TYPE_CHECKING:
    from collections.abc import Collection

    from ccr_desktop.core.protocol.json import JsonObject

CLIENT_KEY = "client-key"
"""The name that the key which clients must send has in the store."""


def referring(provider: str, value: JsonObject, keys: dict[str, str]) -> JsonObject:
    """*value*, which has keys of a *provider*, with references; the keys are added to *keys*.

    No name is given that *value* refers to already: another key is kept under it.
    """
    pool = value.get("api_keys")
    there = [value.get("api_key"), *(map(_key_of, pool) if isinstance(pool, list) else ())]
    numbered = (f"{provider}#{number}" for number in itertools.count(2))
    names = itertools.chain([provider], numbered)
    free = (name for name in names if f"{PREFIX}{name}" not in there)

    def stored(text: Any) -> Any:
        if not _is_key(text):
            return text
        name = next(free)
        keys[name] = text.strip()
        return f"{PREFIX}{name}"

    new = dict(value)
    if "api_key" in new:
        new["api_key"] = stored(new["api_key"])
    if isinstance(pool, list):
        new["api_keys"] = [
            {**each, "key": stored(each["key"])}
            if isinstance(each, dict) and "key" in each
            else stored(each)
            for each in pool
        ]
    return new


def setting_referring(name: str, value: Any, keys: dict[str, str]) -> Any:
    """The same of the *value* of a setting, where it holds keys that clients send."""
    match name:
        case "APIKEY":
            return _referring(CLIENT_KEY, value, keys)
        case "ClientKeys" if isinstance(value, list):
            return _clients_referring(value, keys)
        case _:
            return value


def device_key(device: str, taken: Collection[str] = ()) -> str:
    """The name that the key of one device has in the store: none of those that are *taken*.

    It has no `$`, with which the reference would be one to a variable.
    """
    base = f"{CLIENT_KEY}/{' '.join(device.replace('$', '').split())}"
    names = itertools.chain([base], (f"{base}#{number}" for number in itertools.count(2)))
    known = {name.casefold() for name in taken}  # some stores take both cases for one
    return next(name for name in names if name.casefold() not in known)


def _clients_referring(entries: list[Any], keys: dict[str, str]) -> list[Any]:
    there = {str(_key_of(entry)).removeprefix(PREFIX).strip() for entry in entries}

    def stored(entry: Any) -> Any:
        match entry:
            case {"name": str(name), "key": key}:
                own = device_key(name, {*there, *keys})
                return {**entry, "key": _referring(own, key, keys)}
            case _:
                return entry

    return [stored(entry) for entry in entries]


def _referring(name: str, value: Any, keys: dict[str, str]) -> Any:
    if not _is_key(value):
        return value
    keys[name] = value.strip()
    return f"{PREFIX}{name}"


def _key_of(entry: Any) -> Any:
    return entry.get("key") if isinstance(entry, dict) else entry


def _is_key(text: Any) -> bool:
    return isinstance(text, str) and bool(text.strip()) and not is_stand_in(text)
