"""Running programs in an environment of their own, with everything they say kept."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

SYSTEM_VARIABLES = ("PATH", "SYSTEMROOT", "COMSPEC", "PATHEXT", "TEMP", "TMP")
"""What any program needs to start at all; only the first exists outside Windows."""


def clean_environment(home: Path, extra: Mapping[str, str]) -> dict[str, str]:
    """An environment that holds nothing of the one the tests run in but the search path."""
    kept = {name: os.environ[name] for name in SYSTEM_VARIABLES if name in os.environ}
    homes = {"HOME": str(home), "USERPROFILE": str(home)}
    return {**kept, **homes, "LANG": "C.UTF-8", **extra}


def run_bounded(
    command: Sequence[str | Path],
    *,
    cwd: Path,
    env: Mapping[str, str],
    timeout_s: float,
    stdin: str | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run to the end; past the time limit it is killed with its children and the code is -9."""
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=cwd,
        env=dict(env),
        stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )
    with process:
        try:
            out, err = process.communicate(stdin, timeout=timeout_s)
        except subprocess.TimeoutExpired:
            kill_tree(process)
            out, err = process.communicate()
            err += f"\n(killed after {timeout_s} s)"
    return subprocess.CompletedProcess(command, process.returncode, out, err)


def kill_tree(process: subprocess.Popen[str]) -> None:
    """End a process and, where it leads a group of its own, all of the group."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
