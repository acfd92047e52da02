"""The recipes of docs/ci.md, on a machine with nothing: no terminal, no input."""

import os
import re
import shlex
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.e2e.desk import PACKAGE_PARENT, posix_only
from tests.e2e.runner import Runner, filled
from tests.e2e.stage import e2e
from tests.support.claude import NEWEST, QUIET, executable
from tests.support.ports import free_port
from tests.support.turns import text
from tests.support.upstream import Upstream

pytestmark = [posix_only, *e2e]
GUIDE = PACKAGE_PARENT / "docs" / "ci.md"
SECRET = "sk-secret-of-the-repository-0123456789"
SECRETS = {"secrets.DEEPSEEK_API_KEY": SECRET}
INSTALL_LIMIT_S = 400


def steps() -> tuple[dict[str, Any], dict[str, Any]]:
    """The named steps of the workflow, and those that take the action's place."""
    text = GUIDE.read_text(encoding="utf-8")
    workflow, by_hand = map(yaml.safe_load, re.findall(r"```yaml\n(.*?)```", text, re.S))
    both = (workflow["jobs"]["claude"]["steps"], by_hand["jobs"]["ask"]["steps"])
    first, second = ({step["name"]: step for step in found if "name" in step} for found in both)
    return first, second


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the action puts `ccr`, with Claude Code beside it."""
    folder = tmp_path_factory.mktemp("machine")
    packages = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    runner = Runner(folder, {"PATH": "/usr/bin:/bin", **packages})
    done = runner.action("Install the router", {}, INSTALL_LIMIT_S)
    assert done.code == 0, done.said
    found = Path(runner.variables["PATH"].partition(":")[0])
    (found / "claude").symlink_to(executable(NEWEST)[0])
    return found


@pytest.fixture
def runner(tmp_path: Path, programs: Path) -> Iterator[Runner]:
    port = str(free_port())
    made = Runner(tmp_path, {**QUIET, "PATH": f"{programs}:/usr/bin:/bin", "SERVICE_PORT": port})
    try:
        yield made
    finally:
        made.run("ccr stop")


def inputs(runner: Runner, upstream: Upstream, secret: str = SECRET) -> dict[str, str]:
    """What the workflow gives the action, but for the provider's address and the port."""
    given = steps()[0]["Start the router"]["with"]
    values = {
        name: filled(text, {"secrets.DEEPSEEK_API_KEY": secret}) for name, text in given.items()
    }
    values["config"] = values["config"].replace("https://api.deepseek.com", upstream.chat_url)
    return {**values, "port": runner.variables["SERVICE_PORT"]}


def start(runner: Runner, given: dict[str, str]) -> tuple[int, str]:
    done = runner.action("Start the router", given)
    assert SECRET not in done.said
    return done.code, done.said


def test_the_action_leads_claude_code_to_the_router(runner: Runner, upstream: Upstream) -> None:
    upstream.script(text("It is for testing."), model="deepseek-v4-pro")
    workflow = steps()[0]
    # As anthropics/claude-code-action hands its input on to Claude Code.
    wanted = workflow["Run Claude Code"]["with"]["anthropic_api_key"]

    code, said = start(runner, inputs(runner, upstream))
    known = {f"steps.router.outputs.{name}": value for name, value in runner.outputs.items()}
    answer = runner.run("claude -p 'What is it for?'; env", ANTHROPIC_API_KEY=filled(wanted, known))
    ended = runner.run(workflow["Stop the router"]["run"])

    assert (code, answer.code, ended.code) == (0, 0, 0), (said, answer, ended)
    assert runner.outputs["url"] == f"http://127.0.0.1:{runner.variables['SERVICE_PORT']}"
    assert "It is for testing." in answer.said
    assert upstream.asked("deepseek-v4-pro")[0].headers["authorization"] == f"Bearer {SECRET}"
    assert "deepseek,deepseek-v4-pro" in ended.said
    assert "The router has stopped." in ended.said
    assert SECRET not in answer.said + ended.said
    assert holding(runner, SECRET) == []
    [config] = runner.temp.rglob("config.json")
    assert config.stat().st_mode & 0o777 == 0o600


def holding(runner: Runner, words: str) -> list[Path]:
    """The files of the machine that hold these words."""
    files = [path for path in runner.home.parent.rglob("*") if path.is_file()]
    assert files
    return [path for path in files if words.encode() in path.read_bytes()]


def test_the_action_hands_on_the_key_that_the_router_asks_for(
    runner: Runner, upstream: Upstream
) -> None:
    upstream.script(text("Only for members."), model="deepseek-v4-pro")
    given = inputs(runner, upstream)
    given["config"] = given["config"].replace("{", '{"APIKEY": "$TEAM_KEY",', 1)
    given["keys"] += "TEAM_KEY=a=key with $things\r\n\n"

    code, said = start(runner, given)
    answer = runner.run("claude -p 'Who may ask?'")

    assert (code, "a=key with" in said) == (0, False), said
    assert runner.outputs["token"] == "a=key with $things"
    assert "Only for members." in answer.said, answer


@pytest.mark.parametrize(
    ("change", "exit_code", "sentence"),
    [
        ({"keys": "DEEPSEEK_API_KEY=\n"}, 2, "Is the secret set?"),
        ({"keys": f"OTHER=1\n{SECRET}\n"}, 2, "Line 2 of 'keys'"),
        ({"keys": ""}, 2, "DEEPSEEK_API_KEY"),
        ({"config": "{"}, 2, "The configuration has errors"),
        ({"config": ""}, 2, "There is no configuration"),
    ],
)
def test_the_action_fails_before_anything_is_asked(
    change: dict[str, str], exit_code: int, sentence: str, runner: Runner, upstream: Upstream
) -> None:
    code, said = start(runner, {**inputs(runner, upstream), **change})

    assert (code, sentence in said, "::error title=" in said) == (exit_code, True, True), said
    assert (upstream.requests, runner.outputs) == ([], {})


def test_the_action_shows_why_the_router_does_not_start(runner: Runner, upstream: Upstream) -> None:
    with closing(socket.create_server(("127.0.0.1", int(runner.variables["SERVICE_PORT"])))):
        code, said = start(runner, inputs(runner, upstream))

    assert (code, "is in use" in said, "its log is above" in said) == (3, True, True), said


def test_the_action_shows_nothing_of_an_earlier_start(runner: Runner, upstream: Upstream) -> None:
    given = inputs(runner, upstream)
    start(runner, given)
    runner.run("ccr stop")
    logs = Path(runner.variables["CCR_DESKTOP_HOME"]) / "logs"
    for name in ("service-start.log", "ccr-desktop.log"):
        (logs / name).write_text("This is of an earlier start.\n", encoding="utf-8")

    with closing(socket.create_server(("127.0.0.1", int(given["port"])))):
        code, said = start(runner, given)

    assert (code, "is in use" in said, "earlier start" in said) == (3, True, False), said


@pytest.mark.parametrize("place", [".config/ccr-desktop", ".claude-code-router"])
def test_without_a_configuration_the_action_takes_the_file_that_is_there(
    runner: Runner, upstream: Upstream, place: str
) -> None:
    given = inputs(runner, upstream)
    file = runner.home / place / "config.json"
    file.parent.mkdir(parents=True)
    file.write_text(given["config"], encoding="utf-8")
    upstream.script(text("From the file."), model="deepseek-v4-pro")

    code, said = start(runner, {**given, "config": ""})
    answer = runner.run("ccr ask 'Where from?'")

    assert code == 0, said
    assert "From the file." in answer.said
    assert file.read_text(encoding="utf-8") == given["config"]


def test_the_action_takes_no_router_of_another_job(runner: Runner, upstream: Upstream) -> None:
    first, _ = start(runner, inputs(runner, upstream))
    second, said = start(runner, inputs(runner, upstream))

    assert (first, second, "A router runs on port" in said) == (0, 3, True), said


class ByHand:
    """The steps that take the action's place, with the key where a step asks for it."""

    def __init__(self, runner: Runner, upstream: Upstream) -> None:
        self.runner = runner
        self._url = upstream.chat_url

    def step(self, name: str) -> str:
        step = steps()[1][name]
        here = step["run"].replace("https://api.deepseek.com", self._url)
        port = self.runner.variables["SERVICE_PORT"]
        given = {key: value.replace("3456", port) for key, value in step.get("env", {}).items()}
        variables: dict[str, Any] = {key: filled(value, SECRETS) for key, value in given.items()}
        done = self.runner.run(here, **variables)
        assert done.code == 0, f"{name}: {done.said}"
        return done.said


@pytest.fixture
def by_hand(runner: Runner, upstream: Upstream) -> ByHand:
    return ByHand(runner, upstream)


def test_the_steps_by_hand_do_the_same(by_hand: ByHand, upstream: Upstream) -> None:
    upstream.script(text("It is for testing."), model="deepseek-v4-pro")

    by_hand.step("Configure it")
    started = by_hand.step("Start it")
    answer = by_hand.step("Ask it")
    ended = by_hand.step("Stop it")

    assert f"http://127.0.0.1:{by_hand.runner.variables['SERVICE_PORT']}" in started
    assert "It is for testing." in answer
    [asked] = upstream.asked("deepseek-v4-pro")
    assert asked.headers["authorization"] == f"Bearer {SECRET}"
    assert "deepseek,deepseek-v4-pro" in ended
    assert "The router has stopped." in ended
    assert holding(by_hand.runner, SECRET) == []


def test_the_step_that_installs_it_by_hand_installs_a_checkout(runner: Runner) -> None:
    """pip is told what it would do: the action has installed the same for all of these tests."""
    (runner.work / ".ccr-desktop").symlink_to(PACKAGE_PARENT)
    command = steps()[1]["Install the router"]["run"]

    assert shlex.split(command) == ["python", "-m", "pip", "install", "./.ccr-desktop"]
    packages = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    done = runner.run(f"{command} --no-deps --dry-run", HTTPS_PROXY="", **packages)

    assert (done.code, "Would install ccr-desktop" in done.said) == (0, True), done.said


def test_the_script_for_other_systems_does_the_same(runner: Runner, upstream: Upstream) -> None:
    """But for what it downloads, which is there already."""
    upstream.script(text("It is for testing."), model="deepseek-v4-pro")
    whole = GUIDE.read_text(encoding="utf-8").partition("<!-- script for other systems -->")[2]
    script = re.findall(r"```sh\n(.*?)```", whole, re.S)[0]
    script = re.sub(r"^(python3 -m venv|pip install|npm install) .*\n", "", script, flags=re.M)
    (runner.work / "ask.sh").write_text(
        script.replace("https://api.deepseek.com", upstream.chat_url)
    )

    done = runner.run("sh ask.sh", DEEPSEEK_API_KEY=SECRET)

    assert (done.code, "It is for testing." in done.said) == (0, True), done.said
    assert "The router has stopped." in done.said
    assert upstream.asked("deepseek-v4-pro")[0].headers["authorization"] == f"Bearer {SECRET}"
    assert holding(runner, SECRET) == []


def test_a_missing_secret_fails_the_job_before_anything_is_asked(
    by_hand: ByHand, upstream: Upstream
) -> None:
    done = by_hand.runner.run(steps()[1]["Configure it"]["run"], DEEPSEEK_API_KEY="")

    assert (done.code, "DEEPSEEK_API_KEY" in done.said) == (2, True)
    assert upstream.requests == []


def test_one_command_does_all_and_takes_a_piped_prompt(by_hand: ByHand, upstream: Upstream) -> None:
    upstream.script(text("It was piped."), model="deepseek-v4-pro")
    by_hand.step("Configure it")

    done = by_hand.runner.run("echo 'What was it?' | ccr code -p", DEEPSEEK_API_KEY=SECRET)

    assert (done.code, "It was piped." in done.said) == (0, True), done.said
    assert "What was it?" in upstream.asked("deepseek-v4-pro")[0].texts("user")


def test_claude_code_needs_nobody_either(by_hand: ByHand, upstream: Upstream) -> None:
    """NON_INTERACTIVE_MODE, with no terminal and a closed standard input."""
    upstream.script(text("Nobody watches."), model="deepseek-v4-pro")
    by_hand.step("Configure it")

    done = by_hand.runner.run("ccr code -p 'Who watches?'", DEEPSEEK_API_KEY=SECRET)

    assert (done.code, "Nobody watches." in done.said) == (0, True), done.said
