"""Lists of routes in the raw form of a configuration, as they are written and as they change.

Entries that stay are kept as they were written: `provider/model`, or an object of the two.
All functions return a new object and leave the given one as it is, with its unknown keys and the
order of its keys.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.protocol.json import JsonObject

_CHECK = "`ccr config check` says what is wrong."


def router_of(raw: JsonObject, route_set: str = "") -> JsonObject:
    """The object with the routes of *route_set*, else `Router`; empty where there is none."""
    sets = raw.get("routeSets")
    among = sets if isinstance(sets, dict) else {}
    found = among.get(route_set) if route_set else raw.get("Router")
    return found if isinstance(found, dict) else {}


def route_texts(found: Any) -> list[str]:
    """The routes of a scenario or an agent, as texts; what can't be one is left out."""
    entries = found if isinstance(found, list) else [found]
    return [text for text in map(route_text, entries) if text]


def route_text(found: Any) -> str:
    match found:
        case str(text):
            return text
        case {"provider": str(provider), "model": str(model)}:
            return f"{provider},{model}"
        case _:
            return ""


def changed_routes(found: Any, routes: Sequence[str]) -> Any:
    """*routes* in the place of *found*: one alone, several as a list."""
    kept = found if isinstance(found, list) else [found]
    written = {text: entry for entry in reversed(kept) if (text := route_text(entry))}
    entries = [written.get(route, route) for route in routes]
    return entries[0] if len(entries) == 1 else entries


def with_agent(
    raw: JsonObject, name: str, routes: Sequence[str], route_set: str = ""
) -> JsonObject:
    """The configuration with the routes of a sub-agent; none removes it."""
    return _with_named(raw, "agents", name, routes, route_set)


def with_model_name(
    raw: JsonObject, part: str, routes: Sequence[str], route_set: str = ""
) -> JsonObject:
    """The configuration with the routes for names with *part* in them; none removes it."""
    return _with_named(raw, "models", part, routes, route_set)


def with_agent_renamed(raw: JsonObject, old: str, new_name: str, route_set: str = "") -> JsonObject:
    """The configuration with another name for a sub-agent that has routes, at its place."""
    new = copy.deepcopy(raw)
    router = need_router(new, route_set)
    agents = _named(router, "agents")
    if old not in agents:
        raise ClientError(f"The agent {old!r} has no model", "It may have been removed since.")
    new_name = free_agent_name(raw, new_name, route_set, besides=old)
    router["agents"] = {new_name if key == old else key: entry for key, entry in agents.items()}
    return new


def free_agent_name(raw: JsonObject, name: str, route_set: str = "", besides: str = "") -> str:
    """*name* without spaces around; raises `ClientError` where another agent has it."""
    name = name.strip()
    if not name:
        raise ClientError("An agent needs a name", "Give the name that Claude Code calls it by.")
    others = (known for known in _named(router_of(raw, route_set), "agents") if known != besides)
    if other := next((known for known in others if known.casefold() == name.casefold()), ""):
        raise ClientError(f"{other} has a model already", "Change that row, or give another name.")
    return name


def with_fallback(
    raw: JsonObject, scenario: str, routes: Sequence[str], route_set: str = ""
) -> JsonObject:
    """The configuration with what is asked behind a scenario's own routes; none removes it.

    That of `default` is for each scenario that has none. A list, as claude-code-router has it.
    """
    new = copy.deepcopy(raw)
    holder = need_router(new, route_set) if route_set else new
    _set_named(holder, "fallback", scenario, routes)
    entries = holder.get("fallback", {})
    if isinstance(entries.get(scenario), str):
        entries[scenario] = [entries[scenario]]
    return new


def fallback_of(raw: JsonObject, route_set: str = "") -> JsonObject:
    """The routes behind those of each scenario; empty where it is no object."""
    found = (router_of(raw, route_set) if route_set else raw).get("fallback")
    return found if isinstance(found, dict) else {}


def _with_named(
    raw: JsonObject, key: str, name: str, routes: Sequence[str], route_set: str
) -> JsonObject:
    new = copy.deepcopy(raw)
    _set_named(need_router(new, route_set), key, name, routes)
    return new


def _set_named(holder: JsonObject, key: str, name: str, routes: Sequence[str]) -> None:
    entries = _named(holder, key)
    if routes:
        entries[name] = changed_routes(entries.get(name), routes)
    else:
        entries.pop(name, None)
    if entries:
        holder[key] = entries
    else:
        holder.pop(key, None)


def _named(router: JsonObject, key: str) -> JsonObject:
    found = router.get(key) or {}
    if not isinstance(found, dict):
        raise ClientError(f"{key} is no object", _CHECK)
    return found


def with_threshold(raw: JsonObject, tokens: int, route_set: str = "") -> JsonObject:
    """The configuration with another size from which on a conversation counts as long."""
    new = copy.deepcopy(raw)
    need_router(new, route_set)["longContextThreshold"] = tokens
    return new


def with_favourites(raw: JsonObject, routes: Sequence[str]) -> JsonObject:
    """The configuration with these routes as those that the tray offers as main model."""
    new = copy.deepcopy(raw)
    desktop = new.setdefault("Desktop", {})
    if not isinstance(desktop, dict):
        raise ClientError("Desktop is no object", _CHECK)
    changed = changed_routes(desktop.get("favourites"), routes)
    desktop["favourites"] = changed if isinstance(changed, list) else [changed]
    return new


def need_router(new: JsonObject, route_set: str) -> JsonObject:
    """The object with the routes, to be changed."""
    found = _need_set(new, route_set) if route_set else new.setdefault("Router", {})
    if not isinstance(found, dict):
        raise ClientError(f"{route_set or 'Router'} is no object", _CHECK)
    return found


def _need_set(new: JsonObject, name: str) -> Any:
    sets = new.get("routeSets")
    if not isinstance(sets, dict) or name not in sets:
        raise ClientError(f"There is no route set {name!r}", "It may have been removed since.")
    return sets[name]
