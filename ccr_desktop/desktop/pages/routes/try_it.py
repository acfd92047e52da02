""" "Try it": at the bottom of the page, whatever stands above."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ccr_desktop.desktop.pages.routes.decision_view import DecisionView
from ccr_desktop.desktop.pages.routes.trial_form import TrialForm
from ccr_desktop.desktop.tokens import CONTENT_WIDTH, XL, S
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.labels import HelpText
from ccr_desktop.desktop.widgets.page_scroll import LateScroll


class _Head(PlainButton):
    kind = "disclosure"


class TryIt(QFrame):
    """A line that opens a panel with the fields at the left and the decision at the right."""

    opened_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("try-it")
        self.head = _Head(self.tr("Try it"), "chevron-right")
        self.head.setCheckable(True)
        self.form = TrialForm()
        self.decision = DecisionView()
        self._content = LateScroll()
        self._lay_out()
        self.head.toggled.connect(self._show)

    def is_opened(self) -> bool:
        return self.head.isChecked()

    def set_opened(self, opened: bool) -> None:
        self.head.setChecked(opened)

    def _lay_out(self) -> None:
        line = QFrame()
        line.setProperty("surface", "line")
        line.setFixedHeight(1)
        head = QHBoxLayout()
        head.setContentsMargins(XL - S, S, XL, S)
        head.setSpacing(S)
        head.addWidget(self.head)
        head.addWidget(HelpText(self.tr("Which model would answer, and why. Nothing is sent.")), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(line)
        column.addLayout(_centred(head))
        column.addWidget(self._content, 1)
        inside = QWidget()
        inside.setProperty("surface", "page")
        self._content.setWidgetResizable(True)
        self._content.setWidget(inside)  # empty: what is in it would be measured
        both = QHBoxLayout()
        both.setContentsMargins(XL, 0, XL, XL)
        both.setSpacing(XL)
        both.addWidget(self.form, 1)
        both.addWidget(self.decision, 1)
        inside.setLayout(_centred(both))
        self._content.setFrameShape(QFrame.Shape.NoFrame)
        # Its height is what the page has left: its own wish would count as the least.
        self._content.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._content.hide()

    def _show(self, opened: bool) -> None:
        self._content.setVisible(opened)
        self.head.set_icon("chevron-down" if opened else "chevron-right")
        self.opened_changed.emit(opened)


def _centred(layout: QHBoxLayout) -> QHBoxLayout:
    """*layout* as wide as the page's column, in the middle."""
    held = QWidget()
    held.setLayout(layout)
    held.setMaximumWidth(CONTENT_WIDTH + 2 * XL)
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.addStretch(1)
    row.addWidget(held, 1000)
    row.addStretch(1)
    return row
