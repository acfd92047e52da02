"""A pasted link and what Enter does with it: no key of it stays on the screen."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from ccr_desktop.core.secrets import Place, StoreState
from ccr_desktop.desktop.file_passphrase import PassphraseDialog
from ccr_desktop.desktop.importing.flow import ImportFlow
from ccr_desktop.desktop.importing.take_dialog import TakeDialog
from ccr_desktop.desktop.loop import Loop
from tests.unit.desktop.answering import over
from tests.unit.desktop.pages.settings.shown import Shown
from tests.unit.desktop.pages.settings.transferring import (
    KEY,
    LINK,
    names,
    opened,
    paste,
    press,
    says,
    transfer,
)
from tests.unit.desktop.waiting import eventually


def _field(shown: Shown) -> QLineEdit:
    return shown.find(QLineEdit, "import-text")


async def test_a_link_does_not_stay_in_the_field_nor_in_its_undo(qloop: Loop) -> None:
    for is_taken in (True, False):
        async with transfer() as (shown, _):
            await paste(shown, "")
            _field(shown).insert(LINK)  # as somebody pastes it, with an undo
            shown.find(QPushButton, "import-look").click()
            dialog = await opened(shown, TakeDialog)
            if is_taken:
                press(dialog, "take-over")
                await eventually(lambda shown=shown: "One" in names(shown))
            else:
                dialog.reject()
            await shown.desk.bridge.tasks.end()

            assert not _field(shown).text()
            assert not _field(shown).isUndoAvailable()


async def test_a_link_that_says_nothing_stays_to_be_mended(qloop: Loop) -> None:
    async with transfer() as (shown, _):
        await paste(shown, "hello")

        assert _field(shown).text() == "hello"


UNSURE = LINK.replace("https", "http")  # told as not encrypted, and not ticked therefore


async def test_the_key_follows_its_provider_and_can_be_unticked_again(qloop: Loop) -> None:
    async with transfer() as (shown, secrets):
        await paste(shown, UNSURE)
        dialog = await opened(shown, TakeDialog)
        assert not dialog.ticked

        dialog.row("provider:One").box.click()
        assert dialog.ticked == {"provider:One", "key:One"}
        dialog.row("key:One").box.click()
        assert dialog.ticked == {"provider:One"}
        dialog.row("provider:One").box.click()
        dialog.row("provider:One").box.click()
        press(dialog, "take-over")

        await eventually(lambda: "One" in names(shown))
        assert secrets.get("One") == KEY


async def test_a_provider_that_is_taken_without_its_key_is_told(qloop: Loop) -> None:
    async with transfer() as (shown, secrets):
        await paste(shown, LINK)
        dialog = await opened(shown, TakeDialog)
        dialog.row("key:One").box.click()
        press(dialog, "take-over")

        words = "A link of claude-code-router: took over 1 thing, without the key of One"
        await eventually(lambda: shown.desk.bridge.editor.undo_words == words)
        assert secrets.get("One") is None


async def test_the_key_that_is_stored_is_here_already(qloop: Loop) -> None:
    async with transfer() as (shown, _):
        await paste(shown, LINK)
        press(first := await opened(shown, TakeDialog), "take-over")
        flow = shown.page.findChild(ImportFlow)
        await eventually(lambda: "One" in names(shown) and not flow._is_busy)
        await paste(shown, LINK)
        again = await opened(shown, TakeDialog, first)

        said = [label.text() for label in again.findChildren(QLabel)]
        assert "What could be taken from it is here already, just so." in said
        assert not any("It would be replaced" in text for text in said)
        again.reject()


async def test_enter_takes_a_pasted_link_over_wherever_the_cursor_is(qloop: Loop) -> None:
    for box in ("", "provider:One"):
        async with transfer() as (shown, _):
            await paste(shown, LINK)
            dialog = await opened(shown, TakeDialog)
            if box:
                dialog.row(box).box.setFocus()
            go = dialog.findChild(QPushButton, "take-over")
            assert go
            assert go.property("kind") == "primary"
            assert go.isDefault()

            QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Return)

            await eventually(lambda shown=shown: "One" in names(shown))


async def test_the_place_is_named_that_a_key_goes_to(qloop: Loop) -> None:
    for is_file, place in ((False, "the password store"), (True, "the protected file")):
        async with transfer() as (shown, secrets):
            if is_file:
                secrets.use_file()
            await paste(shown, LINK)
            dialog = await opened(shown, TakeDialog)

            words = f"It goes to {place}, not into the settings file."
            await eventually(lambda dialog=dialog, words=words: says(dialog, words))
            assert dialog.row("key:One").box.accessibleDescription() == words
            dialog.reject()


async def test_a_protected_file_is_offered_where_there_is_no_store(qloop: Loop) -> None:
    async with transfer(state=StoreState.MISSING) as (shown, secrets):
        await paste(shown, LINK)
        dialog = await opened(shown, TakeDialog)
        await eventually(lambda: says(dialog, "This system has no password store."))
        assert says(dialog, "There is no place for it yet.")
        dialog.row("key:One").box.click()
        assert not dialog.store.isVisible()
        dialog.row("key:One").box.click()
        press(dialog, "take-over")
        await eventually(lambda: says(dialog, "use one of the buttons above first."))

        press(dialog, "way-use-file")
        (await over(dialog, PassphraseDialog)).agree.click()

        await eventually(lambda: says(dialog, "It goes to the protected file"))
        assert not dialog.store.isVisible()
        assert not says(dialog, "use one of the buttons above first.")
        assert dialog.ticked == {"provider:One", "key:One"}
        press(dialog, "take-over")
        await eventually(lambda: "One" in names(shown))
        assert secrets.place is Place.FILE
        assert secrets.get("One") == KEY
