"""What the assistant writes: the entry of the chosen provider, and the routes. No I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ccr_desktop.core.setup.edits import current_routes, find_entry, with_provider, with_route
from ccr_desktop.core.setup.keys import is_local

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.desktop.wizard.draft import Draft

_FEW = 40  # models; beyond that only those worth a mention are written down
_PARTS = ("api", "www", "com", "net", "org", "ai", "io", "dev")


def entry_of(draft: Draft) -> JsonObject:
    """The entry of the chosen provider, without a key that was typed."""
    template = draft.template
    entry: JsonObject = {"name": draft.name, "api_base_url": draft.url}
    if template is not None:
        entry = template.entry(draft.name) | ({"api_base_url": draft.url} if draft.url else {})
        if draft.uses_environment and template.env:
            entry["api_key"] = f"${template.env}"
    if draft.models:
        entry["models"] = list(draft.models)
    return entry


def name_of_address(url: str, raw: JsonObject) -> str:
    """A short name for a provider at *url* that no other one has."""
    host = urlsplit(url).hostname or ""
    words = [part for part in host.split(".") if part not in _PARTS and not part.isdigit()]
    name = "local" if is_local(url) or not words else words[-1]
    taken, number = name, 2
    while (entry := find_entry(raw, taken)) and entry.get("api_base_url") != url:
        taken, number = f"{name}-{number}", number + 1
    return taken


def models_to_keep(
    suggested: Sequence[str], live: Sequence[str], chosen: Sequence[str]
) -> list[str]:
    """Which models the entry lists: all of a short list, else the suggested and the chosen ones."""
    if not live:
        found = [*suggested]
    elif len(live) <= _FEW:
        found = [*live]
    else:
        found = [model for model in suggested if model in live]
    return list(dict.fromkeys([*found, *chosen]))


def with_setup(
    raw: JsonObject, entry: JsonObject, routes: Mapping[str, str], route_set: str = ""
) -> JsonObject:
    """The configuration with the provider, and with these routes by scenario.

    An entry of that name keeps what it has beside; backup models stay. Without an entry only the
    routes change. A route that is empty is left as it is.
    """
    new = with_provider(raw, _merged(raw, entry)) if entry else raw
    before = current_routes(raw, route_set)
    for scenario, route in routes.items():
        if route:
            rest = [other for other in before.get(scenario, [])[1:] if other != route]
            new = with_route(new, scenario, [route, *rest], route_set)
    return new


def _merged(raw: JsonObject, entry: JsonObject) -> JsonObject:
    old = find_entry(raw, str(entry["name"])) or {}
    return {**old, **entry, "models": _both(entry.get("models"), old.get("models"))}


def _both(one: Any, other: Any) -> list[Any]:
    return list(dict.fromkeys([*(one or []), *(other if isinstance(other, list) else [])]))
