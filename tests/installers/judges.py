"""Programs that judge what is delivered, and what they are given."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.programs import need

ROOT = Path(__file__).parents[2]
INSTALLERS = ROOT / "installers"
ACTION = INSTALLERS / "github-action" / "action.yml"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="judged once, on Linux")


def verdict(program: str, *arguments: str | Path, stdin: str | None = None) -> str:
    """What a program of the virtual environment objects to; nothing when it is content."""
    done = subprocess.run(
        [Path(sys.prefix) / "bin" / program, *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "NO_COLOR": "1"},
        input=stdin,
        stdin=None if stdin is not None else subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    said = done.stdout + done.stderr
    return said or f"exit code {done.returncode}" if done.returncode else ""


def said(*command: str | Path, **environment: str) -> str:
    """What a program of the system prints, that has nothing to object to."""
    done = subprocess.run(
        [need(str(command[0])), *command[1:]],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
