"""Playing scenarios to targets in turn, and keeping what was measured of each."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks import processes
from benchmarks import scenarios as played
from benchmarks import targets as measured
from benchmarks.client import Plan
from benchmarks.report import Results
from benchmarks.scenarios import Scenario
from benchmarks.targets import Target

_SETTLING_S = 2.0
_CLIENT_GRACE_S = 30


class Bench:
    """The running targets and what was measured of them."""

    def __init__(self, targets: list[Target], upstream_port: int, folder: Path) -> None:
        self.results = Results()
        self._targets = targets
        self._upstream_port = upstream_port
        self._folder = folder

    def starts(self, count: int) -> None:
        """Start each one again and again; leaves none running."""
        self._script("kind=json")
        for turn in range(count):
            for target in self._in_turn(turn):
                self.results.add("start", played.START, target.name, target.start())
                target.stop()

    def start_all(self) -> None:
        """Start them for good; each is frozen until its turn comes."""
        self._script("kind=json")
        for target in self._started():
            target.start()
            if target.process:
                processes.freeze(target.process)

    def idle(self) -> None:
        """What each one occupies when it has come to rest."""
        for target in self._started():
            if target.process:
                with processes.thawed(target.process):
                    time.sleep(_SETTLING_S)
                self.results.add("idle", played.IDLE, target.name, target.memory_mb())

    def play(self, scenario: Scenario, turn: int) -> None:
        """One round of one scenario."""
        self._script(scenario.script)
        files = self._files(scenario, turn)
        for target in self._in_turn(turn, with_direct=True):
            if scenario.only_ours and target.name != measured.OURS:
                continue
            figures = self._load(scenario, target, files)
            for measure in scenario.measures:
                if (value := figures.get(measure.key)) is not None:
                    self.results.add(scenario.name, measure, target.name, value)

    def flat(self, scenario: Scenario, rounds: int) -> None:
        """Whether memory stays where it is under load."""
        self._script(scenario.script)
        files = self._files(scenario, 0)
        memory: dict[str, list[float]] = {target.name: [] for target in self._started()}
        for turn in range(rounds):
            for target in self._in_turn(turn):
                self._load(scenario, target, files)
                memory[target.name].append(target.memory_mb())
        for name, (first, *_, last) in memory.items():
            growth = (last / first - 1) * 100
            self.results.add("flat", played.FLAT_FIRST, name, first)
            self.results.add("flat", played.FLAT_GROWTH, name, growth)

    def _started(self) -> list[Target]:
        return [target for target in self._targets if target.command]

    def _in_turn(self, turn: int, *, with_direct: bool = False) -> list[Target]:
        chosen = self._targets if with_direct else self._started()
        return chosen[::-1] if turn % 2 else chosen

    def _load(self, scenario: Scenario, target: Target, files: list[str]) -> dict[str, Any]:
        """Let the client loose on a target; its summary, and what that cost the target."""
        with ExitStack() as stack:
            if target.process:
                stack.enter_context(processes.thawed(target.process))
            before_s = target.cpu_s()
            figures = _client(scenario, target, files)
            used_s = target.cpu_s() - before_s
        if target.process:
            figures |= {**_costs(figures, used_s), "memory_mb": target.memory_mb()}
        if failed := figures["failed"]:
            self.results.fail(scenario.name, target.name, failed, figures["first_failure"])
        print(f"{scenario.name:9} {target.name:7} {_brief(scenario, figures)}", file=sys.stderr)
        return figures

    def _files(self, scenario: Scenario, turn: int) -> list[str]:
        """The requests of one round, as files."""
        paths = []
        for number, body in enumerate(scenario.bodies(turn)):
            path = self._folder / f"{scenario.name}-{turn}-{number}.json"
            path.write_bytes(body)
            paths.append(str(path))
        return paths

    def _script(self, query: str) -> None:
        url = f"http://127.0.0.1:{self._upstream_port}/script?{query}"
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(url, timeout=5) as response:
            response.read()


def _costs(figures: dict[str, Any], used_s: float) -> dict[str, float]:
    """CPU time for each chunk and answer, the ones of the warm-up included on both sides."""
    chunks, answers = figures.get("all_chunks", 0), figures.get("all_answers", 0)
    by_chunk = {"cpu_s_per_10k": used_s / chunks * 10_000} if chunks else {}
    by_answer = {"cpu_ms_per_answer": used_s / answers * 1000} if answers else {}
    return by_chunk | by_answer


def _client(scenario: Scenario, target: Target, files: list[str]) -> dict[str, Any]:
    """Run the load client in a process of its own."""
    plan = Plan(
        port=target.port,
        path=target.path,
        key=measured.KEY,
        bodies=files,
        connections=scenario.connections,
        requests=scenario.requests,
        seconds=scenario.seconds,
        warm_up=scenario.warm_up,
        marks=scenario.marks,
        timeout_s=scenario.timeout_s,
    )
    limit_s = scenario.seconds + 2 * scenario.timeout_s + _CLIENT_GRACE_S
    command = processes.module("client", json.dumps(dataclasses.asdict(plan)))
    with subprocess.Popen(
        command, cwd=processes.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as client:
        processes.pin(client.pid)
        try:
            out, err = client.communicate(timeout=limit_s)
        except subprocess.TimeoutExpired:
            client.kill()
            out, err = client.communicate()
    if client.returncode:
        return {"failed": 1, "first_failure": err.strip().rpartition("\n")[2]}
    summary: dict[str, Any] = json.loads(out)
    return summary


def _brief(scenario: Scenario, figures: dict[str, Any]) -> str:
    known = [(m.title, figures.get(m.key)) for m in scenario.measures]
    shown = [f"{title} {value:.4g}" for title, value in known if value is not None]
    return "; ".join(shown) + (f"; {figures['failed']} FAILED" if figures["failed"] else "")
