"""Ctrl+Z takes back what was typed where something was, else the last change of a setting."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop.undo_keys import UndoKeys

CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


class Fields(QWidget):
    """A window with the fields that pages have; `done` is what came of keys."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.line, self.text, self.number = QLineEdit(), QPlainTextEdit(), QSpinBox()
        column = QVBoxLayout(self)
        for field in (self.line, self.text, self.number):
            column.addWidget(field)
        UndoKeys(self, lambda: self.done.append("undo"), lambda: self.done.append("redo"))


@pytest.fixture
def fields(qtbot: QtBot) -> Fields:
    made = Fields()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def press(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = CTRL) -> None:
    widget.setFocus()
    QTest.keyClick(QApplication.focusWidget() or widget, key, held)


@pytest.mark.parametrize("name", ["line", "number"])
def test_a_field_with_nothing_to_take_back_lets_settings_be_undone(
    fields: Fields, name: str
) -> None:
    field = getattr(fields, name)

    press(field, Qt.Key.Key_Z)
    press(field, Qt.Key.Key_Z, CTRL_SHIFT)
    press(field, Qt.Key.Key_Y)

    assert fields.done == ["undo", "redo", "redo"]


def test_an_editor_never_hands_the_keys_on(fields: Fields) -> None:
    """They are held until all that was typed is gone."""
    fields.text.setFocus()
    QTest.keyClicks(fields.text, "a")

    for _ in range(3):
        press(fields.text, Qt.Key.Key_Z)
    for _ in range(3):
        press(fields.text, Qt.Key.Key_Y)

    assert fields.text.toPlainText() == "a"
    assert fields.done == []


def test_a_field_keeps_its_own_typing_to_itself(fields: Fields) -> None:
    for field in (fields.line, fields.text):
        field.setFocus()
        QTest.keyClicks(field, "a")
        press(field, Qt.Key.Key_Z)
    assert (fields.line.text(), fields.text.toPlainText()) == ("", "")

    press(fields.line, Qt.Key.Key_Y)
    press(fields.text, Qt.Key.Key_Z, CTRL_SHIFT)
    assert (fields.line.text(), fields.text.toPlainText()) == ("a", "a")
    fields.number.setFocus()
    QTest.keyClicks(fields.number, "7")
    press(fields.number, Qt.Key.Key_Z)

    assert fields.number.value() == 0
    assert fields.done == []


def test_a_secret_that_is_being_typed_undoes_no_setting(fields: Fields) -> None:
    fields.line.setEchoMode(QLineEdit.EchoMode.Password)
    fields.line.setFocus()
    QTest.keyClicks(fields.line, "sk-1")

    press(fields.line, Qt.Key.Key_Z)

    assert fields.done == []


def test_text_that_can_not_be_changed_has_nothing_to_take_back(fields: Fields) -> None:
    fields.text.setPlainText("read")
    fields.text.setReadOnly(True)

    press(fields.text, Qt.Key.Key_Z)

    assert fields.done == ["undo"]


def test_what_a_program_put_into_a_field_is_no_typing(fields: Fields) -> None:
    fields.line.setText("http://127.0.0.1")

    press(fields.line, Qt.Key.Key_Z)

    assert fields.line.text() == "http://127.0.0.1"
    assert fields.done == ["undo"]
