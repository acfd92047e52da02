"""What the page Activity tells of one request."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ccr_desktop.core.observe.journal import Entry
from ccr_desktop.desktop import theme
from ccr_desktop.desktop.pages.activity.details import RequestDetails


def test_the_folder_of_a_request_is_written_as_its_owner_does(
    qtbot: QtBot, look: theme.Theme
) -> None:
    details = RequestDetails()
    qtbot.addWidget(details)

    details.show_entry(Entry(request_id="req_1", at_s=1.0, folder=str(Path.home() / "shop")))

    assert str(Path("~") / "shop") in [label.text() for label in details.findChildren(QLabel)]
