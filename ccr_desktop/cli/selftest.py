"""`ccr --selftest`: whether this installation is whole. Nothing of the user's is looked at."""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING

from ccr_desktop import __version__
from ccr_desktop.cli.desktop_part import is_installed, not_installed
from ccr_desktop.cli.options import parser
from ccr_desktop.own_program import is_bundle
from ccr_desktop.selftest.check import Outcome, examined
from ccr_desktop.selftest.parts import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator

_EXAMPLES = """\
  ccr --selftest
  ccr --selftest --json"""
_WINDOW = "desktop"


def run(arguments: list[str]) -> int:
    options = parser("--selftest", "Check that this installation is whole.", _EXAMPLES)
    options.add_argument("--json", action="store_true", help="print the checks as JSON")
    chosen = options.parse_args(arguments)
    outcomes = list(_outcomes())
    is_good = all(outcome.is_good for outcome in outcomes)
    if chosen.json:
        print(json.dumps(_told(outcomes, is_good=is_good), ensure_ascii=False, indent=2))
    else:
        for outcome in outcomes:
            print(f"{'ok  ' if outcome.is_good else 'FAIL'}  {outcome.name}: {outcome.detail}")
    return 0 if is_good else 1


def _outcomes() -> Iterator[Outcome]:
    for name, examine in PARTS.items():
        yield examined(name, examine)
    if not is_bundle() and not is_installed():
        yield Outcome(_WINDOW, is_good=True, detail=str(not_installed()))
        return
    try:
        parts = import_module("ccr_desktop.desktop.own_parts").PARTS
    except ImportError as exc:
        yield Outcome(_WINDOW, is_good=False, detail=str(exc))
        return
    for name, examine in parts.items():
        yield examined(name, examine)


def _told(outcomes: list[Outcome], *, is_good: bool) -> dict[str, object]:
    checks = [
        {"name": outcome.name, "ok": outcome.is_good, "detail": outcome.detail}
        for outcome in outcomes
    ]
    return {"ok": is_good, "version": __version__, "bundle": is_bundle(), "checks": checks}
