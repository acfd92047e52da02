"""What runs the steps of a GitHub Actions job, on a machine with no terminal and no input."""

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.e2e.desk import PACKAGE_PARENT
from tests.support.process import clean_environment, run_bounded

ACTION = PACKAGE_PARENT / "installers" / "github-action"
LIMIT_S = 180
_EXPRESSION = re.compile(r"\$\{\{ *([\w.-]+) *\}\}")
_FILES = ("GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_PATH")


@dataclass(frozen=True, slots=True)
class Done:
    """A step that has run."""

    code: int
    said: str


class Runner:
    """`bash -e` for one step after the other, with what they hand on to each other."""

    def __init__(self, folder: Path, variables: Mapping[str, str]) -> None:
        self.home = folder / "home"
        self.work = folder / "work"
        self.temp = folder / "temp"
        for place in (self.home, self.work, self.temp):
            place.mkdir()
        self.variables = dict(variables)
        self.outputs: dict[str, str] = {}

    def run(self, command: str, limit_s: float = LIMIT_S, **variables: str) -> Done:
        """A `run` step."""
        files = {name: self.temp / name.lower() for name in _FILES}
        for file in files.values():
            file.write_bytes(b"")
        own = {
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_ACTION_PATH": str(ACTION),
            **{name: str(file) for name, file in files.items()},
        }
        done = run_bounded(
            ["bash", "-e", "-c", f"exec <&-\n{command}"],
            cwd=self.work,
            env=clean_environment(self.home, {**self.variables, **own, **variables}),
            timeout_s=limit_s,
        )
        self.variables |= _handed_on(files["GITHUB_ENV"])
        self.outputs |= _handed_on(files["GITHUB_OUTPUT"])
        for place in reversed(files["GITHUB_PATH"].read_text(encoding="utf-8").split()):
            self.variables["PATH"] = f"{place}:{self.variables['PATH']}"
        return Done(done.returncode, done.stdout + done.stderr)

    def action(self, name: str, inputs: Mapping[str, str], limit_s: float = LIMIT_S) -> Done:
        """One `run` step of our action, with the inputs that a workflow gives."""
        action = yaml.safe_load((ACTION / "action.yml").read_text(encoding="utf-8"))
        [step] = [step for step in action["runs"]["steps"] if step["name"] == name]
        known = {f"inputs.{key}": about["default"] for key, about in action["inputs"].items()}
        known |= {f"inputs.{key}": value for key, value in inputs.items()}
        known["steps.python.outputs.python-path"] = sys.executable
        variables = {key: filled(value, known) for key, value in step["env"].items()}
        return self.run(step["run"], limit_s, **variables)


def filled(text: Any, known: Mapping[str, str]) -> str:
    """*text* with its expressions evaluated, all of which have to be known."""
    return _EXPRESSION.sub(lambda found: known[found[1]], str(text))


def _handed_on(file: Path) -> dict[str, str]:
    """The values in one of the runner's files, in the form with a delimiter."""
    text = file.read_text(encoding="utf-8")
    found = re.findall(r"^(\w+)<<(\w+)\n(.*?)\n\2$", text, re.M | re.S)
    return {name: value for name, _, value in found}
