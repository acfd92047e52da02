"""Pictures of the real Claude Code before a text model that refuses them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import STAGE
from tests.e2e.stage import ALL_TOOLS, Stage, e2e
from tests.e2e.test_images import is_picture, png
from tests.support.claude import NEWEST, executable
from tests.support.router import config, start_router
from tests.support.turns import Answer, call, http_error, text, tool_calls
from tests.support.upstream import Request, Upstream

pytestmark = e2e

EYES = {"image": "mock,eyes"}


def start(request: pytest.FixtureRequest, folder: Path, **settings: object) -> Iterator[Stage]:
    """A stage whose text model answers 400 to pictures, as DeepSeek does."""
    executable(NEWEST)
    folders = [folder / name for name in ("router", "home", "project")]
    for each in folders:
        each.mkdir()
    router_folder, home, cwd = folders
    with Upstream() as upstream:
        upstream.respond(refuse_pictures)
        router = start_router(router_folder, {**config(upstream.chat_url, EYES), **settings})
        try:
            made = Stage(version=NEWEST, upstream=upstream, router=router, home=home, cwd=cwd)
            request.node.stash[STAGE] = made
            yield made
        finally:
            router.stop()


def refuse_pictures(request: Request) -> Answer | None:
    if request.model != "eyes" and request.image_urls():
        return http_error(400, "unknown variant `image_url`, expected `text`")
    return None


@pytest.fixture
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    yield from start(request, tmp_path)


@pytest.fixture
def forced(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    yield from start(request, tmp_path, forceUseImageAgent=True)


def read(stage: Stage) -> Answer:
    return tool_calls([call("Read", {"file_path": stage.path("pic.png")})])


def look(task: str = "What is it?") -> Answer:
    arguments = json.dumps({"imageId": ["1"], "task": task})
    return tool_calls([call("analyzeImage", arguments)])


def test_a_picture_that_is_read_goes_to_the_model_that_sees(stage: Stage) -> None:
    (stage.cwd / "pic.png").write_bytes(png())
    stage.script(read(stage))
    stage.upstream.script(text("A slope of colour."), model="eyes")

    run = stage.ask("Look at pic.png", ALL_TOOLS)

    assert run.answer == "A slope of colour."
    [seen] = stage.upstream.asked("eyes")
    assert is_picture(seen.image_urls("user")[0])


def test_a_picture_that_is_mentioned_goes_to_the_model_that_sees(stage: Stage) -> None:
    (stage.cwd / "pic.png").write_bytes(png())
    stage.upstream.script(text("A slope of colour."), model="eyes")

    run = stage.ask("What is in @pic.png?", ALL_TOOLS)

    assert run.answer == "A slope of colour."


def test_a_picture_of_an_earlier_turn_is_looked_at_for_the_text_model(stage: Stage) -> None:
    (stage.cwd / "pic.png").write_bytes(png())
    stage.upstream.script(text("A slope."), text("Blue and red."), model="eyes")
    answers = (look("Which colours?"), text("Blue and red, I hear."), text("As I said."))
    stage.script(read(stage), *answers)
    first = stage.ask("Look at pic.png", ALL_TOOLS)

    second = stage.ask("Which colours?", ALL_TOOLS, "--resume", first.session_id)
    third = stage.ask("Sure?", ALL_TOOLS, "--resume", first.session_id)

    assert (second.answer, third.answer) == ("Blue and red, I hear.", "As I said.")
    _, asked, told, later = stage.main
    assert "[Image #1]" in asked.texts("tool")
    assert "analyzeImage" in asked.tool_names
    assert list(told.results.values()) == ["Blue and red."]
    assert len(stage.upstream.asked("eyes")) == 2
    assert "Sure?" in later.texts("user")


def test_the_agent_can_be_forced_on_a_picture_that_is_read(forced: Stage) -> None:
    (forced.cwd / "pic.png").write_bytes(png())
    listing = call("Bash", {"command": "echo heron", "description": "x"}, "call_echo")
    both = tool_calls([listing, call("analyzeImage", {"imageId": ["1"], "task": "What?"})])
    forced.script(read(forced), look(), both, text("A slope, I hear."))
    forced.upstream.script(text("A slope."), text("Still a slope."), model="eyes")

    run = forced.ask("Look at pic.png", ALL_TOOLS, output="stream-json")

    assert run.answer == "A slope, I hear."
    assert [block["name"] for block in run.blocks("tool_use")] == ["Read", "Bash"]
    last = forced.main[-1]
    assert sorted(last.results.values()) == ["Still a slope.", "heron"]
    assert "A slope." in last.texts("tool")


def test_the_agent_can_be_forced_on_a_picture_that_is_mentioned(forced: Stage) -> None:
    (forced.cwd / "pic.png").write_bytes(png())
    forced.script(text("Let me see. ") + look(), text("A slope, I hear."))
    forced.upstream.script(text("A slope."), model="eyes")

    run = forced.ask("What is in @pic.png?", ALL_TOOLS, output="stream-json")

    assert run.answer == "A slope, I hear."
    assert not run.blocks("tool_use")
    assert run.exit_code == 0
