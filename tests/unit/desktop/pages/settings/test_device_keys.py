"""Keys of single devices: made, copied, ended and taken away, each alone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from ccr_desktop.core.config.client_keys import today
from ccr_desktop.core.secrets import MemorySecrets
from ccr_desktop.core.setup.edits import with_setting
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.name_dialog import NameDialog
from ccr_desktop.desktop.pages.settings.device_keys import DeviceKeysCard
from ccr_desktop.desktop.widgets.choice_box import ChoiceBox
from ccr_desktop.errors import SecretError
from tests.unit.desktop.pages.settings.shown import Shown, section
from tests.unit.desktop.waiting import eventually

PHONE = {"name": "phone", "key": "key-of-the-phone"}
OLD = {"name": "old", "key": "key-of-the-old-one", "expires": "2000-01-31"}
LOST = {"name": "lost", "key": "keyring:gone"}


@asynccontextmanager
async def service(*keys: dict[str, Any], api_key: str = "k") -> AsyncIterator[Shown]:
    """Settings, Service, where devices have *keys*."""
    more = {"APIKEY": api_key, "ClientKeys": [*keys]}
    async with section("service", {name: value for name, value in more.items() if value}) as shown:
        kept = MemorySecrets()
        shown.desk.secrets._secrets = kept  # type: ignore[assignment]  # has what is called
        shown.desk.bridge.store._secrets = kept
        yield shown


def card(shown: Shown) -> DeviceKeysCard:
    found = shown.page.findChild(DeviceKeysCard)
    assert isinstance(found, DeviceKeysCard)
    return found


def told(shown: Shown) -> dict[str, str]:
    return {row.title: row.subtitle for row in card(shown).rows.rows.rows}


async def asked(shown: Shown) -> NameDialog:
    card(shown).add_button.click()
    await eventually(lambda: shown.page.window().findChild(NameDialog))
    dialog = shown.page.window().findChild(NameDialog)
    assert isinstance(dialog, NameDialog)
    return dialog


async def test_a_device_gets_a_key_that_undo_takes_away(qloop: Loop) -> None:
    async with service(PHONE) as shown:
        bridge = shown.desk.bridge
        dialog = await asked(shown)
        dialog.field.setText(" my laptop ")
        ends = dialog.findChild(ChoiceBox)
        assert isinstance(ends, ChoiceBox)
        ends.set_current("90")
        dialog.ok.click()

        await eventually(lambda: len(bridge.config.client_keys) == 2)
        made = bridge.config.client_keys[1]
        assert made.name == "my laptop"
        assert made.expires == today() + timedelta(days=90)
        assert len(made.key) > 30
        assert bridge.raw["ClientKeys"][1]["key"] == "keyring:client-key/my laptop"
        await eventually(lambda: told(shown)["my laptop"].startswith("Until "))
        assert told(shown)["phone"] == "Until it is removed"

        await eventually(lambda: bridge.editor.undo_words == "Made a key for my laptop")
        bridge.undo()
        await eventually(lambda: [*told(shown)] == ["phone"])


async def test_two_devices_of_one_name_are_refused_in_the_dialog(qloop: Loop) -> None:
    async with service(PHONE) as shown:
        dialog = await asked(shown)
        dialog.field.setText("Phone")
        dialog.ok.click()

        assert "'Phone'" in dialog.row.error()
        dialog.reject()
        await eventually(lambda: shown.page.window().findChild(NameDialog) is None)
        assert [key.name for key in shown.desk.bridge.config.client_keys] == ["phone"]


async def test_a_device_that_the_file_got_meanwhile_is_known(qloop: Loop) -> None:
    async with service() as shown:
        bridge = shown.desk.bridge
        dialog = await asked(shown)
        await bridge.edit(lambda raw: {**raw, "ClientKeys": [PHONE]}, "by hand")
        dialog.field.setText("phone")
        dialog.ok.click()

        assert "'phone'" in dialog.row.error()
        dialog.reject()
        await eventually(lambda: shown.page.window().findChild(NameDialog) is None)
        assert bridge.raw["ClientKeys"] == [PHONE]


async def test_a_new_device_leaves_the_stored_key_of_another_alone(qloop: Loop) -> None:
    renamed = {"name": "tablet", "key": "keyring:client-key/phone"}
    async with service(renamed) as shown:
        bridge = shown.desk.bridge
        await shown.desk.secrets.run(lambda store: store.set("client-key/phone", "of-the-tablet"))
        dialog = await asked(shown)
        dialog.field.setText("phone")
        dialog.ok.click()

        await eventually(lambda: len(bridge.config.client_keys) == 2)
        assert bridge.config.client_keys[0].key == "of-the-tablet"
        assert bridge.raw["ClientKeys"][1]["key"] == "keyring:client-key/phone#2"


async def test_one_is_taken_away_and_the_others_stay(qloop: Loop) -> None:
    async with service(PHONE, OLD) as shown:
        bridge = shown.desk.bridge

        card(shown).rows.action_requested.emit("phone", "remove")

        await eventually(lambda: bridge.raw["ClientKeys"] == [OLD])
        await eventually(lambda: [*told(shown)] == ["old"])
        await eventually(lambda: bridge.editor.undo_words == "Removed the key of phone")


async def test_a_key_is_copied_and_one_that_is_not_there_is_told(qloop: Loop) -> None:
    async with service(PHONE, LOST) as shown:
        board = QGuiApplication.clipboard()
        board.setText("before")

        card(shown).rows.action_requested.emit("lost", "copy")
        assert board.text() == "before"
        assert "does not give this key" in told(shown)["lost"]
        card(shown).rows.opened.emit("phone")

        assert board.text() == "key-of-the-phone"


async def test_one_that_has_ended_is_marked(qloop: Loop) -> None:
    async with service(PHONE, OLD) as shown:
        states = {row.title: row.state for row in card(shown).rows.rows.rows}

        assert told(shown)["old"].startswith("Expired on ")
        assert states == {"phone": "running", "old": "attention"}


async def test_without_a_client_key_none_counts_and_none_is_made(qloop: Loop) -> None:
    async with service(PHONE) as shown:
        bridge = shown.desk.bridge
        assert card(shown).add_button.isVisible()

        await bridge.edit(lambda raw: with_setting(raw, "APIKEY", None), "no client key")

        await eventually(lambda: shown.says("have no effect"))
        assert [row.state for row in card(shown).rows.rows.rows] == ["off"]
        assert not card(shown).add_button.isVisible()
        bridge.undo()
        await eventually(card(shown).add_button.isVisible)
        assert not shown.says("have no effect")


async def test_one_that_ends_while_the_app_runs_is_marked(
    qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    ending = {**PHONE, "expires": today().isoformat()}
    async with service(ending) as shown:
        assert told(shown)["phone"].startswith("Until ")
        tomorrow = today() + timedelta(days=1)
        monkeypatch.setattr(
            "ccr_desktop.desktop.pages.settings.device_keys.today", lambda: tomorrow
        )

        shown.page.hide()
        shown.page.show()

        assert told(shown)["phone"].startswith("Expired on ")


async def test_what_was_told_of_a_key_goes_with_it(qloop: Loop) -> None:
    async with service(PHONE, LOST) as shown:
        card(shown).rows.action_requested.emit("lost", "copy")
        assert "does not give this key" in card(shown).problem_text()

        card(shown).rows.action_requested.emit("lost", "remove")

        await eventually(lambda: card(shown).problem_text() == "")


@pytest.mark.parametrize(("keys", "api_key", "is_seen"), [((), "", False), ((), "k", True)])
async def test_it_is_shown_where_a_key_is_wanted(
    qloop: Loop, keys: tuple[dict[str, Any], ...], api_key: str, is_seen: bool
) -> None:
    async with service(*keys, api_key=api_key) as shown:
        assert card(shown).isVisible() is is_seen
        assert not card(shown).rows.isVisible()


async def test_a_store_that_takes_no_key_adds_no_device(qloop: Loop) -> None:
    class Refusing(MemorySecrets):
        def set(self, name: str, secret: str) -> None:
            raise SecretError("Your system's password store is locked", "Unlock it.")

    async with service(PHONE) as shown:
        shown.desk.secrets._secrets = Refusing()  # type: ignore[assignment]  # has what is called
        dialog = await asked(shown)
        dialog.field.setText("laptop")
        dialog.ok.click()

        await eventually(lambda: "is locked" in card(shown).problem_text())
        assert shown.desk.bridge.raw["ClientKeys"] == [PHONE]
