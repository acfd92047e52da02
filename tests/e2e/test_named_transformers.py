"""The real Claude Code with providers that need a transformer of their own."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.e2e.conftest import STAGE
from tests.e2e.stage import ALL_TOOLS, Stage, e2e
from tests.support.bedrock_upstream import KEY as BEDROCK_KEY
from tests.support.bedrock_upstream import BedrockUpstream
from tests.support.claude import NEWEST, executable
from tests.support.google_upstream import (
    PROJECT,
    CodeAssistUpstream,
    VertexClaudeUpstream,
    VertexGeminiUpstream,
    sign_in_to_code_assist,
    sign_in_to_google_cloud,
)
from tests.support.router import API_KEY, start_router
from tests.support.turns import JsonObject, call, text, tool_calls
from tests.support.upstream import Upstream

pytestmark = e2e

MODELS = {
    "gemini-cli": "gemini-3-flash-preview",
    "vertex-gemini": "gemini-2.5-pro",
    "vertex-claude": "claude-sonnet-4-5@20250929",
}
PATHS = {"gemini-cli": "/v1internal"}
SetUp = Callable[[Upstream, str, JsonObject], AbstractContextManager[Stage]]


@pytest.fixture
def set_up(request: pytest.FixtureRequest, tmp_path: Path) -> SetUp:
    """Puts a provider with a transformer before the client."""
    executable(NEWEST)

    @contextmanager
    def made(upstream: Upstream, name: str, options: JsonObject) -> Iterator[Stage]:
        home, cwd = tmp_path / "home", tmp_path / "project"
        home.mkdir()
        cwd.mkdir()
        model = MODELS.get(name, "main-model")
        provider = {
            "name": "mine",
            "api_base_url": upstream.url + PATHS.get(name, ""),
            "api_key": BEDROCK_KEY,
            "models": [model],
            "transformer": {"use": [[name, options]]},
        }
        raw = {"APIKEY": API_KEY, "Providers": [provider], "Router": {"default": f"mine,{model}"}}
        router = start_router(tmp_path / "router", raw)
        stage = Stage(version=NEWEST, upstream=upstream, router=router, home=home, cwd=cwd)
        request.node.stash[STAGE] = stage
        try:
            yield stage
        finally:
            router.stop()

    (tmp_path / "router").mkdir()
    return made


def printed(name: str, arguments: JsonObject) -> str:
    pairs = [
        f"<arg_key>{key}</arg_key>\n<arg_value>{value}</arg_value>\n"
        for key, value in arguments.items()
    ]
    return f"\n<tool_call>{name}\n{''.join(pairs)}</tool_call>"


def test_a_task_is_done_with_calls_that_are_printed(set_up: SetUp) -> None:
    content = json.dumps({"words": ["hérôn", "</tool_call>"]}, ensure_ascii=False)
    with Upstream() as upstream, set_up(upstream, "chutes-glm", {}) as stage:
        (stage.cwd / "notes.txt").write_text("the secret word is heron\n", encoding="utf-8")
        read = printed("Read", {"file_path": stage.path("notes.txt"), "limit": 5})
        write = printed("Write", {"file_path": stage.path("a.json"), "content": content})
        stage.script(text("I look." + read), text("Now I write." + write), text("Written."))

        run = stage.ask("Write the secret word", ALL_TOOLS, output="stream-json")

        assert run.answer == "Written."
        assert (stage.cwd / "a.json").read_text(encoding="utf-8") == content
        assert "the secret word is heron" in "".join(stage.main[1].results.values())
        assert "tool_call>Read" not in run.stdout


def do_a_task(stage: Stage) -> None:
    (stage.cwd / "notes.txt").write_text("the secret word is heron\n", encoding="utf-8")
    read = call("Read", {"file_path": stage.path("notes.txt")})
    write = call("Write", {"file_path": stage.path("a.txt"), "content": "hérôn\n"})
    stage.upstream.script(
        text("I look.") + tool_calls([read]), tool_calls([write]), text("Written.")
    )

    run = stage.ask("Write the secret word", ALL_TOOLS)

    assert run.answer == "Written."
    assert (stage.cwd / "a.txt").read_text(encoding="utf-8") == "hérôn\n"
    assert "the secret word is heron" in json.dumps(stage.upstream.requests[-1].body)


def test_a_task_is_done_by_way_of_code_assist(set_up: SetUp, tmp_path: Path) -> None:
    sign_in_to_code_assist(tmp_path / "router")
    with (
        CodeAssistUpstream() as upstream,
        set_up(upstream, "gemini-cli", {"project": PROJECT}) as stage,
    ):
        do_a_task(stage)

        assert upstream.refusals == []
        assert len(upstream.signatures) == 2


def test_a_task_is_done_by_gemini_on_vertex(set_up: SetUp, tmp_path: Path) -> None:
    with VertexGeminiUpstream() as upstream:
        sign_in_to_google_cloud(tmp_path / "router", f"{upstream.url}/token")
        with set_up(upstream, "vertex-gemini", {}) as stage:
            do_a_task(stage)

        assert upstream.refusals == []


def test_a_task_is_done_by_claude_on_vertex(set_up: SetUp, tmp_path: Path) -> None:
    with VertexClaudeUpstream() as upstream:
        sign_in_to_google_cloud(tmp_path / "router", f"{upstream.url}/token")
        with set_up(upstream, "vertex-claude", {"location": "global"}) as stage:
            do_a_task(stage)

        assert upstream.refusals == []


@pytest.mark.parametrize(
    ("model", "path"),
    [
        ("us.anthropic.claude-sonnet-4-5-20250929-v1:0", ""),
        ("global.anthropic.claude-sonnet-5", ""),
        ("anthropic.claude-sonnet-5", "/anthropic"),
    ],
    ids=["older", "newer", "Messages API"],
)
def test_a_task_is_done_by_claude_at_bedrock(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch, model: str, path: str
) -> None:
    monkeypatch.setitem(MODELS, "bedrock-claude", model)
    monkeypatch.setitem(PATHS, "bedrock-claude", path)
    with BedrockUpstream() as upstream, set_up(upstream, "bedrock-claude", {}) as stage:
        do_a_task(stage)

        assert upstream.refusals == []
