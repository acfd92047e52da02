"""Where keys are: shown without a key, and moved with consent."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from ccr_desktop.core.secrets import MemorySecrets, Place, Secrets, StoreState, StoreStatus
from ccr_desktop.core.secrets.state import problem, status
from ccr_desktop.core.setup.keys import KeyState
from ccr_desktop.desktop import language
from ccr_desktop.desktop.dialogs import Question
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.settings.keys import KeysView
from ccr_desktop.desktop.pages.settings.keys_presenter import KeysSeen
from ccr_desktop.desktop.pages.settings.passphrase import PassphraseQuestion
from ccr_desktop.desktop.pages.settings.section import Section
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.empty_state import EmptyState
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.state import StateDot
from tests.unit.desktop.answering import over
from tests.unit.desktop.attended import RAW
from tests.unit.desktop.pages.settings.shown import Shown, section
from tests.unit.desktop.waiting import eventually


class Store(MemorySecrets):
    """In a state that the test chooses, until it is unlocked."""

    state = StoreState.READY
    refuses = False

    def set(self, name: str, secret: str) -> None:
        if self.refuses:
            raise problem(Place.KEYRING, StoreState.DENIED)
        super().set(name, secret)

    def status(self) -> StoreStatus:
        return status(Place.KEYRING, self.state, "Test store")

    def unlock(self, passphrase: str = "") -> StoreStatus:
        self.state = StoreState.READY
        self.refuses = False
        return self.status()


def test_nobody_is_told_to_have_no_providers_before_the_store_has_answered(qtbot: QtBot) -> None:
    section = Section()
    qtbot.addWidget(section)

    KeysView(section)

    assert all(empty.isHidden() for empty in section.findChildren(EmptyState))


def test_the_store_is_named_in_the_language_in_force(qtbot: QtBot) -> None:
    language.current().use("zh_CN")
    section = Section()
    qtbot.addWidget(section)
    view = KeysView(section)
    stored = KeyState(source="keyring", is_there=True, reference="keyring:deepseek")
    file = status(Place.FILE, StoreState.READY, "Protected file")

    view.show_keys(KeysSeen(file, file, (("deepseek", stored),), {"deepseek": ()}))

    shown = [label.text() for label in section.findChildren(QLabel)]
    shown += [row.subtitle for row in section.findChildren(RowList)[0].rows.rows]
    assert sum("受保护的文件" in text for text in shown) >= 2
    assert not any("Protected" in text for text in shown)


@asynccontextmanager
async def keys(
    store: Store | None = None, more: dict[str, Any] | None = None
) -> AsyncIterator[tuple[Shown, Secrets]]:
    async with section("general", more) as shown:
        secrets = Secrets(keyring=store or Store())
        shown.desk.secrets._secrets = secrets
        shown.desk.bridge.store._secrets = secrets
        shown.page.show_detail("keys")
        await eventually(lambda: listed(shown).rows.rows)
        yield shown, secrets


def listed(shown: Shown) -> RowList:
    return shown.find(RowList, "provider-keys")


def told(shown: Shown) -> list[str]:
    return [row.subtitle for row in listed(shown).rows.rows]


def offers(shown: Shown, number: int = 0) -> list[str]:
    rows = listed(shown).rows.rows
    return [action.key for action in listed(shown).paints.actions_for(rows[number])]


async def press(shown: Shown, kind: type[Question | PassphraseQuestion], name: str) -> None:
    question = await over(shown.page, kind)
    button = question.findChild(QPushButton, name)
    assert button
    button.click()


async def test_a_key_is_shown_by_its_place_alone(qloop: Loop) -> None:
    many = [
        {**RAW["Providers"][0], "api_key": "sk-very-secret"},
        {**RAW["Providers"][1], "api_key": "$NOT_SET_HERE"},
    ]
    async with keys(more={"Providers": many}) as (shown, _):
        first, second = told(shown)
        assert first == "Readable in the settings file"
        assert "NOT_SET_HERE" in second
        assert "not set" in second
        assert not shown.says("very-secret")


async def test_a_key_goes_to_the_store_and_out_of_the_file(qloop: Loop) -> None:
    async with keys() as (shown, secrets):
        assert offers(shown) == ["keyring", "env"]

        listed(shown).action_requested.emit("deepseek", "keyring")

        await eventually(lambda: "Test store" in told(shown)[0])
        assert secrets.get("deepseek") == "sk-a"
        assert shown.desk.bridge.raw["Providers"][0]["api_key"] == "keyring:deepseek"
        assert shown.desk.bridge.config.providers["deepseek"].api_key == "sk-a"
        assert offers(shown) == ["env", "file"]

        shown.desk.bridge.undo()

        await eventually(lambda: "Readable" in told(shown)[0])
        assert secrets.get("deepseek") is None
        assert shown.desk.bridge.raw["Providers"][0]["api_key"] == "sk-a"


async def test_a_key_goes_back_into_the_file_only_with_consent(qloop: Loop) -> None:
    kept = [{**RAW["Providers"][0], "api_key": "keyring:deepseek"}]
    store = Store(deepseek="sk-a")
    async with keys(store, {"Providers": kept, "Router": {}}) as (shown, secrets):
        listed(shown).action_requested.emit("deepseek", "file")
        await press(shown, Question, "answer-")
        await eventually(lambda: not shown.page.findChildren(Question))
        assert secrets.get("deepseek") == "sk-a"

        listed(shown).action_requested.emit("deepseek", "file")
        await press(shown, Question, "answer-go")

        await eventually(lambda: told(shown) == ["Readable in the settings file"])
        assert secrets.get("deepseek") is None


async def test_a_variable_that_has_to_be_set_is_told(qloop: Loop) -> None:
    kept = [{**RAW["Providers"][0], "api_key": "keyring:deepseek"}]
    store = Store(deepseek="sk-a")
    async with keys(store, {"Providers": kept, "Router": {}}) as (shown, _):
        listed(shown).action_requested.emit("deepseek", "env")
        await press(shown, Question, "answer-go")

        banner = shown.find(Banner, "keys-told")
        await eventually(banner.isVisible)
        assert "DEEPSEEK_API_KEY" in banner.text()


async def test_what_the_store_refuses_is_told_with_a_way_to_ask_again(qloop: Loop) -> None:
    store = Store()
    store.refuses = True
    async with keys(store) as (shown, secrets):
        problems: list[object] = []
        shown.desk.bridge.failed.connect(problems.append)
        listed(shown).action_requested.emit("deepseek", "keyring")
        banner = shown.find(Banner, "keys-told")
        await eventually(banner.isVisible)
        assert banner.text() == "Access to your system's password store was refused."
        assert banner.button.text() == "Ask again"

        banner.button.click()

        await eventually(lambda: secrets.get("deepseek") == "sk-a")
        await eventually(lambda: "Test store" in told(shown)[0])
        assert "refused" not in banner.text()
        assert not problems


async def test_a_refusal_is_no_longer_told_after_a_later_move(qloop: Loop) -> None:
    store = Store()
    store.refuses = True
    async with keys(store) as (shown, _):
        listed(shown).action_requested.emit("deepseek", "keyring")
        banner = shown.find(Banner, "keys-told")
        await eventually(banner.isVisible)
        store.refuses = False

        listed(shown).action_requested.emit("deepseek", "keyring")

        await eventually(lambda: "Test store" in told(shown)[0])
        assert "refused" not in banner.text()


@pytest.mark.parametrize(
    ("pool", "words", "places"),
    [
        (["sk-1", "sk-2"], "Several keys in the settings file", ["keyring", "env"]),
        (["keyring:deepseek", "keyring:deepseek#2"], "Several keys in Test st", ["env", "file"]),
        (["keyring:deepseek", "sk-2"], "more than one place", ["keyring", "env", "file"]),
    ],
)
async def test_several_keys_are_told_by_where_they_are(
    qloop: Loop, pool: list[str], words: str, places: list[str]
) -> None:
    entry = {**RAW["Providers"][0], "api_keys": pool}
    del entry["api_key"]
    store = Store(**{"deepseek": "sk-1", "deepseek#2": "sk-2"})
    async with keys(store, {"Providers": [entry], "Router": {}}) as (shown, _):
        assert words in told(shown)[0]
        assert offers(shown) == places


async def test_all_keys_go_to_a_protected_file_and_back(qloop: Loop) -> None:
    kept = [{**RAW["Providers"][0], "api_key": "keyring:deepseek"}]
    store = Store(deepseek="sk-a")
    async with keys(store, {"Providers": kept, "Router": {}}) as (shown, secrets):
        shown.find(QPushButton, "move-all-keys").click()
        await press(shown, PassphraseQuestion, "go")
        await eventually(lambda: secrets.place is Place.FILE)
        await eventually(lambda: "Protected file" in told(shown)[0])
        assert store.get("deepseek") is None
        assert shown.desk.bridge.config.providers["deepseek"].api_key == "sk-a"

        shown.find(QPushButton, "move-all-keys").click()
        await press(shown, Question, "answer-go")

        await eventually(lambda: secrets.place is Place.KEYRING)
        assert store.get("deepseek") == "sk-a"


async def test_a_locked_store_is_not_asked_and_can_be_unlocked(qloop: Loop) -> None:
    kept = [{**RAW["Providers"][0], "api_key": "keyring:deepseek"}]
    store = Store(deepseek="sk-a")
    store.state = StoreState.LOCKED
    async with keys(store, {"Providers": kept, "Router": {}}) as (shown, _):
        assert "locked" in shown.find(StateDot, "store-state").word
        assert "locked" in told(shown)[0]

        shown.find(QPushButton, "way-unlock").click()

        await eventually(lambda: "ready" in shown.find(StateDot, "store-state").word)
        await eventually(lambda: shown.desk.bridge.config.providers["deepseek"].api_key == "sk-a")


@pytest.mark.parametrize("passphrase", ["", "correct horse"])
async def test_a_system_without_a_store_offers_the_file(qloop: Loop, passphrase: str) -> None:
    store = Store()
    store.state = StoreState.MISSING
    async with keys(store) as (shown, secrets):
        shown.find(QPushButton, "way-add-store").click()
        assert "gnome-keyring" in shown.find(Banner, "keys-told").text()

        shown.find(QPushButton, "way-use-file").click()
        question = await over(shown.page, PassphraseQuestion)
        question.field.edit.setText(f"{passphrase}x")
        question.repeated.edit.setText(passphrase)
        question.go.click()
        assert any("passphrases differ" in each.text() for each in question.findChildren(QLabel))
        assert secrets.place is Place.KEYRING
        question.field.edit.setText(passphrase)
        question.repeated.edit.setText(passphrase)
        question.go.click()

        await eventually(lambda: "ready" in shown.find(StateDot, "store-state").word)
        assert secrets.place is Place.FILE
        assert isinstance(shown.page.findChild(KeysView), KeysView)
        assert shown.find(QPushButton, "move-all-keys").isHidden()


def unused(shown: Shown) -> dict[str, str]:
    return {row.key: row.subtitle for row in unused_rows(shown).rows.rows}


def unused_rows(shown: Shown) -> RowList:
    return shown.find(RowList, "unused-key-rows")


async def test_a_stored_key_that_nothing_uses_is_removed_and_comes_back(qloop: Loop) -> None:
    kept = [{**RAW["Providers"][0], "api_key": "keyring:deepseek"}]
    store = Store(deepseek="sk-a", gone="sk-b")
    async with keys(store, {"Providers": kept, "Router": {}}) as (shown, secrets):
        await eventually(lambda: unused(shown) == {"gone": "No version in History refers to it"})

        unused_rows(shown).action_requested.emit("gone", "remove")
        await eventually(lambda: not unused(shown))
        assert secrets.get("gone") is None
        assert not shown.says("Stored keys that these settings do not use")

        shown.desk.bridge.undo()
        await eventually(lambda: [*unused(shown)] == ["gone"])
        assert secrets.get("gone") == "sk-b"


async def test_a_key_that_nothing_refers_to_any_more_is_told_until_it_is_used_again(
    qloop: Loop,
) -> None:
    kept = [RAW["Providers"][0], {**RAW["Providers"][1], "api_key": "keyring:ours"}]
    async with keys(Store(ours="sk-a"), {"Providers": kept}) as (shown, _):
        assert unused(shown) == {}

        shown.desk.bridge.edit(lambda raw: {**raw, "Providers": RAW["Providers"]}, "Another key")
        await eventually(
            lambda: unused(shown) == {"ours": "Needed if an earlier version in History is restored"}
        )

        shown.desk.bridge.undo()
        await eventually(lambda: not unused(shown))


async def test_a_store_is_looked_at_again_whenever_it_is_shown(qloop: Loop) -> None:
    store = Store()
    async with keys(store) as (shown, _):
        assert shown.find(StateDot, "store-state").accessibleName().endswith("is ready")
        shown.page.show_detail("general")
        store.state = StoreState.LOCKED

        shown.page.show_detail("keys")

        state = shown.find(StateDot, "store-state")
        await eventually(lambda: state.accessibleName().endswith("is locked"), limit_s=10)
