"""What was decided and what was tried, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop import figures, lists
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.outcomes import outcome_of
from ccr_desktop.desktop.state import model_of, provider_of
from ccr_desktop.desktop.tokens import M, S
from ccr_desktop.desktop.widgets.labels import BodyText, HelpText
from ccr_desktop.desktop.widgets.picture import Picture
from ccr_desktop.desktop.work_words import rule_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ccr_desktop.core.observe.events import AttemptFailed
    from ccr_desktop.core.observe.journal import Entry
    from ccr_desktop.desktop.widgets.state import State

_tr = QCoreApplication.translate
_ICONS: dict[State, tuple[str, str]] = {
    "running": ("circle-check", "running"),
    "backup": ("circle-check", "backup"),
    "attention": ("circle-x", "attention"),
    "busy": ("loader-circle", "accent"),
    "off": ("minus", "secondary"),
}
_TAKING = {"switchedOff", "contextWindow", "imageAgent"}  # rules that only take routes away


@dataclass(frozen=True, slots=True)
class TraceStep:
    """A line: its shape, what it is about, and why it went so.

    One that `did_nothing` is a rule that was asked and had no part in the decision.
    """

    state: State
    title: str
    reason: str
    did_nothing: bool = False


def decision_steps(entry: Entry) -> tuple[TraceStep, ...]:
    """Every rule that was asked, in order; the one that matched is the one that won."""
    if entry.decision is None:
        return ()
    steps = []
    for step in entry.decision.as_json()["trace"]:
        title = rule_words(step["rule"])
        if step["matched"]:
            title = _tr("Activity", "{rule}: {model}").format(
                rule=title, model=model_of(entry.route_chosen)
            )
        state: State = "running" if step["matched"] else "off"
        steps.append(TraceStep(state, title, in_words(step["reason"]), not _had_part(step)))
    return tuple(steps)


def _had_part(step: Mapping[str, Any]) -> bool:
    """Whether it won, took something away from what won, or changed the request."""
    is_own = step["rule"].startswith("rule:")
    takes = is_own and step["reason"].startswith(("forbids ", "changes "))
    return bool(step["matched"] or takes or step["rule"] in _TAKING)


def attempt_steps(entry: Entry) -> tuple[TraceStep, ...]:
    """Whoever was asked, in order, the last one with what came of it."""
    steps = [_failed(attempt) for attempt in entry.attempts]
    outcome = outcome_of(entry)
    if entry.route:
        words = " ".join(filter(None, (outcome.word, str(outcome.number or ""))))
        reason = f"{words}. {in_words(entry.error)}" if entry.error else words
        if entry.ended and entry.ended.left_out:
            told = _tr("Activity", "Left out, since it was refused: {parts}")
            parts = lists.names(map(in_words, entry.ended.left_out))
            reason = f"{reason}\n{told.format(parts=parts)}"
        steps.append(TraceStep(outcome.state, _who(entry.route), reason))
    return tuple(steps)


def _failed(attempt: AttemptFailed) -> TraceStep:
    reason = in_words(attempt.reason)
    if not attempt.is_skipped:
        reason = lists.titled(str(attempt.status), reason)
    if attempt.retry_in_s is not None:
        again = _tr("Activity", "Asked once more after {time}.")
        reason = f"{reason} {again.format(time=figures.duration(attempt.retry_in_s))}"
    return TraceStep("off" if attempt.is_skipped else "attention", _who(attempt.route), reason)


def _who(route: str) -> str:
    provider, model = provider_of(route), model_of(route)
    return _tr("Activity", "{model} at {provider}").format(model=model, provider=provider)


class TraceSteps(QWidget):
    """The lines below each other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[TraceStep, ...] = ()
        self._lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(S)

    def show_steps(self, steps: Sequence[TraceStep]) -> None:
        if tuple(steps) == self._steps:
            return
        self._steps = tuple(steps)
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = [_line(step) for step in steps]
        for line in self._lines:
            self._column.addWidget(line)
        said = (lists.phrases((step.title, step.reason)) for step in steps)
        self.setAccessibleName(lists.sentences(said))

    @property
    def steps(self) -> tuple[TraceStep, ...]:
        return self._steps


def _line(step: TraceStep) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(M)
    row.addWidget(Picture(*_ICONS[step.state]), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(0)
    title = BodyText(step.title)
    title.setProperty("role", "secondary" if step.state == "off" else "field")
    words.addWidget(title)
    words.addWidget(HelpText(step.reason))
    row.addLayout(words, 1)
    return line
