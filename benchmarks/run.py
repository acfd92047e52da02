"""Measure the router beside claude-code-router: `python -m benchmarks.run [--quick] [--md FILE]`.

Rounds are interleaved (A B, then B A) and medians reported, since the machine's speed drifts.
While one target is measured the others are frozen. Everything stays on 127.0.0.1.
"""

from __future__ import annotations

import argparse
import dataclasses
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import processes, statusline
from benchmarks import scenarios as played
from benchmarks import targets as measured
from benchmarks.bench import Bench
from benchmarks.scenarios import SCENARIOS, Scenario

_NAMES = ("start", "statusline", "idle", *(scenario.name for scenario in SCENARIOS), "flat")


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is measured."""

    rounds: int
    starts: int
    lines: int
    flat_rounds: int
    share: float
    """Of each scenario's requests and seconds."""

    def of(self, scenario: Scenario) -> Scenario:
        requests = scenario.requests and max(
            scenario.connections, round(scenario.requests * self.share)
        )
        seconds = scenario.seconds * self.share
        return dataclasses.replace(scenario, requests=requests, seconds=seconds)


FULL = Extent(rounds=3, starts=5, lines=20, flat_rounds=20, share=1.0)
QUICK = Extent(rounds=1, starts=2, lines=5, flat_rounds=5, share=0.3)


@contextmanager
def provider() -> Iterator[int]:
    """The provider's process; its port."""
    port = measured.free_port()
    command = processes.module("upstream", str(port))
    with subprocess.Popen(command, cwd=processes.ROOT, stdout=subprocess.PIPE) as process:
        processes.pin(process.pid)
        try:
            if process.stdout is None or process.stdout.readline().strip() != b"ready":
                raise RuntimeError("the provider did not start")
            yield port
        finally:
            process.terminate()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round: does it work?")
    parser.add_argument("--md", type=Path, metavar="FILE", help="write the table there, too")
    parser.add_argument("--only", metavar="A,B", help=f"some of: {', '.join(_NAMES)}")
    parser.add_argument("--no-peer", action="store_true", help="measure ours alone")
    options = parser.parse_args()
    options.only = options.only.split(",") if options.only else _NAMES
    if unknown := set(options.only) - set(_NAMES):
        parser.error(f"no such scenario: {', '.join(sorted(unknown))}")
    return options


def main() -> None:
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # nothing stays behind frozen
    extent = QUICK if options.quick else FULL
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ccr-bench-")))
        upstream_port = stack.enter_context(provider())
        peer = None if options.no_peer else measured.peer(folder, upstream_port)
        if peer is None and not options.no_peer:
            print("npm or node is missing: ours is measured alone", file=sys.stderr)
        found = [measured.ours(folder, upstream_port), peer, measured.direct(upstream_port)]
        targets = [target for target in found if target is not None]
        for target in targets:
            stack.callback(target.stop)
        bench = Bench(targets, upstream_port, folder)
        if "statusline" in options.only:
            statusline.measure(bench.results, targets, folder, extent.lines)
        _measure(bench, extent, options.only)
    table = bench.results.markdown([target.name for target in targets])
    print(table)
    if options.md:
        options.md.write_text(table + "\n", encoding="utf-8")


def _measure(bench: Bench, extent: Extent, names: list[str]) -> None:
    if "start" in names:
        bench.starts(extent.starts)
    bench.start_all()
    if "idle" in names:
        bench.idle()
    for turn in range(extent.rounds):
        for scenario in SCENARIOS:
            if scenario.name in names and not (scenario.only_once and turn):
                bench.play(extent.of(scenario), turn)
    if "flat" in names:
        bench.flat(extent.of(played.FLAT), extent.flat_rounds)


if __name__ == "__main__":
    main()
