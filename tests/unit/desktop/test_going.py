"""A page that a person chooses is built in one turn of the loop and shown in the next."""

from __future__ import annotations

import asyncio

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop import theme
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


async def test_another_language_meanwhile_brings_the_chosen_page(qloop: Loop) -> None:
    async with opened() as (window, desk):
        window.go_to("settings/network")
        window.reword()
        await at_next_turn()
        assert window.page == "settings"
        assert present(window).section == "network"
        assert named(window, "page-settings").isChecked()
        await at_rest(desk)


async def test_what_is_carried_to_a_page_waits_until_it_is_shown(qloop: Loop) -> None:
    async with opened() as (window, desk):
        window.show_page("settings/network")
        window.show_page("home")
        theme.current().changing.emit()
        window.go_to("settings")
        theme.current().changing.emit()
        await at_next_turn()
        assert present(window).section == "network"
        await at_rest(desk)


async def test_the_mark_stays_at_the_present_page_if_another_can_not_be_built(
    qloop: Loop, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def fail(_window: Window, name: str) -> None:
        raise ValueError(name)

    async with opened() as (window, desk):
        await at_rest(desk)
        monkeypatch.setattr(window.findChild(Shelf, "pages"), "_build", fail.__get__(window))
        with qtbot.captureExceptions():
            qtbot.mouseClick(named(window, "page-settings"), Qt.MouseButton.LeftButton)
        with pytest.raises(ValueError, match="help"):
            window.go_to("help")
        await at_next_turn()
        assert window.page == "home"
        assert named(window, "page-home").isChecked()
        assert not named(window, "page-settings").isChecked()
