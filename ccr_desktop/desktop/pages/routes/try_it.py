""" "Try it": one line at the bottom of the page, whatever stands above, until it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ccr_desktop.desktop.pages.routes.decision_view import DecisionView
from ccr_desktop.desktop.pages.routes.trial_form import TrialForm
from ccr_desktop.desktop.tokens import XL, L, S
from ccr_desktop.desktop.trial import Trial
from ccr_desktop.desktop.widgets.column import put_in_the_middle
from ccr_desktop.desktop.widgets.disclosure import OpeningButton
from ccr_desktop.desktop.widgets.labels import ElidedText
from ccr_desktop.desktop.widgets.late_scroll import LateScroll

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.desktop.pages.routes.told import Told
    from ccr_desktop.desktop.widgets.choices import Choice


class TryIt(QFrame):
    """A line that opens a panel with the fields at the left and the decision at the right.

    Closed, the line says what would answer the request of the fields, or one without anything
    special while there are none.

    The panel is made when it is first opened, or asked for: `made` tells.
    """

    opened_changed = Signal(bool)
    made = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("try-it")
        self.head = OpeningButton(self.tr("Try it"), "chevron-right")
        self.head.setCheckable(True)
        self.line = ElidedText()
        self._panel: _Panel | None = None
        self._told: Told | None = None
        self._choices: tuple[Sequence[Choice], Sequence[str]] = ((), ())
        self._column = QVBoxLayout(self)
        self._lay_out()
        self._say()
        self.head.toggled.connect(self._show)

    @property
    def form(self) -> TrialForm:
        return self._made_panel().form

    @property
    def decision(self) -> DecisionView:
        return self._made_panel().decision

    @property
    def is_made(self) -> bool:
        return self._panel is not None

    def show_choices(self, models: Sequence[Choice], agents: Sequence[str]) -> None:
        """The models of the providers and the names of helper agents that have one."""
        self._choices = (models, agents)
        if self._panel:
            self._panel.form.show_choices(models, agents)

    def trial(self) -> Trial:
        """What is asked; without fields, as they are at first."""
        return self._panel.form.trial() if self._panel else Trial()

    def show_told(self, told: Told) -> None:
        self._told = told
        if self._panel:
            self._panel.decision.show_told(told)
        self._say()

    def is_opened(self) -> bool:
        return self.head.isChecked()

    def set_opened(self, opened: bool) -> None:
        self.head.show_checked(opened)

    def _lay_out(self) -> None:
        line = QFrame()
        line.setProperty("surface", "line")
        line.setFixedHeight(1)
        head = QHBoxLayout()
        head.setContentsMargins(XL - S, S, XL, S)
        head.setSpacing(S)
        head.addWidget(self.head)
        head.addWidget(self.line, 1)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(line)
        self._column.addLayout(_centred(head))

    def _show(self, opened: bool) -> None:
        self._made_panel().setVisible(opened)
        self.head.set_icon("chevron-down" if opened else "chevron-right")
        self._say()
        self.opened_changed.emit(opened)

    def _say(self) -> None:
        if self._told is None or self.is_opened():
            self.line.setText(self.tr("Which model would answer, and why. Nothing is sent."))
            return
        is_usual = self.trial() == Trial()
        words = self.tr("An ordinary request: {answer}")
        words = words if is_usual else self.tr("The request in it: {answer}")
        self.line.setText(words.format(answer=self._told.in_short))

    def _made_panel(self) -> _Panel:
        if self._panel is None:
            self._panel = panel = _Panel()
            panel.hide()
            self._column.addWidget(panel, 1)
            panel.form.show_choices(*self._choices)
            if self._told:
                panel.decision.show_told(self._told)
            self.made.emit()
        return self._panel


class _Panel(QWidget):
    """Each half scrolls by itself: the decision stays in sight while fields are gone through."""

    def __init__(self) -> None:
        super().__init__()
        self.form = TrialForm()
        self.decision = DecisionView()
        both = QHBoxLayout()
        both.setContentsMargins(XL, 0, 0, 0)
        both.setSpacing(S)
        both.addWidget(_scrolling(self.form, self.tr("The request")), 1)
        both.addWidget(_scrolling(self.decision, self.tr("The decision")), 1)
        self.setLayout(_centred(both))
        # Its height is what the page has left: its own wish would count as the least.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)


def _scrolling(part: QWidget, name: str) -> LateScroll:
    inside = QWidget()
    inside.setProperty("surface", "page")
    area = LateScroll()
    area.setAccessibleName(name)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inside)  # empty: what is in it would be measured
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, L, XL)
    column.addWidget(part)
    return area


def _centred(layout: QHBoxLayout) -> QHBoxLayout:
    """*layout* as wide as the page's column, in the middle."""
    held = QWidget()
    held.setLayout(layout)
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    put_in_the_middle(row, held, margins=2 * XL)
    return row
