"""Answering what the app asks. A question that was answered is still there for a moment."""

from PySide6.QtWidgets import QPushButton, QWidget

from ccr_desktop.desktop.dialogs import Question
from tests.unit.desktop.waiting import eventually


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
