"""What a row of the settings says below its help."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop.pages.settings.rows import SwitchRow

pytestmark = pytest.mark.usefixtures("look")


def test_a_note_is_there_again_once_nothing_is_wrong_any_more(qtbot: QtBot) -> None:
    row = SwitchRow("A thread of its own", "Help.")
    qtbot.addWidget(row)

    row.show_note("It takes effect later.", "Now")
    row.show_error("It could not be saved.")
    assert row.said() == "It could not be saved."
    assert row.switch.property("invalid") is True

    row.show_error("")
    assert row.said() == "It takes effect later."
    assert row.switch.property("invalid") is False
    assert row.switch.accessibleDescription() == "It takes effect later."

    row.show_note("")
    assert row.said() == ""
    assert row.switch.accessibleDescription() == "Help."
