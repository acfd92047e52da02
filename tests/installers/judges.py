"""Programs that judge what is delivered, and what they are given."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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


def needed(program: str) -> str:
    """A program of the system. In CI it has to be there, elsewhere tests do without."""
    if shutil.which(program) is None:
        reason = f"scripts/system-packages.sh installs what is missing: {program}"
        is_fault = os.environ.get("CI") == "true" and sys.platform == "linux"
        (pytest.fail if is_fault else pytest.skip)(reason)
    return program


def said(*command: str | Path, **environment: str) -> str:
    """What a program of the system prints, that has nothing to object to."""
    done = subprocess.run(
        [needed(str(command[0])), *command[1:]],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
