"""Everything that is known of one request, beside the table."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop import figures
from ccr_desktop.desktop.at_home import shown
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.models.activity import Column, words
from ccr_desktop.desktop.outcomes import outcome_of
from ccr_desktop.desktop.pages.activity.trace import TraceSteps, attempt_steps, decision_steps
from ccr_desktop.desktop.state import model_of, provider_of
from ccr_desktop.desktop.tokens import L, M, S
from ccr_desktop.desktop.widgets.buttons import DangerButton, IconButton, PlainButton
from ccr_desktop.desktop.widgets.copy_field import CopyField
from ccr_desktop.desktop.widgets.disclosure import Disclosure
from ccr_desktop.desktop.widgets.facts import Facts
from ccr_desktop.desktop.widgets.labels import ErrorText, FieldLabel, SectionTitle
from ccr_desktop.desktop.widgets.late_scroll import LateScroll
from ccr_desktop.desktop.widgets.state import StateDot

if TYPE_CHECKING:
    from ccr_desktop.core.observe.journal import Entry
    from ccr_desktop.desktop.pages.activity.trace import TraceStep


class RequestDetails(QFrame):
    """Escape or the cross closes it; what it asks for carries the request's id."""

    closed = Signal()
    report_wanted = Signal(str)
    try_wanted = Signal(str)
    rule_wanted = Signal(str)
    stop_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("request-details")
        self.setProperty("surface", "card")
        self.setAccessibleName(self.tr("Details of the request"))
        self._entry: Entry | None = None
        self._title = SectionTitle()
        self._title.setWordWrap(True)
        self._outcome = StateDot()
        self._error = ErrorText()
        self.facts = Facts()
        self._why, self._tried = FieldLabel(), FieldLabel()
        self.decision, self.others, self.attempts = TraceSteps(), TraceSteps(), TraceSteps()
        self._rest = Disclosure()
        self._rest.add(self.others)
        self._id = CopyField(compact=True)
        self.close_button = IconButton("x", self.tr("Close the details"))
        self.report_button = PlainButton(self.tr("Copy report…"), "file-text")
        self.try_button = PlainButton(self.tr("Try it"), "route")
        self.rule_button = IconButton("list-filter", self.tr("Make a rule from this request…"))
        self.stop_button = DangerButton(self.tr("Stop"), "square")
        self._lay_out()
        self._connect()

    @property
    def request_id(self) -> str:
        return self._entry.request_id if self._entry else ""

    def show_entry(self, entry: Entry) -> None:
        if entry is self._entry:
            return
        self._entry = entry
        outcome = outcome_of(entry)
        self._title.setText(model_of(entry.route) or self.tr("No model"))
        number = f" ({outcome.number})" if outcome.number else ""
        self._outcome.show_state(outcome.state, outcome.word + number)
        self._error.setText(in_words(entry.error))
        self._error.setVisible(bool(entry.error))
        for name, value in self._told(entry).items():
            self.facts.show_fact(name, value)
        self._show_decision(decision_steps(entry))
        self.attempts.show_steps(attempt_steps(entry))
        self._tried.setText(self.tr("Who was asked"))
        self._id.set_text(entry.request_id)
        self.try_button.setVisible(entry.decision is not None)
        self.rule_button.setVisible(entry.decision is not None)
        self.stop_button.setVisible(entry.is_running)

    def _show_decision(self, steps: tuple[TraceStep, ...]) -> None:
        """What decided is in sight, what had no part in it a click away."""
        others = [step for step in steps if step.did_nothing]
        self.decision.show_steps([step for step in steps if not step.did_nothing])
        self.others.show_steps(others)
        self._rest.button.setText(self.tr("Rules that did not apply: {n}").format(n=len(others)))
        self._rest.setVisible(bool(others))
        self._why.setText(self.tr("Why this model"))
        self._why.setVisible(bool(steps))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _told(self, entry: Entry) -> dict[str, str]:
        tokens = ""
        if "output_tokens" in entry.usage:
            tokens = self.tr("{into} in, {out} out, {cached} cached").format(
                into=words(entry, Column.TOKENS_IN),
                out=words(entry, Column.TOKENS_OUT),
                cached=words(entry, Column.TOKENS_CACHED),
            )
        return {
            self.tr("Asked for"): entry.model,
            self.tr("Used"): model_of(entry.route),
            self.tr("Provider"): provider_of(entry.route),
            self.tr("Kind of work"): words(entry, Column.WORK),
            self.tr("Folder"): shown(Path(entry.folder)) if entry.folder else "",
            self.tr("Began"): figures.moment(entry.at_s, time.time()),
            self.tr("First word"): _known(entry.first_s),
            self.tr("Took"): _known(entry.duration_s),
            self.tr("Tokens"): tokens,
        }

    def _lay_out(self) -> None:
        content = QWidget()
        content.setProperty("surface", "page")
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, S, 0)
        inner.setSpacing(M)
        scroll = LateScroll()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        inner.addWidget(self._error)
        inner.addWidget(self.facts)
        for parts in ((self._why, self.decision, self._rest), (self._tried, self.attempts)):
            inner.addSpacing(S)
            for part in parts:
                inner.addWidget(part)
        inner.addSpacing(S)
        inner.addWidget(self._id, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(L, L, L, L)
        column.setSpacing(M)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.rule_button, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self._outcome)
        column.addWidget(scroll, 1)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(S)
        row.addWidget(self.stop_button)
        row.addStretch(1)
        row.addWidget(self.try_button)
        row.addWidget(self.report_button)
        return row

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.closed)
        self.report_button.clicked.connect(lambda: self.report_wanted.emit(self.request_id))
        self.try_button.clicked.connect(lambda: self.try_wanted.emit(self.request_id))
        self.rule_button.clicked.connect(lambda: self.rule_wanted.emit(self.request_id))
        self.stop_button.clicked.connect(lambda: self.stop_wanted.emit(self.request_id))


def _known(seconds: float | None) -> str:
    return "" if seconds is None else figures.duration(seconds)
