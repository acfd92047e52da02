"""Providers and routes in the raw form of a configuration: finding, adding, removing.

All functions but `put_provider` return a new object and leave the given one as it is, with its
unknown keys and the order of its keys.
"""

from __future__ import annotations

import copy
import os
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.interpolation import stands_for_another
from ccr_desktop.core.config.schema import SCENARIOS
from ccr_desktop.core.hidden_signs import hidden_sign
from ccr_desktop.core.setup.main_routes import with_main_routes
from ccr_desktop.core.setup.route_lists import (
    changed_routes,
    need_router,
    route_text,
    route_texts,
    router_of,
)
from ccr_desktop.core.setup.secret_fields import Path, json_path
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccr_desktop.core.protocol.json import JsonObject

_ROUTE_KEYS = ("Router", "fallback", "routeSets", "projects")
_OTHER_ACTIONS = ("only", "never", "block", "set", "use")
_GONE = object()


def provider_entries(raw: JsonObject) -> list[JsonObject]:
    """The entries of the `Providers` list that are objects with a name."""
    found = raw.get(_providers_key(raw))
    entries = found if isinstance(found, list) else []
    return [entry for entry in entries if isinstance(entry, dict) and _name(entry)]


def find_entry(raw: JsonObject, name: str) -> JsonObject | None:
    """The entry of a provider, its name in any case."""
    entries = provider_entries(raw)
    exact = (entry for entry in entries if _name(entry) == name)
    folded = (entry for entry in entries if _name(entry).casefold() == name.casefold())
    return next(exact, None) or next(folded, None)


def need_entry(raw: JsonObject, name: str) -> JsonObject:
    entry = find_entry(raw, name)
    if entry is None:
        known = ", ".join(map(_name, provider_entries(raw))) or "none yet"
        hint = f"The providers are: {known}. `ccr providers add {name}` adds one."
        raise ClientError(f"There is no provider {name!r}", hint)
    return entry


def with_provider(raw: JsonObject, entry: JsonObject) -> JsonObject:
    """*entry* in place of the one of its name, else at the end; with a default route if none."""
    new = copy.deepcopy(raw)
    put_provider(new, entry)
    return new if default_route(new) else _with_first_model(new)


def put_provider(new: JsonObject, entry: JsonObject) -> None:
    """Change *new* so, for whoever puts many and has a copy already; without a default route."""
    entries = new.setdefault(_providers_key(new), [])
    if not isinstance(entries, list):
        raise ClientError("Providers is no list", "`ccr config check` says what is wrong.")
    old = find_entry(new, _name(entry))
    if old is None:
        entries.append(copy.deepcopy(entry))
    else:
        entries[entries.index(old)] = copy.deepcopy(entry)


def without_provider(raw: JsonObject, name: str) -> JsonObject:
    """The configuration without a provider and every route that leads to it.

    `Router` and the route sets that had a default route have one all the same, if there is any.
    """
    new = copy.deepcopy(raw)
    gone = need_entry(new, name)
    entries = new[_providers_key(new)]
    entries.remove(gone)
    return with_main_routes(_without_routes_to(new, _name(gone)), raw)


def missing_providers(raw: JsonObject) -> list[str]:
    """The names before the comma of routes that no provider has; those of own rules are left."""
    routers = {"Router": raw.get("Router"), **(_object(raw.get("routeSets")))}
    found = [text for router in routers.values() for text in _chosen_routes(router)]
    heads = [text.partition(",")[0].strip() for text in found if "," in text]
    return [head for head in dict.fromkeys(heads) if head and find_entry(raw, head) is None]


def without_missing_providers(raw: JsonObject) -> JsonObject:
    """The configuration without the routes to providers that are not there."""
    new = copy.deepcopy(raw)
    for name in missing_providers(raw):
        new = _without_routes_to(new, name)
    return with_main_routes(new, raw)


def default_route(raw: JsonObject) -> Any:
    router = raw.get("Router")
    return router.get("default") if isinstance(router, dict) else None


def with_route(
    raw: JsonObject, scenario: str, routes: Sequence[str], route_set: str = ""
) -> JsonObject:
    """One route as a text, several as a list; none removes the setting.

    It is that of the *route_set* where one is named, else that of `Router`.
    """
    new = copy.deepcopy(raw)
    router = need_router(new, route_set)
    if routes:
        router[scenario] = changed_routes(router.get(scenario), routes)
    else:
        router.pop(scenario, None)
    return new


def with_route_set(raw: JsonObject, name: str) -> JsonObject:
    """The configuration with the route set *name* in force; without a name, with `Router`."""
    new = copy.deepcopy(raw)
    if name:
        new["routeSet"] = name
    else:
        new.pop("routeSet", None)
    return new


def with_desktop(raw: JsonObject, key: str, value: Any) -> JsonObject:
    """The configuration with one setting of the desktop app."""
    new = copy.deepcopy(raw)
    desktop = new.setdefault("Desktop", {})
    if not isinstance(desktop, dict):
        raise ClientError("Desktop is no object", "`ccr config check` says what is wrong.")
    desktop[key] = value
    return new


def with_setting(raw: JsonObject, key: str, value: Any) -> JsonObject:
    """The configuration with one setting, by the key that it is declared with; no list's item.

    None removes it.
    """
    new = copy.deepcopy(raw)
    *parents, last = key.split(".")
    place = new
    for number, parent in enumerate(parents, 1):
        place = place.setdefault(parent, {})
        if not isinstance(place, dict):
            where = ".".join(parents[:number])
            raise ClientError(f"{where} is no object", "`ccr config check` says what is wrong.")
    if value is None:
        place.pop(last, None)
    else:
        place[last] = value
    return new


def setting_value(raw: JsonObject, key: str) -> Any:
    """What the file says of a setting; None where it says nothing."""
    found: Any = raw
    for part in key.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found


def with_project_routes(raw: JsonObject, folder: str, routes: Any) -> JsonObject:
    """The configuration in which requests from *folder* go by a route set, or by routes.

    None removes what there was. An entry that names the folder in another way is replaced.
    """
    new = copy.deepcopy(raw)
    projects = new.setdefault("projects", {})
    if not isinstance(projects, dict):
        raise ClientError("projects is no object", "`ccr config check` says what is wrong.")
    for known in [known for known in projects if is_same_folder(known, folder)]:
        del projects[known]
    if routes is not None:
        projects[folder] = routes
    if not projects:
        del new["projects"]
    return new


def is_same_folder(one: str, other: str) -> bool:
    """Whether two spellings name one folder, as `~/code` and `/home/me/code/` do."""
    return os.path.expanduser(one).rstrip("/\\") == os.path.expanduser(other).rstrip("/\\")  # noqa: PTH111


def with_status_line(raw: JsonObject, enabled: bool) -> JsonObject:  # as a switch gives it
    """The configuration with the status line of Claude Code switched on, or off."""
    new = copy.deepcopy(raw)
    line = new.setdefault("StatusLine", {})
    if not isinstance(line, dict):
        raise ClientError("StatusLine is no object", "`ccr config check` says what is wrong.")
    line["enabled"] = enabled
    return new


def with_member(raw: JsonObject, name: str, key: str, value: Any) -> JsonObject:
    """The configuration with one member of a provider set."""
    new = copy.deepcopy(raw)
    need_entry(new, name)[key] = value
    return new


def with_paused(raw: JsonObject, name: str, paused: bool) -> JsonObject:  # as a switch gives it
    """The configuration with a provider switched off, or on again."""
    new = copy.deepcopy(raw)
    entry = need_entry(new, name)
    if paused:
        entry["paused"] = True
    else:
        entry.pop("paused", None)
    return new


def with_provider_moved(raw: JsonObject, name: str, position: int) -> JsonObject:
    """The configuration with a provider at another place of the list, counted from 0."""
    new = copy.deepcopy(raw)
    entry = need_entry(new, name)
    entries = new[_providers_key(new)]
    entries.remove(entry)
    entries.insert(max(0, position), entry)
    return new


def with_provider_duplicated(raw: JsonObject, name: str, new_name: str) -> JsonObject:
    """The configuration with a copy of a provider behind it; no route leads there yet."""
    new = copy.deepcopy(raw)
    entry = need_entry(new, name)
    new_name = free_name(new, new_name)
    entries = new[_providers_key(new)]
    entries.insert(entries.index(entry) + 1, {**copy.deepcopy(entry), "name": new_name})
    return new


def free_name(raw: JsonObject, name: str, besides: str = "") -> str:
    """*name* without spaces around; raises `ClientError` where no provider could have it.

    The provider *besides* may have it already, in another case.
    """
    name = name.strip()
    if not name or "," in name:
        hint = "Routes are written as provider,model: give a name without a comma."
        raise ClientError(f"{name!r} can't be the name of a provider", hint)
    if stands_for_another(name):
        hint = "It would be read as a variable, or as a stored key: give a name without."
        raise ClientError(f"{name!r} can't be the name of a provider", hint)
    if hidden_sign(name) and name != besides:
        hint = "It has signs that can't be seen: type it anew."
        raise ClientError(f"{name!r} can't be the name of a provider", hint)
    other = find_entry(raw, name)
    if other is not None and _name(other) != besides:
        raise ClientError(f"There is a provider {_name(other)!r} already", "Choose another name.")
    return name


def with_model(raw: JsonObject, name: str, model: str) -> JsonObject:
    """The configuration with *model* among those of a provider."""
    models = need_entry(raw, name).get("models")
    known = models if isinstance(models, list) else []
    return raw if model in known else with_member(raw, name, "models", [*known, model])


def routes_to(raw: JsonObject, name: str) -> list[tuple[str, str]]:
    """Places and texts of all routes that lead to a provider."""
    return [
        (json_path(path), text)
        for path, text in _texts({key: raw[key] for key in _ROUTE_KEYS if key in raw}, ())
        if _leads_to(text, name)
    ]


def current_routes(raw: JsonObject, route_set: str = "") -> dict[str, list[str]]:
    """The routes by scenario, in the order of the scenarios; `Router`'s, or those of a set."""
    found = router_of(raw, route_set)
    return {
        scenario: texts for scenario in SCENARIOS if (texts := route_texts(found.get(scenario)))
    }


def _name(entry: JsonObject) -> str:
    name = entry.get("name")
    return name.strip() if isinstance(name, str) else ""


def _providers_key(raw: JsonObject) -> str:
    return next((key for key in ("Providers", "providers") if raw.get(key)), "Providers")


def _with_first_model(raw: JsonObject) -> JsonObject:
    for entry in sorted(provider_entries(raw), key=lambda entry: bool(entry.get("paused"))):
        if isinstance(models := entry.get("models"), list) and models:
            return with_route(raw, "default", [f"{_name(entry)},{models[0]}"])
    return raw


def _without_routes_to(new: JsonObject, provider: str) -> JsonObject:
    """*new*, a copy already, without the routes to *provider*, and with a default all the same."""
    for key in _ROUTE_KEYS:
        if key in new and (rest := _without_routes(new[key], provider)) is not _GONE:
            new[key] = rest if key != "routeSets" else _with_own_rules(rest, new[key])
    _forget_favourites(new.get("Desktop"), provider)
    return new if default_route(new) else _with_first_model(new)


def _chosen_routes(router: Any) -> Iterator[str]:
    """The routes of the scenarios, of the agents and of names of models."""
    found = _object(router)
    entries = [
        *(found.get(scenario) for scenario in SCENARIOS),
        *_object(found.get("agents")).values(),
        *_object(found.get("models")).values(),
    ]
    for entry in entries:
        yield from route_texts(entry)


def _object(found: Any) -> JsonObject:
    return found if isinstance(found, dict) else {}


def _leads_to(text: str, provider: str) -> bool:
    head, separator, _ = text.partition("," if "," in text else "/")
    return bool(separator) and head.strip().casefold() == provider.casefold()


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    match value:
        case str():
            yield path, value
        case {"provider": str(), "model": str()}:
            yield path, route_text(value)
        case list():
            for index, item in enumerate(value):
                if not isinstance(item, dict) or route_text(item):
                    yield from _texts(item, (*path, index))
                elif "route" in item:  # of a rule only this leads anywhere
                    yield from _texts(item["route"], (*path, index, "route"))
        case dict():
            for key, item in value.items():
                yield from _texts(item, (*path, key))


def _without_routes(value: Any, provider: str) -> Any:
    """*value* without routes to *provider*; `_GONE` when nothing else was in it."""
    match value:
        case str():
            return _GONE if _leads_to(value, provider) else value
        case {"provider": str(), "model": str()}:
            return _GONE if _leads_to(route_text(value), provider) else value
        case list():
            kept = [rest for item in value if (rest := _kept(item, provider)) is not _GONE]
            if not kept and value:
                return _GONE
            return kept
        case dict():
            members = ((key, _without_routes(item, provider)) for key, item in value.items())
            return {key: rest for key, rest in members if rest is not _GONE}
        case _:
            return value


def _with_own_rules(sets: Any, before: Any) -> Any:
    """Sets that lost their last rule keep a list, or they would follow the rules of `Router`."""
    for name, entry in _object(sets).items():
        if isinstance(entry, dict) and isinstance(before[name].get("rules"), list):
            entry.setdefault("rules", [])
    return sets


def _forget_favourites(desktop: Any, provider: str) -> None:
    """The tray of the desktop app offers no route that leads nowhere."""
    if isinstance(desktop, dict) and "favourites" in desktop:
        rest = _without_routes(desktop["favourites"], provider)
        desktop["favourites"] = [] if rest is _GONE else rest


def _kept(item: Any, provider: str) -> Any:
    """An element of a list. A rule that loses its route goes, unless it does something else."""
    if not isinstance(item, dict) or route_text(item):
        return _without_routes(item, provider)
    if "route" not in item:
        return item
    rest = {key: value for key, value in item.items() if key != "route"}
    route = _without_routes(item["route"], provider)
    if route is not _GONE:
        return {key: route if key == "route" else value for key, value in item.items()}
    return rest if any(rest.get(action) for action in _OTHER_ACTIONS) else _GONE
