"""The view of the last step."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.wizard.launch_view import LaunchView


@pytest.fixture
def view(qtbot: QtBot, look: theme.Theme) -> LaunchView:
    made = LaunchView()
    qtbot.addWidget(made)
    made.resize(640, 600)
    made.show()
    return made


def place(view: LaunchView) -> int:
    QApplication.sendPostedEvents()
    layout = view.layout()
    assert layout
    layout.activate()
    return view.terminal.mapTo(view, view.terminal.rect().topLeft()).y()


def test_nothing_moves_when_claude_code_turns_out_to_be_missing(view: LaunchView) -> None:
    before = place(view)

    view.show_claude("It was not found", "npm install", is_found=False)

    assert place(view) == before
    assert view.check.isVisible()
    view.guide.click()
    assert view.install.isVisible()
    opened = place(view)
    view.show_claude("It is here", is_found=True)
    assert place(view) == opened
    assert not view.check.isVisible()
