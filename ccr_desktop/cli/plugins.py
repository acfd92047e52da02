"""`ccr plugins`: which transformers there are, and what one does, without sending anything."""

from __future__ import annotations

import asyncio
import difflib
import json
import logging
import sys
import textwrap
from typing import TYPE_CHECKING, Any

from ccr_desktop import paths
from ccr_desktop.cli.actions import Actions
from ccr_desktop.cli.changes import open_store
from ccr_desktop.cli.output import print_json, print_table, shows_color
from ccr_desktop.cli.prompts import say
from ccr_desktop.core.config.known_transformers import KNOWN_TRANSFORMERS
from ccr_desktop.core.config.schema import PluginFile
from ccr_desktop.core.planner import Planner
from ccr_desktop.core.protocol.messages import parse_body
from ccr_desktop.core.transformers.built_in import BUILT_IN
from ccr_desktop.core.transformers.chain import Link
from ccr_desktop.core.transformers.plugin_files import PluginFiles
from ccr_desktop.core.transformers.registry import Transformers
from ccr_desktop.core.transformers.rehearsal import rehearse
from ccr_desktop.core.transformers.trying import links_in, made
from ccr_desktop.errors import ClientError, few

if TYPE_CHECKING:
    import argparse

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.transformers.rehearsal import Step

_EXAMPLES = """\
  ccr plugins list                          every transformer, and where it is used
  ccr plugins test mine.py                  what a file of yours does to a request and an answer
  ccr plugins test mine.py --options '{"word": "please"}'
  ccr plugins test maxtoken --options '{"max_tokens": 8192}' --request request.json"""
_COLORS = {"+": "\x1b[32m", "-": "\x1b[31m"}
_RESET = "\x1b[0m"
_NOTHING = "only a mark: this request and its answer stay as they are"


def run(arguments: list[str]) -> int:
    actions = Actions("plugins", "Transformers: those built in, and your own.", _EXAMPLES)
    list_ = actions.add("list", "list them all, and what is wrong with one", _list)
    test = actions.add("test", "try one on a sample request and answer; nothing is sent", _test)
    test.add_argument("plugin", metavar="NAME|FILE", help="a transformer, or a file of yours")
    test.add_argument("--options", metavar="JSON", default="{}", help="the options of its use")
    test.add_argument("--request", metavar="FILE", help="a Messages request instead of the sample")
    for parser in (list_, test):
        parser.add_argument("--json", action="store_true", help="print JSON")
    logging.getLogger("ccr_desktop").addHandler(logging.NullHandler())  # told once, below
    return actions.run(arguments)


# -- list --------------------------------------------------------------------------------------


def _list(options: argparse.Namespace) -> int:
    store = open_store(options, tolerant=True)
    config = store.config
    transformers = Transformers(config, PluginFiles().load(config.plugins))
    issues = [*store.problems, *filter(_is_about_chains, config.issues)]
    issues += [*transformers.issues, *Planner(config).issues]
    problems = list(dict.fromkeys(map(str, issues)))
    rows = [*_own(transformers), *_router(config), *_built_in(config, transformers)]
    if options.json:
        print_json({"transformers": rows, "problems": problems})
    else:
        header = ("name", "from", "used by", "does")
        print_table([_row(row) for row in rows], header)
        for problem in few(problems):
            say(f"\n{problem}")
    return 1 if problems else 0


def _is_about_chains(issue: Issue) -> bool:
    """Whether it is of a transformer, or of a file of them."""
    return "transformer" in issue.where.lower()


def _own(transformers: Transformers) -> list[JsonObject]:
    plugins = transformers.plugins
    fails = "CAN'T BE MADE"
    found = [
        _about(name, plugin.file.path, transformers.config, fails if name in plugins.unmade else "")
        for name, plugin in plugins.classes.items()
    ]
    return found + [
        {"name": None, "from": path, "used_by": [], "does": "CAN'T BE LOADED"}
        for path in plugins.broken
    ]


def _router(config: Config) -> list[JsonObject]:
    path = config.custom_router_path
    does = "chooses routes (CUSTOM_ROUTER_PATH)"
    return [{"name": "route", "from": path, "used_by": ["Router"], "does": does}] if path else []


def _built_in(config: Config, transformers: Transformers) -> list[JsonObject]:
    own = transformers.plugins.classes
    return [
        _about(known.name, "built in", config, known.help)
        for known in KNOWN_TRANSFORMERS.values()
        if known.name not in own
    ]


def _about(name: str, origin: str, config: Config, does: str = "") -> JsonObject:
    chains = [
        (where, chain)
        for provider in config.providers.values()
        for where, chain in (
            (provider.name, provider.chain),
            *((f"{provider.name},{m}", chain) for m, chain in provider.model_chains.items()),
        )
    ]
    used_by = [where for where, chain in chains if any(link.name == name for link in chain)]
    return {"name": name, "from": origin, "used_by": used_by, "does": does}


def _row(row: JsonObject) -> tuple[str, str, str, str]:
    used_by = " ".join(row["used_by"])
    return row["name"] or "-", row["from"], used_by, row["does"].partition(":")[0]


# -- test --------------------------------------------------------------------------------------


def _test(options: argparse.Namespace) -> int:
    links = _links(options)
    request = _request(options.request)
    steps = {link.name: asyncio.run(rehearse(link, request)) for link in links}
    has_failed = any(step.problem for found in steps.values() for step in found)
    if options.json:
        print_json({name: [_as_json(step) for step in found] for name, found in steps.items()})
    else:
        for name, found in steps.items():
            _print(name, found)
    return 1 if has_failed else 0


def _links(options: argparse.Namespace) -> list[Link]:
    """The transformers to try: those of a file, or the one of a name."""
    given = _given(options.options)
    path = paths.expanded(options.plugin)
    if path.suffix or path.is_file():
        if not path.is_file():
            raise ClientError(f"There is no file {path}")
        files = [PluginFile(str(path.absolute()), {}, "")]
    else:
        files = list(open_store(options, tolerant=True).config.plugins)
    plugins = PluginFiles().load(files)
    if path.is_file():
        links = links_in(plugins, given)
        for issue in plugins.issues:
            say(f"{issue}\n")
        return links
    if plugin := plugins.classes.get(options.plugin):
        return [made(options.plugin, plugin, {**plugin.file.options, **given})]
    if make := BUILT_IN.get(options.plugin):
        return [Link(options.plugin, _built(options.plugin, make, given), given)]
    raise ClientError(f"There is no transformer {options.plugin!r}", "`ccr plugins list` has all.")


def _given(text: str) -> JsonObject:
    try:
        found = json.loads(text)
    except json.JSONDecodeError as exc:
        raise ClientError("--options is no JSON", f"{exc}.") from exc
    if not isinstance(found, dict):
        raise ClientError("--options must be an object", '{"name": value}')
    return found


def _built(name: str, make: Any, options: JsonObject) -> Any:
    known = KNOWN_TRANSFORMERS[name]
    if missing := [option for option in known.required if option not in options]:
        raise ClientError(f"{name} needs {missing[0]}", f"In a chain: {known.example}.")
    return make(options)


def _request(file: str | None) -> JsonObject | None:
    if file is None:
        return None
    try:
        return parse_body(paths.expanded(file).read_bytes())
    except OSError as exc:
        raise ClientError(f"{file}: {exc.strerror or exc}") from exc


def _as_json(step: Step) -> JsonObject:
    read = {
        name: json.loads(text)
        for name, text in (("before", step.before), ("after", step.after))
        if text
    }
    return {"hook": step.hook, "problem": step.problem, **read}


def _print(name: str, steps: list[Step]) -> None:
    print(f"{name}: {', '.join(step.hook for step in steps) or _NOTHING}")
    for step in steps:
        print(f"\n{step.hook}")
        if step.problem:
            print(textwrap.indent(f"FAILED: {step.problem}", "  "))
            continue
        lines = list(_difference(step))
        print("\n".join(lines) if lines else "  changes nothing here")


def _difference(step: Step) -> Any:
    uses_color = shows_color(sys.stdout)
    before, after = step.before.splitlines(), step.after.splitlines()
    for line in difflib.unified_diff(before, after, lineterm="", n=2):
        if line.startswith(("---", "+++", "@@")):
            continue
        color = _COLORS.get(line[:1], "") if uses_color else ""
        yield f"  {color}{line}{_RESET if color else ''}"
