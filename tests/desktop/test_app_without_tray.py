"""The app where nothing shows icons: all is done from the window, and a late panel is used."""

import pytest

from tests.desktop.running import RunningApp
from tests.desktop.session import Desktop
from tests.desktop.waiting import eventually, until
from tests.desktop.watcher import StatusNotifierWatcher
from tests.support.upstream import Upstream


@pytest.fixture
def app(desktop: Desktop, provider: Upstream) -> RunningApp:
    return RunningApp(desktop, provider)


def test_closing_the_window_minimises_it_and_nothing_is_asked(app: RunningApp) -> None:
    program = app.start()
    window = app.window()
    app.wait_for_router()

    app.desktop.screen.close_window(window)
    until(lambda: not app.has_window, "the window is minimised")

    assert program.is_running
    assert app.answers
    assert not app.desktop.screen.windows("Keep running")
    app.desktop.screen.focus(window)  # by the list of windows, in which it still is
    until(app.is_in_front, "the window is back")


def test_a_hidden_start_can_be_reached(app: RunningApp) -> None:
    app.start("--hidden")
    app.wait_for_router()
    assert not app.has_window

    hidden = until(lambda: app.desktop.screen.listed("CCR Desktop"), "the window in the list")
    app.desktop.screen.focus(hidden[-1])

    until(app.is_in_front, "the window")


def test_the_router_is_stopped_and_the_app_ended_by_the_keyboard(app: RunningApp) -> None:
    program = app.start()
    app.desktop.screen.focus(app.window())
    app.wait_for_router()

    app.desktop.screen.key("ctrl+q")

    assert program.wait() == 0


def test_a_tray_that_comes_later_is_used(app: RunningApp) -> None:
    app.change(Desktop={"onClose": "background"})
    app.start()
    window = app.window()

    app.desktop.start_trayer()
    icon = app.desktop.screen.tray_icon()
    app.desktop.screen.close_window(window)
    until(lambda: not app.desktop.screen.listed("CCR Desktop"), "the window is hidden")
    app.desktop.screen.click(*icon)

    app.window()


def test_a_hidden_app_is_in_the_list_of_windows_once_its_tray_is_gone(app: RunningApp) -> None:
    trayer = app.desktop.start_trayer()
    app.start("--hidden")
    app.desktop.screen.tray_icon()
    assert not app.desktop.screen.listed("CCR Desktop")

    trayer.end()

    window = until(lambda: app.desktop.screen.listed("CCR Desktop"), "the window in the list")[-1]
    app.desktop.screen.focus(window)
    until(app.is_in_front, "the window")


async def test_a_panel_on_the_bus_that_comes_later_is_used(app: RunningApp) -> None:
    app.start()
    await eventually(lambda: app.answers, "the router runs")

    async with StatusNotifierWatcher(app.desktop.bus_address) as watcher:
        item = await watcher.item()

        assert "Main: main-model" in await item.labels_once("Running on")
