"""The key of other devices: made anew when somebody has it who should not, and taken away."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from ccr_desktop.core.secrets import MemorySecrets
from ccr_desktop.core.setup.key_references import CLIENT_KEY
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.settings.client_key import ClientKeyRow
from ccr_desktop.errors import SecretError, WriteError
from tests.unit.desktop.pages.settings.shown import Shown, section
from tests.unit.desktop.waiting import eventually

OLD = "ccr-old-key-of-another-device"


@asynccontextmanager
async def service(host: str) -> AsyncIterator[tuple[Shown, MemorySecrets]]:
    """Settings, Service, where there is a client key."""
    async with section("general") as shown:
        kept, bridge = MemorySecrets(), shown.desk.bridge
        kept.set(CLIENT_KEY, OLD)
        shown.desk.secrets._secrets = kept  # type: ignore[assignment]  # has what is called
        bridge.store._secrets = kept
        more = {"HOST": host, "APIKEY": f"keyring:{CLIENT_KEY}"}
        await bridge.edit(lambda raw: {**raw, **more}, "Key")
        shown.page.show_detail("service")
        yield shown, kept


def row(shown: Shown) -> ClientKeyRow:
    found = shown.page.findChild(ClientKeyRow)
    assert isinstance(found, ClientKeyRow)
    return found


async def test_a_new_key_counts_at_once_and_undo_brings_the_old_one_back(qloop: Loop) -> None:
    async with service("0.0.0.0") as (shown, kept):
        bridge = shown.desk.bridge
        assert not row(shown).remove.isVisible()

        row(shown).renew.click()

        await eventually(lambda: bridge.config.api_key not in {"", OLD})
        assert kept.get(CLIENT_KEY) == bridge.config.api_key
        assert bridge.raw["APIKEY"] == f"keyring:{CLIENT_KEY}"
        await eventually(lambda: bridge.editor.undo_words == "New client key")
        bridge.undo()
        await eventually(lambda: bridge.config.api_key == OLD)


async def test_a_key_that_no_device_needs_any_more_can_go(qloop: Loop) -> None:
    async with service("127.0.0.1") as (shown, kept):
        assert not row(shown).renew.isVisible()
        assert "Programs on this computer" in row(shown).help_text()

        shown.find(QPushButton, "remove-client-key").click()

        await eventually(lambda: "APIKEY" not in shown.desk.bridge.raw)
        await eventually(lambda: not row(shown).isVisible())
        assert kept.get(CLIENT_KEY) == OLD  # for an undo


@pytest.mark.parametrize(
    ("reference", "told"),
    [("keyring:gone", "password store"), ("$NO_SUCH_KEY", "variable")],
)
async def test_a_key_that_can_not_be_read_is_not_copied_by_its_reference(
    qloop: Loop, reference: str, told: str
) -> None:
    async with service("127.0.0.1") as (shown, _):
        bridge, board = shown.desk.bridge, QGuiApplication.clipboard()
        board.setText("before")
        await bridge.edit(lambda raw: {**raw, "APIKEY": reference}, "Key")

        row(shown).copy.click()

        await eventually(lambda: told in row(shown).said())
        assert board.text() == "before"

        await bridge.edit(lambda raw: {**raw, "APIKEY": f"keyring:{CLIENT_KEY}"}, "Key again")
        await eventually(lambda: told not in row(shown).said())
        row(shown).copy.click()
        assert board.text() == OLD


async def test_a_store_that_takes_no_key_leaves_the_old_one(qloop: Loop) -> None:
    class Refusing(MemorySecrets):
        def set(self, name: str, secret: str) -> None:
            raise SecretError("Your system's password store is locked", "Unlock it.")

    async with service("0.0.0.0") as (shown, _):
        shown.desk.secrets._secrets = Refusing()  # type: ignore[assignment]  # has what is called

        row(shown).renew.click()

        await eventually(lambda: "is locked" in row(shown).said())
        assert shown.desk.bridge.config.api_key == OLD


async def test_a_new_key_is_not_kept_where_the_settings_can_not_be_saved(
    qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def refuse(*found: object, **_: object) -> None:
        asked.append(found)
        raise WriteError("The file can't be written", "The disk is full. Nothing was changed.")

    async with service("0.0.0.0") as (shown, kept):
        monkeypatch.setattr(shown.desk.bridge.store, "save", refuse)

        row(shown).renew.click()

        await eventually(lambda: asked)
        await eventually(lambda: kept.get(CLIENT_KEY) == OLD)
        assert shown.desk.bridge.config.api_key == OLD
