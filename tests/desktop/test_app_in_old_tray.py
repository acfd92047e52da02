"""The app in a tray of the old kind, with the mouse."""

import asyncio

import pytest

from tests.desktop.running import RunningApp
from tests.desktop.screen import RIGHT, Place
from tests.desktop.session import Desktop, Program
from tests.desktop.test_app_launches import remember
from tests.desktop.waiting import eventually, until
from tests.support.upstream import Upstream

# Of the menu, in pixels: the height of a line, of the gap between groups, and of the edge.
LINE, GAP, EDGE = 28, 9, 5
START_OR_STOP = 3 * LINE + GAP + EDGE + LINE // 2
"""From the lower end: Quit, Settings and Check everything are below it."""
QUIT = EDGE + LINE // 2
MAIN_MODEL = EDGE + 5 * LINE + 2 * GAP + LINE // 2
"""Above those: start or stop, and the pause."""
LAUNCH = MAIN_MODEL + LINE


@pytest.fixture
def app(desktop: Desktop, provider: Upstream) -> RunningApp:
    desktop.start_trayer()
    return RunningApp(desktop, provider)


def menu_place(app: RunningApp) -> Place | None:
    places = app.desktop.screen.places(kind="ccr-desktop")
    return next((place for place in places if place.height > 100), None)


def click_on_line(app: RunningApp, from_below: int) -> list[Place]:
    """Open the menu by a right click on the icon, click on a line; what was on the screen then."""
    screen = app.desktop.screen
    screen.click(*screen.tray_icon(), RIGHT)
    menu = until(lambda: menu_place(app), "the menu")
    assert menu
    shown = screen.places(kind="ccr-desktop")
    screen.click(menu.x + menu.width // 3, menu.y + menu.height - from_below)
    return shown


def choose(app: RunningApp, from_below: int) -> None:
    click_on_line(app, from_below)
    until(lambda: menu_place(app) is None, "the menu is closed")


def choose_within(app: RunningApp, from_below: int, number: int) -> None:
    """The line of that number, from above, in the menu that a line opens."""
    before = click_on_line(app, from_below)
    screen = app.desktop.screen
    (inner,) = until(
        lambda: [place for place in screen.places(kind="ccr-desktop") if place not in before],
        "the menu within",
    )
    screen.click(inner.x + inner.width // 3, inner.y + EDGE + LINE * number + LINE // 2)
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


async def test_the_main_model_is_switched_with_the_mouse(
    app: RunningApp, provider: Upstream
) -> None:
    app.change(Desktop={"favourites": ["mock,main-model", "mock,small-model"]})
    start(app)

    await asyncio.to_thread(choose_within, app, MAIN_MODEL, 1)
    await eventually(
        lambda: app.settings["Router"]["default"] == "mock,small-model", "it is switched"
    )
    await app.asked()

    assert [request.model for request in provider.requests] == ["small-model"]


def test_claude_is_launched_with_the_mouse(app: RunningApp) -> None:
    folder, told, program = (app.desktop.home / name for name in ("work", "told", "claude"))
    folder.mkdir()
    program.write_text(f'#!/bin/sh\npwd > "{told}.new"\nmv "{told}.new" "{told}"\n', "utf-8")
    program.chmod(0o755)
    app.change(CLAUDE_PATH=str(program), Desktop={"terminal": "/bin/sh {script}"})
    remember(app, folder)
    start(app)

    choose_within(app, LAUNCH, 0)
    until(told.exists, "Claude Code runs")

    assert told.read_text("utf-8").strip() == str(folder)


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
