"""`ccr preset`: ready-made configurations, as claude-code-router 2 shares them."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.cli import preset_apply
from ccr_desktop.cli.actions import Actions
from ccr_desktop.cli.changes import open_store, raw_of
from ccr_desktop.cli.output import print_json, print_table
from ccr_desktop.cli.prompts import ask_yes, is_interactive, say
from ccr_desktop.core.presets import library
from ccr_desktop.core.presets.build import APPLIED
from ccr_desktop.core.presets.download import fetch_package
from ccr_desktop.core.presets.manifest import is_safe_name
from ccr_desktop.core.presets.packages import zipped
from ccr_desktop.core.presets.sharing import share
from ccr_desktop.core.whole_files import write_safely
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    import argparse

    from ccr_desktop.core.presets.library import Installed
    from ccr_desktop.core.presets.manifest import Manifest
    from ccr_desktop.core.protocol.json import JsonObject

_EXAMPLES = """\
  ccr preset list
  ccr preset install team.zip                       also a folder, or an https address
  ccr preset info team                              what it asks and what it sets
  ccr preset apply team                             put it into the configuration
  ccr preset apply team --set 'apiKey=$TEAM_KEY'    without questions
  ccr preset export mine --output mine.zip          share yours: keys become questions
  ccr preset remove team"""


def run(arguments: list[str]) -> int:
    actions = Actions("preset", "Ready-made configurations to use and to share.", _EXAMPLES)
    list_ = actions.add("list", "list the installed presets", _list)
    info = actions.add("info", "tell what a preset asks and sets", _info)
    install = actions.add("install", "install a preset: a folder, a ZIP, an address", _install)
    install.add_argument("source", metavar="PATH|ZIP|URL", help="where it is")
    install.add_argument("--name", metavar="NAME", help="install it under another name")
    install.add_argument("--force", action="store_true", help="replace a preset of that name")
    preset_apply.add_to(actions)
    export = actions.add("export", "make a preset of the configuration, without keys", _export)
    export.add_argument("--output", metavar="DIR|ZIP", help="where to; else it is installed")
    export.add_argument("--description", metavar="TEXT", help="what it is for")
    export.add_argument("--author", metavar="TEXT", help="who made it")
    export.add_argument("--force", action="store_true", help="replace what is there")
    remove = actions.add("remove", "delete a preset", _remove, aliases=("rm", "delete"))
    remove.add_argument("--yes", action="store_true", help="do not ask")
    for parser in (info, export, remove):
        parser.add_argument("name", metavar="NAME", help="name of the preset")
    for parser in (list_, info):
        parser.add_argument("--json", action="store_true", help="print JSON")
    return actions.run(arguments)


def _list(options: argparse.Namespace) -> int:
    presets = library.installed()
    if options.json:
        print_json([_as_json(preset) for preset in presets])
    elif presets:
        print_table([_row(preset) for preset in presets], ("name", "version", "from", ""))
    else:
        print("No presets yet. `ccr preset install FILE` adds one.")
    return 0


def _row(preset: Installed) -> tuple[str, str, str, str]:
    about = preset.manifest.about if preset.manifest else {}
    origin = "here" if preset.is_own else "claude-code-router"
    text = "CAN'T BE READ" if preset.problem else str(about.get("description", ""))
    return preset.name, str(about.get("version", "")), origin, text


def _as_json(preset: Installed) -> JsonObject:
    about = dict(preset.manifest.about) if preset.manifest else {}
    return {
        **about,
        "name": preset.name,
        "folder": str(preset.folder),
        "own": preset.is_own,
        "problem": preset.problem,
    }


def _info(options: argparse.Namespace) -> int:
    preset = library.find(options.name)
    assert preset.manifest is not None  # noqa: S101  # `find` raises otherwise
    manifest = preset.manifest
    brings = _brings(manifest)
    if options.json:
        asks = [_question(entry) for entry in manifest.inputs]
        print_json({**_as_json(preset), "asks": asks, **brings})
        return 0
    for key, value in {**manifest.about, "name": preset.name, "folder": preset.folder}.items():
        print(f"{key:<12} {', '.join(map(str, value)) if isinstance(value, list) else value}")
    for title, lines in (
        ("asks for", [f"{e.id}: {e.title}" for e in manifest.inputs]),
        ("sets", brings["sets"]),
        ("left out", brings["left_out"]),
        ("providers", brings["providers"]),
    ):
        if lines:
            print(f"{title:<12} {'; '.join(map(str, lines))}")
    return 0


def _brings(manifest: Manifest) -> JsonObject:
    parts = {**manifest.parts, **(manifest.template or {})}
    if "providers" in parts:
        parts["Providers"] = parts.pop("providers")
    entries = parts.get("Providers")
    named = [e.get("name") for e in entries or [] if isinstance(e, dict)]
    return {
        "providers": [str(name) for name in named if name],
        "sets": [key for key in parts if key in APPLIED],
        "left_out": [key for key in parts if key not in APPLIED],
    }


def _question(entry: object) -> JsonObject:
    names = ("id", "kind", "title", "is_required")
    return {name.removeprefix("is_"): getattr(entry, name) for name in names}


def _install(options: argparse.Namespace) -> int:
    package = fetch_package(options.source)
    preset = library.install(package, name=options.name or "", replaces=options.force)
    print(f"Installed {preset.name} in {preset.folder}.")
    name = shlex.quote(preset.name)
    say(f"Nothing in the configuration has changed: `ccr preset apply {name}` uses it.")
    return 0


def _export(options: argparse.Namespace) -> int:
    if not is_safe_name(options.name):
        raise ClientError(f"{options.name!r} can't be the name of a preset", "Choose another.")
    given = {"description": options.description, "author": options.author}
    about = {key: value for key, value in given.items() if value}
    package = share(raw_of(open_store(options)), options.name, about)
    if options.output:
        target = paths.expanded(options.output)
        _refuse_existing(target, is_forced=options.force)
        if target.suffix.lower() == ".zip":
            write_safely(target, zipped(package.files))
        else:
            for name, data in package.files.items():
                write_safely(target / name, data)
        print(f"Written to {target}.")
    else:
        preset = library.install(package, name=options.name, replaces=options.force)
        print(f"Installed {preset.name} in {preset.folder}.")
    for entry in package.manifest.inputs:
        say(f"  {entry.title}: asked for when the preset is applied")
    for name in list(package.files)[1:]:
        say(f"  {name} is part of it as it is: make sure that it holds no key")
    return 0


def _refuse_existing(target: Path, *, is_forced: bool) -> None:
    is_used = target.is_file() or (target.is_dir() and any(target.iterdir()))
    if is_used and not is_forced:
        raise ClientError(f"{target} is there already", "Replace it with --force.")


def _remove(options: argparse.Namespace) -> int:
    if is_interactive() and not options.yes and not ask_yes(f"Delete {options.name}?"):
        return 0
    library.remove(options.name)
    print(f"Removed {options.name}. The configuration stays as it is.")
    return 0
