"""Colours, start and close: shown as they are, changed at once."""

import asyncio
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from ccr_desktop.autostart.registration import AutostartState
from ccr_desktop.autostart.start_command import start_command
from ccr_desktop.autostart.xdg import XdgAutostart
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.settings.rows import ChoiceRow, SwitchRow
from ccr_desktop.desktop.widgets.switch import Switch
from tests.unit.desktop.attended import RAW
from tests.unit.desktop.desks import write_config
from tests.unit.desktop.pages.settings.shown import Shown, section
from tests.unit.desktop.waiting import eventually


@pytest.fixture(autouse=True)
def autostart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> XdgAutostart:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr("sys.platform", "linux")
    return XdgAutostart()


def row(shown: Shown, title: str) -> ChoiceRow:
    return next(row for row in shown.page.findChildren(ChoiceRow) if row.title == title)


def login(shown: Shown) -> SwitchRow:
    return next(row for row in shown.page.findChildren(SwitchRow) if "login" in row.title)


async def test_a_choice_counts_at_once_and_can_be_undone(qloop: Loop) -> None:
    async with section("general") as shown:
        colours = row(shown, "Colours")
        assert colours.choice.current() == "system"

        colours.choice.set_current("dark")
        await eventually(lambda: shown.desk.bridge.config.desktop.theme == "dark")
        await eventually(lambda: shown.desk.bridge.editor.undo_words == "Colours: Dark")

        shown.desk.bridge.undo()
        await eventually(lambda: colours.choice.current() == "system")


async def test_a_change_elsewhere_shows(qloop: Loop) -> None:
    async with section("general") as shown:
        write_config({**RAW, "Desktop": {"onClose": "quit", "theme": "pink"}})
        await shown.desk.bridge.reload()

        await eventually(lambda: row(shown, "Closing the window").choice.current() == "quit")
        assert "pink" in row(shown, "Colours").said()


async def test_the_start_at_login_is_what_the_system_has(
    qloop: Loop, autostart: XdgAutostart
) -> None:
    async with section("general") as shown:
        switch = shown.find(Switch, "start-at-login")
        switch.click()
        await eventually(lambda: "each login" in login(shown).help_text())
        assert autostart.state(start_command()) is AutostartState.ON
        assert switch.isChecked()

        switch.click()
        await eventually(lambda: not autostart.path.exists())
        await eventually(lambda: not switch.isChecked())


async def test_a_look_that_a_click_overtook_tells_nothing(
    qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    look, enable = XdgAutostart.state, XdgAutostart.enable
    is_changing, may_end, told = threading.Event(), threading.Event(), threading.Event()

    def slow_look(own: XdgAutostart, command: list[str]) -> AutostartState:
        if told.is_set():
            return look(own, command)
        is_changing.wait(60)
        told.set()
        return AutostartState.OFF

    def slow_change(own: XdgAutostart, command: list[str]) -> None:
        is_changing.set()
        may_end.wait(60)
        enable(own, command)

    monkeypatch.setattr(XdgAutostart, "state", slow_look)
    monkeypatch.setattr(XdgAutostart, "enable", slow_change)
    async with section("general") as shown:
        switch = shown.find(Switch, "start-at-login")
        switch.click()
        await eventually(told.is_set)
        looked = [t for t in shown.desk.bridge.tasks._tasks if "Asking" in t.get_name()]
        await asyncio.gather(*looked)

        assert switch.isChecked()
        may_end.set()
        await eventually(lambda: "each login" in login(shown).help_text())


@pytest.mark.parametrize("clicks", [1, 2])
async def test_coming_back_while_it_is_changed_shows_no_old_state(
    qloop: Loop,
    qapp: QApplication,
    autostart: XdgAutostart,
    monkeypatch: pytest.MonkeyPatch,
    clicks: int,
) -> None:
    enable, may_end = XdgAutostart.enable, threading.Event()

    def slow_change(own: XdgAutostart, command: list[str]) -> None:
        may_end.wait(60)
        enable(own, command)

    monkeypatch.setattr(XdgAutostart, "enable", slow_change)
    async with section("general") as shown:
        switch = shown.find(Switch, "start-at-login")
        tasks = shown.desk.bridge.tasks._tasks
        await eventually(lambda: not [t for t in tasks if "Asking" in t.get_name()])
        seen: list[bool] = []
        switch.toggled.connect(seen.append)
        try:
            for _ in range(clicks):
                switch.click()
            qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
            looked = [t for t in tasks if "Asking" in t.get_name()]
            await asyncio.gather(*looked)
        finally:
            may_end.set()
        await eventually(lambda: not [t for t in tasks if "Changing" in t.get_name()])

        assert seen == [True, False][:clicks]
        assert autostart.path.exists() == switch.isChecked()


async def test_nothing_moves_when_the_system_has_told_whether_it_starts_at_login(
    qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    look, may_end = XdgAutostart.state, threading.Event()

    def slow_look(own: XdgAutostart, command: list[str]) -> AutostartState:
        may_end.wait(60)
        return look(own, command)

    monkeypatch.setattr(XdgAutostart, "state", slow_look)
    async with section("general") as shown:
        try:
            before = login(shown).sizeHint()
            looks = [t for t in shown.desk.bridge.tasks._tasks if "Asking" in t.get_name()]
        finally:
            may_end.set()
        await asyncio.gather(*looks)

        assert looks
        assert login(shown).sizeHint().height() == before.height()


async def test_a_start_that_was_taken_out_elsewhere_is_seen_at_the_next_look(
    qloop: Loop, autostart: XdgAutostart
) -> None:
    autostart.enable(start_command())
    async with section("general") as shown:
        await eventually(login(shown).switch.isChecked)
        autostart.disable()

        login(shown).hide()
        login(shown).show()

        await eventually(lambda: not login(shown).switch.isChecked())


async def test_a_start_that_was_taken_out_meanwhile_is_seen_on_coming_back(
    qloop: Loop, autostart: XdgAutostart, qapp: QApplication
) -> None:
    autostart.enable(start_command())
    async with section("general") as shown:
        await eventually(login(shown).switch.isChecked)
        autostart.disable()

        qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)

        await eventually(lambda: not login(shown).switch.isChecked())


async def test_an_entry_that_is_held_back_is_told(qloop: Loop, autostart: XdgAutostart) -> None:
    autostart.enable(start_command())
    text = autostart.path.read_text("utf-8") + "Hidden=true\n"
    autostart.path.write_text(text, "utf-8")

    async with section("general") as shown:
        await eventually(lambda: "held back" in login(shown).help_text())
        assert not login(shown).switch.isChecked()


async def test_another_copy_can_be_replaced_by_this_one(
    qloop: Loop, autostart: XdgAutostart
) -> None:
    autostart.enable(["/opt/other/ccr-desktop"])
    async with section("general") as shown:
        await eventually(lambda: "Another copy" in login(shown).said())
        buttons = login(shown).findChildren(QPushButton)

        next(button for button in buttons if button.text() == "Start this one").click()

        await eventually(lambda: autostart.state(start_command()) is AutostartState.ON)
        await eventually(lambda: login(shown).said() == "")


async def test_a_system_that_refuses_is_told_with_its_words(
    qloop: Loop, autostart: XdgAutostart
) -> None:
    autostart.path.parent.parent.mkdir(parents=True)
    autostart.path.parent.write_text("a file where the folder should be", "utf-8")
    async with section("general") as shown:
        told: list[str] = []
        shown.desk.bridge.failed.connect(lambda it: told.append(f"{it.title}. {it.text}"))

        shown.find(Switch, "start-at-login").click()

        await eventually(lambda: told)
        assert f"{autostart.path} can't be written. A part of its path is no folder." in told[0]
        await eventually(lambda: not login(shown).switch.isChecked())


@pytest.mark.parametrize("is_on", [True, False], ids=["on", "off"])
async def test_what_is_in_the_way_is_told_in_words(
    qloop: Loop, autostart: XdgAutostart, is_on: bool
) -> None:
    autostart.path.mkdir(parents=True)
    async with section("general") as shown:
        told: list[str] = []
        shown.desk.bridge.failed.connect(lambda it: told.append(f"{it.title}. {it.text}"))

        await eventually(lambda: login(shown).said())
        assert login(shown).said() == f"The system does not tell: {autostart.path}: It is a folder."
        login(shown).wanted.emit(is_on)
        await eventually(lambda: told)

    assert "Errno" not in told[0]
    assert str(autostart.path) in told[0]
    assert "It is a folder" in told[0] or "Access is denied" in told[0]  # the latter on a Mac
