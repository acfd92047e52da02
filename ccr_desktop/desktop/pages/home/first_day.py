"""The card of the first day: four steps, the next of them with its button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop import lists
from ccr_desktop.desktop.tokens import M
from ccr_desktop.desktop.widgets.buttons import PlainButton, PrimaryButton, QuietButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.labels import FieldLabel, HelpText
from ccr_desktop.desktop.widgets.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.desktop.pages.home.steps import FirstStep

_SIDE = 20


class FirstDayCard(Card):
    """Signals: a page that a step leads to, the assistant, and that it is to be hidden."""

    page_wanted = Signal(str)
    assistant_wanted = Signal()
    hide_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("First steps"), "", parent)
        self.setObjectName("first-steps")
        self._steps: tuple[FirstStep, ...] = ()
        self._lines: list[_StepLine] = []
        hide = QuietButton(self.tr("Hide"))
        hide.setObjectName("hide-first-steps")
        hide.clicked.connect(self.hide_wanted)
        self.add_header_action(hide)
        assistant = PlainButton(self.tr("Open the set-up assistant"), "rocket")
        assistant.setObjectName("open-assistant")
        assistant.clicked.connect(self.assistant_wanted)
        bring = PlainButton(self.tr("Import settings…"), "upload")
        bring.setObjectName("open-import")
        bring.clicked.connect(lambda: self.page_wanted.emit("settings/#import"))
        self.add_action(bring)
        self.add_action(assistant)

    def show_steps(self, steps: Sequence[FirstStep]) -> None:
        if tuple(steps) == self._steps:
            return
        self._steps = tuple(steps)
        done = sum(step.is_done for step in steps)
        self.set_help(self.tr("{done} of {all} done").format(done=done, all=len(steps)))
        if not self._lines:
            self._lines = [_StepLine() for _ in steps]
            for line in self._lines:
                line.chosen.connect(self.page_wanted)
                self.add(line)
        following = next((step for step in steps if not step.is_done), None)
        for line, step in zip(self._lines, steps, strict=True):
            line.show_step(step, is_next=step is following)

    @property
    def steps(self) -> tuple[FirstStep, ...]:
        return self._steps


class _StepLine(QWidget):
    """A step; only the next one has the primary button."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = ""
        self._picture = Picture("circle-dashed", "secondary", _SIDE)
        self._title, self._help = FieldLabel(), HelpText()
        self._primary, self._plain = PrimaryButton(), PlainButton()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._help)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(M)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        for button in (self._primary, self._plain):
            row.addWidget(button)
            button.clicked.connect(lambda: self.chosen.emit(self._page))

    def show_step(self, step: FirstStep, *, is_next: bool) -> None:
        self._page = step.page
        look = ("circle-check", "running") if step.is_done else ("circle-dashed", "secondary")
        self._picture.set_icon(*look)
        self._title.setText(step.title)
        self._help.setText(step.help)
        self._help.setVisible(not step.is_done)
        word = self.tr("done") if step.is_done else self.tr("to do")
        self.setAccessibleName(lists.phrases((step.title, word)))
        for button, is_shown in (
            (self._primary, is_next),
            (self._plain, not is_next and not step.is_done),
        ):
            button.setText(step.button)
            # Several have the same words.
            button.setAccessibleName(lists.phrases((step.button, step.title)))
            button.setVisible(is_shown)
