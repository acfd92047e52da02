"""What the icon does is offered by the window where no panel shows icons."""

from typing import cast

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QSystemTrayIcon, QToolButton

from ccr_desktop.desktop import panel
from ccr_desktop.desktop.closing import QUITS
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.navigation import Navigation
from ccr_desktop.desktop.pages.home.page import HomePage
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.card import Card
from tests.unit.desktop.test_commands import App, app, chosen, with_tray
from tests.unit.desktop.waiting import eventually

__all__ = ["with_tray"]
pytestmark = [pytest.mark.usefixtures("look"), pytest.mark.limit(60)]


@pytest.fixture(autouse=True)
def without_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panel, "WAIT_MS", 0)


def hint(own: App) -> Banner:
    page = cast("HomePage", own.window.findChild(HomePage))
    return page._tray_hint


def quit_button(own: App) -> QToolButton:
    found = own.window.findChild(QToolButton, "quit")
    assert isinstance(found, QToolButton)
    return found


def places(own: App) -> dict[str, QRect]:
    """Where the buttons beside the page and all of Home are."""
    page = cast("HomePage", own.window.findChild(HomePage))
    beside = own.window.findChild(Navigation)
    assert isinstance(beside, Navigation)
    buttons = (*beside.findChildren(QAbstractButton), *page.findChildren(QAbstractButton))
    parts = (*buttons, *page.findChildren(Card))
    return {
        f"{type(part).__name__}/{part.objectName()}/{part.accessibleName()}": QRect(
            part.mapTo(own.window, QPoint()), part.size()
        )
        for part in parts
        if part.isVisible()
    }


async def test_without_a_panel_home_says_so_and_the_window_offers_to_quit(qloop: Loop) -> None:
    async with app() as own:
        own.commands.begin(chosen())

        await eventually(hint(own).isVisible)
        await eventually(quit_button(own).isVisible)
        quit_button(own).click()

        assert own.endings.reason == QUITS


async def test_nothing_moves_under_the_pointer_once_the_icon_is_known_to_be_missing(
    qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panel, "WAIT_MS", 3_600_000)
    async with app() as own:
        own.commands.begin(chosen())
        await eventually(lambda: own.window.findChild(HomePage) is not None)
        await eventually(lambda: len(places(own)) > 10)
        before = places(own)

        own.desk.panel._tell(is_missing=True)

        await eventually(hint(own).isVisible)
        await eventually(quit_button(own).isVisible)
        after = places(own)
        assert {name: after[name] for name in before} == before


async def test_a_hint_that_was_put_away_stays_away(qloop: Loop) -> None:
    async with app() as own:
        own.commands.begin(chosen())
        await eventually(hint(own).isVisible)

        hint(own).close_button.click()
        own.desk.bridge.refresh()
        await eventually(lambda: not hint(own).isVisible())

        assert quit_button(own).isVisible()


async def test_with_a_panel_the_window_leaves_it_to_the_icon(
    qloop: Loop, with_tray: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app() as own:
        own.commands.begin(chosen())
        assert not own.desk.panel._wait.isActive()
        assert not quit_button(own).isVisible()

        monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
        own.commands._tray.look_for_panel()
        await eventually(quit_button(own).isVisible)

        monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
        own.commands._tray.look_for_panel()
        await eventually(lambda: not quit_button(own).isVisible() and not hint(own).isVisible())
