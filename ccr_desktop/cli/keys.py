"""`ccr keys`: keys of providers outside the configuration. A key is read, never shown."""

from __future__ import annotations

import os
import shlex
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from ccr_desktop.cli import key_places
from ccr_desktop.cli.actions import Actions
from ccr_desktop.cli.changes import open_store, raw_of, save
from ccr_desktop.cli.github import sign_in_with_github
from ccr_desktop.cli.key_places import open_secrets
from ccr_desktop.cli.local_service import reload_running
from ccr_desktop.cli.options import service_config
from ccr_desktop.cli.output import print_json, print_table
from ccr_desktop.cli.prompts import ask_secret, ask_yes, is_interactive, say
from ccr_desktop.core.config.interpolation import is_reference
from ccr_desktop.core.secrets import PREFIX, StoreState
from ccr_desktop.core.setup.edits import find_entry, provider_entries, with_member
from ccr_desktop.core.setup.history import states_of
from ccr_desktop.core.setup.keys import key_state, signs_in_at
from ccr_desktop.core.setup.templates import find_template
from ccr_desktop.core.setup.unused_keys import names_in, unused_keys
from ccr_desktop.errors import ClientError, SecretError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.secrets import SecretStore

_EXAMPLES = """\
  ccr keys set openrouter                   type or paste the key; it is not shown
  pass show openrouter | ccr keys set openrouter
  ccr keys sign-in copilot                  GitHub Copilot: a code for GitHub's page
  ccr keys list
  ccr keys where
  ccr keys move openrouter --to keyring
  ccr keys move openrouter --to env --variable OPENROUTER_API_KEY
  ccr keys delete openrouter"""
_MAX_KEY_CHARS = 100_000
_AGAIN = "\n`ccr keys unlock` has the system ask for the password."
_WITHOUT_A_STORE = """\
Ways to go on without a password store:
  - `ccr keys use-file` keeps keys in a protected file, which it explains first;
  - put the key into an environment variable and write "api_key": "$NAME" in the configuration
    (`ccr providers add NAME --key-env VARIABLE` does it);
  - a server that wants no key gets "auth": "none";
  - on Linux, install a Secret Service such as gnome-keyring or KeePassXC and log in again."""


def run(arguments: list[str]) -> int:
    description = "Keep keys of providers in the password store of the system."
    actions = Actions("keys", description, _EXAMPLES)
    set_ = actions.add("set", "keep a key, read from a prompt or from standard input", _set)
    sign_in = actions.add("sign-in", "sign in with GitHub for Copilot, and keep its key", _sign_in)
    for parser in (set_, sign_in):
        parser.add_argument("provider", metavar="PROVIDER", help="its name in the configuration")
        parser.add_argument(
            "--yes", action="store_true", help="use it in place of the key that the file has"
        )
    list_ = actions.add("list", "tell which providers have a key, and from where", _list)
    list_.add_argument("--json", action="store_true", help="print JSON")
    delete = actions.add("delete", "forget a key", _delete)
    delete.add_argument("provider", metavar="PROVIDER", help="its name in the configuration")
    key_places.add_to(actions)
    try:
        return actions.run(arguments)
    except SecretError as exc:
        say(f"ccr: {exc.title}. {exc.detail}".rstrip() + " No key was kept or deleted.")
        say(_WITHOUT_A_STORE if exc.state is StoreState.MISSING else f"{exc.message}{_AGAIN}")
        return 1


def _set(options: argparse.Namespace) -> int:
    return _keep(options, lambda name, _: read_key(f"Key of {name} (it is not shown)", name))


def _sign_in(options: argparse.Namespace) -> int:
    def signed_in(name: str, store: ConfigStore) -> str:
        entry = find_entry(raw_of(store), name)
        if entry is None:
            hint = "`ccr providers add copilot` adds one; `ccr providers list` has all."
            raise ClientError(f"No provider is named {name}", hint)
        if not signs_in_at(entry):
            hint = (
                "Signing in is for providers with the transformer `copilot`: "
                f"`ccr providers add {name} --preset copilot --force` gives it to this one."
            )
            raise ClientError(f"{name} has no sign-in", hint)
        return sign_in_with_github(store.config, entry)

    return _keep(options, signed_in)


def _keep(options: argparse.Namespace, obtained: Callable[[str, ConfigStore], str]) -> int:
    secrets = open_secrets()
    store = open_store(options, tolerant=True, secrets=secrets)
    entry = find_entry(raw_of(store), options.provider)
    name = str(entry["name"]).strip() if entry else _new_name(options.provider)
    secrets.get(name)  # without a store, tell so before a key is typed
    secrets.set(name, obtained(name, store))
    print(f"The key of {name} is kept: {secrets.describe()}.")
    if store.problems:
        say("The configuration can't be used: `ccr config check` says why.")
    elif entry is None and name not in names_in(raw_of(store)):
        say(f"No provider is named {name} yet: `ccr providers add {name}` uses this key.")
    else:
        if entry:
            _refer(store, entry, name, is_sure=options.yes)
        if reload_running(store.config):
            say("The running router uses it from now on.")
    return 0


def _new_name(name: str) -> str:
    if not name.strip():
        raise ClientError("A name of a provider is needed", "`ccr keys set NAME`.")
    return name.strip()


def read_key(question: str, template_name: str) -> str:
    """A key from a person or from standard input, never from the arguments."""
    if is_interactive():
        key = ask_secret(question)
    else:
        key = sys.stdin.read(_MAX_KEY_CHARS).strip() if sys.stdin else ""
    if not key:
        raise ClientError("There is no key", "Pipe it in, or type it when you are asked.")
    if any(not 32 < ord(character) < 127 for character in key):
        hint = "Nothing was kept. A key is one line without spaces."
        raise ClientError("This is no key", hint)
    template = find_template(template_name)
    if template and (doubt := template.doubts(key)):
        say(f"Note: {doubt}")
    return key


def _refer(store: ConfigStore, entry: JsonObject, name: str, *, is_sure: bool) -> None:
    """Let the file say that the key is kept elsewhere; a key of its own goes only if asked."""
    found, reference = entry.get("api_key"), f"{PREFIX}{name}"
    if found == reference:
        return
    if found and not is_sure:
        what = f"refers to {found}" if is_reference(str(found)) else "holds a key"
        text = f"The configuration {what} for {name}, which counts first."
        if not is_interactive():
            say(f"{text} Use --yes to replace it by {reference}.")
            return
        if not ask_yes(f"{text} Replace it by {reference}?"):
            return

    def change(raw: JsonObject) -> JsonObject:
        return with_member(raw, name, "api_key", reference)

    save(store, change(raw_of(store)), is_asked=False, again=change)


def _list(options: argparse.Namespace) -> int:
    secrets = open_secrets()
    store = open_store(options)
    entries = provider_entries(raw_of(store))
    states = [(str(entry["name"]), key_state(entry, os.environ, secrets)) for entry in entries]
    if options.json:
        print_json(
            [
                {
                    "provider": name,
                    "source": state.source,
                    "reference": state.reference,
                    "found": state.is_there,
                    "problem": state.problem,
                }
                for name, state in states
            ]
        )
    elif states:
        print_table([(name, str(state)) for name, state in states], ("provider", "key"))
    else:
        print("No provider is configured. `ccr providers add NAME` adds one.")
    if not options.json:
        _tell_unused(store, secrets)
    return 0


def _tell_unused(store: ConfigStore, secrets: SecretStore) -> None:
    with suppress(SecretError):  # which the list tells at each key
        for key in unused_keys(raw_of(store), states_of(store), secrets):
            kept = " An earlier version in the history refers to it." if key.is_in_history else ""
            command = f"ccr keys delete {shlex.quote(key.name)}"
            say(f"Stored, but not used: {key.name}.{kept} `{command}` removes it.")


def _delete(options: argparse.Namespace) -> int:
    secrets = open_secrets()
    store = open_store(options, tolerant=True, secrets=secrets)
    entry = find_entry(raw_of(store), options.provider)
    name = str(entry["name"]).strip() if entry else options.provider.strip()
    if not secrets.delete(name):
        hint = "`ccr keys list` tells where keys come from."
        raise ClientError(f"{secrets.describe()} holds no key of {name!r}", hint)
    print(f"The key of {name} is deleted: {secrets.describe()}.")
    if name in names_in(raw_of(store)):
        command = f"ccr keys set {shlex.quote(name)}"
        say(f"The configuration still refers to it: `{command}` gives it a new one.")
    if reload_running(service_config(options)):
        if store.problems:
            say("The running router keeps it while the file has errors: see `ccr config check`.")
        else:
            say("The running router does not use it any more.")
    return 0
