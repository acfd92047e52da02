"""Questions to the person, awaited: the router goes on while a dialog is open.

`QDialog.exec()` and its like would run a loop of their own, in which open streams hang for good.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout

from ccr_desktop.desktop import tokens
from ccr_desktop.desktop.conversations import note_conversation
from ccr_desktop.desktop.screen_room import fit_on_screen
from ccr_desktop.desktop.unsaved import watch_fields
from ccr_desktop.desktop.widgets.behind import dialogs_over
from ccr_desktop.desktop.widgets.buttons import DangerButton, PlainButton, PrimaryButton
from ccr_desktop.desktop.widgets.copy_sign import CopySign
from ccr_desktop.desktop.widgets.labels import BodyText, SectionTitle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

_WIDTH = 440
_BUTTONS = {"primary": PrimaryButton, "plain": PlainButton, "danger": DangerButton}


@dataclass(frozen=True, slots=True)
class Answer:
    """A button of a question. `key` is what the asker gets; one that `copies` a text leaves the
    question open.
    """

    key: str
    label: str
    kind: Literal["primary", "plain", "danger"] = "plain"
    copies: str = ""


class Question(QDialog):
    """A title, a sentence or two, and buttons; the last one is at the right. Escape answers ""."""

    def __init__(
        self, title: str, text: str, answers: Sequence[Answer], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.answer = ""
        self.setWindowTitle(title)
        self.setObjectName("question")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.XL, tokens.XL, tokens.XL, tokens.L)
        column.setSpacing(tokens.M)
        column.addWidget(SectionTitle(title))
        words = BodyText(text)
        words.setMinimumWidth(_WIDTH)
        column.addWidget(words)
        column.addSpacing(tokens.S)
        column.addLayout(closing_row([self._button(answer) for answer in answers]))

    def _button(self, answer: Answer) -> PlainButton:
        button = _BUTTONS[answer.kind](answer.label)
        button.setObjectName(f"answer-{answer.key}")
        if answer.copies:
            sign = CopySign(button)
            button.clicked.connect(lambda: sign.copy(answer.copies))
        else:
            button.clicked.connect(lambda: self._take(answer.key))
        return button

    def _take(self, key: str) -> None:
        self.answer = key
        self.accept()


def closing_row(buttons: Sequence[PlainButton]) -> QHBoxLayout:
    """The buttons at the end of a dialog. Enter presses the one with the focus, else the primary.

    The focus begins at the primary one, unless the dialog puts it elsewhere.
    """
    row = QHBoxLayout()
    row.setSpacing(tokens.S)
    row.addStretch(1)
    for button in buttons:
        button.setAutoDefault(True)
        row.addWidget(button)
        if isinstance(button, PrimaryButton):
            button.setFocus()
    return row


def let_enter_press_primary(dialog: QDialog) -> None:
    """Whatever has the focus: Qt would have Enter press the button behind it, be it Cancel."""
    for button in dialog.findChildren(PrimaryButton):
        if button.autoDefault():
            button.setDefault(True)


async def ask(dialog: QDialog) -> int:
    """Show *dialog* and wait for its result. What is entered there is asked about before a quit.

    One that is open already comes forward in its place, and nothing is taken from *dialog*.
    """
    if twin := _open_twin(dialog):
        twin.raise_()
        twin.activateWindow()
        return QDialog.DialogCode.Rejected
    result: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def answered(code: int) -> None:
        if not result.done():
            result.set_result(code)

    dialog.finished.connect(answered)
    note_conversation(dialog, asyncio.current_task())
    if not isinstance(dialog, QFileDialog):
        watch_fields(dialog)
    let_enter_press_primary(dialog)
    fit_on_screen(dialog)
    dialog.open()
    try:
        return await result
    finally:
        if dialog.isVisible():  # nobody waits for it any more, so nothing is asked first
            dialog.done(QDialog.DialogCode.Rejected)


def _open_twin(dialog: QDialog) -> QDialog | None:
    """The same one over the same window, as a second click opens it."""
    below = dialog.parentWidget()
    if below is None:
        return None
    others = [other for other in dialogs_over(below.window()) if other is not dialog]
    return next((other for other in others if _what(other) == _what(dialog)), None)


def _what(dialog: QDialog) -> tuple[type[QDialog], str]:
    """Questions and choices of files are for anything, and their title says for what."""
    is_for_anything = isinstance(dialog, Question | QFileDialog)
    return type(dialog), dialog.windowTitle() if is_for_anything else ""


async def choose(parent: QWidget | None, title: str, text: str, answers: Sequence[Answer]) -> str:
    """The key of the answer that was given; empty when the question was closed."""
    question = Question(title, text, answers, parent)
    try:
        await ask(question)
        return question.answer
    finally:
        question.deleteLater()


async def may_discard(parent: QWidget) -> bool:
    """Whether what was entered there may be lost."""
    answers = [
        Answer("discard", _tr("Discard"), "danger"),
        Answer("", _tr("Keep editing"), "primary"),
    ]
    title = _tr("Discard what you have entered?")
    return bool(await choose(parent, title, _tr("It is not saved yet."), answers))


async def pick_folder(parent: QWidget | None, title: str, start: Path | None = None) -> Path | None:
    """A folder that the person picks; None when none was."""
    dialog = QFileDialog(parent, title, str(start or Path.home()))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return await _picked(dialog)


async def pick_file(
    parent: QWidget | None, title: str, kinds: str = "", start: Path | None = None
) -> Path | None:
    """A file that is there; *kinds* is Qt's filter: `Programs (*.exe)`."""
    dialog = QFileDialog(parent, title, str(start or Path.home()), kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return await _picked(dialog)


async def pick_new_file(parent: QWidget | None, title: str, suggestion: Path) -> Path | None:
    """A file to write; one that is there is asked about before it is replaced."""
    dialog = QFileDialog(parent, title, str(suggestion.parent))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suggestion.suffix.removeprefix("."))
    dialog.selectFile(suggestion.name)
    return await _picked(dialog)


async def _picked(dialog: QFileDialog) -> Path | None:
    label = QFileDialog.DialogLabel
    dialog.setLabelText(label.LookIn, _tr("&Look in:"))  # both are in English alone in Qt's words
    dialog.setLabelText(label.FileType, _tr("Files of &type:"))
    try:
        if await ask(dialog) != QDialog.DialogCode.Accepted:
            return None
        chosen = dialog.selectedFiles()
        return Path(chosen[0]) if chosen else None
    finally:
        dialog.deleteLater()


def cancel() -> Answer:
    return Answer("", _tr("Cancel"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Dialogs", text)
