"""Reading `Router`, `fallback`, `routeSets` and `projects`: which routes serve what."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ccr_desktop import paths
from ccr_desktop.core.config.conditions import SIGN_CHOICES, THINKING_SIGNS
from ccr_desktop.core.config.fields import is_given, is_unresolved, read_setting, shown, texts
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.routes import NO_ROUTE, RouteReader, Routes
from ccr_desktop.core.config.rules import (
    note_unknown_word,
    read_rules,
    refuse_hidden_prohibitions,
)
from ccr_desktop.core.config.schema import SCENARIOS, Provider, Route, Router
from ccr_desktop.core.config.settings import BY_KEY, keys_of
from ccr_desktop.core.config.spelling import did_you_mean, note_unknown_keys

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccr_desktop.core.protocol.json import JsonObject

_GLOB = "*?["
_OF_AGENTS = ("default", "think", "longContext")
"""The scenarios whose work is done with tools."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """All that the file says about routes; `router` is the one in use."""

    router: Router = field(default_factory=Router)
    route_sets: Mapping[str, Router] = field(default_factory=dict)
    route_set: str = ""
    projects: Mapping[str, str | Routes] = field(default_factory=dict)


def read_routing(values: Mapping[str, Any], reader: RouteReader) -> Routing:
    base = read_router(values, reader)
    sets = _route_sets(values.get("routeSets"), base, reader)
    active = _active_set(values.get("routeSet"), sets, reader.issues)
    return Routing(
        router=sets[active] if active else base,
        route_sets=sets,
        route_set=active,
        projects=_projects(values.get("projects"), sets, reader),
    )


def read_router(values: Mapping[str, Any], reader: RouteReader) -> Router:
    """The routes; a missing default is the first model of the first provider."""
    found = _object(values.get("Router"), "Router", reader.issues)
    router = read_router_of("Router", found, reader)
    if found.get("default") in NO_ROUTE and reader.providers:
        default = _missing_default(reader.providers, reader.issues)
        router = replace(router, routes={**default, **router.routes})
    return replace(router, fallbacks=_fallbacks(values.get("fallback"), "fallback", reader))


def read_router_of(where: str, found: JsonObject, reader: RouteReader) -> Router:
    """What the object *found* says alone."""
    known = keys_of("Router") if where == "Router" else (*keys_of("Router"), "fallback")
    harmless = refuse_hidden_prohibitions(found, known, where, reader.issues)
    note_unknown_keys(harmless, known, where, reader.issues)
    routes = {name: reader.routes(found.get(name), f"{where}.{name}") for name in SCENARIOS}
    for name in _OF_AGENTS:
        reader.note_toolless(routes[name], f"{where}.{name}")
    return Router(
        routes={name: route for name, route in routes.items() if route},
        agents=reader.by_name(found.get("agents"), f"{where}.agents"),
        models=reader.by_name(found.get("models"), f"{where}.models"),
        rules=read_rules(found.get("rules"), f"{where}.rules", reader),
        long_context_threshold=_threshold(found, where, reader.issues),
        think_when=read_signs(found.get("thinkWhen"), f"{where}.thinkWhen", reader.issues),
    )


def _object(found: Any, where: str, issues: list[Issue]) -> JsonObject:
    if isinstance(found, dict):
        return found
    if is_given(found) and found != []:
        issues.append(Issue(where, f"found {shown(found)}.", "An object is allowed."))
    return {}


def _missing_default(providers: Mapping[str, Provider], issues: list[Issue]) -> dict[str, Routes]:
    able = sorted((p for p in providers.values() if p.models), key=lambda p: p.paused)
    first = next((Route(p.name, p.models[0]) for p in able), None)
    hint = f"Until Router.default is set, {first} answers." if first else 'Write "provider,model".'
    issues.append(Issue("Router.default", "is missing.", hint, "warning"))
    return {"default": (first,)} if first else {}


def _threshold(found: JsonObject, where: str, issues: list[Issue]) -> int:
    key = "longContextThreshold"
    if not is_given(found.get(key)) or found[key] == 0:  # which is "the usual" there
        return Router().long_context_threshold
    setting = replace(BY_KEY[f"Router.{key}"], key=f"{where}.{key}")
    return int(read_setting(setting, {setting.key: found[key]}, issues))


def read_signs(found: Any, where: str, issues: list[Issue]) -> tuple[str, ...]:
    """By which requests are sent to the route for thinking."""
    if found is None:
        return Router().think_when
    signs = texts(found, where, issues)
    for index, sign in enumerate(signs):
        if sign not in THINKING_SIGNS and not sign.startswith(("effort:", "thinking:")):
            meant = did_you_mean(sign, SIGN_CHOICES)
            hint = f"{meant}Allowed: {', '.join(THINKING_SIGNS)}, effort:LEVEL, thinking:TYPE."
            problem = f"no request shows {shown(sign)}."
            issues.append(Issue(f"{where}[{index}]", problem, hint, "warning"))
        else:
            note_unknown_word(sign, f"{where}[{index}]", issues)
    return signs


def _fallbacks(found: Any, where: str, reader: RouteReader) -> dict[str, Routes]:
    found = _object(found, where, reader.issues)
    for name in found:
        if name not in SCENARIOS:
            hint = f"{did_you_mean(name, SCENARIOS)}Allowed: {', '.join(SCENARIOS)}."
            issue = Issue(f"{where}.{name}", "there is no such scenario.", hint, "warning")
            reader.issues.append(issue)
    given = {name: routes for name, routes in found.items() if routes not in NO_ROUTE}
    known = {name: routes for name, routes in given.items() if name in SCENARIOS}
    return reader.by_name(known, where)


def _route_sets(found: Any, base: Router, reader: RouteReader) -> dict[str, Router]:
    """A set stands for itself: what it does not route goes to its own default.

    It takes over the signs of thinking, the threshold and the rules of `Router` when it has none
    of its own. What `Router.rules` forbid stays forbidden in every set.
    """
    sets = {}
    for name, entry in _object(found, "routeSets", reader.issues).items():
        where = f"routeSets.{name}"
        if not name.strip():  # which stands for the routes of Router
            hint = "It is left out. Give it one to use it."
            reader.issues.append(Issue(where, "a route set needs a name.", hint, "warning"))
            continue
        raw = _object(entry, where, reader.issues)
        router = read_router_of(where, raw, reader)
        if not raw.get("default") and (isinstance(entry, dict) or entry in NO_ROUTE):
            hint = "Until it has one, that of Router answers what it has no route for."
            reader.issues.append(Issue(f"{where}.default", "is missing.", hint, "warning"))
        sets[name] = _inherited(router, raw, base, _fallbacks(raw.get("fallback"), where, reader))
    return sets


def _inherited(
    router: Router, raw: JsonObject, base: Router, fallbacks: dict[str, Routes]
) -> Router:
    prohibitions = tuple(rule for rule in base.rules if rule.forbids)
    default = {"default": base.routes["default"]} if "default" in base.routes else {}
    return replace(
        router,
        routes={**default, **router.routes},
        rules=(*prohibitions, *router.rules) if "rules" in raw else base.rules,
        fallbacks=fallbacks,
        long_context_threshold=(
            router.long_context_threshold
            if raw.get("longContextThreshold")
            else base.long_context_threshold
        ),
        think_when=router.think_when if "thinkWhen" in raw else base.think_when,
    )


def _active_set(found: Any, sets: Mapping[str, Router], issues: list[Issue]) -> str:
    if not is_given(found) or (isinstance(found, str) and is_unresolved(found)):
        return ""
    if isinstance(found, str) and (name := _set_named(found, sets)):
        return name
    meant = did_you_mean(found, sets) if isinstance(found, str) else ""
    hint = f"{meant}Allowed: {', '.join(sets) or 'nothing while routeSets is empty'}."
    issues.append(Issue("routeSet", f"found {shown(found)}, which is no route set.", hint))
    return ""


def _set_named(found: str, sets: Mapping[str, Router]) -> str:
    """The set that is meant, as it is called in the file; "" for none."""
    return next((name for name in sets if name.strip() == found.strip()), "")


def _projects(
    found: Any, sets: Mapping[str, Router], reader: RouteReader
) -> dict[str, str | Routes]:
    projects: dict[str, str | Routes] = {}
    for folder, entry in _object(found, "projects", reader.issues).items():
        where = f"projects.{folder}"
        _note_missing(folder, where, reader.issues)
        if isinstance(entry, str) and (name := _set_named(entry, sets)):
            projects[folder] = name
        elif isinstance(entry, str) and "," not in entry and "/" not in entry:
            hint = f"{did_you_mean(entry, sets)}Write the name of a route set, or a route."
            problem = f"found {shown(entry)}, which is no route set."
            reader.issues.append(Issue(where, problem, hint))
        elif entry in NO_ROUTE:
            reader.note_no_route(entry, where)
        elif routes := reader.routes(entry, where):
            projects[folder] = routes
    return projects


def _note_missing(folder: str, where: str, issues: list[Issue]) -> None:
    path = paths.expanded(folder.strip())
    is_glob = any(character in folder for character in _GLOB)
    if is_glob or (path.is_absolute() and paths.is_folder(path)):
        return
    if not path.is_absolute():
        hint = "Write the whole path, or begin with ~."
        issues.append(Issue(where, "this is not the whole path of a folder.", hint, "warning"))
    else:
        hint = "Correct the path, or remove the entry."
        issues.append(Issue(where, "there is no such folder.", hint, "warning"))
