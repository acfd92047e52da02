"""Questions that are awaited while everything goes on."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop import language
from ccr_desktop.desktop.dialogs import Answer, Question, ask, cancel, choose, pick_file
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.widgets.behind import dialogs_over
from ccr_desktop.desktop.widgets.buttons import (
    IconButton,
    PlainButton,
    PrimaryButton,
    QuietButton,
)
from ccr_desktop.desktop.widgets.switch import Switch
from tests.unit.desktop.answering import over
from tests.unit.desktop.waiting import eventually

ANSWERS = [cancel(), Answer("now", "Quit now", "danger"), Answer("later", "Later", "primary")]


def question() -> Question | None:
    tops = QApplication.topLevelWidgets()
    return next((w for w in tops if isinstance(w, Question) and w.isVisible()), None)


async def asked(parent: QWidget) -> tuple[asyncio.Future[str], Question]:
    answer = asyncio.ensure_future(choose(parent, "Quit?", "Two requests run.", ANSWERS))
    await eventually(question)
    shown = question()
    assert shown
    return answer, shown


async def test_the_button_that_is_pressed_is_the_answer(qloop: Loop, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    answer, shown = await asked(parent)
    button = shown.findChild(QPushButton, "answer-now")
    assert isinstance(button, QPushButton)

    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert await answer == "now"


async def test_escape_is_no_answer(qloop: Loop, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    answer, shown = await asked(parent)

    qtbot.keyClick(shown, Qt.Key.Key_Escape)

    assert await answer == ""


async def test_whoever_asks_no_longer_takes_the_question_away(qloop: Loop, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    answer, _ = await asked(parent)

    answer.cancel()

    await eventually(lambda: question() is None)


async def test_the_same_question_is_asked_once_at_a_time(qloop: Loop, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    answer, shown = await asked(parent)

    assert await choose(parent, "Quit?", "Two requests run.", ANSWERS) == ""
    assert [*dialogs_over(parent)] == [shown]
    other = asyncio.ensure_future(choose(parent, "Lose comments?", "They go.", ANSWERS))
    await eventually(lambda: len(dialogs_over(parent)) == 2)

    for dialog in dialogs_over(parent):
        dialog.reject()
    assert (await answer, await other) == ("", "")


async def test_a_dialog_with_fields_opens_once(qloop: Loop, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    first, second = _Named(parent), _Named(parent)
    waiting = asyncio.ensure_future(ask(first))
    await eventually(first.isVisible)

    assert await ask(second) == QDialog.DialogCode.Rejected
    assert not second.isVisible()
    first.accept()
    assert await waiting == QDialog.DialogCode.Accepted


class _Named(QDialog):
    """One whose title says what it is about."""

    _count = 0

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        _Named._count += 1
        self.setWindowTitle(f"Name {_Named._count}")


@pytest.mark.parametrize("kind", [PlainButton, PrimaryButton, QuietButton])
async def test_a_screen_reader_presses_nothing_behind_a_dialog(
    qloop: Loop, qtbot: QtBot, kind: type[PlainButton]
) -> None:
    parent = QWidget()
    button, icon, switch = kind("Go", "", parent), IconButton("search", "Find", parent), Switch()
    switch.setParent(parent)
    qtbot.addWidget(parent)
    parent.show()
    pressed: list[object] = []
    button.clicked.connect(lambda: pressed.append("button"))
    icon.clicked.connect(lambda: pressed.append("icon"))
    switch.switched.connect(pressed.append)
    answer, shown = await asked(parent)

    for behind in (button, icon, switch):
        act_as_screen_reader(behind)
    await eventually(lambda: not (button.isDown() or button.signalsBlocked()))
    assert (pressed, switch.isChecked()) == ([], False)

    shown.reject()
    assert await answer == ""
    for free in (button, icon, switch):
        act_as_screen_reader(free)
    await eventually(lambda: len(pressed) == 3)
    assert set(pressed) == {"button", "icon", True}


async def test_all_of_a_file_dialog_is_in_the_language_of_the_window(
    qloop: Loop, qtbot: QtBot
) -> None:
    language.current().use("zh_CN")
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    task = asyncio.ensure_future(pick_file(page, "文件"))
    dialog = await over(page, QFileDialog)

    labels = [label.text() for label in dialog.findChildren(QLabel)]
    dialog.reject()

    assert await task is None
    assert len(labels) > 2
    assert [text for text in labels if text.isascii()] == []


def act_as_screen_reader(widget: QWidget) -> None:
    actions = QAccessible.queryAccessibleInterface(widget).actionInterface()
    actions.doAction(actions.actionNames()[0])
