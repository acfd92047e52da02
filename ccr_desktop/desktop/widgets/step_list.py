"""Steps of a longer job, each with its state in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ccr_desktop.desktop import lists
from ccr_desktop.desktop.tokens import M, S
from ccr_desktop.desktop.widgets.labels import BodyText, SecondaryText
from ccr_desktop.desktop.widgets.picture import Picture

ICON_SIDE = 20
StepState = Literal["waiting", "running", "ok", "failed", "skipped"]
_LOOKS = {
    "waiting": ("circle-dashed", "secondary"),
    "running": ("loader-circle", "accent"),
    "ok": ("circle-check", "running"),
    "failed": ("circle-x", "attention"),
    "skipped": ("circle-minus", "off"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line; *note* is what came of it, such as a time or an error in words."""

    key: str
    title: str
    state: StepState = "waiting"
    note: str = ""


def state_word(state: StepState) -> str:
    def words(text: str) -> str:
        return QCoreApplication.translate("StepList", text)

    match state:
        case "waiting":
            return words("Waiting")
        case "running":
            return words("Checking…")
        case "ok":
            return words("OK")
        case "failed":
            return words("Failed")
        case "skipped":
            return words("Skipped")


class StepList(QWidget):
    """Shows steps as they happen; the lines stay where they are."""

    def __init__(self, steps: Sequence[Step] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(S)
        self._grid.setVerticalSpacing(M)
        self._grid.setColumnStretch(3, 1)
        self._lines: dict[str, _Line] = {}
        self.show_steps(steps)

    def show_steps(self, steps: Sequence[Step]) -> None:
        if list(self._lines) != [step.key for step in steps]:
            self._build(steps)
        for step in steps:
            self._lines[step.key].show_step(step)
        said = [lists.phrases((step.title, step.note or state_word(step.state))) for step in steps]
        self.setAccessibleName(lists.sentences(said))

    def words(self, key: str) -> str:
        """What a line says now."""
        return self._lines[key].words()

    def _build(self, steps: Sequence[Step]) -> None:
        for line in self._lines.values():
            line.remove()
        self._lines = {step.key: _Line(self._grid, number) for number, step in enumerate(steps)}


class _Line:
    """The widgets of one step."""

    def __init__(self, grid: QGridLayout, row: int) -> None:
        self._picture = Picture("circle-dashed", "secondary", ICON_SIDE)
        self._title = BodyText()
        self._title.setWordWrap(False)
        self._state = SecondaryText()
        self._note = BodyText()
        self._note.setProperty("role", "secondary")
        top = Qt.AlignmentFlag.AlignTop
        for text in (self._title, self._state, self._note):
            text.setAlignment(top | Qt.AlignmentFlag.AlignLeading)
            down = (ICON_SIDE - text.fontMetrics().height()) // 2  # the middle of its icon
            text.setContentsMargins(0, max(0, down), 0, 0)
        for column, part in enumerate((self._picture, self._title, self._state)):
            grid.addWidget(part, row, column, top)
        grid.addWidget(self._note, row, 3)

    def show_step(self, step: Step) -> None:
        self._picture.set_icon(*_LOOKS[step.state])
        self._title.setText(step.title)
        self._state.setText(state_word(step.state))
        self._note.setText(step.note)

    def words(self) -> str:
        return " ".join(filter(None, (self._state.text(), self._note.text())))

    def remove(self) -> None:
        for part in (self._picture, self._title, self._state, self._note):
            part.hide()
            part.deleteLater()
