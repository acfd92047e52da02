"""`ccr model`: which model does which work, picked on a terminal or set by a script."""

from __future__ import annotations

import asyncio
from functools import reduce
from typing import TYPE_CHECKING

from ccr_desktop.cli.actions import Actions
from ccr_desktop.cli.changes import open_store, raw_of, save, show_difference
from ccr_desktop.cli.output import print_json, print_table
from ccr_desktop.cli.prompts import ask, ask_yes, choose, is_interactive, say
from ccr_desktop.core.config.reader import load_config
from ccr_desktop.core.config.routes import parse_route
from ccr_desktop.core.config.schema import SCENARIOS
from ccr_desktop.core.setup.edits import (
    current_routes,
    provider_entries,
    with_model,
    with_route,
    with_route_set,
)
from ccr_desktop.core.upstream.model_list import list_models
from ccr_desktop.errors import CcrError, ClientError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.protocol.json import JsonObject

    Edit = Callable[[JsonObject], JsonObject]

_EXAMPLES = """\
  ccr model                                     pick models on the terminal
  ccr model get                                 print the routes
  ccr model get think
  ccr model set default openrouter,z-ai/glm-5.2
  ccr model set think a,big b,other             the second is tried when the first fails
  ccr model set webSearch --none                use the default there
  ccr model use                                 list the route sets
  ccr model use Offline                         put one in force; its routes are set from then on
  ccr model use --none                          go back to the routes of Router"""
_WORK = {
    "default": "main work",
    "background": "background jobs",
    "think": "hard thinking and planning",
    "longContext": "very long conversations",
    "webSearch": "web searches",
    "image": "requests with pictures",
    "subagent": "sub-agents",
}


def run(arguments: list[str]) -> int:
    actions = Actions("model", "Choose which model does which work.", _EXAMPLES)
    routes = f"one of: {', '.join(SCENARIOS)}"
    get = actions.add("get", "print routes", _get)
    get.add_argument("route", nargs="?", metavar="ROUTE", help=routes)
    get.add_argument("--json", action="store_true", help="print JSON")
    set_ = actions.add("set", "set a route, in the route set that is in force if one is", _set)
    set_.add_argument("route", metavar="ROUTE", help=routes)
    set_.add_argument("models", nargs="*", metavar="P,M", help="a model; more are its backups")
    set_.add_argument("--none", action="store_true", help="remove the route")
    use = actions.add("use", "put a route set in force, or list them", _use)
    use.add_argument("set", nargs="?", metavar="SET", help="one of `routeSets`, in any case")
    use.add_argument("--none", action="store_true", help="use no set, but Router")
    return actions.run(arguments, _pick_or_print)


def _pick_or_print(options: argparse.Namespace) -> int:
    return _pick(options) if is_interactive() else _print_all(open_store(options))


# -- by a script -------------------------------------------------------------------------------


def _get(options: argparse.Namespace) -> int:
    store = open_store(options)
    routes = _routes(store)
    if options.route:
        scenario = _scenario(options.route)
        routes = {scenario: routes.get(scenario, [])}
        if not options.json:
            if not routes[scenario]:
                say(f"{scenario} has no route of its own: the default is used.")
                return 1
            print("\n".join(routes[scenario]))
            return 0
    if options.json:
        print_json(routes)
        return 0
    return _print_all(store)


def _print_all(store: ConfigStore) -> int:
    routes = _routes(store)
    if in_force := store.config.route_set:
        say(f"The route set {in_force} is in force; `ccr model use --none` goes back to Router.")
    rows = [(name, ", then ".join(found)) for name, found in routes.items()]
    if rows:
        print_table(rows)
    else:
        print("No routes yet. `ccr providers add NAME` adds a provider.")
    return 0


def _routes(store: ConfigStore) -> dict[str, list[str]]:
    """The routes in force, also those that follow from the rest."""
    return {name: list(map(str, found)) for name, found in store.config.router.routes.items()}


def _set(options: argparse.Namespace) -> int:
    if bool(options.models) == bool(options.none):
        hint = "`ccr model set default provider,model`, or --none to remove the route."
        raise ClientError("A model is needed", hint)
    store = open_store(options)
    scenario = _scenario(options.route)
    routes = [_checked(text, store.config) for text in options.models]
    raw = raw_of(store)
    for text in routes:
        provider, _, model = text.partition(",")
        if model not in store.config.providers[provider].models:
            say(f"Note: {model} is not among the models of {provider} in the configuration.")
    in_force = store.config.route_set

    def change(raw: JsonObject) -> JsonObject:
        return with_route(raw, scenario, routes, in_force)

    if save(store, change(raw), is_asked=False, again=change):
        place = f"  (in the route set {in_force})" if in_force else ""
        print(f"{scenario}: {', then '.join(routes) or 'as default'}{place}")
    return 0


def _use(options: argparse.Namespace) -> int:
    store = open_store(options)
    sets = list(store.config.route_sets)
    if options.set is None and not options.none:
        _print_sets(sets, store.config.route_set)
        return 0
    if options.set is not None and options.none:
        raise ClientError("A route set and --none can't both be meant", "Give one of them.")
    name = "" if options.none else _known_set(options.set, sets)

    def change(raw: JsonObject) -> JsonObject:
        return with_route_set(raw, name)

    if save(store, change(raw_of(store)), is_asked=False, again=change):
        print(f"In force: {f'the route set {name}' if name else 'Router'}.")
    return 0


def _print_sets(sets: list[str], in_force: str) -> None:
    if not sets:
        print("There are no route sets. `routeSets` of the configuration defines them.")
        return
    marks = {True: "->", False: "  "}
    rows = [("", "Router"), *((name, name) for name in sets)]
    print("\n".join(f"{marks[name == in_force]} {shown}" for name, shown in rows))


def _known_set(name: str, sets: list[str]) -> str:
    found = next((known for known in sets if known.casefold() == name.strip().casefold()), None)
    if found is None:
        raise ClientError(f"There is no route set {name!r}", f"There are: {', '.join(sets)}.")
    return found


def _scenario(name: str) -> str:
    found = next((known for known in SCENARIOS if known.casefold() == name.casefold()), None)
    if found is None:
        raise ClientError(f"There is no route {name!r}", f"There are: {', '.join(SCENARIOS)}.")
    return found


def _checked(text: str, config: Config) -> str:
    route = parse_route(text, config.providers)
    if route is None:
        known = ", ".join(config.providers) or "none yet"
        hint = f'Write "provider,model". The providers are: {known}.'
        raise ClientError(f"{text!r} is no route", hint)
    return str(route)


# -- on a terminal -----------------------------------------------------------------------------


def _pick(options: argparse.Namespace) -> int:
    """Change as many routes as wanted, then show the difference, ask, save."""
    store = open_store(options)
    old = raw_of(store)
    if not provider_entries(old):
        say("Add a provider first: `ccr providers add NAME`.")
        return 1
    raw: JsonObject = old
    edits: list[Edit] = []
    if in_force := store.config.route_set:
        say(f"These are the routes of the set {in_force}, which is in force.")
    while (scenario := _ask_scenario(raw, in_force)) is not None:
        if edit := _ask_route(store.config, raw, scenario):
            raw = edit(raw)
            edits.append(edit)
        if raw != old:
            say("So far, not saved yet:")
            show_difference(old, raw)
    if raw == old:
        say("Nothing was changed.")
        return 0
    save(store, raw, again=lambda raw: reduce(lambda so_far, edit: edit(so_far), edits, raw))
    return 0


def _ask_scenario(raw: JsonObject, route_set: str) -> str | None:
    routes = current_routes(raw, route_set)
    say("\nWhich work?")
    lines = [
        f"{name:<12} {_WORK[name]:<28} {', then '.join(routes.get(name, ['(default)']))}"
        for name in SCENARIOS
    ]
    chosen = choose("Number or name; Enter when you are done", [*lines, "done"], current=len(lines))
    return SCENARIOS[chosen] if isinstance(chosen, int) and chosen < len(SCENARIOS) else None


def _ask_route(config: Config, raw: JsonObject, scenario: str) -> Edit | None:
    """What was chosen, to be done in *raw* or in what it has become."""
    routes = _known_routes(raw)
    now = current_routes(raw, config.route_set).get(scenario, [])
    extras = ["(more models: ask a provider for its list)", "(none: as default)"]
    say(f"\nModel for {_WORK[scenario]}. Now: {', then '.join(now) or 'as default'}.")
    current = routes.index(now[0]) if now and now[0] in routes else None
    question = "Number or a part of the name; +provider,model adds one"
    chosen = choose(question, [*routes, *extras], current=current)
    if isinstance(chosen, str):
        return _with_new(config, scenario, chosen.removeprefix("+"))
    if chosen == len(routes):
        return _with_offered(config, scenario)
    wanted = [] if chosen == len(routes) + 1 else [routes[chosen], *now[1:]]
    return lambda raw: with_route(raw, scenario, wanted, config.route_set)


def _known_routes(raw: JsonObject) -> list[str]:
    return [
        f"{str(entry['name']).strip()},{model}"
        for entry in provider_entries(raw)
        for model in entry.get("models") or []
    ]


def _with_new(config: Config, scenario: str, text: str) -> Edit | None:
    try:
        route = _checked(text, config)
    except ClientError as exc:
        say(str(exc))
        return None
    provider, _, model = route.partition(",")

    def edit(raw: JsonObject) -> JsonObject:
        added = with_model(raw, provider, model)
        return with_route(added, scenario, [route], config.route_set)

    return edit


def _with_offered(config: Config, scenario: str) -> Edit | None:
    names = list(config.providers)
    chosen = choose("Which provider", names) if len(names) > 1 else 0
    provider = config.providers[names[chosen if isinstance(chosen, int) else 0]]
    say(f"Asking {provider.name} …")
    try:
        with_keys = load_config(config.source)
        models = asyncio.run(list_models(with_keys, with_keys.providers[provider.name]))
    except CcrError as exc:
        say(str(exc))
        model = ask(f"Name of a model of {provider.name}")
    else:
        found = choose("Number or a part of the name", models)
        model = models[found] if isinstance(found, int) else found.removeprefix("+")
    if not model or not ask_yes(f"Use {provider.name},{model}?"):
        return None
    return _with_new(config, scenario, f"{provider.name},{model}")
