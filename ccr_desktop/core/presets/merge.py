"""Putting what a preset brings into a configuration."""

from __future__ import annotations

import copy
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccr_desktop import paths
from ccr_desktop.core.config.interpolation import stands_for_another
from ccr_desktop.core.presets.build import APPLIED
from ccr_desktop.core.setup.addresses import same_host
from ccr_desktop.core.setup.edits import find_entry, with_provider
from ccr_desktop.core.setup.route_lists import need_router
from ccr_desktop.core.setup.secret_fields import is_stand_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ccr_desktop.core.protocol.json import JsonObject


_SENT_THERE = ("api_key", "api_keys", "headers")


@dataclass(slots=True)
class Merge:
    """A configuration with a preset in it. `left_out` are members that a preset may not set."""

    raw: JsonObject
    left_out: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def merge(
    config: JsonObject,
    parts: JsonObject,
    folder: Path | None = None,
    answers: Collection[str] = (),
    route_set: str = "",
) -> Merge:
    """*config* with the members *parts*; what is not mentioned stays as it is.

    A provider of the same name keeps its further models, and its key unless the new one is
    among the *answers* that the user gave. *folder* is where the preset's own files are. Its
    routes go into the *route_set*, if one is named: `Router` has no effect while a set is in force.
    """
    result = Merge(copy.deepcopy(config))
    for key, value in parts.items():
        if key not in APPLIED:
            result.left_out.append(key)
        elif key == "Providers":
            _merge_providers(result, value, answers)
        elif key == "transformers":
            _merge_transformers(result, value, folder)
        elif key == "Router" and route_set and isinstance(value, dict):
            need_router(result.raw, route_set).update(copy.deepcopy(value))
        elif isinstance(value, dict) and isinstance(result.raw.get(key), dict):
            result.raw[key] = {**result.raw[key], **copy.deepcopy(value)}
        else:
            result.raw[key] = copy.deepcopy(value)
    added = Counter(_texts(result.raw)) - Counter(_texts(config))
    if names := sorted({text for text in added if stands_for_another(text)} - {*answers}):
        result.notes.append(f"It sends what stands behind {', '.join(names)} on this computer.")
    return result


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            yield from (text for item in value for text in _texts(item))
        case dict():
            yield from (text for item in value.values() for text in _texts(item))


def _merge_providers(result: Merge, found: Any, answers: Collection[str]) -> None:
    router = copy.deepcopy(result.raw.get("Router"))
    for entry in found if isinstance(found, list) else []:
        if isinstance(entry, dict) and isinstance(entry.get("name"), str):
            result.raw = with_provider(result.raw, _merged(result, entry, answers))
    if router is None:
        result.raw.pop("Router", None)
    else:
        result.raw["Router"] = router


def _merged(result: Merge, entry: JsonObject, answers: Collection[str]) -> JsonObject:
    old = find_entry(result.raw, entry["name"].strip())
    if old is None:
        return entry
    merged = {**old, **entry, "name": old["name"]}
    key = entry.get("api_key")
    is_borrowed = not isinstance(key, str) or (is_stand_in(key) and key not in answers)
    if "api_key" in old and is_borrowed:
        merged["api_key"] = old["api_key"]
    if not _keeps_host(old, entry):
        left = [key for key in _SENT_THERE if key in old and merged.get(key) == old[key]]
        merged = {key: value for key, value in merged.items() if key not in left}
        if left:
            result.notes.append(f"The address of {old['name']} is another one: it gets no old key.")
    models = [*(entry.get("models") or []), *(old.get("models") or [])]
    if models:
        merged["models"] = list(dict.fromkeys(models))
    if merged != old:
        result.notes.append(f"The provider {old['name']} was there: it is changed, not added.")
    return merged


def _keeps_host(old: JsonObject, entry: JsonObject) -> bool:
    """A key goes to the address that it is for."""
    urls = [str(each.get("api_base_url") or "") for each in (old, entry)]
    return "" in urls or same_host(*urls)


def _merge_transformers(result: Merge, found: Any, folder: Path | None) -> None:
    there = result.raw.get("transformers")
    entries = list(there) if isinstance(there, list) else []
    for item in found if isinstance(found, list) else []:
        path = item.get("path") if isinstance(item, dict) else None
        if not isinstance(path, str):
            continue
        place = _inside(folder, path)
        if place.suffix != ".py":
            result.notes.append(f"{path} is left out: transformers are written in Python here.")
        elif not any(isinstance(e, dict) and e.get("path") == str(place) for e in entries):
            entries.append({**item, "path": str(place)})
            result.notes.append(f"The preset runs code of its own: {place}. Read it first.")
    if entries:
        result.raw["transformers"] = entries


def _inside(folder: Path | None, path: str) -> Path:
    place = paths.expanded(path)
    return place if folder is None or place.is_absolute() else folder / place
