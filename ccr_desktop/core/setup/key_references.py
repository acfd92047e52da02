"""Keys on their way to the store: references take their places in what is saved."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.secrets import PREFIX
from ccr_desktop.core.setup.secret_fields import is_stand_in

if TYPE_CHECKING:
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
            return [_client_referring(entry, keys) for entry in value]
        case _:
            return value


def device_key(device: str) -> str:
    """The name that the key of one device has in the store."""
    return f"{CLIENT_KEY}/{device}"


def _client_referring(entry: Any, keys: dict[str, str]) -> Any:
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        return entry
    return {**entry, "key": _referring(device_key(entry["name"]), entry.get("key"), keys)}


def _referring(name: str, value: Any, keys: dict[str, str]) -> Any:
    if not _is_key(value):
        return value
    keys[name] = value.strip()
    return f"{PREFIX}{name}"


def _key_of(entry: Any) -> Any:
    return entry.get("key") if isinstance(entry, dict) else entry


def _is_key(text: Any) -> bool:
    return isinstance(text, str) and bool(text.strip()) and not is_stand_in(text)
