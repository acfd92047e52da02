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
    new = copy.deepcopy(raw)
    router = need_router(new, route_set)
    agents = router.setdefault("agents", {})
    if not isinstance(agents, dict):
        raise ClientError("agents is no object", _CHECK)
    if routes:
        agents[name] = changed_routes(agents.get(name), routes)
    else:
        agents.pop(name, None)
    if not agents:
        del router["agents"]
    return new


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
