"""The app in a tray of the old kind, with the mouse."""

import pytest

from tests.desktop.running import RunningApp
from tests.desktop.screen import RIGHT, Place
from tests.desktop.session import Desktop, Program
from tests.desktop.waiting import until
from tests.support.upstream import Upstream

# Of the menu, in pixels: the height of a line, of the gap between groups, and of the edge.
LINE, GAP, EDGE = 28, 9, 5
START_OR_STOP = 3 * LINE + GAP + EDGE + LINE // 2
"""From the lower end: Quit, Settings and Check everything are below it."""
QUIT = EDGE + LINE // 2


@pytest.fixture
def app(desktop: Desktop, provider: Upstream) -> RunningApp:
    desktop.start_trayer()
    return RunningApp(desktop, provider)


def menu_place(app: RunningApp) -> Place | None:
    places = app.desktop.screen.places(kind="ccr-desktop")
    return next((place for place in places if place.height > 100), None)


def choose(app: RunningApp, from_below: int) -> None:
    """Open the menu by a right click on the icon, and click on one of its lines."""
    screen = app.desktop.screen
    screen.click(*screen.tray_icon(), RIGHT)
    menu = until(lambda: menu_place(app), "the menu")
    screen.click(menu.x + menu.width // 3, menu.y + menu.height - from_below)
    until(lambda: menu_place(app) is None, "the menu is closed")


def wait_for_router(app: RunningApp, *, runs: bool) -> None:
    until(lambda: app.answers is runs, f"the router {'runs' if runs else 'is off'}")


def start(app: RunningApp) -> Program:
    program = app.start("--hidden")
    wait_for_router(app, runs=True)
    return program


def test_the_menu_stops_and_starts_the_router_and_quits(app: RunningApp) -> None:
    program = start(app)

    choose(app, START_OR_STOP)
    wait_for_router(app, runs=False)
    choose(app, START_OR_STOP)
    wait_for_router(app, runs=True)
    choose(app, QUIT)

    assert program.wait() == 0
    assert not app.answers


def test_a_left_click_opens_the_window_and_closing_it_keeps_the_app(app: RunningApp) -> None:
    app.change(Desktop={"onClose": "background"})
    program = start(app)
    assert not app.has_window

    app.desktop.screen.click(*app.desktop.screen.tray_icon())
    window = app.window()
    app.desktop.screen.close_window(window)
    until(lambda: not app.has_window, "the window is hidden")

    assert program.is_running
    assert app.answers


def test_closing_the_window_asks_once_and_remembers(app: RunningApp) -> None:
    app.start()
    app.desktop.screen.close_window(app.window())
    question = app.desktop.screen.window("Keep running in the background")

    app.desktop.screen.focus(question)
    app.desktop.screen.key("Return")
    until(lambda: not app.has_window, "the window is hidden")

    until(lambda: app.settings.get("Desktop") == {"onClose": "background"}, "what is remembered")
    app.desktop.screen.click(*app.desktop.screen.tray_icon())
    app.desktop.screen.close_window(app.window())
    until(lambda: not app.has_window, "the window is hidden again")
    assert not app.desktop.screen.windows("Keep running")
