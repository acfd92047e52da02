"""Questions that are awaited while everything goes on."""

import asyncio

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop.dialogs import Answer, Question, cancel, choose
from ccr_desktop.desktop.loop import Loop
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
