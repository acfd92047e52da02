"""Claude Code launched from the app: from the menu in the panel, and what comes of it."""

import os
import sys
from pathlib import Path

import pytest

from tests.desktop.running import RunningApp
from tests.desktop.screen_reader import ScreenReader
from tests.desktop.session import Desktop
from tests.desktop.user import ClaudeUser
from tests.desktop.waiting import eventually
from tests.desktop.watcher import StatusNotifierWatcher
from tests.support.turns import text
from tests.support.upstream import Upstream

pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(sys.platform != "linux", reason="needs an X server"),
]


@pytest.fixture
def app(desktop: Desktop, watcher: StatusNotifierWatcher, provider: Upstream) -> RunningApp:
    running = RunningApp(desktop, provider)
    running.change(Desktop={"terminal": "xterm"})
    return running


def remember(app: RunningApp, folder: Path, *arguments: str) -> None:
    """Have the app know a folder, as one in which it launched Claude Code before."""
    code = (
        "import sys; from pathlib import Path; from ccr_desktop.launch.projects import Projects;"
        "p, f = Projects(), Path(sys.argv[1]); p.used(f); p.change(f, arguments=sys.argv[2:])"
    )
    app.desktop.run(sys.executable, "-c", code, str(folder), *arguments)


async def test_the_menu_launches_claude_whose_requests_are_seen(
    app: RunningApp, watcher: StatusNotifierWatcher, reader: ScreenReader, provider: Upstream
) -> None:
    user = ClaudeUser(app.desktop)
    remember(app, user.project, "Say hello to me")
    provider.script(text("Hello you."), model="main-model")
    before = user.files()
    app.start("--hidden", **user.variables, **reader.environment)
    item = await watcher.item()
    await item.labels_once("Running on")
    await item.click("Stop")
    await item.labels_once("Start")

    await item.click("Launch Claude Code", "New in ~/it's a project")
    await eventually(lambda: provider.asked("main-model"), "the first request")

    await eventually(app.decisions, "the request is told")
    told = [each for each in app.decisions() if not each["is_aside"]]
    assert str(user.project) in {each["folder"] for each in told}
    assert "Say hello to me" in provider.asked("main-model")[0].texts("user")
    assert app.desktop.screen.windows(kind="xterm")
    assert user.has_untouched(before)
    await item.click("Open CCR Desktop")
    app_window = await eventually(lambda: app.desktop.screen.windows("^CCR Desktop$"), "the window")
    assert app_window
    await reader.press(await reader.find("check box", "Activity"))
    for words in ("Project, it's a project", "Model, main-model", "Result, Answered"):
        await reader.find("cell", words)


async def test_a_launch_that_fails_opens_the_window_and_says_why(
    app: RunningApp, watcher: StatusNotifierWatcher
) -> None:
    folder = app.desktop.home / "work"
    folder.mkdir()
    remember(app, folder)
    app.start("--hidden", CLAUDE_PATH="/nowhere/claude")
    item = await watcher.item()
    await item.labels_once("Running on")
    assert not app.has_window

    await item.click("Launch Claude Code", "New in ~/work")

    await eventually(lambda: app.has_window, "the window")
    assert not app.desktop.screen.windows(kind="xterm")


async def test_resume_in_the_menu_offers_the_sessions(
    app: RunningApp, watcher: StatusNotifierWatcher
) -> None:
    folder = app.desktop.home / "work"
    folder.mkdir()
    remember(app, folder)
    app.start("--hidden", PATH=os.environ["PATH"])
    item = await watcher.item()
    await item.labels_once("Running on")

    await item.click("Launch Claude Code", "Resume")

    await eventually(lambda: app.desktop.screen.windows("Resume a session"), "the sessions")
