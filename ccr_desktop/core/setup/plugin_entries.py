"""The user's own transformers in the raw form of a configuration: the `transformers` list.

All functions return a new object and leave the given one as it is, with its unknown keys and the
order of its keys. An entry is named by its place and its path: a file that was changed meanwhile
loses nothing.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

KEY = "transformers"


def plugin_entries(raw: JsonObject) -> list[Any]:
    """The entries as they are written, whatever they are."""
    found = raw.get(KEY)
    return list(found) if isinstance(found, list) else []


def path_text(entry: Any) -> str:
    """The path in an entry as it is written; empty when there is none."""
    text = entry.get("path") if isinstance(entry, dict) else entry
    return text.strip() if isinstance(text, str) else ""


def entry_options(entry: Any) -> JsonObject:
    """The options in an entry; empty when there are none."""
    found = entry.get("options") if isinstance(entry, dict) else None
    return dict(found) if isinstance(found, dict) else {}


def with_plugin(raw: JsonObject, path: str) -> JsonObject:
    """The configuration with a file at the end of the list. Raises `ClientError` for a second."""
    new = copy.deepcopy(raw)
    entries = _entries(new)
    if any(path_text(entry) == path for entry in entries):
        raise ClientError("This file is in the list already", "Each file is needed once.")
    entries.append({"path": path})
    return new


def without_plugin(raw: JsonObject, number: int, path: str) -> JsonObject:
    """The configuration without an entry; its name in the chains of providers stays."""
    new = copy.deepcopy(raw)
    entries = _entries(new)
    del entries[_place(entries, number, path)]
    if not entries:
        del new[KEY]
    return new


def with_plugin_options(raw: JsonObject, number: int, path: str, options: JsonObject) -> JsonObject:
    """The configuration with other options for the transformers of a file."""
    new = copy.deepcopy(raw)
    entries = _entries(new)
    place = _place(entries, number, path)
    old = entries[place]
    entry = old if isinstance(old, dict) else {"path": old}
    if options:
        entry["options"] = copy.deepcopy(options)
    else:
        entry.pop("options", None)
    entries[place] = entry
    return new


def _entries(new: JsonObject) -> list[Any]:
    entries = new.setdefault(KEY, [])
    if not isinstance(entries, list):
        raise ClientError("transformers is no list", "`ccr config check` says what is wrong.")
    return entries


def _place(entries: list[Any], number: int, path: str) -> int:
    """Where the entry is now; the file may have been changed since it was shown."""
    places = [place for place, entry in enumerate(entries) if path_text(entry) == path]
    if not places:
        raise ClientError("This plugin is no longer in the settings", "Look at the list again.")
    return number if number in places else places[0]
