"""The keys of providers, and what stands behind those that are references: to be compared only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.legacy import with_legacy_provider_written
from ccr_desktop.core.setup.edits import find_entry, provider_entries
from ccr_desktop.core.setup.secret_fields import is_stand_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.protocol.json import JsonObject

KEY_FIELDS = ("api_key", "api_keys")


def keys_in_use(config: Config) -> dict[str, str]:
    """The keys of *config* by their references. No store is asked: these have been read."""
    raw = with_legacy_provider_written(dict(config.raw))
    found: dict[str, str] = {}
    for provider in config.providers.values():
        texts = key_texts(find_entry(raw, provider.name) or {})
        keys = [each.key for each in provider.keys] or [provider.api_key]
        if len(texts) == len(keys):  # else one of the pool is missing, and nobody knows which
            pairs = zip(texts, keys, strict=True)
            found |= {text: key for text, key in pairs if key and is_stand_in(text)}
    return found


def may_be_in_use(found: JsonObject, raw: JsonObject) -> bool:
    """Whether *found* has keys of providers whose own keys in *raw* are references."""
    for entry in provider_entries(found):
        old = find_entry(raw, str(entry.get("name") or "").strip())
        if old and key_texts(entry) and any(map(is_stand_in, key_texts(old))):
            return True
    return False


def keys_of(entry: JsonObject) -> JsonObject:
    return {key: entry[key] for key in KEY_FIELDS if entry.get(key)}


def key_texts(value: JsonObject) -> list[str]:
    """The texts of `api_key` and `api_keys`."""
    pool = value.get("api_keys")
    members = [value.get("api_key"), *(pool if isinstance(pool, list) else [])]
    found = [item.get("key") if isinstance(item, dict) else item for item in members]
    return [text.strip() for text in found if isinstance(text, str) and text.strip()]


def with_keys(value: Any, in_use: Mapping[str, str]) -> Any:
    """A copy of `api_key` and `api_keys` with the keys in place of known references."""
    match value:
        case dict():
            return {name: with_keys(item, in_use) for name, item in value.items()}
        case list():
            return [with_keys(item, in_use) for item in value]
        case str():
            return in_use.get(value.strip(), value.strip())
        case _:
            return value
