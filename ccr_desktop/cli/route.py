"""`ccr route explain`: the decision for a request, without sending anything."""

from __future__ import annotations

import argparse
import asyncio
import sys
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.cli.actions import Actions
from ccr_desktop.cli.options import read_config
from ccr_desktop.cli.output import print_json, print_table
from ccr_desktop.core.exchange import Exchange
from ccr_desktop.core.planner import Planner
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from ccr_desktop.core.routing.decision import Decision

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
    config = read_config(options)
    exchange = Exchange(raw=_body(options.file), headers=_headers(options.header))
    exchange.config = config
    decision = asyncio.run(Planner(config).plan(exchange))
    if options.json or not sys.stdout.isatty():
        print_json(decision.as_json())
    else:
        _print(decision)
    return 0


def _body(name: str) -> bytes:
    if name == "-":
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


def _print(decision: Decision) -> None:
    tokens = "not counted: no rule asks" if decision.tokens is None else f"{decision.tokens}"
    then = "".join(f", then {route}" for route in decision.fallbacks)
    print(f"{decision.route}{then}  ({decision.scenario}; tokens: {tokens})")
    marks = {True: "->", False: "  "}
    print_table([(f"{marks[v.matched]} {v.rule}", v.reason) for v in decision.trace])
