"""How a connection test looks: steps, what came of them, and the buttons that mend it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.pages.providers.button_row import ButtonRow, Offer
from ccr_desktop.desktop.pages.providers.trial import Trial, not_begun
from ccr_desktop.desktop.tokens import M
from ccr_desktop.desktop.widgets.banner import Banner, Level
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.disclosure import Disclosure
from ccr_desktop.desktop.widgets.labels import HelpText
from ccr_desktop.desktop.widgets.step_list import StepList


class ConnectionTest(QWidget):
    """`show_trial` is all that it is told; `clear` when the form says something else."""

    start_wanted = Signal()
    stop_wanted = Signal()
    fix_wanted = Signal(object)
    """A `Fix` of the trial."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("connection-test")
        self.steps = StepList()
        self.outcome = Banner()
        self.outcome.setObjectName("connection-outcome")
        self.details = Disclosure(self.tr("Details"))
        self._said = HelpText()
        self._said.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.details.add(self._said)
        self.button = PlainButton(self.tr("Test connection"), "stethoscope")
        self.button.setObjectName("test-connection")
        self.note = HelpText()
        self.fixes = ButtonRow(self.button)
        self._trial = not_begun()
        self._lay_out()
        self.fixes.pressed.connect(self.fix_wanted)
        self.button.clicked.connect(self._pressed)
        self.show_trial(self._trial)

    @property
    def trial(self) -> Trial:
        return self._trial

    def show_trial(self, trial: Trial) -> None:
        has_begun = trial.is_running or trial.has_ended
        self._trial = trial
        self.steps.show_steps(trial.steps)
        self.steps.setVisible(has_begun)
        self._show_outcome(trial)
        self.fixes.show_offers([Offer(f"fix-{f.mend}", f.label, f) for f in trial.fixes])
        self._said.setText(in_words(trial.detail))
        self.details.setVisible(bool(trial.detail))
        self._show_button(trial, has_begun=has_begun)

    def clear(self) -> None:
        """Forget what was found: the form says something else now."""
        self.show_trial(not_begun())

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(M)
        row.addWidget(self.button)
        row.addWidget(self.note, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(M)
        for part in (self.steps, self.outcome, self.fixes, self.details):
            column.addWidget(part)
        column.addLayout(row)

    def _show_outcome(self, trial: Trial) -> None:
        level: Level = "info" if trial.is_past else "ok" if trial.result else "error"
        self.outcome.show_notice(level, trial.result or trial.problem)
        self.outcome.setVisible(trial.has_ended)

    def _show_button(self, trial: Trial, *, has_begun: bool) -> None:
        past, usual = self.tr("The form was changed since."), self.tr("Uses a few tokens.")
        self.note.setText(past if trial.is_past else usual)
        if trial.is_running:
            self.button.setText(self.tr("Stop"))
            self.button.set_icon("x")
        else:
            self.button.setText(self.tr("Test again") if has_begun else self.tr("Test connection"))
            self.button.set_icon("stethoscope")

    def _pressed(self) -> None:
        (self.stop_wanted if self._trial.is_running else self.start_wanted).emit()
