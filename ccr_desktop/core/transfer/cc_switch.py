"""CC Switch: its database, the SQL that it exports, and its older JSON file.

Facts from its sources (`src-tauri/src/database/schema.rs`, `backup.rs`, `app_config.rs`): table
`providers(id, app_type, name, settings_config, meta, sort_index, is_current, in_failover_queue)`;
an export begins with the comment below; version 2 of `config.json` has `{app: {"providers": {id:
{name, settingsConfig, meta}}, "current": id}}`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.providers.catalog import find_profile, is_known
from ccr_desktop.core.transfer import databases
from ccr_desktop.core.transfer.cc_switch_apps import app_names, read_app
from ccr_desktop.core.transfer.entries import (
    KEY_AS_BEARER,
    bounded,
    clean_name,
    free_among,
    make_entry,
    object_of,
    text_of,
)
from ccr_desktop.core.transfer.found import Found, Origin
from ccr_desktop.errors import ClientError, as_sentences

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.transfer.cc_switch_apps import AppProvider

TABLE = "providers"
SQL_HEADER = "-- CC Switch SQLite"
TITLE = "Settings of CC Switch"
_FIRST_APP = "claude"
_REQUIRED = {"app_type", "settings_config", "name"}
_COLUMNS = _REQUIRED | {"meta", "sort_index", "is_current", "in_failover_queue"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A provider as it keeps them. `settings` are None where nobody can read them."""

    app: str
    name: str
    settings: JsonObject | None = field(repr=False)
    meta: JsonObject = field(default_factory=dict, repr=False)
    is_current: bool = False
    is_fallback: bool = False


def is_settings(raw: JsonObject) -> bool:
    """Whether a JSON object is its older file."""
    apps = (object_of(raw.get(app)) for app in app_names())
    return any(isinstance(app.get("providers"), dict) for app in apps)


def has_table(connection: sqlite3.Connection) -> bool:
    if TABLE not in databases.tables(connection):
        return False
    return databases.columns(connection, TABLE) >= _REQUIRED


def read(connection: sqlite3.Connection, origin: Origin, place: str) -> Found:
    found = sorted(bounded(databases.rows(connection, TABLE, _COLUMNS)), key=_place)
    result = from_records([_record(row) for row in found], origin, place)
    _note_the_rest(result, connection)
    return result


def from_settings(raw: JsonObject, origin: Origin, place: str = "") -> Found:
    for app in app_names():
        bounded(list(object_of(object_of(raw.get(app)).get("providers")).values()))
    return from_records(list(_records(raw)), origin, place)


def from_records(records: list[Record], origin: Origin, place: str = "") -> Found:
    """Claude Code's own come first; what another app has, too, is taken once."""
    result = Found(TITLE, origin, {}, place)
    entries: list[JsonObject] = []
    main = ""
    rest: list[str] = []
    for record in sorted(records, key=lambda record: record.app != _FIRST_APP):
        try:
            found = read_app(record.app, _readable(record.settings), record.meta)
            entry = _entry(record, found, entries)
        except ClientError as exc:
            result.needs_hand.append(f"{record.name} ({record.app}): {as_sentences(exc)}")
            continue
        if entry is None:
            continue
        entries.append(entry)
        route = f"{entry['name']},{found.main}" if found.main else ""
        if record.app == _FIRST_APP and record.is_current and route:
            main = route
            _add_by_name(result, str(entry["name"]), found)
        elif record.app == _FIRST_APP and record.is_fallback and route:
            rest.append(route)
    if entries:
        result.raw["Providers"] = entries
    if main:
        router = result.raw.setdefault("Router", {})
        result.raw["Router"] = {"default": [main, *rest] if rest else main, **router}
    return result


def _readable(settings: JsonObject | None) -> JsonObject:
    if settings is None:
        raise ClientError("Its settings can't be read", "Save it once more in CC Switch.")
    return settings


def _entry(record: Record, found: AppProvider, entries: list[JsonObject]) -> JsonObject | None:
    """None for the same account of another app."""
    name = clean_name(record.name) or record.app
    entry = make_entry(name, found.url, dialect=found.dialect, key=found.key, models=found.models)
    if record.meta.get("isFullUrl") is True:
        entry["api_base_url"] = found.url
    if found.sends_bearer and not is_known(find_profile(entry["api_base_url"])):
        entry["transformer"] = KEY_AS_BEARER
    if any(_is_same(entry, other) for other in entries):
        return None
    return {**entry, "name": free_among(name, (str(each["name"]) for each in entries))}


def _is_same(one: JsonObject, other: JsonObject) -> bool:
    members = ("api_base_url", "api_key", "models")
    return all(one.get(member) == other.get(member) for member in members)


def _add_by_name(result: Found, name: str, found: AppProvider) -> None:
    """The models that Claude Code asks for by the names Haiku, Sonnet and Opus."""
    router: JsonObject = {}
    if found.background and found.background != found.main:
        router["background"] = f"{name},{found.background}"
    own = {word: f"{name},{model}" for word, model in found.by_name if model != found.main}
    if own:
        router["models"] = own
    if router:
        result.raw["Router"] = router


def _place(row: dict[str, Any]) -> tuple[bool, float]:
    """In its list; those without one come last, as they were made."""
    index = row.get("sort_index")
    return (False, index) if isinstance(index, int | float) else (True, 0)


def _record(row: dict[str, Any]) -> Record:
    return Record(
        app=str(row["app_type"]),
        name=str(row["name"]),
        settings=_object(row["settings_config"]),
        meta=_object(row.get("meta")) or {},
        is_current=bool(row.get("is_current")),
        is_fallback=bool(row.get("in_failover_queue")),
    )


def _records(raw: JsonObject) -> Iterable[Record]:
    for app in app_names():
        part = object_of(raw.get(app))
        for id_, found in object_of(part.get("providers")).items():
            provider = object_of(found)
            yield Record(
                app=app,
                name=text_of(provider, "name", "id") or str(id_),
                settings=object_of(provider.get("settingsConfig")),
                meta=object_of(provider.get("meta")),
                is_current=part.get("current") == id_,
            )


def _note_the_rest(result: Found, connection: sqlite3.Connection) -> None:
    known = databases.tables(connection)
    for table, words in (
        ("mcp_servers", "MCP servers"),
        ("prompts", "Prompts"),
        ("skills", "Skills"),
    ):
        if count := _count(connection, table) if table in known else 0:
            result.needs_hand.append(
                f"{words} ({count}): they are Claude Code's, which keeps them."
            )


def _count(connection: sqlite3.Connection, table: str) -> int:
    found: int = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608  # ours
    return found


def _object(text: Any) -> JsonObject | None:
    try:
        found = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
