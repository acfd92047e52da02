"""Where the router listens and who reaches it, changed from the window."""

import socket

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from ccr_desktop.core.secrets import MemorySecrets
from ccr_desktop.core.setup.key_references import CLIENT_KEY
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.settings.rows import NumberRow, SwitchRow
from ccr_desktop.desktop.service_state import Phase
from ccr_desktop.desktop.widgets.number_field import NumberField
from ccr_desktop.desktop.widgets.switch import Switch
from ccr_desktop.errors import SecretError, WriteError
from tests.unit.desktop.answering import answer, asked, is_open
from tests.unit.desktop.pages.settings.shown import Shown, section
from tests.unit.desktop.waiting import eventually


def type_port(shown: Shown, port: int) -> NumberRow:
    field = shown.find(NumberField, "port")
    field.setFocus()
    field.setValue(port)
    QTest.keyClick(field, Qt.Key.Key_Return)
    return shown.page.findChildren(NumberRow)[0]


async def test_a_port_that_is_in_use_is_not_saved_and_another_is_offered(qloop: Loop) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        taken = holder.getsockname()[1]
        async with section("service") as shown:
            before = shown.desk.bridge.raw["PORT"]
            row = type_port(shown, taken)
            await eventually(row.said)
            assert f"Port {taken} is used by" in row.said()
            assert shown.desk.bridge.raw["PORT"] == before
            fix = next(b for b in row.findChildren(QPushButton) if b.text().startswith("Use "))
            offered = int(fix.text().removeprefix("Use "))

            fix.click()

            await eventually(lambda: shown.desk.bridge.raw["PORT"] == offered)
            await eventually(lambda: row.said() == "")


async def test_a_port_that_the_file_has_as_a_text_is_told_by_nobody_else(qloop: Loop) -> None:
    async with section("service", {"PORT": "45671"}) as shown:
        row = shown.page.findChildren(NumberRow)[0]

        assert shown.find(NumberField, "port").value() == 45671
        assert row.help_text() == "Claude Code is led there by itself."


async def test_a_free_port_is_found(qloop: Loop) -> None:
    async with section("service") as shown:
        before = shown.desk.bridge.raw["PORT"]

        shown.find(QPushButton, "free-port").click()

        await eventually(lambda: shown.desk.bridge.raw["PORT"] > before)


async def test_other_devices_need_a_key_which_is_kept_in_the_store(
    qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with section("service") as shown:
        kept = MemorySecrets()
        shown.desk.secrets._secrets = kept  # type: ignore[assignment]  # has what is called
        shown.desk.bridge.store._secrets = kept
        switch = shown.find(Switch, "reach")

        switch.click()
        await answer(shown.page, "open")

        await eventually(lambda: shown.desk.bridge.config.host == "0.0.0.0")
        key = kept.get(CLIENT_KEY)
        assert key
        assert shown.desk.bridge.config.api_key == key
        assert shown.desk.bridge.raw["APIKEY"] == f"keyring:{CLIENT_KEY}"
        copy = shown.find(QPushButton, "copy-client-key")
        await eventually(copy.isVisible)
        copy.click()
        assert QGuiApplication.clipboard().text() == key

        await eventually(switch.isChecked)
        switch.click()
        await eventually(lambda: shown.desk.bridge.config.host == "127.0.0.1")


async def test_where_the_settings_can_not_be_saved_no_client_key_stays(
    qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_for: list[str | None] = []

    async with section("service") as shown:
        kept = MemorySecrets()
        shown.desk.secrets._secrets = kept  # type: ignore[assignment]  # has what is called
        bridge = shown.desk.bridge

        def refuse(*_: object, **__: object) -> None:
            asked_for.append(kept.get(CLIENT_KEY))
            raise WriteError("The file can't be written", "The disk is full.")

        monkeypatch.setattr(bridge.store, "save", refuse)
        switch = shown.find(Switch, "reach")

        switch.click()
        await answer(shown.page, "open")

        await eventually(lambda: asked_for)
        await eventually(lambda: not switch.isChecked())
        assert asked_for[0], "it is stored before the file refers to it"
        assert kept.get(CLIENT_KEY) is None
        assert bridge.config.host == "127.0.0.1"


async def test_enter_does_not_let_other_devices_in(qloop: Loop) -> None:
    async with section("service") as shown:
        switch = shown.find(Switch, "reach")
        switch.click()
        question = await asked(shown.page)

        QTest.keyClick(question, Qt.Key.Key_Return)

        await eventually(lambda: not is_open(question))
        await eventually(lambda: not switch.isChecked())
        assert shown.desk.bridge.config.host == "127.0.0.1"


async def test_without_a_place_for_the_client_key_nothing_is_opened(qloop: Loop) -> None:
    class Refusing(MemorySecrets):
        def set(self, name: str, secret: str) -> None:
            raise SecretError("Your system's password store is locked", "Unlock it.")

    async with section("service") as shown:
        shown.desk.secrets._secrets = Refusing()  # type: ignore[assignment]  # has what is called
        wanted: list[str] = []
        shown.desk.bridge.page_wanted.connect(wanted.append)
        switch = shown.find(Switch, "reach")
        reach = next(r for r in shown.page.findChildren(SwitchRow) if r.switch is switch)

        switch.click()
        await answer(shown.page, "open")

        await eventually(lambda: "is locked" in reach.said())
        await eventually(lambda: not switch.isChecked())
        assert shown.desk.bridge.config.host == "127.0.0.1"
        reach.fix_wanted.emit()
        assert wanted == ["settings/keys"]


async def test_nothing_is_opened_without_consent(qloop: Loop) -> None:
    async with section("service") as shown:
        switch = shown.find(Switch, "reach")

        switch.click()
        await answer(shown.page, "")

        await eventually(lambda: not switch.isChecked())
        assert shown.desk.bridge.config.host == "127.0.0.1"


async def test_a_thread_of_its_own_says_that_the_app_has_to_start_again(qloop: Loop) -> None:
    async with section("service") as shown:
        wanted: list[None] = []
        shown.desk.bridge.app_restart_wanted.connect(lambda: wanted.append(None))
        rows = shown.page.findChildren(SwitchRow)
        thread = next(row for row in rows if row.title == "A thread of its own")

        thread.switch.click()

        await eventually(lambda: "started again" in thread.said())
        assert shown.desk.bridge.supervisor.state.phase is Phase.OFF
        fix = next(b for b in thread.findChildren(QPushButton) if b.text() == "Restart it now")
        fix.click()
        assert wanted
