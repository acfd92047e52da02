"""The default routes of `Router` and of route sets, where what they led to is taken away.

A route set stands for itself, and so it gets the default of `Router` written down, which would
answer in its place anyway.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.setup.route_lists import route_texts

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject


@dataclass(frozen=True, slots=True)
class Replaced:
    """Another default route than before; without a name of a set it is that of `Router`."""

    route_set: str
    route: str


def main_routes(raw: JsonObject) -> dict[str, list[str]]:
    """The default routes that are set, by the name of their set; `Router` has none."""
    sets = raw.get("routeSets")
    routers = {"": raw.get("Router"), **(sets if isinstance(sets, dict) else {})}
    found = {
        name: route_texts(router.get("default"))
        for name, router in routers.items()
        if isinstance(router, dict)
    }
    return {name: routes for name, routes in found.items() if routes}


def with_main_routes(raw: JsonObject, before: JsonObject) -> JsonObject:
    """The configuration with a default for each route set that had one *before*, if there is any.

    A missing one of `Router` is left to the caller, who may know what it is to be.
    """
    router = raw.get("Router")
    default: Any = router.get("default") if isinstance(router, dict) else None
    lost = set(main_routes(before)) - set(main_routes(raw)) - {""}
    if not default or not lost:
        return raw
    new = copy.deepcopy(raw)
    sets = new["routeSets"]
    for name in lost:
        sets[name] = {"default": copy.deepcopy(default), **_without_default(sets[name])}
    return new


def replaced_main_routes(before: JsonObject, after: JsonObject) -> list[Replaced]:
    """Whose first choice is another one *after* a change."""
    old, new = main_routes(before), main_routes(after)
    return [
        Replaced(name, new[name][0])
        for name, routes in old.items()
        if name in new and new[name][0] not in routes
    ]


def _without_default(router: JsonObject) -> JsonObject:
    return {key: value for key, value in router.items() if key != "default"}
