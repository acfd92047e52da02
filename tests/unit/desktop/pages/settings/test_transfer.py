"""Import, export and presets in the window: shown first, taken as one change, undone as one."""

import json
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.core.transfer.places import Source
from ccr_desktop.core.transfer.sources import read_file
from ccr_desktop.desktop import language
from ccr_desktop.desktop.dialogs import Question
from ccr_desktop.desktop.importing.source_rows import SourceRows
from ccr_desktop.desktop.importing.take_dialog import TakeDialog
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.settings import transfer_presenter
from ccr_desktop.desktop.pages.settings.passphrase import PassphraseQuestion
from ccr_desktop.desktop.widgets.labels import ErrorText
from tests.support.foreign.made import cc_switch_database
from tests.support.pseudo import BEGIN, PseudoTranslator
from tests.unit.desktop.pages.settings.shown import Shown, section
from tests.unit.desktop.pages.settings.transferring import (
    KEY,
    LINK,
    names,
    opened,
    paste,
    press,
    transfer,
    view,
)
from tests.unit.desktop.waiting import eventually


async def test_a_link_is_shown_and_taken_with_its_key_and_undone_whole(qloop: Loop) -> None:
    async with transfer() as (shown, secrets):
        await paste(shown, LINK)
        dialog = await opened(shown, TakeDialog)
        assert names(shown) == ["deepseek", "kimi"]
        assert dialog.ticked == {"provider:One", "key:One"}

        press(dialog, "take-over")

        await eventually(lambda: "One" in names(shown))
        assert secrets.get("One") == KEY
        assert KEY not in json.dumps(shown.desk.bridge.raw)
        words = "A link of claude-code-router: took over 2 things"
        await eventually(lambda: shown.desk.bridge.editor.undo_words == words)
        shown.desk.bridge.undo()
        await eventually(lambda: names(shown) == ["deepseek", "kimi"])
        await eventually(lambda: secrets.get("One") is None)


async def test_nothing_is_taken_when_the_dialog_is_closed(qloop: Loop) -> None:
    async with transfer() as (shown, _):
        await paste(shown, LINK)
        dialog = await opened(shown, TakeDialog)

        dialog.reject()

        await shown.desk.bridge.tasks.end()
        assert names(shown) == ["deepseek", "kimi"]
        assert not shown.desk.bridge.editor.undo_words


@pytest.fixture
def without_keyring() -> Iterator[None]:
    """Whatever stores other tests have defined: `keyring` would take one of them."""
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())
    yield
    keyring.set_keyring(before)


async def test_what_can_not_be_kept_is_said_in_the_dialog_which_stays(
    qloop: Loop, without_keyring: None
) -> None:
    async with section("transfer") as shown:
        await paste(shown, LINK)
        dialog = await opened(shown, TakeDialog)
        press(dialog, "take-over")

        await eventually(lambda: dialog.findChild(ErrorText).isVisible())  # type: ignore[union-attr]
        trouble = dialog.findChild(ErrorText)
        assert trouble
        said = trouble.text().replace("\u200b", "")
        assert said.startswith("This system has no password store.")
        assert said.endswith("Untick the keys, or use one of the buttons above first.")
        assert dialog.ticked == {"provider:One", "key:One"}
        dialog.row("key:One").box.click()
        press(dialog, "take-over")

        await eventually(lambda: "One" in names(shown))


async def test_a_key_can_not_be_ticked_without_its_provider(qloop: Loop) -> None:
    async with transfer() as (shown, _):
        await paste(shown, LINK)
        dialog = await opened(shown, TakeDialog)

        dialog.row("provider:One").box.click()

        assert dialog.ticked == frozenset()
        take = dialog.findChild(QPushButton, "take-over")
        assert take
        assert not take.isEnabled()
        dialog.reject()


async def test_what_is_no_link_is_said_at_the_field(qloop: Loop) -> None:
    async with transfer() as (shown, _):
        await paste(shown, "hello")

        assert shown.says("Paste a link of CCR Desktop")


async def test_a_bad_link_is_said_in_a_dialog(qloop: Loop) -> None:
    async with transfer() as (shown, _):
        await paste(shown, "ccr://provider?name=a")

        question = await opened(shown, Question)
        assert question.windowTitle() == "This link has no address of a provider"
        question.reject()


async def test_a_file_with_mistakes_is_told_in_sentences(qloop: Loop, home: Path) -> None:
    path = home / "broken.json"
    path.write_text("not json {", encoding="utf-8")
    async with transfer() as (shown, _):
        await paste(shown, str(path))

        question = await opened(shown, Question)
        said = [label.text() for label in question.findChildren(QLabel)]
        assert any(text.startswith("The file is not valid JSON5: ") for text in said)
        question.reject()


async def test_what_is_offered_has_the_names_of_the_window(qloop: Loop, home: Path) -> None:
    path = home / "config.json"
    made = {
        "Providers": [{"name": "One", "api_base_url": "https://o.example.com/v1", "models": ["m"]}]
    }
    made |= {"Router": {"think": "One,m"}, "PORT": 4000}  # type: ignore[dict-item]
    path.write_text(json.dumps(made), encoding="utf-8")
    async with transfer() as (shown, _):
        await paste(shown, str(path))
        dialog = await opened(shown, TakeDialog)

        assert dialog.row("setting:PORT").box.accessibleName() == "Port (PORT)"
        assert dialog.row("route:think").box.accessibleName() == "Thinking and planning (think)"
        dialog.reject()


async def test_an_own_link_that_brings_nothing_new_says_so(qloop: Loop) -> None:
    async with transfer() as (shown, _):
        view(shown).copy_link.click()
        await eventually(lambda: shown.says("The link is in the clipboard"))

        await paste(shown, QGuiApplication.clipboard().text())

        dialog = await opened(shown, TakeDialog)
        said = [label.text() for label in dialog.findChildren(QLabel)]
        assert "What could be taken from it is here already, just so." in said
        dialog.reject()


def test_what_is_found_is_called_in_the_words_of_the_window(qtbot: QtBot) -> None:
    language.current().use("zh_CN")
    sources = SourceRows()
    qtbot.addWidget(sources)
    sources.show_sources([Source("Settings of CC Switch", Path("/x/config.json"))])

    assert sources.findChildren(QPushButton)[0].accessibleName().endswith("，CC Switch 的设置")


async def test_other_programs_settings_are_found_and_offered(qloop: Loop, home: Path) -> None:
    folder = home / ".cc-switch"
    folder.mkdir()
    cc_switch_database(folder / "cc-switch.db")
    async with transfer() as (shown, _):
        sources = shown.find(SourceRows, "import-sources")
        await eventually(lambda: sources.findChildren(QPushButton))
        look = sources.findChildren(QPushButton)[0]
        assert look.isVisible()
        assert look.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert look.accessibleName() == "Look at it…, CC Switch"

        QTest.keyClick(look, Qt.Key.Key_Space)

        dialog = await opened(shown, TakeDialog)
        assert "provider:Zhipu GLM" in dialog.ticked
        assert "route:default" not in dialog.ticked
        dialog.reject()


async def export_to(path: Path, shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    async def pick(*_: object) -> Path:
        return path

    monkeypatch.setattr(transfer_presenter, "pick_new_file", pick)
    view(shown).export.click()


async def test_an_export_without_keys_asks_for_nothing(
    qloop: Loop, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home / "s.ccr-desktop.json"
    async with transfer() as (shown, _):
        await export_to(path, shown, monkeypatch)

        await eventually(lambda: shown.says("There is no key in it"))
        assert "sk-a" not in path.read_text("utf-8")


async def passphrases(shown: Shown, *words: str) -> None:
    last: QWidget | None = None
    for each in words:
        question = await opened(shown, PassphraseQuestion, last)
        question.field.edit.setText(each)
        question.repeated.edit.setText(each)
        press(question, "go")
        last = question


async def test_keys_are_exported_under_a_passphrase_that_is_typed_twice(
    qloop: Loop, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home / "s.ccr-desktop.json"
    async with transfer() as (shown, _):
        view(shown).with_keys.switch.click()
        assert not view(shown).copy_link.isEnabled()
        await export_to(path, shown, monkeypatch)
        await passphrases(shown, "", "short", "correct horse")

        await eventually(lambda: shown.says("with the keys"))

    keys = [entry["api_key"] for entry in read_file(path, "correct horse").raw["Providers"]]
    assert keys == ["sk-a", "sk-b"]


async def test_a_key_that_the_store_lacks_is_not_said_to_be_exported(
    qloop: Loop, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = {"name": "{lost}", "api_base_url": "https://l.test/v1", "api_key": "keyring:{lost}"}
    async with transfer({"Providers": [{**lost, "models": ["m"]}]}) as (shown, _):
        view(shown).with_keys.switch.click()
        await export_to(home / "s.ccr-desktop.json", shown, monkeypatch)
        await passphrases(shown, "correct horse")

        await eventually(lambda: shown.says("There is no key in it."))
        assert shown.says("not in the key store: {lost}.")


async def test_a_file_with_keys_asks_until_the_passphrase_is_right(
    qloop: Loop, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home / "s.ccr-desktop.json"
    async with transfer() as (shown, secrets):
        view(shown).with_keys.switch.click()
        await export_to(path, shown, monkeypatch)
        await passphrases(shown, "correct horse")
        await eventually(path.exists)
        await shown.desk.bridge.edit(lambda raw: {"PORT": raw["PORT"]}, "Emptied")

        await paste(shown, str(path))
        await passphrases(shown, "wrong horse!", "correct horse")
        dialog = await opened(shown, TakeDialog)
        assert {"key:deepseek", "key:kimi"} <= dialog.ticked
        press(dialog, "take-over")

        await eventually(lambda: secrets.get("kimi") == "sk-b")


async def test_a_link_to_share_is_copied(qloop: Loop) -> None:
    async with transfer() as (shown, _):
        view(shown).copy_link.click()

        await eventually(lambda: shown.says("The link is in the clipboard"))
        assert QGuiApplication.clipboard().text().startswith("ccr-desktop://import?v=1&data=")
        assert shown.says("Key of a provider: deepseek, kimi")


# -- presets -------------------------------------------------------------------------------------


async def test_what_a_provider_brings_is_told_in_the_language_of_the_window(
    qloop: Loop, qapp: QApplication
) -> None:
    words = PseudoTranslator()
    async with transfer() as (shown, _):
        qapp.installTranslator(words)
        try:
            await paste(shown, f"{LINK},n")
            dialog = await opened(shown, TakeDialog)
        finally:
            qapp.removeTranslator(words)
        told = [label.text().replace("\u200b", "") for label in dialog.findChildren(QLabel)]

        assert any(
            text.startswith(BEGIN) and "/chat/completions, 2 models" in text for text in told
        ), told
