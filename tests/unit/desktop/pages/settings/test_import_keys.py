"""A pasted link and what Enter does with it: no key of it stays on the screen."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from ccr_desktop.desktop.importing.take_dialog import TakeDialog
from ccr_desktop.desktop.loop import Loop
from tests.unit.desktop.pages.settings.shown import Shown
from tests.unit.desktop.pages.settings.test_transfer import (
    LINK,
    names,
    opened,
    paste,
    press,
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
