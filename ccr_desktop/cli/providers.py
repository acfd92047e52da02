"""`ccr providers`: list, add, remove and try out the providers of the configuration."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from ccr_desktop.cli import providers_add
from ccr_desktop.cli.actions import Actions
from ccr_desktop.cli.changes import open_store, raw_of, save
from ccr_desktop.cli.output import print_json, print_table
from ccr_desktop.cli.prompts import is_interactive, say
from ccr_desktop.cli.provider_trial import try_out
from ccr_desktop.core.config.legacy import legacy_settings, makes_legacy_provider
from ccr_desktop.core.providers.catalog import find_profile
from ccr_desktop.core.routing.router import blocked_by
from ccr_desktop.core.secrets import Secrets
from ccr_desktop.core.setup.edits import (
    find_entry,
    need_entry,
    provider_entries,
    routes_to,
    with_paused,
    without_provider,
)
from ccr_desktop.core.setup.keys import key_state
from ccr_desktop.core.setup.main_routes import replaced_main_routes
from ccr_desktop.core.setup.rule_mentions import Mention, mentions, without_mentions
from ccr_desktop.core.setup.secret_fields import masked
from ccr_desktop.core.upstream.model_list import list_models
from ccr_desktop.errors import CcrError, ClientError

if TYPE_CHECKING:
    import argparse

    from ccr_desktop.core.config.schema import Config, Provider
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.providers.profile import Profile

_EXAMPLES = """\
  ccr providers add openrouter                     a well-known one: asks for the key, tries it
  ccr providers add deepseek --key-env DEEPSEEK_API_KEY
  ccr providers add mine --url https://api.example.com/v1 --model big --key-stdin < key.txt
  ccr providers test openrouter                    address, key, model, tools
  ccr providers models openrouter                  what the provider offers
  ccr providers pause openrouter                   off, until `ccr providers resume openrouter`
  ccr providers remove mine"""


def run(arguments: list[str]) -> int:
    actions = Actions("providers", "The services and programs that answer.", _EXAMPLES)
    list_ = actions.add("list", "list the providers, their keys and the routes to them", _list)
    providers_add.add_to(actions)
    remove = actions.add("remove", "remove a provider and the routes to it", _remove)
    remove.add_argument("--yes", action="store_true", help="do not ask, also when routes use it")
    pause = actions.add("pause", "switch a provider off: fallbacks take its routes", _pause)
    resume = actions.add("resume", "switch it on again", _resume)
    test = actions.add("test", "try a provider out; uses a few tokens", _test)
    test.add_argument("--model", metavar="M", help="default: the first model of the provider")
    models = actions.add("models", "list the models that the provider offers", _models)
    for parser in (remove, pause, resume, test, models):
        parser.add_argument("name", metavar="PROVIDER", help="its name in the configuration")
    for parser in (list_, test, models):
        parser.add_argument("--json", action="store_true", help="print JSON")
    return actions.run(arguments)


def _list(options: argparse.Namespace) -> int:
    store = open_store(options)
    raw, found = raw_of(store), store.config.providers
    raw_of_file = dict(store.config.raw)
    secrets = Secrets(may_prompt=False)
    rows = []
    origin = legacy_settings(raw_of_file) if makes_legacy_provider(raw_of_file) else ["Providers"]
    for entry in provider_entries(raw):
        name = str(entry["name"]).strip()
        state = key_state(entry, os.environ, secrets)
        provider = found.get(name)
        rows.append(
            {
                "name": name,
                "url": masked({"api_base_url": entry.get("api_base_url")})["api_base_url"],
                "dialect": provider.dialect if provider else None,
                "profile": _profile(provider).name if provider else None,
                "models": list(provider.models) if provider else entry.get("models") or [],
                "paused": bool(provider and provider.paused),
                "key": {"source": state.source, "found": state.is_there, "text": str(state)},
                "routes": [where for where, _ in routes_to(raw, name)],
                "settings": origin,
            }
        )
    if options.json:
        print_json(rows)
    elif rows:
        print_table([_row(row) for row in rows], ("name", "models", "key", "address", "routes"))
        if origin != ["Providers"]:
            print(f"{rows[0]['name']} is what {', '.join(origin)} in the file describe.")
    else:
        print("No providers yet. A provider is the service or program that answers.")
        print("`ccr providers add NAME` adds one: for example openrouter, deepseek or ollama.")
    return 0


def _profile(provider: Provider) -> Profile:
    return find_profile(provider.url, provider.transformers, provider.dialect, provider.profile)


def _row(row: JsonObject) -> tuple[str, ...]:
    routes = ", ".join(where.removeprefix("Router.") for where in row["routes"])
    name = f"{row['name']} (off)" if row["paused"] else row["name"]
    return name, str(len(row["models"])), row["key"]["text"], str(row["url"]), routes


def _remove(options: argparse.Namespace) -> int:
    store = open_store(options)
    raw = raw_of(store)
    name = str(need_entry(raw, options.name)["name"]).strip()
    routes, found = routes_to(raw, name), mentions(raw, name)
    _refuse_sole(found, name)
    for where, text in routes:
        say(f"Warning: {where} uses it ({text}) and goes with it.")
    for mention in found:
        say(f"Warning: {mention.place} names it; its name is taken out there.")
    if (routes or found) and not options.yes and not is_interactive():
        raise ClientError(f"{name} is in use", "Remove it and these routes with --yes.")

    def change(raw: JsonObject) -> JsonObject:
        _refuse_sole(mentions(raw, name), name)
        return without_provider(without_mentions(raw, name), name)

    new = change(raw)
    for replaced in replaced_main_routes(raw, new):
        whose = f" of {replaced.route_set!r}" if replaced.route_set else ""
        say(f"The default route{whose} becomes {replaced.route}.")
    if save(store, new, question=f"Remove {name}?", is_asked=not options.yes, again=change):
        print(f"Removed {name}.")
        say(f"A stored key stays there until `ccr keys delete {name}`.")
    return 0


def _refuse_sole(found: list[Mention], name: str) -> None:
    """A rule that allows nobody else would forbid nothing any more."""
    sole = [mention.place for mention in found if mention.is_sole]
    if sole:
        hint = f"Change or remove first: {', '.join(sole)}."
        raise ClientError(f"Rules allow nobody but {name}", hint)


def _pause(options: argparse.Namespace) -> int:
    store = open_store(options)
    raw = raw_of(store)
    name = str(need_entry(raw, options.name)["name"]).strip()

    def change(raw: JsonObject) -> JsonObject:
        return with_paused(raw, name, True)

    if save(store, change(raw), is_asked=False, again=change):
        print(f"{name} is switched off. `ccr providers resume {name}` switches it on again.")
        for scenario in store.config.router.routes:
            if blocked_by(scenario, store.config):
                say(f"Warning: no other route is left for {scenario}.")
    return 0


def _resume(options: argparse.Namespace) -> int:
    store = open_store(options)
    raw = raw_of(store)
    name = str(need_entry(raw, options.name)["name"]).strip()

    def change(raw: JsonObject) -> JsonObject:
        return with_paused(raw, name, False)

    if save(store, change(raw), is_asked=False, again=change):
        print(f"{name} is switched on.")
    return 0


def _provider(config: Config, raw: JsonObject, name: str) -> Provider:
    entry = find_entry(raw, name)
    found = config.providers.get(str(entry["name"]).strip() if entry else name)
    if found is None:
        need_entry(raw, name)
        raise ClientError(f"{name} can't be used", "`ccr config check` says why.")
    return found


def _test(options: argparse.Namespace) -> int:
    store = open_store(options, reads_keys=True)
    provider = _provider(store.config, raw_of(store), options.name)
    model = options.model or next(iter(provider.models), "")
    if not model:
        hint = f"Name one with --model; `ccr providers models {provider.name}` lists them."
        raise ClientError(f"{provider.name} has no model to try", hint)
    is_fine, steps = try_out(store.config, provider, model, is_shown=not options.json)
    if options.json:
        print_json(
            {"provider": provider.name, "model": model, "ok": is_fine, "steps": steps},
        )
    elif is_fine:
        print(f"{provider.name},{model} works.")
    return 0 if is_fine else 1


def _models(options: argparse.Namespace) -> int:
    store = open_store(options, reads_keys=True)
    provider = _provider(store.config, raw_of(store), options.name)
    source, models = "provider", list(provider.models)
    try:
        models = asyncio.run(list_models(store.config, provider))
    except CcrError as exc:
        if not models:
            raise
        source = "configuration"
        say(f"Note: {exc}")
        say("These are the models of the configuration:")
    if options.json:
        print_json({"provider": provider.name, "source": source, "models": models})
    else:
        print("\n".join(models))
    return 0
