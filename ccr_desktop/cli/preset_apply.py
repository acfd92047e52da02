"""`ccr preset apply`: answer a preset's questions and put it into the configuration."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from ccr_desktop.cli.changes import open_store, raw_of, save
from ccr_desktop.cli.prompts import ask, ask_secret, ask_yes, choose, is_interactive, say
from ccr_desktop.core.presets import library
from ccr_desktop.core.presets.answers import complete, holds, options_of, read_answer
from ccr_desktop.core.presets.applying import brought, has_routes, without_keys
from ccr_desktop.core.presets.build import build
from ccr_desktop.core.presets.merge import merge
from ccr_desktop.core.secrets import Secrets
from ccr_desktop.core.setup.route_sets import route_set_names
from ccr_desktop.core.setup.secret_fields import find_secrets, is_stand_in, json_path
from ccr_desktop.errors import ClientError, SecretError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from ccr_desktop.cli.actions import Actions
    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.presets.manifest import Input, Manifest
    from ccr_desktop.core.protocol.json import JsonObject


def add_to(actions: Actions) -> None:
    parser = actions.add("apply", "put a preset into the configuration", _apply)
    parser.add_argument("name", metavar="NAME", help="name of the preset")
    parser.add_argument(
        "--set", metavar="ID=VALUE", action="append", default=[], dest="answers", help="an answer"
    )
    parser.add_argument(
        "--set-stdin", metavar="ID", help="read this answer, a key perhaps, from standard input"
    )
    parser.add_argument(
        "--route-set", metavar="SET", help="put its routes into this set, not into Router"
    )
    parser.add_argument("--yes", action="store_true", help="do not ask before it is saved")
    parser.add_argument(
        "--keys-in-file", action="store_true", help="write keys into the file, not the keyring"
    )


def _apply(options: argparse.Namespace) -> int:
    preset = library.find(options.name)
    assert preset.manifest is not None  # noqa: S101  # `find` raises otherwise
    manifest = preset.manifest
    given = _given(options, manifest)
    if is_interactive():
        given = _asked(manifest, given)
    answers, missing = complete(manifest, given)
    if missing:
        wanted = ", ".join(f"--set {entry.id}=…  ({entry.title})" for entry in missing)
        raise ClientError(f"The preset {preset.name} needs answers", wanted)
    store = open_store(options)
    own = {str(answers[name]) for name in given if name in answers}
    parts = build(manifest, answers)
    route_set = _route_set(options.route_set, store) if has_routes(parts) else ""
    merged = merge(raw_of(store), parts, preset.folder, own, route_set)
    for key in merged.left_out:
        say(f"Left out: {key}, which a preset does not set here.")
    for note in merged.notes:
        say(f"Note: {note}")
    raw = merged.raw
    keys: dict[str, str] = {}
    if not options.keys_in_file:
        raw, keys = _without_keys(raw, brought(manifest, answers))
        _refuse_readable_keys(raw_of(store), raw)
    question = f"Apply {preset.name}?"

    def again(raw: JsonObject) -> JsonObject:
        new = merge(raw, parts, preset.folder, own, route_set).raw
        return without_keys(new, brought(manifest, answers))[0] if keys else new

    if save(store, raw, question=question, is_asked=not options.yes, keys=keys, again=again):
        print(f"Applied {preset.name}.")
    return 0


def _route_set(name: str | None, store: ConfigStore) -> str:
    """The set that gets the routes; `Router` has no effect while another is in force."""
    in_force = store.config.route_set
    if name is None:
        if in_force:
            say(
                f"Note: the route set {in_force} is in force, so routes in Router have no effect. "
                f"--route-set {in_force!r} puts them there instead; `ccr model use --none` puts "
                "Router in force."
            )
        return ""
    sets = route_set_names(raw_of(store))
    found = next((known for known in sets if known.casefold() == name.strip().casefold()), None)
    if found is None:
        hint = f"There are: {', '.join(sets) or 'none'}."
        raise ClientError(f"There is no route set {name!r}", hint)
    return found


def _given(options: argparse.Namespace, manifest: Manifest) -> dict[str, Any]:
    """The answers of the command line."""
    given: dict[str, Any] = {}
    kinds = {entry.id: entry.kind for entry in manifest.inputs}
    for pair in options.answers:
        name, found, value = pair.partition("=")
        if not found:
            raise ClientError("--set wants ID=VALUE", "For example --set model=big.")
        if kinds.get(name) == "password" and not is_stand_in(value):
            say(f"Note: {name} was readable on the command line; --set-stdin {name} hides it.")
        given[name] = value
    if options.set_stdin:
        given[options.set_stdin] = sys.stdin.read().strip()
    return given


def _asked(manifest: Manifest, given: Mapping[str, Any]) -> dict[str, Any]:
    """The questions that apply, one after the other, until each has a valid answer."""
    answers: dict[str, Any] = {}
    asked = dict(given)
    for entry in manifest.inputs:
        if not holds(entry.when, answers):
            continue
        known = {**manifest.answers, **given}.get(entry.id)
        if known not in (None, ""):
            answers[entry.id] = known
        elif (found := _ask_until_valid(entry, manifest, answers)) is not None:
            answers[entry.id] = asked[entry.id] = found
    return asked


def _ask_until_valid(entry: Input, manifest: Manifest, answers: Mapping[str, Any]) -> Any:
    options = options_of(entry, manifest, answers)
    if entry.prompt and entry.prompt != entry.title:
        say(entry.prompt)
    while True:
        found = _ask(entry, [option.label for option in options])
        if found in (None, ""):
            found = entry.default
        if found in (None, "") and not entry.is_required:
            return None
        if found in (None, ""):
            say("An answer is needed. Ctrl-C stops without a change.")
            continue
        try:
            return read_answer(entry, options, found)
        except ClientError as exc:
            say(str(exc))


def _ask(entry: Input, labels: list[str]) -> Any:
    default = "" if entry.default is None else str(entry.default)
    if entry.kind == "password":
        return ask_secret(f"{entry.title} (it is not shown)")
    if entry.kind == "confirm":
        return ask_yes(entry.title, default=entry.default is True)
    if entry.kind == "select" and labels:
        chosen = choose(entry.title, labels)
        return labels[chosen] if isinstance(chosen, int) else chosen
    if labels:
        return ask(f"{entry.title} ({', '.join(labels)}; commas between)", default)
    return ask(
        f"{entry.title} [{entry.placeholder}]" if entry.placeholder else entry.title, default
    )


def _without_keys(raw: JsonObject, names: list[str]) -> tuple[JsonObject, dict[str, str]]:
    """The configuration with references in place of keys, unless no store takes them."""
    new, keys = without_keys(raw, names)
    for name in keys:
        try:
            Secrets().get(name)
        except SecretError as exc:
            say(f"{exc.title}.")
            return raw, {}
    return new, keys


def _refuse_readable_keys(old: JsonObject, raw: JsonObject) -> None:
    """Keys that would come into the file as they are need the user's word."""
    known = {text for _, text in find_secrets(old)}
    places = [json_path(path) for path, text in find_secrets(raw) if text not in known]
    if not places:
        return
    title = f"A key would stand readable in the configuration file: {', '.join(places)}"
    if is_interactive():
        say(f"{title}.")
        if ask_yes("Keep it there?", default=False):
            return
    hint = "Nothing was changed. Answer with a variable, --set 'ID=$NAME', or add --keys-in-file."
    raise ClientError(title, hint)
