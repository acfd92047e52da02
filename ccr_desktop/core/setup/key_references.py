"""Keys on their way to the store: references take their places in what is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.secrets import PREFIX
from ccr_desktop.core.setup.secret_fields import is_stand_in

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

CLIENT_KEY = "client-key"
"""The name that the key which clients must send has in the store."""


def referring(provider: str, value: JsonObject, keys: dict[str, str]) -> JsonObject:
    """*value*, which has keys of a *provider*, with references; the keys are added to *keys*."""
    count = 0

    def stored(text: Any) -> Any:
        nonlocal count
        if not _is_key(text):
            return text
        count += 1
        name = provider if count == 1 else f"{provider}#{count}"
        keys[name] = text.strip()
        return f"{PREFIX}{name}"

    new = dict(value)
    if "api_key" in new:
        new["api_key"] = stored(new["api_key"])
    if isinstance(pool := new.get("api_keys"), list):
        new["api_keys"] = [
            {**each, "key": stored(each.get("key"))} if isinstance(each, dict) else stored(each)
            for each in pool
        ]
    return new


def client_key_referring(value: Any, keys: dict[str, str]) -> Any:
    """The same of the key that clients must send."""
    if not _is_key(value):
        return value
    keys[CLIENT_KEY] = value.strip()
    return f"{PREFIX}{CLIENT_KEY}"


def _is_key(text: Any) -> bool:
    return isinstance(text, str) and bool(text.strip()) and not is_stand_in(text)
