"""On a small screen with large text the window and each dialog can be seen whole."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop import screen_room, window
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.screen_room import fit_on_screen, room_for
from tests.unit.desktop.test_dialogs_fit import every_dialog
from tests.unit.desktop.views import crowded_window

SMALL = QSize(632, 360)
"""What is left of 1280x800 at 200 %."""

pytestmark = pytest.mark.usefixtures("look")


def small(_: object) -> QSize:
    return SMALL


def fits(size: QSize) -> bool:
    return size == size.boundedTo(SMALL)


@every_dialog
def test_a_dialog_is_no_larger_than_the_screen(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, make: Callable[[], QDialog]
) -> None:
    monkeypatch.setattr(screen_room, "room_for", small)
    dialog = make()
    qtbot.addWidget(dialog)

    fit_on_screen(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()

    assert fits(dialog.size()), dialog.size()


def test_what_fits_is_left_as_it_was_made(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    dialog.resize(300, 200)

    fit_on_screen(dialog)

    assert dialog.size() == QSize(300, 200)
    assert room_for(dialog).height() < dialog.screen().availableSize().height()


async def test_the_window_is_no_larger_than_the_screen(
    qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window, "room_for", small)

    async with crowded_window(SMALL) as shown:
        assert fits(shown.size()), shown.size()
