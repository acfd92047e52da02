"""The dialog of a sign-in, whatever GitHub sends to be shown in it."""

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop.pages.providers.sign_in_dialog import SignInDialog
from ccr_desktop.desktop.screen_room import room_for


@pytest.mark.parametrize(
    ("code", "page"),
    [
        ("ABCD-1234", "https://github.com/login/device"),
        ("W" * 40, "https://github.example.test/" + "w" * 270),
    ],
    ids=["usual", "odd"],
)
def test_it_stays_narrow_and_whole(
    qtbot: QtBot, qapp: QGuiApplication, code: str, page: str
) -> None:
    dialog = SignInDialog("GitHub")
    qtbot.addWidget(dialog)
    dialog.show()
    usual = dialog.width()

    dialog.show_code(code, page)

    assert dialog.width() <= usual + 8
    assert dialog.size().boundedTo(room_for(dialog)) == dialog.size()
    assert dialog.code.text() == code
    dialog.code.copy()
    assert qapp.clipboard().text() == code
    assert (dialog.words.toolTip() or dialog.words.text()).count(page) == 1
