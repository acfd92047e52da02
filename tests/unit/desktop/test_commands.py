"""What the app does at its start, and when its window is closed."""

import argparse
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QSystemTrayIcon

from ccr_desktop.cli.ui import options
from ccr_desktop.core.observe.events import RouteChosen
from ccr_desktop.desktop.closing import QUITS, RESTARTS, UPDATES
from ccr_desktop.desktop.commands import Commands
from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.dialogs import Question
from ccr_desktop.desktop.importing.flow import ImportFlow
from ccr_desktop.desktop.importing.take_dialog import TakeDialog
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.registry import pages
from ccr_desktop.desktop.service_state import Phase, ServiceState
from ccr_desktop.desktop.system.endings import Endings
from ccr_desktop.desktop.tray.menu import Act
from ccr_desktop.desktop.tray.tray import Tray
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.toast import UndoToast
from ccr_desktop.desktop.window import Window
from tests.unit.desktop.answering import answer
from tests.unit.desktop.attended import RAW, listening
from tests.unit.desktop.scenes import ended
from tests.unit.desktop.test_overview import Decided
from tests.unit.desktop.waiting import eventually


@dataclass(frozen=True, slots=True)
class App:
    desk: Desk
    window: Window
    endings: Endings
    commands: Commands


@asynccontextmanager
async def app(**desktop: Any) -> AsyncIterator[App]:
    async with listening({**RAW, "Desktop": desktop}) as (desk, _):
        window, tray = Window(desk, pages()), Tray(desk.bridge.overview)
        with Endings(cast("QApplication", QApplication.instance())) as endings:
            commands = Commands(desk, window, tray, options().parse_args, endings)
            try:
                yield App(desk, window, endings, commands)
            finally:
                tray.stop()
                window.hide()
                window.deleteLater()


def chosen(*words: str) -> argparse.Namespace:
    return options().parse_args(words)


@pytest.fixture
def with_tray(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)


async def test_a_hidden_start_shows_no_window_where_there_is_a_tray(
    qloop: Loop, with_tray: None
) -> None:
    async with app(startHidden=True) as own:
        own.commands.begin(chosen())
        assert not own.window.isVisible()
    async with app() as own:
        own.commands.begin(chosen())
        assert own.window.isVisible()


async def test_without_a_tray_a_hidden_start_is_minimised(qloop: Loop) -> None:
    async with app(startHidden=True) as own:
        own.commands.begin(chosen())
        assert own.window.isMinimized()


@pytest.mark.parametrize(
    ("wish", "is_visible", "reason"),
    [("background", False, ""), ("quit", True, QUITS)],
)
async def test_closing_the_window_does_what_the_setting_says(
    qloop: Loop, with_tray: None, wish: str, is_visible: bool, reason: str
) -> None:
    async with app(onClose=wish) as own:
        own.commands.begin(chosen())

        own.window.close()

        assert own.window.isVisible() is is_visible
        assert own.endings.reason == reason


async def test_closing_asks_once_and_keeps_the_answer(qloop: Loop, with_tray: None) -> None:
    async with app() as own:
        own.commands.begin(chosen())
        own.window.close()

        await answer(own.window, "background")

        await eventually(lambda: own.desk.bridge.config.desktop.on_close == "background")
        await eventually(lambda: not own.window.isVisible())


async def test_a_restart_that_a_setting_needs_ends_the_app_to_begin_again(qloop: Loop) -> None:
    async with app() as own:
        own.desk.bridge.app_restart_wanted.emit()

        assert own.endings.reason == RESTARTS


async def test_a_new_version_is_installed_once_nobody_loses_an_answer(qloop: Loop) -> None:
    async with app() as own:
        bridge = own.desk.bridge
        running = RouteChosen(request_id="req_1", session_id="", model="claude", decision=Decided())
        bridge.journal.note(running)
        bridge.app_update_wanted.emit()
        await answer(own.window, "later")
        assert own.endings.reason == ""

        bridge.journal.note(ended("deepseek,chat"))
        bridge.activity_changed.emit()

        await eventually(lambda: own.endings.reason == UPDATES)
        await bridge.tasks.end()


async def test_whoever_asks_for_new_versions_sees_what_there_is(qloop: Loop) -> None:
    async with app() as own:
        assert not own.commands.finish_update()

        own.desk.bridge.update_wanted.emit()

        assert own.window.isVisible()
        assert own.window.page == "settings"
        assert not own.commands.finish_update()


def leaving(own: App) -> str:
    """What the window says of an end that waits."""
    return own.window.banners.text("leaving")


async def test_an_end_that_waits_is_told_and_can_be_taken_back(qloop: Loop) -> None:
    async with app() as own:
        bridge = own.desk.bridge
        running = RouteChosen(request_id="req_1", session_id="", model="claude", decision=Decided())
        bridge.journal.note(running)
        own.window.quit_wanted.emit()
        await answer(own.window, "later")
        await eventually(lambda: leaving(own))

        stay = own.window.banners.findChild(Banner, "banner-leaving")
        assert stay
        assert stay.close_button.isHidden(), "the way back would go with the words"
        stay.button.click()
        assert not leaving(own)
        bridge.journal.note(ended("deepseek,chat"))
        bridge.activity_changed.emit()
        await bridge.tasks.end()

        assert own.endings.reason == ""


async def test_who_quits_again_while_it_waits_is_asked_again(qloop: Loop) -> None:
    async with app() as own:
        bridge = own.desk.bridge
        running = RouteChosen(request_id="req_1", session_id="", model="claude", decision=Decided())
        bridge.journal.note(running)
        own.window.quit_wanted.emit()
        await answer(own.window, "later")
        await eventually(lambda: not own.window.findChildren(Question))

        own.window.quit_wanted.emit()
        await answer(own.window, "now")

        await eventually(lambda: own.endings.reason == QUITS)
        await bridge.tasks.end()


async def test_an_address_that_the_tray_copied_is_told_in_the_window(qloop: Loop) -> None:
    async with app() as own:
        address = "http://127.0.0.1:3456"
        own.desk.bridge.supervisor.state = ServiceState(Phase.RUNNING, address)
        own.desk.bridge.refresh()

        own.commands.act(Act.COPY_ADDRESS)

        assert QApplication.clipboard().text() == address
        toast = own.window.findChild(UndoToast)
        assert toast is not None
        assert toast.accessibleName() == f"Copied {address}"


async def test_check_everything_opens_help_and_begins(qloop: Loop) -> None:
    async with app() as own:
        own.commands.act(Act.CHECK)

        assert own.window.page == "help"
        cancel = own.window.findChild(QPushButton, "cancel-check")
        assert isinstance(cancel, QPushButton)
        assert cancel.isVisible()
        cancel.click()
        await eventually(lambda: not cancel.isVisible())


async def test_a_link_is_shown_over_the_settings_and_not_taken(qloop: Loop) -> None:
    async with app() as own:
        own.commands.obey(chosen("ccr://provider?name=One&base_url=https://api.example.com/v1"))

        await eventually(lambda: own.window.findChild(TakeDialog))
        assert own.window.page == "settings"
        assert "One" not in own.desk.bridge.config.providers
        own.commands.obey(chosen("ccr://provider?name=Two&base_url=https://api.example.com/v1"))
        dialogs = own.window.findChildren(TakeDialog)
        assert len(dialogs) == 1
        QTest.keyClick(QApplication.focusWidget() or dialogs[0], Qt.Key.Key_Return)
        await own.desk.bridge.tasks.end()


_LINK = "ccr://provider?name={}&base_url=https://api.example.com/v1"


async def test_links_that_come_while_one_is_shown_wait_and_it_says_so(qloop: Loop) -> None:
    async with app() as own:
        own.commands.obey(chosen(_LINK.format("One")))
        first = await shown_link(own)
        assert not is_told_of_another(first)
        for name in ("Two", "One", "Two", "Three"):
            own.commands.obey(chosen(_LINK.format(name)))
        assert is_told_of_another(first)

        for name in ("One", "Two", "Three"):
            shown = await shown_link(own)
            assert shown.findChild(QCheckBox, f"provider:{name}")
            assert is_told_of_another(shown) is (name != "Three")
            await closed(own, shown)
        assert link_dialogs(own) == []


async def test_a_link_waits_for_what_is_imported_in_the_settings(qloop: Loop) -> None:
    async with app() as own:
        ImportFlow(own.desk, own.window).begin_with_text(_LINK.format("One"))
        first = await shown_link(own)

        own.commands.obey(chosen(_LINK.format("Two")))
        assert is_told_of_another(first)
        await closed(own, first)

        second = await shown_link(own)
        assert second.findChild(QCheckBox, "provider:Two")
        await closed(own, second)


def link_dialogs(own: App) -> list[TakeDialog]:
    return own.window.findChildren(TakeDialog)


async def shown_link(own: App) -> TakeDialog:
    await eventually(lambda: any(dialog.isVisible() for dialog in link_dialogs(own)), 10)
    (found,) = link_dialogs(own)
    return found


async def closed(own: App, dialog: TakeDialog) -> None:
    dialog.reject()
    await eventually(lambda: dialog not in link_dialogs(own))


def is_told_of_another(dialog: TakeDialog) -> bool:
    labels = [each for each in dialog.findChildren(QLabel) if each.isVisible()]
    return any("Another link" in label.text() for label in labels)
