"""Measure the router in a process with a window: `python -m benchmarks.desktop [--quick]`.

Beside it, in the same run: headless, on qasync as it is, and in a thread of its own; for start and
memory, claude-code-router. `--app` names what is measured, by default the service in a window that
does nothing else. On a desktop with a tray `--at-rest --screen --app "ccr_desktop ui --hidden"`
tells what it costs there; `python -m tests.desktop.session --tray --after 200 COMMAND` brings one.
`--app "ccr_desktop ui" --pages` tells how late its window is while somebody looks at all of it.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import signal
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import processes
from benchmarks import targets as measured
from benchmarks.bench import Bench
from benchmarks.gui_probe import PAGES, lateness_ms
from benchmarks.run import FULL, QUICK, Extent, provider
from benchmarks.scenarios import SCENARIOS, Measure, Scenario
from benchmarks.targets import Target

if TYPE_CHECKING:
    from collections.abc import Iterable

APP, HEADLESS, QASYNC, THREAD = "app", "headless", "qasync", "thread"
HEADINGS = {
    APP: "app",
    HEADLESS: "headless",
    QASYNC: "plain qasync",
    THREAD: "thread",
    measured.PEER: "CCR 1.0.73",
}
RATIOS = ((APP, HEADLESS), (QASYNC, APP), (APP, measured.PEER))
LATE = (
    Measure("late_ms_p50", "a 16 ms timer's lateness, ms"),
    Measure("late_ms_p99", "a 16 ms timer's lateness, ms, p99"),
    Measure("late_ms_max", "a 16 ms timer's lateness, ms, worst"),
)
IDLE_CPU = Measure("idle_cpu_percent", "CPU, % of a core")
_IDLE_S = 10.0
_SETTLING_S = 10.0
_FIRST_FRAMES_S = 0.2
_PLAYED = ("paced32", "fire32", "ttft8")
_HOST = "benchmarks.desktop_host"
_SCREEN = {
    name: os.environ[name]
    for name in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")
    if name in os.environ
}


class DesktopBench(Bench):
    """Reads off, besides, what a window suffers."""

    def idle_cpu(self, seconds: float) -> None:
        """What each one uses when nothing happens."""
        for target in self._started():
            if target.process:
                with processes.thawed(target.process):
                    before_s = target.cpu_s()
                    time.sleep(seconds)
                    used = (target.cpu_s() - before_s) / seconds * 100
                self.results.add("idle", IDLE_CPU, target.name, used)

    def settle(self, seconds: float) -> None:
        """Let all do what they do for a while after their start, as loading pages."""
        with ExitStack() as stack:
            for target in self._started():
                if target.process:
                    stack.enter_context(processes.thawed(target.process))
            time.sleep(seconds)

    def _load(self, scenario: Scenario, target: Target, files: list[str]) -> dict[str, Any]:
        """Of a process with a timer, which costs something itself, only how late that came."""
        # The first frame after the freeze is late for that reason alone.
        begin_s = time.monotonic() + _FIRST_FRAMES_S
        figures = super()._load(scenario, target, files)
        late = lateness_file(target)
        if not late.exists():
            return figures
        if not (noted := lateness_ms(late, begin_s, time.monotonic())):
            return {}
        figures = {f"late_ms_p{p}": noted[(len(noted) - 1) * p // 100] for p in (50, 99)}
        figures["late_ms_max"] = noted[-1]
        shown = ", ".join(f"{figures[measure.key]:.2f}" for measure in LATE)
        print(f"{'':9} {target.name:7} late by {shown} ms", file=sys.stderr)
        return figures


def lateness_file(target: Target) -> Path:
    return target.home / "lateness.txt"


def window(
    folder: Path, upstream_port: int, name: str, app: list[str], *, on_screen: bool = False
) -> Target:
    """A target whose process shows a window, with nothing that measures within it."""
    target = measured.ours(folder, upstream_port, name)
    config = target.command[-1]
    target.command = [sys.executable, "-m", *app, "--config", config]
    screen = _SCREEN if on_screen else {"QT_QPA_PLATFORM": "offscreen"}
    target.variables = {**target.variables, **screen}
    return target


def probed(target: Target, options: Iterable[str] = ()) -> Target:
    """The same, with a timer that notes how late it comes."""
    arguments = (*options, str(lateness_file(target)), *target.command[2:])
    target.command = processes.module("gui_probe", *arguments)
    return target


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.desktop", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round: does it work?")
    parser.add_argument("--app", default=_HOST, help="a module, and arguments of it")
    parser.add_argument("--at-rest", action="store_true", help="only start, memory, idle CPU")
    parser.add_argument("--screen", action="store_true", help="show the app on this screen")
    parser.add_argument("--pages", action="store_true", help="walk through the app's pages, too")
    parser.add_argument("--no-peer", action="store_true", help="measure ours alone")
    parser.add_argument("--md", type=Path, metavar="FILE", help="write the table there, too")
    return parser.parse_args()


def _at_rest(options: argparse.Namespace, extent: Extent, port: int, folder: Path) -> DesktopBench:
    """Start, memory and CPU of processes that nothing measures from within."""
    folder.mkdir()
    headless = measured.ours(folder, port, HEADLESS)
    peer = None if options.no_peer else measured.peer(folder, port)
    app = window(folder, port, APP, options.app.split(), on_screen=options.screen)
    bench = DesktopBench([t for t in (app, headless, peer) if t], port, folder)
    with ExitStack() as stack:
        for target in (app, headless, peer):
            if target:
                stack.callback(target.stop)
        bench.starts(extent.starts)
        bench.start_all()
        bench.settle(_SETTLING_S)
        bench.idle()
        bench.idle_cpu(_IDLE_S * extent.share)
    return bench


def _under_load(
    options: argparse.Namespace, extent: Extent, port: int, folder: Path, bench: DesktopBench
) -> None:
    folder.mkdir()
    timed = folder / "timed"
    timed.mkdir()
    apps = {
        APP: options.app.split(),
        QASYNC: [_HOST, "--loop", "qasync"],
        THREAD: [_HOST, "--loop", "thread"],
    }
    walk = [PAGES] if options.pages else []
    targets = [
        measured.ours(folder, port, HEADLESS),
        *(window(folder, port, name, app) for name, app in apps.items()),
        *(
            probed(window(timed, port, name, app), walk if name == APP else ())
            for name, app in apps.items()
        ),
    ]
    loaded = DesktopBench(targets, port, folder)
    loaded.results = bench.results
    with ExitStack() as stack:
        for target in targets:
            stack.callback(target.stop)
        loaded.start_all()
        loaded.settle(_SETTLING_S)
        for turn in range(extent.rounds):
            for scenario in (s for s in SCENARIOS if s.name in _PLAYED):
                measures = (*scenario.measures, *LATE)
                wanted = dataclasses.replace(scenario, measures=measures)
                loaded.play(extent.of(wanted), turn)


def main() -> None:
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # nothing stays behind frozen
    extent = QUICK if options.quick else FULL
    with tempfile.TemporaryDirectory(prefix="ccr-bench-") as name, provider() as port:
        bench = _at_rest(options, extent, port, Path(name) / "rest")
        if not options.at_rest:
            _under_load(options, extent, port, Path(name) / "load", bench)
    names = [name for name in HEADINGS if not (name == measured.PEER and options.no_peer)]
    table = bench.results.markdown(names, HEADINGS, RATIOS)
    print(table)
    if options.md:
        options.md.write_text(table + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
