"""The app in a panel that reads its menu over the bus, as those of KDE and most others do."""

import pytest

from tests.desktop.running import RunningApp
from tests.desktop.session import Desktop
from tests.desktop.waiting import eventually
from tests.desktop.watcher import StatusNotifierWatcher
from tests.support.upstream import Upstream

UNDERSCORED = "own_model_v2"


@pytest.fixture
def app(desktop: Desktop, watcher: StatusNotifierWatcher, provider: Upstream) -> RunningApp:
    running = RunningApp(desktop, provider)
    providers = running.settings["Providers"]
    providers[0]["models"].append(UNDERSCORED)
    running.change(
        Providers=providers,
        routeSets={"Cheap & quick": {"default": f"mock,{UNDERSCORED}"}},
        Desktop={"favourites": [f"mock,{UNDERSCORED}", "mock,small-model"]},
    )
    return running


async def test_the_menu_is_there_at_once_and_follows_the_router(
    app: RunningApp, watcher: StatusNotifierWatcher
) -> None:
    app.start("--hidden")
    item = await watcher.item()

    first = await item.labels()
    running = await item.labels_once("Running on")

    assert first[0] == "Open CCR Desktop"
    assert first[-1] == "Quit"
    assert f"Running on 127.0.0.1:{app.port}" in running
    assert "Main: main-model" in running
    assert "Start" not in running
    assert await item.tooltip() == f"Running on 127.0.0.1:{app.port} – Main: main-model"
    assert not app.has_window

    await item.click("Stop")
    await app.router(runs=False)
    off = await item.labels_once("Start")
    assert "Off" in off
    assert "Stop" not in off
    assert (await item.tooltip()).startswith("Off")

    await item.click("Start")
    await app.router(runs=True)
    await item.labels_once("Stop")


async def test_models_and_route_sets_are_switched_for_the_next_request(
    app: RunningApp, watcher: StatusNotifierWatcher, provider: Upstream
) -> None:
    app.start("--hidden")
    item = await watcher.item()
    await item.labels_once("Running on")
    assert await item.ticked("Main model") == ["main-model"]

    await item.click("Main model", UNDERSCORED)
    await item.labels_once(f"Main: {UNDERSCORED}")
    await app.asked()

    assert [request.model for request in provider.requests] == [UNDERSCORED]
    assert app.settings["Router"]["default"] == f"mock,{UNDERSCORED}"
    assert await item.ticked("Main model") == [UNDERSCORED]
    assert await item.tooltip() == f"Running on 127.0.0.1:{app.port} – Main: {UNDERSCORED}"

    await item.click("Main model", "small-model")
    await item.labels_once("Main: small-model")
    await item.click("Route set", "Cheap & quick")
    await item.labels_once(f"Main: {UNDERSCORED}")
    await app.asked()
    assert provider.requests[-1].model == UNDERSCORED
    assert await item.ticked("Route set") == ["Cheap & quick"]


async def test_routing_is_paused_and_resumed(
    app: RunningApp, watcher: StatusNotifierWatcher
) -> None:
    app.start("--hidden")
    item = await watcher.item()
    await item.labels_once("Running on")

    await item.click("Pause routing for", "15 minutes")
    await item.labels_once("Routing paused")
    assert app.status()["paused"]

    await item.click("Resume routing")
    await item.labels_once("Running on")
    assert not app.status()["paused"]


async def test_what_is_changed_in_the_file_shows_at_once(
    app: RunningApp, watcher: StatusNotifierWatcher
) -> None:
    app.start("--hidden")
    item = await watcher.item()
    await item.labels_once("Running on")

    app.change(Router={"default": "mock,think-model"})
    await item.labels_once("Main: think-model")

    await item.click("Stop")
    await item.labels_once("Start")
    app.change(Router={"default": "mock,long-model"})
    await item.labels_once("Main: long-model")


async def test_a_click_opens_the_window_and_quit_ends_the_app(
    app: RunningApp, watcher: StatusNotifierWatcher
) -> None:
    program = app.start("--hidden")
    item = await watcher.item()
    await item.labels_once("Running on")

    await item.activate()
    await eventually(lambda: app.has_window, "the window")
    await item.click("Quit")
    await eventually(lambda: not program.is_running, "the end of the app")

    assert program.wait() == 0
    assert not app.answers
