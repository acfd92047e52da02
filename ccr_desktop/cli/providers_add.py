"""`ccr providers add`: from a name, an address and a key to an entry of the configuration."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ccr_desktop.cli.changes import open_store, raw_of, save
from ccr_desktop.cli.github import sign_in_with_github
from ccr_desktop.cli.keys import read_key
from ccr_desktop.cli.output import print_json
from ccr_desktop.cli.prompts import ask, ask_checked, ask_secret, ask_yes, is_interactive, say
from ccr_desktop.cli.provider_trial import try_out
from ccr_desktop.core.config.interpolation import is_reference
from ccr_desktop.core.config.known_transformers import asker_of, transformer_for
from ccr_desktop.core.providers.catalog import find_profile, is_known
from ccr_desktop.core.secrets import PREFIX, Secrets
from ccr_desktop.core.setup.addresses import complete_url
from ccr_desktop.core.setup.edits import default_route, find_entry, with_provider
from ccr_desktop.core.setup.keys import is_local, signs_in_at
from ccr_desktop.core.setup.templates import find_template, need_template, offered
from ccr_desktop.errors import ClientError, SecretError

if TYPE_CHECKING:
    import argparse

    from ccr_desktop.cli.actions import Actions
    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.setup.templates import Template

_NOT_TRIED: JsonObject = {"ok": None, "steps": []}
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def add_to(actions: Actions) -> None:
    parser = actions.add("add", "add a provider, and try it", _add)
    parser.add_argument("name", nargs="?", metavar="NAME", help="what it is called in routes")
    parser.add_argument("--preset", metavar="ID", help=f"one of: {', '.join(offered())}")
    parser.add_argument("--url", metavar="U", help="address; its beginning is enough")
    parser.add_argument(
        "--model", metavar="M", action="append", help="a model; may be given several times"
    )
    key = parser.add_mutually_exclusive_group()
    key.add_argument(
        "--key-stdin",
        action="store_true",
        help="read the key from standard input and store it",
    )
    key.add_argument("--key-env", metavar="VAR", help="environment variable that holds the key")
    key.add_argument("--no-key", action="store_true", help="the server wants no key")
    parser.add_argument("--force", action="store_true", help="replace a provider of that name")
    text = "do not try it; the exit code is 0 once it is saved, whatever comes of trying it"
    parser.add_argument("--no-test", action="store_true", help=text)
    parser.add_argument("--json", action="store_true", help="print JSON")


def _add(options: argparse.Namespace) -> int:
    store = open_store(options, reads_keys=is_interactive())  # to sign in, maybe
    raw = raw_of(store)
    template = _template(options)
    name = _name(options, template)
    _refuse_second(raw, name, options)
    url, models = _url(options, template), _models(options, template)
    entry = _entry(name, url, models, template)
    key, secret = _key(options, entry, template, store.config)
    entry = _ordered({**entry, **key})
    keys = {name: secret} if secret else {}

    def change(raw: JsonObject) -> JsonObject:
        _refuse_second(raw, name, options)
        return with_provider(raw, entry)

    new = change(raw)
    is_saved = save(store, new, question=f"Add {name}?", keys=keys, again=change)
    if is_saved:
        if not default_route(raw) and (default := default_route(new)):
            say(f"The default route is {default}.")
        if not options.json:
            print(f"Added {name}.")
        _conclude(name, entry, template)
    told = _trial(options, name) if is_saved else _NOT_TRIED
    if options.json:
        print_json({"provider": name, "saved": is_saved, **told})
    return 0


def _refuse_second(raw: JsonObject, name: str, options: argparse.Namespace) -> None:
    if find_entry(raw, name) and not options.force:
        raise ClientError(f"There is a provider {name!r} already", "Replace it with --force.")


def _trial(options: argparse.Namespace, name: str) -> JsonObject:
    """What came of trying it; `ok` is None where it was not tried."""
    config = open_store(options, reads_keys=not options.no_test).config
    provider = config.providers.get(name)
    model = next(iter(provider.models), "") if provider else ""
    can_be = provider and model and (provider.api_key or not provider.key_problem)
    if options.no_test or provider is None or not can_be:
        say(f"Try it: ccr providers test {name}")
        return _NOT_TRIED
    is_fine, steps = try_out(config, provider, model, is_shown=not options.json)
    if is_fine:
        say(f"{name},{model} works.")
    else:
        say(f"{name} was added, and does not work yet: the step that failed says why.")
        say(f"Try it again: ccr providers test {name}")
    return {"ok": is_fine, "steps": steps}


def _entry(name: str, url: str, models: list[str], template: Template | None) -> JsonObject:
    entry: JsonObject = template.entry(name) if template else {"name": name}
    windows = entry.pop("context_windows", {})
    if template and url != template.url and not _serves_the_same(url, entry, template):
        entry.pop("transformer", None)
    if wanted := transformer_for(url, models):
        entry.setdefault("transformer", {"use": [wanted]})
    known = {name: tokens for name, tokens in windows.items() if name in {*models, "*"}}
    own = {"api_base_url": url, "models": models}
    return {**entry, **own, **({"context_windows": known} if known else {})}


def _serves_the_same(url: str, entry: JsonObject, template: Template) -> bool:
    """Whether it is the sign-in for another address of the same API, as a company's own is, or
    what makes the requests for a gateway before it.
    """
    found = find_profile(url)
    if signs_in_at(entry):
        return found is find_profile(template.url)
    return bool(asker_of(entry)) and not is_known(found)


def _template(options: argparse.Namespace) -> Template | None:
    if options.preset:
        return need_template(options.preset)
    if options.name:
        return None if options.url else find_template(options.name)
    if options.url or not is_interactive():
        return None
    say("Well known: " + ", ".join(offered()))
    answer = ask("Which provider (one of these, or a name of your own)")
    options.name = answer
    return find_template(answer)


def _name(options: argparse.Namespace, template: Template | None) -> str:
    name = (options.name or (template.id if template else "")).strip()
    if not name and is_interactive():
        name = ask("Name of the provider")
    if not name or "," in name or "/" in name:
        hint = "It stands before the comma in routes, so it holds no comma and no slash."
        raise ClientError("A name is needed", hint)
    return name


def _url(options: argparse.Namespace, template: Template | None) -> str:
    given = options.url
    if not given and template:
        return template.url
    if not given and not is_interactive():
        hint = f"Give --url, or a well-known name: {', '.join(offered())}."
        raise ClientError("The address of the provider is needed", hint)
    url = complete_url(given) if given else ask_checked("Address", complete_url)
    models = options.model or (template.models if template else ())
    wanted = transformer_for(url, models)
    if template and not wanted and not is_known(find_profile(url)):
        wanted = asker_of(template.entry(template.id))
    if given and wanted:
        say(f"The transformer {wanted} asks for the models there.")
        parts = urlsplit(url)
        is_bare = given.strip().rstrip("/").endswith(parts.netloc)
        return f"{parts.scheme}://{parts.netloc}" if is_bare else url
    if given and url != given.strip():
        say(f"The address is completed to {url}.")
    if is_known(profile := find_profile(url)):
        say(f"Its API is known: {profile.name}.")
    return url


def _models(options: argparse.Namespace, template: Template | None) -> list[str]:
    given = [model.strip() for model in options.model or () if model.strip()]
    offered = list(template.models) if template else []
    if given or not is_interactive():
        return given or offered
    answer = ask("Models, with commas between them", ", ".join(offered))
    return [model.strip() for model in answer.split(",") if model.strip()]


def _key(
    options: argparse.Namespace, entry: JsonObject, template: Template | None, config: Config
) -> tuple[JsonObject, str]:
    """What the entry says about its key, and the key that is to be stored."""
    name, url = str(entry["name"]), str(entry["api_base_url"])
    if options.no_key:
        return ({} if is_local(url) else {"auth": "none"}), ""
    if options.key_env:
        return {"api_key": _variable(options.key_env)}, ""
    if options.key_stdin:
        secrets = Secrets()
        secrets.get(name)  # without a store, tell so before the key is read
        known_as = template.id if template else name
        return _kept(name, read_key(f"Key of {name} (it is not shown)", known_as))
    if is_local(url) or (template and not template.needs_key):
        return {}, ""
    if _has_kept_key(name):
        say(f"The stored key of {name} is used.")
        return _kept(name, "")
    if is_interactive():
        return _asked(entry, template, config)
    if template and template.env:
        say(f"The key is read from the environment variable {template.env}.")
        return {"api_key": f"${template.env}"}, ""
    say(f"Note: {name} has no key yet. `ccr keys set {name}` stores one.")
    return {}, ""


def _asked(entry: JsonObject, template: Template | None, config: Config) -> tuple[JsonObject, str]:
    """Ask for a key, or let a person sign in; Enter alone names a variable instead."""
    name, place = str(entry["name"]), signs_in_at(entry)
    if place and ask_yes(f"Sign in with {place}?"):
        key = sign_in_with_github(config, entry)
    else:
        if template and template.key_url:
            say(f"A key: {template.key_url}")
        key = ask_secret("Key (it is not shown; Enter: take it from an environment variable)")
    if key:
        if template and (doubt := template.doubts(key)):
            say(f"Note: {doubt}")
        try:
            Secrets().get(name)
        except SecretError as exc:
            say(f"{exc.title}. The key can be kept in the configuration file, readable by you.")
            if ask_yes("Keep it there?", default=False):
                return {"api_key": key}, ""
        else:
            return _kept(name, key)
    variable = ask("Environment variable with the key", template.env if template else "")
    return ({"api_key": _variable(variable)} if variable else {}), ""


def _has_kept_key(name: str) -> bool:
    """Whether one is stored already; without a store there is none."""
    try:
        return Secrets().get(name) is not None
    except SecretError:
        return False


def _kept(name: str, key: str) -> tuple[JsonObject, str]:
    return {"api_key": f"{PREFIX}{name}"}, key


def _variable(name: str) -> str:
    """A reference to a variable; `$NAME` for upper case, which is all that form can hold."""
    bare = name.strip().removeprefix("$").removeprefix("{").removesuffix("}")
    if not _VARIABLE.fullmatch(bare):
        hint = "Give its name, for example OPENROUTER_API_KEY. A key itself is never an argument."
        raise ClientError("This is no name of an environment variable", hint)
    return f"${bare}" if bare == bare.upper() else f"${{{bare}}}"


def _ordered(entry: JsonObject) -> JsonObject:
    """The members in the order in which they are usually written."""
    usual = ("name", "api_base_url", "api_key", "auth", "models")
    first: dict[str, Any] = {key: entry[key] for key in usual if key in entry}
    return {**first, **{key: value for key, value in entry.items() if key not in first}}


def _conclude(name: str, entry: JsonObject, template: Template | None) -> None:
    if template and template.note:
        say(f"Note: {template.note}")
    if not entry["models"]:
        say(f"It has no models yet: `ccr providers models {name}` lists what it offers,")
        say(f"`ccr model set default {name},MODEL` uses one.")
    reference = str(entry.get("api_key") or "")
    if is_reference(reference) and not os.environ.get(reference.strip("${}")):
        say(f"Note: {reference} is not set here yet.")
