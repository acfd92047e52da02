"""Workflows, the action and scripts, by the programs that know what goes wrong there."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.installers.judges import ACTION, INSTALLERS, ROOT, WORKFLOWS, linux_only, verdict

pytestmark = linux_only
_EXPRESSION = re.compile(r"\$\{\{.*?\}\}")


def examples() -> list[str]:
    """The workflows of docs/ci.md: with the action, and by hand."""
    return re.findall(r"```yaml\n(.*?)```", (ROOT / "docs/ci.md").read_text("utf-8"), re.S)


def commands() -> Iterator[tuple[str, str]]:
    """Each `run` of the workflows and of the action, by its file and step."""
    for path in [*WORKFLOWS, ACTION]:
        content: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        jobs = content["jobs"].values() if "jobs" in content else [content["runs"]]
        for step in (step for job in jobs for step in job["steps"] if "run" in step):
            yield f"{path.name}: {step.get('name', step['run'])}", step["run"]


def test_workflows_keep_to_the_schema_of_github() -> None:
    assert WORKFLOWS
    schema = ("--builtin-schema", "vendor.github-workflows")
    assert verdict("check-jsonschema", *schema, *WORKFLOWS) == ""
    assert verdict("check-jsonschema", "--builtin-schema", "vendor.github-actions", ACTION) == ""


@pytest.mark.parametrize("number", [0, 1], ids=["action", "by hand"])
def test_the_workflows_of_the_docs_keep_to_the_schema(number: int, tmp_path: Path) -> None:
    file = tmp_path / "claude.yml"
    file.write_text(examples()[number], encoding="utf-8")

    assert verdict("check-jsonschema", "--builtin-schema", "vendor.github-workflows", file) == ""


def test_no_workflow_gives_away_more_than_it_must() -> None:
    """Actions pinned by hash, permissions, credentials, words of strangers in commands."""
    assert verdict("zizmor", "--offline", "--no-progress", "--quiet", *WORKFLOWS, ACTION) == ""


def test_scripts_have_no_traps() -> None:
    scripts = [*sorted(INSTALLERS.rglob("*.sh")), *sorted((ROOT / "scripts").glob("*.sh"))]

    assert scripts
    assert verdict("shellcheck", *scripts) == ""


@pytest.mark.parametrize("command", dict(commands()).values(), ids=dict(commands()).keys())
def test_commands_of_steps_have_no_traps(command: str) -> None:
    assert not _EXPRESSION.search(command), "give it by a variable"
    assert verdict("shellcheck", "--shell", "bash", "-", stdin=command) == ""
