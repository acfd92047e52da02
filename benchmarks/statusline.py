"""The status line: a process of its own several times a second, beside an empty `python -c pass`.

Both run in turn, and the ratio is taken pair by pair: it says what the line adds to a bare start.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks import processes, scenarios
from benchmarks.report import Results
from benchmarks.targets import OURS, PEER, Target

_EMPTY = [sys.executable, "-c", "pass"]
_TIMEOUT_S = 30
_TURNS = 400


def measure(results: Results, targets: list[Target], folder: Path, count: int) -> None:
    """Draw the line *count* times with each target, after one time that does not count."""
    given = _input(folder)
    for turn in range(count + 1):
        for target in targets:
            if target.name not in {OURS, PEER}:
                continue
            empty_s = _seconds(_EMPTY, given, target)
            drawn_s = _seconds(_command(target), given, target)
            if turn:
                results.add("statusline", scenarios.LINE, target.name, drawn_s * 1000)
                results.add("statusline", scenarios.LINE_RATIO, target.name, drawn_s / empty_s)


def _command(target: Target) -> list[str]:
    """Its program, with another subcommand than the one that starts it."""
    program = [sys.executable, "-m", "ccr_desktop"] if target.name == OURS else target.command[:2]
    return [*program, "statusline"]


def _seconds(command: list[str], given: bytes, target: Target) -> float:
    begun_s = time.perf_counter()
    subprocess.run(
        command,
        cwd=target.home,
        env=_environment(target.home, target.variables),
        input=given,
        stdout=subprocess.DEVNULL,
        check=True,
        timeout=_TIMEOUT_S,
    )
    return time.perf_counter() - begun_s


def _environment(home: Path, variables: Mapping[str, str]) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return {**kept, "HOME": str(home), "LANG": "C.UTF-8", **variables}


def _input(folder: Path) -> bytes:
    """What Claude Code sends in the middle of a session, with a transcript of some length."""
    usage = {"input_tokens": 1200, "output_tokens": 340, "cache_read_input_tokens": 40_000}
    answer = {"type": "assistant", "message": {"model": "bench", "usage": usage}}
    question = {"type": "user", "message": {"content": "word " * 400}}
    transcript = folder / "transcript.jsonl"
    lines = [json.dumps(entry) for entry in (question, answer)] * _TURNS
    transcript.write_text("\n".join([*lines, json.dumps(question)]) + "\n", encoding="utf-8")
    content = {
        "session_id": "0a1b2c3d-0000-0000-0000-000000000000",
        "transcript_path": str(transcript),
        "cwd": str(processes.ROOT),
        "workspace": {"current_dir": str(processes.ROOT)},
        "model": {"id": "claude-sonnet-5", "display_name": "Sonnet 5"},
        "context_window": {"context_window_size": 200_000, "current_usage": usage},
    }
    return json.dumps(content).encode()
