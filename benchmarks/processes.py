"""Processes of the benchmark: started in a clean environment, weighed, frozen and ended."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
_END_TIMEOUT_S = 5
_SCHEDULED = 2  # with a process number, the clock of what its threads ran: clock_getcpuclockid(3)


def start(
    command: Sequence[str | Path], *, folder: Path, variables: Mapping[str, str], output: Path
) -> psutil.Popen:
    """A process that sees nothing of the environment but the search path."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    with output.open("ab") as log:
        return psutil.Popen(
            [str(part) for part in command],
            cwd=folder,
            env={**kept, "HOME": str(folder), "LANG": "C.UTF-8", **variables},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )


def module(name: str, *arguments: str) -> list[str]:
    """The command that runs a module of this package."""
    return [sys.executable, "-m", f"benchmarks.{name}", *arguments]


def load_core() -> set[int]:
    """The core for the provider and the client, so that they disturb the router alike."""
    if not hasattr(os, "sched_getaffinity"):
        return set()
    cores = sorted(os.sched_getaffinity(0))
    return {cores[-1]} if len(cores) > 1 else set()


def pin(pid: int) -> None:
    """Keep a process of ours on that core, where the system can."""
    if hasattr(os, "sched_setaffinity") and (cores := load_core()):
        os.sched_setaffinity(pid, cores)


def _tree(process: psutil.Popen) -> Iterator[psutil.Process]:
    """The process and its descendants, as far as they live."""
    with suppress(psutil.NoSuchProcess):
        yield from (process, *process.children(recursive=True))


def _total(process: psutil.Popen, weigh: Callable[[psutil.Process], float]) -> float:
    total = 0.0
    for part in _tree(process):
        with suppress(psutil.NoSuchProcess):
            total += weigh(part)
    return total


def memory_mb(process: psutil.Popen) -> float:
    """Resident memory of the whole tree."""
    return _total(process, lambda part: part.memory_info().rss / 2**20)


def cpu_s(process: psutil.Popen) -> float:
    """CPU time that the whole tree has used."""
    return _total(process, _cpu_s)


def _cpu_s(part: psutil.Process) -> float:
    """To the microsecond on Linux, where psutil's figure may count whole ticks of 10 ms: whoever
    wakes up by a timer, as the kernel's clock does, would pay for all of one.
    """
    if sys.platform != "linux":
        return float(sum(part.cpu_times()[:2]))
    try:
        return time.clock_gettime(~part.pid << 3 | _SCHEDULED)
    except OSError as exc:
        raise psutil.NoSuchProcess(part.pid) from exc


@contextmanager
def thawed(process: psutil.Popen) -> Iterator[None]:
    """Let a frozen process run for a while; its timers cost the others CPU time otherwise."""
    for part in _tree(process):
        part.resume()
    try:
        yield
    finally:
        freeze(process)


def freeze(process: psutil.Popen) -> None:
    """Stop the clocks of a process."""
    for part in _tree(process):
        with suppress(psutil.NoSuchProcess):
            part.suspend()


def end(process: psutil.Popen) -> None:
    """End the tree, by force where asking does not help."""
    parts = list(_tree(process))
    for part in parts:
        with suppress(psutil.NoSuchProcess):
            part.resume()
            part.terminate()
    _, alive = psutil.wait_procs(parts, timeout=_END_TIMEOUT_S)
    for part in alive:
        with suppress(psutil.NoSuchProcess):
            part.kill()
    psutil.wait_procs(alive, timeout=_END_TIMEOUT_S)
