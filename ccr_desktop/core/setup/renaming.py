"""Another name for a provider: its entry, and all that names it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from ccr_desktop.core.config.schema import SCENARIOS
from ccr_desktop.core.protocol.json import JsonObject
from ccr_desktop.core.setup.edits import free_name, need_entry

Rename = Callable[[str], str]


def with_provider_renamed(raw: JsonObject, old: str, new: str) -> JsonObject:
    """The configuration with a provider under another name, and every route to it rewritten.

    Routes stand in `Router`, `fallback`, `routeSets`, `projects` and the favourites of the desktop
    app; rules name providers in `only` and `never`, too. Nothing else is touched, such as the
    words that a rule looks for, or the name of a key in the keyring.
    """
    result = copy.deepcopy(raw)
    entry = need_entry(result, old)
    found = str(entry["name"]).strip()
    name = entry["name"] = free_name(result, new, besides=found)

    def renamed(text: str) -> str:
        return name if text.strip().casefold() == found.casefold() else text

    _change(result, "Router", lambda value: _router(value, renamed))
    _change(result, "routeSets", lambda value: _each(value, lambda v: _router(v, renamed)))
    for key in ("fallback", "projects"):
        _change(result, key, lambda value: _each(value, lambda v: _routes(v, renamed)))
    _change(result.get("Desktop"), "favourites", lambda value: _routes(value, renamed))
    return result


def _change(holder: Any, key: str, change: Callable[[Any], Any]) -> None:
    if isinstance(holder, dict) and key in holder:
        holder[key] = change(holder[key])


def _each(value: Any, change: Callable[[Any], Any]) -> Any:
    if not isinstance(value, dict):
        return value
    return {name: change(item) for name, item in value.items()}


def _router(value: Any, renamed: Rename) -> Any:
    if not isinstance(value, dict):
        return value
    router = {**value}
    for scenario in SCENARIOS:
        _change(router, scenario, lambda v: _routes(v, renamed))
    for key in ("agents", "models", "fallback"):
        _change(router, key, lambda v: _each(v, lambda item: _routes(item, renamed)))
    if isinstance(rules := router.get("rules"), list):
        router["rules"] = [_rule(rule, renamed) for rule in rules]
    return router


def _rule(value: Any, renamed: Rename) -> Any:
    if not isinstance(value, dict):
        return value
    rule = {**value}
    _change(rule, "route", lambda v: _routes(v, renamed))
    for key in ("only", "never"):
        _change(rule, key, lambda v: _names(v, renamed))
    return rule


def _names(value: Any, renamed: Rename) -> Any:
    match value:
        case str():
            return renamed(value)
        case list():
            return [_names(item, renamed) for item in value]
        case _:
            return value


def _routes(value: Any, renamed: Rename) -> Any:
    """A route in any of its forms, or a list of them."""
    match value:
        case str():
            separator = "," if "," in value else "/"
            head, found, model = value.partition(separator)
            return f"{renamed(head)}{found}{model}" if found else value
        case list():
            return [_routes(item, renamed) for item in value]
        case {"provider": str(provider)}:
            return {**value, "provider": renamed(provider)}
        case _:
            return value
