"""The window's frame: pages, the strip above them, and what closing it means."""

import argparse
import errno
import os
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.core.observe.events import RouteChosen
from ccr_desktop.desktop import theme
from ccr_desktop.desktop.commands import Commands
from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.dialogs import Question
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.registry import PageEntry
from ccr_desktop.desktop.service_state import Phase, ServiceState
from ccr_desktop.desktop.shelf import Shelf
from ccr_desktop.desktop.state import Look, Overview, Problem, Toast
from ccr_desktop.desktop.strip import StatusStrip
from ccr_desktop.desktop.system.endings import Endings
from ccr_desktop.desktop.tray.tray import Tray
from ccr_desktop.desktop.widgets.state import StateDot
from ccr_desktop.desktop.widgets.toast import UndoToast
from ccr_desktop.desktop.window import MINIMUM, USUAL, Window
from tests.unit.desktop.desks import new_desk, read_config_file, write_config
from tests.unit.desktop.views import drawn
from tests.unit.desktop.waiting import eventually

OFF = Overview(service=ServiceState(), look=Look.OFF, main="a,m1", main_in_use="a,m1")
RUNNING = Overview(
    service=ServiceState(Phase.RUNNING, "http://127.0.0.1:3456"),
    look=Look.RUNNING,
    main="a,m1",
    main_in_use="a,m1",
)
NOT_STARTED = replace(OFF, service=ServiceState(Phase.FAILED), look=Look.ATTENTION)
PAUSED = replace(RUNNING, paused_until_s=time.mktime((2026, 3, 2, 15, 4, 0, 0, 0, -1)))
STOPPING = replace(OFF, service=ServiceState(Phase.STOPPING), running_requests=2)
ENDED = replace(NOT_STARTED, service=ServiceState(Phase.FAILED, restarts=3))


class Detailed(QLabel):
    def __init__(self) -> None:
        super().__init__("second")
        self.detail = ""

    def show_detail(self, detail: str) -> None:
        self.detail = detail


PAGES = (
    PageEntry("home", "Home", "house", lambda _: QLabel("first")),
    PageEntry("activity", "Activity", "activity", lambda _: Detailed()),
    PageEntry("settings", "Settings", "settings", lambda _: QLabel("last")),
)


@pytest.fixture
def desk(qloop: Loop, look: theme.Theme) -> Desk:
    return new_desk()


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[Window]:
    made = Window(desk, PAGES)
    made.show()
    yield made
    made.deleteLater()


def button(window: QWidget, name: str) -> QToolButton:
    found = window.findChild(QToolButton, name)
    assert isinstance(found, QToolButton)
    return found


def test_no_page_is_made_before_the_window_is_seen(desk: Desk, qtbot: QtBot) -> None:
    made: list[str] = []
    build = PAGES[0].build
    counted = replace(PAGES[0], build=lambda desk: (made.append("home"), build(desk))[1])
    window = Window(desk, (counted, *PAGES[1:]))
    qtbot.addWidget(window)
    window.reword()
    assert window.page == "home"
    assert not made

    window.show()

    assert made == ["home"]


async def test_a_page_is_shown_by_click_key_and_name(
    window: Window, qloop: Loop, qtbot: QtBot
) -> None:
    assert window.page == "home"

    qtbot.mouseClick(button(window, "page-settings"), Qt.MouseButton.LeftButton)
    await eventually(lambda: window.page == "settings")
    window.show_page("activity/req_1")
    assert window.page == "activity"
    assert button(window, "page-activity").isChecked()
    shown = window.findChild(Detailed)
    assert shown
    assert shown.detail == "req_1"


async def test_it_fits_the_smallest_size_with_icons_alone(window: Window, qloop: Loop) -> None:
    window.resize(MINIMUM)
    home = button(window, "page-home")

    assert window.size() == MINIMUM
    assert home.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
    assert (home.toolTip(), home.accessibleName()) == ("Home", "Home")
    window.resize(QSize(1080, 720))
    assert home.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon


async def test_it_returns_to_its_size(desk: Desk, window: Window, qloop: Loop) -> None:
    window.resize(QSize(780, 540))

    window.keep_place()

    assert Window(desk, PAGES).size() == QSize(780, 540)


async def test_problems_and_what_can_be_undone_are_shown(
    desk: Desk, window: Window, qloop: Loop
) -> None:
    desk.bridge.failed.emit(Problem("The keyring is locked", "Unlock it."))
    desk.bridge.told.emit(Toast("Removed DeepSeek", can_undo=True))

    def texts() -> set[str]:
        return {label.text() for label in window.findChildren(QLabel) if label.isVisible()}

    await eventually(lambda: "The keyring is locked. Unlock it." in texts())
    await eventually(lambda: "Removed DeepSeek" in texts())


@pytest.mark.parametrize("size", [MINIMUM, USUAL], ids=["smallest", "usual"])
async def test_a_toast_covers_nothing_and_moves_nothing(
    desk: Desk, window: Window, qloop: Loop, size: QSize
) -> None:
    window.resize(size)
    toast, page = window.findChild(UndoToast), window.findChild(Shelf)
    assert toast
    assert page
    await drawn()
    before = _place_in(window, page)

    for said in (Toast("Removed DeepSeek", can_undo=True), Toast("Undone", can_undo=False)):
        window.show_toast(said)
        await drawn()
        assert toast.isVisible()
        assert _place_in(window, page) == before
        assert not _place_in(window, toast).intersects(before)
        assert not _place_in(window, toast).intersects(_place_in(window, window.strip))
    toast.close_button.click()
    await drawn()

    assert not toast.isVisible()
    assert _place_in(window, page) == before


def _place_in(window: Window, part: QWidget) -> QRect:
    return QRect(part.mapTo(window, QPoint()), part.size())


async def test_what_is_no_step_in_the_settings_has_its_own_way_back(
    desk: Desk, window: Window, qloop: Loop
) -> None:
    undone: list[str] = []
    toast = window.findChild(UndoToast)
    assert isinstance(toast, UndoToast)
    window.show_toast(Toast("Taken out", can_undo=True, undo=lambda: undone.append("file")))
    toast.undo_button.click()
    assert undone == ["file"]

    window.show_toast(Toast("Removed DeepSeek", can_undo=True))
    toast.undo_button.click()
    assert undone == ["file"]


async def test_a_file_that_is_good_again_is_no_problem_any_more(
    desk: Desk, window: Window, qloop: Loop
) -> None:
    write_config({"API_TIMEOUT_MS": 5})
    await desk.bridge.begin()
    path = desk.bridge.store.save_path
    good = path.read_bytes()
    path.write_text("{", encoding="utf-8")
    await eventually(lambda: bool(desk.bridge.issues))
    desk.bridge.edit(lambda raw: {**raw, "API_TIMEOUT_MS": 6}, "Longer")
    await eventually(lambda: "can't be used" in window.banners.text("bad-file"))

    path.write_bytes(good)

    await eventually(lambda: not window.banners.text("bad-file"))
    await desk.bridge.end()


async def test_a_change_that_was_not_saved_is_told_until_one_is(
    desk: Desk, window: Window, qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_config({"API_TIMEOUT_MS": 5})
    await desk.bridge.begin()
    fsync = os.fsync

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    desk.bridge.edit(lambda raw: {**raw, "API_TIMEOUT_MS": 6}, "Longer")
    await eventually(lambda: "full" in window.banners.text("not-saved"))

    monkeypatch.setattr(os, "fsync", fsync)
    await desk.bridge.edit(lambda raw: {**raw, "API_TIMEOUT_MS": 7}, "Longer")

    await eventually(lambda: not window.banners.text("not-saved"))
    await desk.bridge.end()


async def test_what_was_taken_back_is_not_offered_again(
    desk: Desk, window: Window, qloop: Loop
) -> None:
    toast = window.findChild(UndoToast)
    assert toast is not None
    await desk.bridge.edit(lambda raw: {**raw, "API_TIMEOUT_MS": 5}, "Shorter")
    await eventually(lambda: toast.accessibleName() == "Shorter")
    assert toast.undo_button.isVisible()

    desk.bridge.undo()

    await eventually(lambda: toast.accessibleName() == "Undone: Shorter")
    assert toast.isVisible()
    assert not toast.undo_button.isVisible()


@pytest.mark.parametrize(
    ("overview", "word", "switch"),
    [
        (OFF, "Off", "Start"),
        (RUNNING, "Running", "Stop"),
        (PAUSED, "Running, routing paused until 15:04", "Stop"),
        (NOT_STARTED, "Did not start", "Start"),
        (ENDED, "Stopped by itself", "Start"),
    ],
    ids=["off", "running", "paused", "the port is taken", "ended"],
)
def test_the_strip_says_how_the_router_does(
    overview: Overview, word: str, switch: str, look: theme.Theme, qtbot: QtBot
) -> None:
    strip = StatusStrip()
    qtbot.addWidget(strip)
    wanted: list[str] = []
    strip.start_wanted.connect(lambda: wanted.append("Start"))
    strip.stop_wanted.connect(lambda: wanted.append("Stop"))

    strip.show_overview(overview)
    press = strip.findChild(QPushButton, "service-switch")
    assert isinstance(press, QPushButton)
    qtbot.mouseClick(press, Qt.MouseButton.LeftButton)

    dot = strip.findChild(StateDot, "service-state")
    assert isinstance(dot, StateDot)
    assert dot.word == word
    assert press.text() == switch
    assert wanted == [switch]


def test_the_strip_says_what_a_stop_waits_for(look: theme.Theme, qtbot: QtBot) -> None:
    strip = StatusStrip()
    qtbot.addWidget(strip)

    strip.show_overview(STOPPING)

    dot, press = strip.findChild(StateDot), strip.findChild(QPushButton, "service-switch")
    assert dot
    assert press
    assert dot.word == "Stopping: waits for 2 requests"
    assert not press.isEnabled()


# -- closing -------------------------------------------------------------------------------------


class Stage:
    """The window with its tray, commands, and a person in front of it."""

    def __init__(self, desk: Desk, window: Window, app: QApplication, *, has_tray: bool) -> None:
        self.desk = desk
        self.window = window
        self.endings = Endings(app)
        self.tray = Tray(desk.bridge.overview)
        self.tray.is_present = has_tray
        self.commands = Commands(desk, window, self.tray, _no_arguments, self.endings)

    @property
    def question(self) -> Question | None:
        found = (w for w in QApplication.topLevelWidgets() if isinstance(w, Question))
        return next((question for question in found if question.isVisible()), None)

    async def answer(self, key: str) -> None:
        await eventually(lambda: self.question)
        assert self.question
        press = self.question.findChild(QPushButton, f"answer-{key}")
        assert isinstance(press, QPushButton)
        press.click()

    def pretend_a_request_runs(self) -> None:
        decision = _Decided()
        chosen = RouteChosen(request_id="1", session_id="", model="claude", decision=decision)
        self.desk.bridge.journal.note(chosen)


class _Decided:
    def as_json(self) -> dict[str, object]:
        return {"scenario": "default", "route": "a,m1", "trace": []}


def _no_arguments(_: object) -> argparse.Namespace:
    return argparse.Namespace()


async def test_closing_asks_once_and_remembers(
    desk: Desk, window: Window, qapp: QApplication, qloop: Loop
) -> None:
    write_config({"LOG_LEVEL": "info"})
    desk.bridge.store.reload()
    stage = Stage(desk, window, qapp, has_tray=True)

    window.close()
    assert window.isVisible()
    await stage.answer("background")
    await eventually(lambda: not window.isVisible())
    await eventually(lambda: desk.bridge.config.desktop.on_close == "background")
    window.show()
    window.close()

    assert not window.isVisible()
    assert stage.question is None
    assert read_config_file()["Desktop"] == {"onClose": "background"}
    assert not stage.endings.wanted.is_set()
    await desk.bridge.tasks.end()  # the saving has more to do than what is seen of it


async def test_without_a_tray_closing_minimises(
    desk: Desk, window: Window, qapp: QApplication, qloop: Loop
) -> None:
    stage = Stage(desk, window, qapp, has_tray=False)

    window.close()

    assert window.isMinimized()
    assert stage.question is None


async def test_quitting_with_nothing_running_just_ends(
    desk: Desk, window: Window, qapp: QApplication, qloop: Loop
) -> None:
    stage = Stage(desk, window, qapp, has_tray=True)

    window.quit_wanted.emit()

    assert stage.endings.wanted.is_set()


async def test_quitting_while_a_request_runs_asks(
    desk: Desk, window: Window, qapp: QApplication, qloop: Loop
) -> None:
    stage = Stage(desk, window, qapp, has_tray=True)
    stage.pretend_a_request_runs()

    window.quit_wanted.emit()
    await stage.answer("")
    await eventually(lambda: stage.question is None)
    assert not stage.endings.wanted.is_set()

    def asks_again() -> bool:
        window.quit_wanted.emit()
        return stage.question is not None

    await eventually(asks_again)
    await stage.answer("now")

    await eventually(stage.endings.wanted.is_set)
