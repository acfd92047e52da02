"""The recipe of docs/ci.md, step by step, on a machine with nothing: no terminal, no input."""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.e2e.desk import PACKAGE_PARENT, free_port, posix_only
from tests.e2e.stage import e2e
from tests.support.claude import NEWEST, QUIET, RUN_TIMEOUT_S, executable
from tests.support.process import clean_environment, run_bounded
from tests.support.turns import text
from tests.support.upstream import Upstream

pytestmark = [posix_only, *e2e]
GUIDE = PACKAGE_PARENT / "docs" / "ci.md"
SECRET = "sk-secret-of-the-repository-0123456789"
INSTALL_LIMIT_S = 400


def blocks() -> Iterator[Any]:
    for content in re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.S):
        yield yaml.safe_load(content)


def steps() -> dict[str, Any]:
    """Every step that has a name: those of the workflow, and those that take the action's place."""
    workflow, instead = blocks()
    named = [*workflow["jobs"]["claude"]["steps"], *instead]
    return {step["name"]: step for step in named if "name" in step}


class Runner:
    """What runs the steps of a job: `bash -e`, with the variables of the job."""

    def __init__(self, folder: Path, programs: Path, upstream: Upstream) -> None:
        self.home = folder / "home"
        self.work = folder / "work"
        self.port = free_port()
        self._url = upstream.chat_url
        for place in (self.home, self.work):
            place.mkdir()
        self.variables = {
            **QUIET,
            "PATH": f"{programs}:/usr/bin:/bin",
            "SERVICE_PORT": str(self.port),
            "DEEPSEEK_API_KEY": SECRET,
            "ANTHROPIC_BASE_URL": f"http://127.0.0.1:{self.port}",
        }

    def run(self, command: str, **variables: str) -> tuple[int, str]:
        here = command.replace("https://api.deepseek.com", self._url)
        done = run_bounded(
            ["bash", "-e", "-c", f"exec <&-\n{here}"],
            cwd=self.work,
            env=clean_environment(self.home, {**self.variables, **variables}),
            timeout_s=RUN_TIMEOUT_S,
        )
        return done.returncode, done.stdout + done.stderr

    def step(self, name: str, **variables: str) -> str:
        step = steps()[name]
        code, said = self.run(step["run"], **{**step.get("env", {}), **variables})
        assert code == 0, f"{name}: {said}"
        return said


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Python with the router, installed from the checkout as the recipe does, and Claude Code."""
    folder = tmp_path_factory.mktemp("machine")
    (folder / ".ccr-desktop").symlink_to(PACKAGE_PARENT)
    found = folder / "venv" / "bin"
    packages = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    environment = clean_environment(folder, {"PATH": f"{found}:/usr/bin:/bin", **packages})
    for command in (
        f"{sys.executable} -m venv {found.parent}",
        steps()["Install the router"]["run"],
    ):
        done = run_bounded(
            ["bash", "-e", "-c", command], cwd=folder, env=environment, timeout_s=INSTALL_LIMIT_S
        )
        assert done.returncode == 0, done.stdout + done.stderr
    (found / "claude").symlink_to(executable(NEWEST)[0])
    return found


@pytest.fixture
def runner(tmp_path: Path, programs: Path, upstream: Upstream) -> Iterator[Runner]:
    made = Runner(tmp_path, programs, upstream)
    try:
        yield made
    finally:
        made.run("ccr stop")


def test_the_recipe_works_where_there_is_nothing(runner: Runner, upstream: Upstream) -> None:
    upstream.script(text("It is for testing."), model="deepseek-v4-pro")

    runner.step("Configure it")
    started = runner.step("Start it")
    answer = runner.step("Ask it")
    ended = runner.step("Stop the router")

    assert f"http://127.0.0.1:{runner.port}" in started
    assert "It is for testing." in answer
    [asked] = upstream.asked("deepseek-v4-pro")
    assert asked.headers["authorization"] == f"Bearer {SECRET}"
    assert "deepseek,deepseek-v4-pro" in ended
    assert "The router has stopped." in ended
    files = [path for path in runner.home.rglob("*") if path.is_file() and path.stat().st_size]
    assert files
    assert not [path for path in files if SECRET.encode() in path.read_bytes()]


def test_a_missing_secret_fails_the_job_before_anything_is_asked(
    runner: Runner, upstream: Upstream
) -> None:
    code, said = runner.run(steps()["Configure it"]["run"], DEEPSEEK_API_KEY="")

    assert code == 2
    assert "DEEPSEEK_API_KEY" in said
    assert upstream.requests == []


def test_one_command_does_all_and_takes_a_piped_prompt(runner: Runner, upstream: Upstream) -> None:
    upstream.script(text("It was piped."), model="deepseek-v4-pro")
    runner.step("Configure it")

    code, said = runner.run("echo 'What was it?' | ccr code -p")

    assert (code, "It was piped." in said) == (0, True), said
    assert "What was it?" in upstream.asked("deepseek-v4-pro")[0].texts("user")
