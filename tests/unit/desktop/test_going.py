"""A page that a person chooses is built in one turn of the loop and shown in the next."""

from __future__ import annotations

import asyncio

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.shelf import Shelf
from ccr_desktop.desktop.window import Window
from tests.unit.desktop.test_carrying import at_rest, opened
from tests.unit.desktop.views import present
from tests.unit.desktop.waiting import eventually

pytestmark = pytest.mark.usefixtures("look")


def named(window: Window, name: str) -> QAbstractButton:
    found = window.findChild(QAbstractButton, name)
    assert isinstance(found, QAbstractButton)
    return found


async def at_next_turn() -> None:
    comes = asyncio.Event()
    QTimer.singleShot(0, comes.set)
    await comes.wait()


async def test_others_have_their_turn_before_a_page_is_shown(qloop: Loop, qtbot: QtBot) -> None:
    async with opened() as (window, desk):
        await at_rest(desk)
        seen: list[str] = []
        QTimer.singleShot(0, lambda: seen.append(window.page))

        qtbot.mouseClick(named(window, "page-settings"), Qt.MouseButton.LeftButton)

        assert named(window, "page-settings").isChecked()
        await eventually(lambda: window.page == "settings")
        assert seen == ["home"]


async def test_others_have_their_turn_before_a_section_is_shown(qloop: Loop) -> None:
    async with opened() as (window, desk):
        window.show_page("settings/general")
        shelf = window.findChild(Shelf, "settings-sections")
        assert isinstance(shelf, Shelf)
        seen: list[str | None] = []
        QTimer.singleShot(0, lambda: seen.append(shelf.front))

        named(window, "part-network").click()
        await eventually(lambda: shelf.front == "network")
        assert seen == ["general"]

        named(window, "part-general").click()
        assert shelf.front == "general"
        await at_rest(desk)


async def test_of_pages_chosen_at_once_the_last_one_is_shown(qloop: Loop) -> None:
    async with opened() as (window, desk):
        window.show_page("home")
        window.go_to("settings")
        window.go_to("activity")
        window.go_to("home")
        assert window.page == "home"
        await at_next_turn()
        assert window.page == "home"

        window.go_to("help")
        window.show_page("settings/network")
        await at_next_turn()
        assert window.page == "settings"
        assert present(window).section == "network"
        await at_rest(desk)


async def test_a_place_on_a_page_is_found_once_it_is_shown(qloop: Loop) -> None:
    async with opened() as (window, desk):
        window.go_to("settings/network")
        await eventually(lambda: window.page == "settings")
        assert present(window).section == "network"

        window.go_to("nowhere")
        assert window.page == "settings"
        await at_rest(desk)
