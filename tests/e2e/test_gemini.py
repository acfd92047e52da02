"""The real Claude Code before a Gemini API that refuses what the real one refuses."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import STAGE
from tests.e2e.stage import ALL_TOOLS, Stage, e2e
from tests.support.claude import NEWEST, executable
from tests.support.gemini_upstream import KEY, GeminiRequest, GeminiUpstream
from tests.support.router import API_KEY, start_router
from tests.support.turns import JsonObject, Raw, call, reasoning, text, tool_calls

pytestmark = e2e

NEW_MODEL, OLD_MODEL = "gemini-3-flash-preview", "gemini-2.5-pro"


def configured(url: str) -> JsonObject:
    provider = {
        "name": "google",
        "api_base_url": url,
        "api_key": KEY,
        "models": [NEW_MODEL, OLD_MODEL],
        "transformer": {"use": ["gemini"]},
    }
    routes = {
        "default": f"google,{NEW_MODEL}",
        "background": "google,gemini-2.5-flash-lite",
        "webSearch": f"google,{OLD_MODEL}",
    }
    return {"APIKEY": API_KEY, "Providers": [provider], "Router": routes}


@pytest.fixture
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    executable(NEWEST)
    folders = [tmp_path / name for name in ("router", "home", "project")]
    for folder in folders:
        folder.mkdir()
    router_folder, home, cwd = folders
    with GeminiUpstream() as upstream:
        router = start_router(router_folder, configured(upstream.models_url))
        try:
            made = Stage(version=NEWEST, upstream=upstream, router=router, home=home, cwd=cwd)
            request.node.stash[STAGE] = made
            yield made
        finally:
            router.stop()
        assert upstream.refusals == []


def asked(stage: Stage, model: str = NEW_MODEL) -> list[GeminiRequest]:
    found = stage.upstream.asked(model)
    return [request for request in found if isinstance(request, GeminiRequest)]


def test_a_task_of_several_tools_is_done(stage: Stage) -> None:
    (stage.cwd / "notes.txt").write_text("the secret word is heron\n", encoding="utf-8")
    read = call("Read", {"file_path": stage.path("notes.txt")})
    look = call("Bash", {"command": "echo out-42; exit 3", "description": "x"})
    write = call("Write", {"file_path": stage.path("a.txt"), "content": "hérôn — 鷺\n"})
    stage.upstream.script(
        reasoning("First I look.") + text("I look.") + tool_calls([read, look]),
        reasoning("Now I write.") + tool_calls([write]),
        text("Written."),
        model=NEW_MODEL,
    )

    run = stage.ask("Write the secret word", ALL_TOOLS)

    assert run.answer == "Written."
    assert (stage.cwd / "a.txt").read_text(encoding="utf-8") == "hérôn — 鷺\n"
    first, second, third = asked(stage)
    assert "the secret word is heron" in second.answers[0]
    assert "out-42" in second.answers[1]
    assert isinstance(stage.upstream, GeminiUpstream)
    assert len(stage.upstream.signatures) == 2
    assert second.messages[: len(first.messages)] == first.messages
    assert third.messages[: len(second.messages)] == second.messages


def test_a_conversation_goes_on_with_another_model(stage: Stage) -> None:
    look = call("Bash", {"command": "echo one", "description": "x"})
    stage.upstream.script(tool_calls([look]), text("One."), model=NEW_MODEL)
    stage.upstream.script(tool_calls([look]), text("Two."), model=OLD_MODEL)

    stage.ask("Look", ALL_TOOLS)
    run = stage.ask("Again", ALL_TOOLS, "--continue", "--model", f"google,{OLD_MODEL}")

    assert run.answer == "Two."
    assert len(asked(stage, OLD_MODEL)) == 2


def test_a_search_brings_its_links_to_the_model(stage: Stage) -> None:
    search = call("WebSearch", {"query": "rain in Oslo"})
    grounding = {
        "webSearchQueries": ["rain in Oslo"],
        "groundingChunks": [{"web": {"uri": "https://a.test/rain", "title": "Rain today"}}],
    }
    part = {"text": "It rains in Oslo."}
    candidate = {"content": {"parts": [part]}, "finishReason": "STOP"}
    chunk = {"candidates": [{**candidate, "groundingMetadata": grounding}]}
    found = Raw(
        headers={"Content-Type": "text/event-stream"},
        body=b"data: " + json.dumps(chunk).encode() + b"\r\n\r\n",
    )
    loads = call("ToolSearch", {"query": "select:WebSearch"})
    stage.upstream.script(
        tool_calls([loads]), tool_calls([search]), text("It rains."), model=NEW_MODEL
    )
    stage.upstream.script(found, model=OLD_MODEL)

    run = stage.ask("Does it rain?", ALL_TOOLS)

    assert run.answer == "It rains."
    [asked_to_search] = asked(stage, OLD_MODEL)
    assert asked_to_search.body["tools"] == [{"googleSearch": {}}]
    (result,) = asked(stage)[-1].answers
    assert "https://a.test/rain" in result
    assert "It rains in Oslo." in result
