"""`ccr route explain`: the decision for a request, without sending anything."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.cli.actions import Actions
from ccr_desktop.cli.local_service import manage
from ccr_desktop.cli.options import open_store
from ccr_desktop.cli.output import print_json, print_table
from ccr_desktop.cli.prompts import say_awaited
from ccr_desktop.core.exchange import Exchange
from ccr_desktop.core.planner import Planner
from ccr_desktop.errors import CcrError, ClientError

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.protocol.json import JsonObject

_EXAMPLES = """\
  ccr route explain request.json
  ccr route explain --header x-team=research --json < request.json"""


def run(arguments: list[str]) -> int:
    actions = Actions("route", "Tell which model a request would go to, and why.", _EXAMPLES)
    explain = actions.add("explain", "print the decision for a request; nothing is sent", _explain)
    explain.add_argument(
        "file", nargs="?", default="-", help="the body of a Messages request; - is standard input"
    )
    explain.add_argument(
        "--header", action="append", default=[], metavar="K=V", help="a header of the request"
    )
    explain.add_argument("--json", action="store_true", help="for programs")
    return actions.run(arguments)


def _explain(options: argparse.Namespace) -> int:
    raw, headers = _body(options.file), _headers(options.header)
    store = open_store(options, reads_keys=False)
    told = _asked(store, raw, headers) or _decided(store.config, raw, headers)
    if options.json:
        print_json(told)
    else:
        _print(told)
    return 0


def _asked(store: ConfigStore, raw: bytes, headers: dict[str, str]) -> JsonObject | None:
    """What the running service says, which knows its sessions; None when it has another file."""
    try:
        serving = manage(store.config, "GET", "/api/config")
        if serving is None or serving["revision"] != store.revision:
            return None
        return manage(store.config, "POST", "/api/explain", raw, headers=headers)
    except CcrError:
        return None  # a request that is refused is refused here with a code of its own


def _decided(config: Config, raw: bytes, headers: dict[str, str]) -> JsonObject:
    logging.getLogger("ccr_desktop").addHandler(logging.NullHandler())  # told once, as a reason
    exchange = Exchange(raw=raw, headers=headers, config=config)
    return asyncio.run(Planner(config).plan(exchange)).as_json()


def _body(name: str) -> bytes:
    if name == "-":
        say_awaited("the body of a request")
        return sys.stdin.buffer.read()
    try:
        return paths.expanded(name).read_bytes()
    except OSError as exc:
        hint = "Give the path of a file with a Messages request, or - for standard input."
        raise ClientError(f"{name}: {exc.strerror or exc}", hint) from exc


def _headers(given: list[str]) -> dict[str, str]:
    headers = {}
    for text in given:
        name, found, value = text.partition("=")
        if not found or not name.strip():
            raise ClientError(f"--header {text!r} is no header", "Write it as NAME=VALUE.")
        headers[name.strip().lower()] = value.strip()
    return headers


def _print(told: JsonObject) -> None:
    tokens = "not counted: no rule asks" if told["tokens"] is None else told["tokens"]
    then = "".join(f", then {route}" for route in told["fallbacks"])
    print(f"{told['route']}{then}  ({told['scenario']}; tokens: {tokens})")
    marks = {True: "->", False: "  "}
    print_table(
        [(f"{marks[step['matched']]} {step['rule']}", step["reason"]) for step in told["trace"]]
    )
