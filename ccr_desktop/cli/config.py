"""`ccr config`: which file counts, what is in it, what is wrong with it, and its versions."""

from __future__ import annotations

import asyncio
import logging
import os
import shlex
import subprocess
from typing import TYPE_CHECKING, Any

from ccr_desktop import paths
from ccr_desktop.cli import config_export, config_history, config_import, config_values
from ccr_desktop.cli.actions import Actions
from ccr_desktop.cli.changes import open_store
from ccr_desktop.cli.config_export import raw_in_force
from ccr_desktop.cli.output import print_json, print_table
from ccr_desktop.cli.prompts import say
from ccr_desktop.core.config.files import encode
from ccr_desktop.core.config.json_schema import schema_text
from ccr_desktop.core.secrets import Secrets
from ccr_desktop.core.setup.keys import reference_state, references
from ccr_desktop.core.setup.secret_fields import masked
from ccr_desktop.core.whole_files import write_safely
from ccr_desktop.doctor.configuration import plugin_issues
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    import argparse

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.protocol.json import JsonObject

_EXAMPLES = """\
  ccr config path                           which file counts, and where changes are saved
  ccr config show                           the whole configuration, without keys
  ccr config check                          everything that is wrong, with its place
  ccr config get LOG_LEVEL                  one setting, or its default
  ccr config set Desktop.theme dark         change it; the value is checked first
  ccr config set Providers[deepseek].timeout.idle_s 90
  ccr config unset PROXY_URL                back to the default
  ccr config import                         take over claude-code-router's configuration
  ccr config import 'ccswitch://v1/import?…'  what a link brings, shown before it is taken
  ccr config export --output team.json      a copy to share: $NAMES in place of keys
  ccr config history                        what the file was, and who changed it
  ccr config compare 1                      what the last change did
  ccr config export --keys me.ccr-desktop.json   to move to another computer
  ccr config restore 1                      undo the last change"""


def run(arguments: list[str]) -> int:
    actions = Actions("config", "Look at the configuration, and move it.", _EXAMPLES)
    path = actions.add("path", "tell which file counts and where changes are saved", _path)
    show = actions.add("show", "print the configuration; secrets are masked", _show)
    check = actions.add("check", "list every problem; exit code 2 when there is one", _check)
    check.add_argument("file", nargs="?", metavar="FILE", help="another file than the one in force")
    config_values.add_to(actions)
    config_import.add_to(actions)
    config_export.add_to(actions)
    config_history.add_to(actions)
    actions.add("edit", "open the file in $EDITOR, then check it", _edit)
    actions.add("schema", "print the JSON Schema of the file, for editors", _schema)
    for parser in (path, show, check):
        parser.add_argument("--json", action="store_true", help="print JSON")
    return actions.run(arguments)


def _path(options: argparse.Namespace) -> int:
    store = open_store(options, tolerant=True)
    origin = _origin(store, is_option=bool(options.config))
    if options.json:
        source = str(store.path) if store.path else None
        print_json({"path": source, "origin": origin, "save_path": str(store.save_path)})
        return 0
    print_table(
        [
            ("in force", f"{store.path or '(no file)'}  ({origin})"),
            ("saved to", str(store.save_path)),
        ]
    )
    return 0


def _origin(store: ConfigStore, *, is_option: bool) -> str:
    if is_option:
        return "given with --config"
    if store.path is None:
        return "built-in defaults with the demo provider"
    if store.path == paths.legacy_config_file():
        return "claude-code-router's own file, read in place"
    return "own configuration"


def _show(options: argparse.Namespace) -> int:
    store = open_store(options, tolerant=True)
    raw, secrets = raw_in_force(store), Secrets(may_prompt=False)
    states = [
        {"where": where, "reference": text, "resolves": state.is_there, "problem": state.problem}
        for where, text in references(raw)
        for state in [reference_state(text, os.environ, secrets)]
    ]
    if options.json:
        source = str(store.path) if store.path else None
        print_json({**masked(raw), "$about": {"source": source, "references": states}})
        return 0
    print(f"// {store.path or 'built-in defaults: there is no file'}")
    print(encode(masked(raw)).decode().rstrip())
    if states:
        print("\nReferences")
        print_table([_reference_row(state) for state in states])
    if store.problems:
        say("This file can't be used: `ccr config check` says why.")
    return 0


def _reference_row(state: JsonObject) -> tuple[str, str, str]:
    fate = "found" if state["resolves"] else f"NOT FOUND: {state['problem']}"
    return f"  {state['where']}", str(state["reference"]), fate


def _check(options: argparse.Namespace) -> int:
    if options.file:
        options.config = options.file
        if not paths.expanded(options.file).is_file():
            raise ClientError(f"There is no file {options.file}")
    store = open_store(options, tolerant=True, reads_keys=True)
    issues = store.problems or all_issues(store.config)
    if options.json:
        source = str(store.path) if store.path else None
        print_json({"file": source, "ok": not issues, "issues": [as_json(i) for i in issues]})
    elif issues:
        print(f"{store.path or 'The environment'}:")
        for issue in issues:
            print(f"  {issue.severity}: {issue}")
    else:
        print("No problems")
    return 2 if issues else 0


def all_issues(config: Config) -> tuple[Issue, ...]:
    """Everything that is wrong, also what only shows when the user's own code is loaded."""
    logging.getLogger("ccr_desktop").addHandler(logging.NullHandler())  # told once, as issues
    return (*config.issues, *asyncio.run(plugin_issues(config)))


def as_json(issue: Issue) -> dict[str, Any]:
    return {
        "where": issue.where,
        "problem": issue.problem,
        "hint": issue.hint,
        "severity": issue.severity,
    }


def _edit(options: argparse.Namespace) -> int:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    store = open_store(options, tolerant=True)
    if not editor:
        hint = f"Set EDITOR, or open {store.save_path} yourself."
        raise ClientError("No editor is named", hint)
    if not store.save_path.exists():
        write_safely(store.save_path, encode(raw_in_force(store)))
    command = [*shlex.split(editor), str(store.save_path)]
    try:
        done = subprocess.run(command, check=False)  # noqa: S603  # the user's own editor
    except OSError as exc:
        raise ClientError(f"{command[0]} can't be started", f"{exc.strerror or exc}.") from exc
    options.file, options.json = None, False
    return _check(options) if done.returncode == 0 else 1


def _schema(_: argparse.Namespace) -> int:
    print(schema_text(), end="")
    return 0
