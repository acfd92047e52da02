"""What is said aloud although the cursor is elsewhere."""

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop.widgets import announcing
from ccr_desktop.desktop.widgets.choices import Choice
from ccr_desktop.desktop.widgets.filter_picker import FilterPicker
from ccr_desktop.desktop.widgets.toast import UndoToast
from tests.unit.desktop.widgets.conftest import Show


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[tuple[QObject, str]]:
    told: list[tuple[QObject, str]] = []

    def note(event: QAccessibleAnnouncementEvent) -> None:
        told.append((event.object(), event.message()))

    monkeypatch.setattr(announcing.QAccessible, "updateAccessibility", note)
    return told


def test_a_toast_is_said(show: Show, said: list[tuple[QObject, str]]) -> None:
    host = QWidget()
    toast = UndoToast(host)
    show(host)

    toast.show_undo("Main model: big")
    toast.show_words("Undone: Main model: big")

    assert said == [(toast, "Main model: big"), (toast, "Undone: Main model: big")]


def test_what_the_arrow_keys_choose_is_said_while_the_cursor_is_in_the_filter(
    show: Show, qtbot: QtBot, said: list[tuple[QObject, str]]
) -> None:
    picker = FilterPicker("Main work")
    picker.set_choices([Choice(key="a", title="Alpha"), Choice(key="b", title="Beta")])
    show(picker)
    with qtbot.waitActive(picker):
        picker.activateWindow()
    picker.setFocus()
    picker.open()
    search = picker.pop_over.search

    qtbot.keyClick(search, Qt.Key.Key_Down)
    assert said[-1] == (picker.pop_over.list, "Beta")
    qtbot.keyClick(search, Qt.Key.Key_PageUp)
    assert said[-1] == (picker.pop_over.list, "Alpha")
