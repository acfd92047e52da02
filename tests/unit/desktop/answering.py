"""Answering what the app asks. A question that was answered is still there for a moment."""

from typing import TypeVar

from PySide6.QtWidgets import QPushButton, QWidget
from shiboken6 import isValid

from ccr_desktop.desktop.dialogs import Question
from tests.unit.desktop.waiting import eventually

D = TypeVar("D", bound=QWidget)


async def asked(parent: QWidget) -> Question:
    """The open question over *parent*, once there is one."""

    def shown() -> list[Question]:
        return [question for question in parent.findChildren(Question) if question.isVisible()]

    await eventually(shown)
    return shown()[0]


def answer_with(question: Question, key: str) -> None:
    button = question.findChild(QPushButton, f"answer-{key}")
    assert button
    button.click()


async def answer(parent: QWidget, key: str) -> None:
    """Wait until *parent* is asked something, and give the answer of that key."""
    answer_with(await asked(parent), key)


async def over(parent: QWidget, kind: type[D]) -> D:
    """The dialog of that kind which is open over *parent*, once there is one."""

    def shown() -> list[D]:
        return [dialog for dialog in parent.findChildren(kind) if dialog.isVisible()]

    await eventually(shown)
    return shown()[0]


def is_open(dialog: QWidget) -> bool:
    """Whether it is on the screen: once it is answered, it may be gone altogether."""
    return isValid(dialog) and dialog.isVisible()
