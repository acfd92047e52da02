"""`ccr doctor`: check everything, say what is wrong and whose side it is, and mend what is ours."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccr_desktop import paths
from ccr_desktop.cli import key_places
from ccr_desktop.cli.local_service import reload_running, start_service
from ccr_desktop.cli.options import open_store, parser
from ccr_desktop.cli.output import print_json, shows_color
from ccr_desktop.cli.prompts import ask_yes, is_interactive, say
from ccr_desktop.core.whole_files import write_safely
from ccr_desktop.doctor.all_checks import all_checks
from ccr_desktop.doctor.check import Around, Result, Verdict
from ccr_desktop.doctor.examine import examine
from ccr_desktop.doctor.support import Facts, support_text
from ccr_desktop.doctor.words import NOTHING, Words
from ccr_desktop.errors import CcrError, ConfigError
from ccr_desktop.launch import taking_out

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection, Iterable, Sequence

    from ccr_desktop.core.secrets import StoreStatus, WayOut
    from ccr_desktop.doctor.check import Repair
    from ccr_desktop.launch.taking_out import Removal

_EXAMPLES = """\
  ccr doctor                          everything that Claude Code needs on its way to a model
  ccr doctor --providers              ask every provider for an answer, too
  ccr doctor --fix                    mend what can be mended, after a question each
  ccr doctor --support support.txt    a file to send with a report, without keys"""
_MARKS = {
    Verdict.OK: "ok",
    Verdict.WARNING: "warning",
    Verdict.PROBLEM: "PROBLEM",
    Verdict.UNCHECKED: "-",
}
_COLORS = {Verdict.OK: "\x1b[32m", Verdict.WARNING: "\x1b[33m", Verdict.PROBLEM: "\x1b[31m"}
_RESET = "\x1b[0m"
_INDENT = " " * 10
_MOST_DETAILS = 10


def run(arguments: list[str]) -> int:
    options = parser("doctor", "Check everything, and say what to do.", _EXAMPLES)
    options.add_argument("--json", action="store_true", help="print JSON")
    options.add_argument(
        "--providers", action="store_true", help="have every provider answer; uses a few tokens"
    )
    options.add_argument("--fix", action="store_true", help="mend what can be mended, after asking")
    options.add_argument("--yes", action="store_true", help="with --fix: do not ask")
    options.add_argument("--support", metavar="FILE", help="write a file to send with a report")
    chosen = options.parse_args(arguments)
    logging.getLogger("ccr_desktop").addHandler(logging.NullHandler())  # told once, as a result
    around = _around(chosen)
    results = asyncio.run(_examined(around, is_shown=not chosen.json))
    results, tried = _mended(around, results, chosen) if chosen.fix else (results, {})
    if tried:
        results = _again(around, results, tried, is_shown=not chosen.json)
    mended = [key for key, is_done in tried.items() if is_done]
    if chosen.support:
        _write_support(around, results, paths.expanded(chosen.support))
    if chosen.json:
        _print_json(results, mended)
    else:
        _print_end(results, is_fixing=chosen.fix)
    return 1 if any(result.is_problem for result in results) else 0


def _around(options: argparse.Namespace) -> Around:
    store = open_store(options, tolerant=True)

    async def take(way: WayOut) -> StoreStatus | None:
        after = key_places.take(way, store.secrets)
        if after is not None and after.is_ready:
            with suppress(ConfigError):  # of which a check of its own tells
                store.reload()
            reload_running(store.config)
        return after

    async def start() -> str:
        with suppress(ConfigError):  # it may have been mended a moment ago
            store.reload()
        file = options.config and ["--config", str(paths.expanded(options.config).absolute())]
        return await asyncio.to_thread(start_service, store.config, file or [])

    return Around(
        store=store,
        secrets=store.secrets,
        environment=dict(os.environ),
        home=Path.home(),
        folder=Path.cwd(),
        asks_models=options.providers,
        start=start,
        take=take,
        take_out=_taken_out,
    )


async def _taken_out(planned: Removal) -> Words:
    """It is a file of another program: a person is asked for it, also with --yes."""
    if not is_interactive():
        say(f"{planned.path} stays as it is: nobody can be asked here whether to change it.")
        return NOTHING
    say(planned.diff)
    if not ask_yes(f"Change {planned.path}?", default=False):
        return NOTHING
    copy, names = taking_out.apply(planned), ", ".join(planned.names)
    done = "{names} was taken out. The file as it was is {copy}."
    return Words(done, {"names": names, "copy": str(copy)})


async def _examined(
    around: Around, keys: Collection[str] = (), *, is_shown: bool = True
) -> list[Result]:
    """The results, of some checks alone where *keys* names them; shown as they come."""
    checks = [check for check in all_checks(around) if not keys or check.key in keys]
    return await examine(checks, around, _print if is_shown else lambda _: None)


def _mended(
    around: Around, results: list[Result], options: argparse.Namespace
) -> tuple[list[Result], dict[str, bool]]:
    """What was tried, as `_mend` has it, also what can be mended only after something else: the
    router can be started once it has a port. The results are of the time before each was tried.
    """
    tried: dict[str, bool] = {}
    offered = results
    while done := _mend(offered, options):
        tried |= done
        is_all = any(repair.changes_all for repair in _applied_to(results, done))
        concerned = _all_keys(around) if is_all else _touched(results, done)
        keys = concerned - {r.check.key for r in results if r.finding.repair}
        offered = _looked_at_again(around, keys, is_shown=False)
        results = _with(results, offered)
    return results, tried


def _mend(results: Sequence[Result], options: argparse.Namespace) -> dict[str, bool]:
    """Apply the repairs that are agreed to; by the keys of their checks whether they were done."""
    tried = {}
    for result in sorted(results, key=_is_last):
        repair = result.finding.repair
        if repair is None or not _is_agreed(result, repair, options):
            continue
        try:
            done = asyncio.run(_applied(repair))
        except CcrError as exc:
            say(f"{result.check.title}: {exc}")
            tried[result.check.key] = False
            continue
        if done:
            say(f"{result.check.title}: {done}")
            tried[result.check.key] = True
    return tried


def _is_last(result: Result) -> bool:
    return result.finding.repair is not None and result.finding.repair.is_last


def _is_agreed(result: Result, repair: Repair, options: argparse.Namespace) -> bool:
    if options.yes:
        return True
    asked = str(repair.label).rstrip("…")  # which tells of a dialog, in the window
    if not is_interactive():
        say(f"{result.check.title}: {asked}? Nobody can be asked here: --yes does it.")
        return False
    return ask_yes(f"{result.check.title}: {result.finding.text} {asked}?")


async def _applied(repair: Repair) -> str:
    return str(await repair.apply())


def _again(
    around: Around, results: Sequence[Result], tried: Collection[str], *, is_shown: bool
) -> list[Result]:
    """What failed is looked at, too: somebody else may have mended it."""
    if is_shown:
        print("\nChecked again:")
    keys = {*tried, *_touched(results, tried)}
    if any(repair.changes_all for repair in _applied_to(results, tried)):
        keys = _all_keys(around)
        results = [result for result in results if result.check.key in keys]
    return _with(results, _looked_at_again(around, keys, is_shown=is_shown))


def _touched(results: Sequence[Result], tried: Collection[str]) -> set[str]:
    """The checks that may find another state after these repairs, beside their own."""
    return {key for repair in _applied_to(results, tried) for key in repair.also}


def _applied_to(results: Sequence[Result], tried: Collection[str]) -> list[Repair]:
    repairs = [result.finding.repair for result in results if result.check.key in tried]
    return [repair for repair in repairs if repair is not None]


def _all_keys(around: Around) -> set[str]:
    """Of the checks that there are with the settings as they are now."""
    with suppress(ConfigError):  # of which a check of its own tells
        around.store.reload()
    return {check.key for check in all_checks(around)}


def _looked_at_again(around: Around, keys: Collection[str], *, is_shown: bool) -> list[Result]:
    if not keys:
        return []
    with suppress(ConfigError):  # of which a check of its own tells
        around.store.reload()
    return asyncio.run(_examined(around, keys, is_shown=is_shown))


def _with(results: Sequence[Result], fresh: Sequence[Result]) -> list[Result]:
    by_key = {result.check.key: result for result in fresh}
    again = [by_key.pop(result.check.key, result) for result in results]
    return [*again, *by_key.values()]


def _write_support(around: Around, results: Sequence[Result], path: Path) -> None:
    write_safely(path, support_text(Facts.of(around), results).encode())
    say(f"Written to {path}. Read it before you send it: keys and texts are left out.")


def _print(result: Result) -> None:
    finding = result.finding
    color = _COLORS.get(finding.verdict, "") if shows_color(sys.stdout) else ""
    mark = f"{color}{_MARKS[finding.verdict]:<8}{_RESET if color else ''}"
    print(f"{mark}  {result.check.title}: {finding.text}", flush=True)
    if finding.verdict not in {Verdict.WARNING, Verdict.PROBLEM}:
        return
    if finding.side:
        print(f"{_INDENT}On the side of {finding.side}. {finding.remedy}".rstrip())
    for line in finding.further[:_MOST_DETAILS]:
        print(f"{_INDENT}  {line}")
    if (more := len(finding.further) - _MOST_DETAILS) > 0:
        print(f"{_INDENT}  And {more} more: --json has them all.")
    sys.stdout.flush()  # before what is said of mending, which goes elsewhere


def _print_end(results: Sequence[Result], *, is_fixing: bool) -> None:
    count = dict.fromkeys(Verdict, 0)
    for result in results:
        count[result.finding.verdict] += 1
    problems, warnings = count[Verdict.PROBLEM], count[Verdict.WARNING]
    counts = f"{_counted(problems, 'problem')}, {_counted(warnings, 'warning')}"
    print(f"\n{len(results)} checks: {counts}.")
    if not is_fixing and any(result.finding.repair for result in results):
        print("`ccr doctor --fix` can mend some of it.")


def _counted(count: int, word: str) -> str:
    return f"{count or 'no'} {word}{'' if count == 1 else 's'}"


def _print_json(results: Sequence[Result], mended: Iterable[str]) -> None:
    print_json(
        {
            "ok": not any(result.is_problem for result in results),
            "checks": [as_json(result) for result in results],
            "fixed": list(mended),
        }
    )


def as_json(result: Result) -> dict[str, Any]:
    finding = result.finding
    return {
        "check": result.check.key,
        "title": str(result.check.title),
        "result": finding.verdict.value,
        "text": str(finding.text),
        "side": finding.side.value,
        "remedy": str(finding.remedy),
        "details": list(finding.details),
        "fix": str(finding.repair.label) if finding.repair else None,
    }
