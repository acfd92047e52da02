"""The real Codex as a client, before providers of both of OpenAI's protocols.

Its package is of 400 MB: `make test-codex` fetches it and runs this, `make test` does not.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.claude import NOWHERE
from tests.support.process import clean_environment, run_bounded
from tests.support.responses_api import ResponsesApi, say, think
from tests.support.responses_api import call as item
from tests.support.router import API_KEY, Router, config, start_router
from tests.support.turns import call, reasoning, text, tool_calls
from tests.support.upstream import Upstream

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]
SCRIPT = Path(__file__).parents[2] / "build/codex/node_modules/@openai/codex/bin/codex.js"
WRITE = {"cmd": "echo hello > a.txt; echo two"}
LIST = {"cmd": "ls"}
SETTINGS = """
model = "mock,main-model"
model_provider = "ccr"
model_reasoning_effort = "low"
model_reasoning_summary = "auto"
approval_policy = "never"
sandbox_mode = "danger-full-access"

[model_providers.ccr]
name = "CCR Desktop"
base_url = "{url}/v1"
env_key = "CCR_KEY"
wire_api = "responses"
"""


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with Upstream() as server:
        yield server


def run_codex(tmp_path: Path, router: Router) -> list[dict[str, Any]]:
    """What Codex reports of a task, event by event."""
    node = shutil.which("node")
    assert node is not None, "Node.js is missing"
    assert SCRIPT.exists(), "run `make test-codex`, which installs Codex"
    home, cwd = tmp_path / "home", tmp_path / "work"
    settings = home / ".codex" / "config.toml"
    settings.parent.mkdir(parents=True)
    cwd.mkdir()
    settings.write_text(SETTINGS.format(url=router.url), encoding="utf-8")
    variables = {
        "CODEX_HOME": str(settings.parent),
        "CCR_KEY": API_KEY,
        "HTTPS_PROXY": NOWHERE,
        "NO_PROXY": "127.0.0.1,localhost",
    }
    done = run_bounded(
        [node, str(SCRIPT), "exec", "--skip-git-repo-check", "--json", "write hello into a.txt"],
        cwd=cwd,
        env=clean_environment(home, variables),
        timeout_s=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (cwd / "a.txt").read_text(encoding="utf-8") == "hello\n"
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def completed(events: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    items = [event["item"] for event in events if event["type"] == "item.completed"]
    return [found for found in items if found["type"] == kind]


def check(events: list[dict[str, Any]]) -> None:
    assert [m["text"] for m in completed(events, "agent_message")] == ["I write.", "All done."]
    outputs = [run["aggregated_output"] for run in completed(events, "command_execution")]
    assert outputs == ["two\n", "a.txt\n"]
    assert completed(events, "reasoning")[0]["text"] == "Hm."
    assert events[-1]["type"] == "turn.completed"


def test_a_task_is_done_with_a_strict_responses_server(tmp_path: Path, upstream: Upstream) -> None:
    api = ResponsesApi(
        [think("Hm."), say("I write."), item("exec_command", WRITE, "call_1")],
        [think("Look."), item("exec_command", LIST, "call_2")],
        [say("All done.")],
    )
    upstream.respond(api.respond)
    (tmp_path / "router").mkdir()
    router = start_router(tmp_path / "router", config(f"{upstream.url}/v1/responses"))
    try:
        check(run_codex(tmp_path, router))
    finally:
        router.stop()

    assert api.refusals == []
    items = upstream.requests[-1].body["input"]
    assert [i["id"] for i in items if i["type"] == "reasoning"] == ["rs_0", "rs_3"]


def test_a_task_is_done_with_chat_completions(tmp_path: Path, upstream: Upstream) -> None:
    first = tool_calls([call("exec_command", WRITE)], fragment_chars=5)
    upstream.script(
        reasoning("Hm.") + text("I write.") + first,
        tool_calls([call("exec_command", LIST)]),
        text("All done."),
    )
    (tmp_path / "router").mkdir()
    router = start_router(tmp_path / "router", config(upstream.chat_url))
    try:
        check(run_codex(tmp_path, router))
    finally:
        router.stop()
