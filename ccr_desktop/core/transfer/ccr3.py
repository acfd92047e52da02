"""The settings of claude-code-router 3: one JSON object in `config.sqlite`.

Facts from its npm package (3.1.1) and its sources (`packages/core/src/config/config-repository.ts`,
`contracts/app.ts`): table `app_config(key, value_json)` with the row `default`; table `api_keys`
for clients; providers with `type` or `capabilities` for what they speak, a base address in one of
three spellings, and `credentials` as a pool.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.setup.secret_fields import shown_address
from ccr_desktop.core.transfer import databases
from ccr_desktop.core.transfer.ccr3_routes import routes_of
from ccr_desktop.core.transfer.entries import (
    bounded,
    clean_name,
    free_among,
    make_entry,
    object_of,
    objects,
    text_of,
)
from ccr_desktop.core.transfer.found import Found, Origin, UnreadableError
from ccr_desktop.errors import ClientError, as_sentences

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from ccr_desktop.core.protocol.json import JsonObject

TABLE = "app_config"
TITLE = "Settings of claude-code-router 3"
_ROW = "default"
_COLUMNS = {"key", "value_json"}
_OF_CLIENTS = ("id", "name", "encrypted_key", "encryption", "expires_at")
_URLS = ("api_base_url", "baseUrl", "baseurl")
_KEYS = ("api_key", "apiKey", "apikey")
_SPOKEN = {
    "openai": "openai-responses",
    "openai_responses": "openai-responses",
    "openai_chat": "openai-chat",
    "openai_chat_completions": "openai-chat",
    "anthropic": "anthropic",
    "anthropic_messages": "anthropic",
    "gemini": "gemini",
    "gemini_generate_content": "gemini",
}
_PREFERRED = ("anthropic", "openai-chat", "openai-responses", "gemini")
_KEPT = {"API_TIMEOUT_MS": 600000, "CUSTOM_ROUTER_PATH": "", "HOST": "127.0.0.1", "PORT": 3456}
"""Settings that are ours, too, with the values that say nothing."""
_SHAPES = {"Providers": list, "Router": dict, "profile": dict}
_NO_PLACE = {
    "virtualModelProfiles": "models that are made of several (Fusion)",
    "botConfigs": "bots that pass messages on",
    "providerPlugins": "plugins for providers",
    "plugins": "its extensions",
}


def has_table(connection: sqlite3.Connection) -> bool:
    is_there = TABLE in databases.tables(connection)
    return is_there and databases.columns(connection, TABLE) >= _COLUMNS


def read(connection: sqlite3.Connection, path: Path, origin: Origin) -> Found:
    """What the database holds. Raises `UnreadableError`."""
    rows = databases.rows(connection, TABLE, _COLUMNS)
    found = {str(row["key"]): row["value_json"] for row in rows}
    try:
        value = json.loads(found[_ROW])
    except (KeyError, TypeError, ValueError, RecursionError) as exc:
        hint = "Start claude-code-router 3 once, so that it writes them."
        raise UnreadableError(f"{path.name} holds no settings", hint) from exc
    result = from_settings(object_of(value), origin, str(path))
    if "api_keys" in databases.tables(connection):
        _note_client_keys(result, databases.rows(connection, "api_keys", _OF_CLIENTS))
    return result


def is_settings(raw: JsonObject) -> bool:
    """Whether a JSON object is that of version 3, which its first releases had in a file."""
    return isinstance(raw.get("gateway"), dict) and "profile" in raw


def from_settings(value: JsonObject, origin: Origin, place: str = "") -> Found:
    result = Found(TITLE, origin, {}, place)
    for key, shape in _SHAPES.items():
        if value.get(key) and not isinstance(value[key], shape):
            result.needs_hand.append(f"{key}: it has another shape than is known here.")
    names = _add_providers(result, value)
    routes_of(result, value, names)
    for key, default in _KEPT.items():
        if value.get(key) not in (None, "", default):
            result.raw[key] = value[key]
    if key := text_of(value, "APIKEY"):
        result.raw["APIKEY"] = key
    for key, what in _NO_PLACE.items():
        if value.get(key):
            result.needs_hand.append(f"{key}: {what} do not exist here.")
    if object_of(value.get("proxy")).get("enabled"):
        result.needs_hand.append(
            "proxy: capturing the traffic of other programs does not exist here. Launch Claude"
            " Code from CCR Desktop, or set its address with `ccr env`."
        )
    if object_of(value.get("toolHub")).get("enabled"):
        result.needs_hand.append("toolHub: a hub of MCP servers does not exist here.")
    return result


def _add_providers(result: Found, value: JsonObject) -> dict[str, str]:
    """The names that routes of the file use, each with the one that it gets here."""
    names: dict[str, str] = {}
    entries: list[JsonObject] = []
    for provider in bounded(value.get("Providers")):
        old = text_of(provider, "name", "id")
        if not old:
            url = shown_address(text_of(provider, *_URLS)) or "no address"
            result.needs_hand.append(f"provider at {url}: it has no name.")
            continue
        name = free_among(clean_name(old), (str(entry["name"]) for entry in entries))
        try:
            entry = _entry(result, name, provider)
        except ClientError as exc:
            result.needs_hand.append(f"provider {old}: {as_sentences(exc)}")
            continue
        names.update({old.casefold(): name, text_of(provider, "id").casefold() or name: name})
        entries.append(entry)
    if entries:
        result.raw["Providers"] = entries
    return names


def _entry(result: Found, name: str, provider: JsonObject) -> JsonObject:
    url = text_of(provider, *_URLS)
    if not url:
        hint = "It uses the sign-in of another program. Add it here by its own name."
        raise ClientError("it has no address", hint)
    dialect = _dialect(provider)
    models = provider.get("models")
    entry = make_entry(
        name,
        url,
        dialect=dialect,
        key=text_of(provider, *_KEYS),
        models=models if isinstance(models, list) else (),
    )
    if pool := _pool(provider):
        entry["api_keys"] = pool
    if provider.get("enabled") is False:
        entry["paused"] = True
    if provider.get("transformer"):
        entry["transformer"] = provider["transformer"]
    _add_headers(result, entry, provider.get("extraHeaders"))
    if windows := _windows(provider):
        entry["context_windows"] = windows
    for key in ("extraBody", "billing"):
        if provider.get(key):
            result.needs_hand.append(
                f"{key} of {name}: further members of requests are set by a transformer here:"
                " `customparams`."
            )
    return entry


def _dialect(provider: JsonObject) -> str:
    capabilities = [text_of(each, "type") for each in objects(provider.get("capabilities"))]
    spoken = [_SPOKEN.get(text.lower()) for text in capabilities]
    known = next((each for each in _PREFERRED if each in spoken), "")
    said = text_of(provider, "type").lower()
    if not known and said.startswith("gemini_interactions"):
        raise ClientError("It speaks Gemini's Interactions API", "Add it here as Gemini.")
    return known or _SPOKEN.get(said, "")


def _pool(provider: JsonObject) -> list[Any]:
    pool: list[Any] = []
    for each in objects(provider.get("credentials")):
        key = text_of(each, *_KEYS)
        if not key or each.get("enabled") is False:
            continue
        more: JsonObject = {}
        if isinstance(weight := each.get("weight"), int | float) and weight > 0 and weight != 1:
            more["weight"] = weight
        limit = object_of(each.get("limits")).get("rpm")
        if isinstance(limit, int) and limit > 0:
            more["limit_per_minute"] = limit
        pool.append({"key": key, **more} if more else key)
    return pool


def _add_headers(result: Found, entry: JsonObject, found: Any) -> None:
    headers = object_of(found)
    plain = {str(key): value for key, value in headers.items() if isinstance(value, str)}
    if plain:
        entry["headers"] = plain
    if len(plain) < len(headers):
        result.needs_hand.append(
            f"headers of {entry['name']}: those for single models have no place here."
        )


def _windows(provider: JsonObject) -> dict[str, int]:
    metadata = object_of(provider.get("modelMetadata"))
    found = {model: object_of(facts).get("contextWindow") for model, facts in metadata.items()}
    return {model: size for model, size in found.items() if isinstance(size, int) and size > 0}


def _note_client_keys(result: Found, keys: list[dict[str, Any]]) -> None:
    """The first one without an end is `APIKEY`, unless there is one; others are those of devices.

    Limits are not taken over, nor what is encrypted.
    """
    clients: list[dict[str, str]] = []
    encrypted: list[str] = []
    unclear: list[str] = []
    for row in keys:
        name = str(row.get("name") or row.get("id"))
        if row.get("encryption") not in (None, "", "plain"):
            encrypted.append(name)
        elif key := text_of(row, "encrypted_key"):
            try:
                expires = _expires(text_of(row, "expires_at"))
            except (ValueError, OverflowError):
                unclear.append(name)
            else:
                own_name = free_among(name, [client["name"] for client in clients])
                clients.append({"name": own_name, "key": key, **expires})
    if lasting := [client["key"] for client in clients if "expires" not in client]:
        result.raw.setdefault("APIKEY", lasting[0])
    own = result.raw.get("APIKEY")
    if others := [client for client in clients if client["key"] != own]:
        result.raw["ClientKeys"] = others
    if encrypted:
        names = ", ".join(encrypted)
        result.needs_hand.append(f"keys for clients ({names}): they are encrypted. Make new ones.")
    if unclear:
        names = ", ".join(unclear)
        words = f"keys for clients ({names}): it is not known when they end. Make new ones."
        result.needs_hand.append(words)


def _expires(text: str) -> dict[str, str]:
    """The last day, where this computer is, of a key that ends. Raises for what is no moment."""
    if not text:
        return {}
    return {"expires": datetime.fromisoformat(text).astimezone().date().isoformat()}
