"""A button that rests while what it began runs gets the cursor back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.ring import has_ring
from tests.unit.desktop.widgets.conftest import Show

LEFT = Qt.MouseButton.LeftButton


class Three(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.buttons = [PlainButton(name) for name in ("Load", "Cancel", "Help")]
        row = QHBoxLayout(self)
        for button in self.buttons:
            row.addWidget(button)


@pytest.fixture
def three(show: Show, qtbot: QtBot) -> Three:
    shown = Three()
    show(shown)
    with qtbot.waitActive(shown):
        shown.activateWindow()
    return shown


def test_it_comes_back_as_it_was(three: Three, qtbot: QtBot) -> None:
    load, cancel, _ = three.buttons
    cancel.setFocus()
    load.setFocus(Qt.FocusReason.TabFocusReason)

    load.set_busy(busy=True)
    assert not load.isEnabled()
    assert not load.hasFocus()
    load.set_busy(busy=False)

    assert load.hasFocus()
    assert has_ring(load)

    qtbot.mouseClick(cancel, LEFT)
    qtbot.mouseClick(load, LEFT)
    load.set_busy(busy=True)
    load.set_busy(busy=False)

    assert load.hasFocus()
    assert not has_ring(load)


def test_it_comes_back_when_another_window_was_in_front(show: Show, qtbot: QtBot) -> None:
    behind, dialog = Three(), QDialog()
    qtbot.addWidget(dialog)
    show(behind)
    load = behind.buttons[0]
    load.setFocus()
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()

    load.set_busy(busy=True)
    load.set_busy(busy=False)

    assert load.has_cursor()


def test_it_stays_where_somebody_moved_it(three: Three) -> None:
    load, _, help_button = three.buttons
    load.setFocus()
    load.set_busy(busy=True)

    help_button.setFocus()
    load.set_busy(busy=False)

    assert help_button.hasFocus()


def test_without_the_cursor_it_takes_none(three: Three) -> None:
    load, cancel, _ = three.buttons
    cancel.setFocus()

    load.set_busy(busy=True)
    load.set_busy(busy=False)

    assert QApplication.focusWidget() is cancel
