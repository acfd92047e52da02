"""Where Tab leads, and what is wrong with its way."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from tests.unit.desktop.controls import controls, described, place_in

MOST_STEPS = 1000
MOST_PARTS = 4
"""Tab stops at the hours of a time, and at its minutes."""


def walk(begin: QWidget) -> list[QWidget]:
    """What Tab comes by from here, until it is where it began."""
    begin.setFocus(Qt.FocusReason.TabFocusReason)
    walked: list[QWidget] = []
    within = 0
    for _ in range(MOST_STEPS):
        at = QApplication.focusWidget()
        within = within + 1 if walked and at is walked[-1] else 0
        if at is None or (at in walked and not 0 < within < MOST_PARTS):
            break
        if not within:
            walked.append(at)
        QTest.keyClick(at, Qt.Key.Key_Tab)
    return walked


def trouble(view: QWidget, walked: list[QWidget]) -> list[str]:
    """What is wrong with the way that Tab took."""
    at = QApplication.focusWidget()
    if not walked or at is not walked[0]:
        return [f"Tab goes no further than {described(at) if at else 'nowhere'}"]
    missed = [one for one in controls(view) if not _is_reached(one, walked)]
    own = [widget for widget in walked if view.isAncestorOf(widget)]
    return [
        *(f"Tab never comes to {described(one)}" for one in missed),
        *(
            f"back up from {described(one)} to {described(other)}"
            for one, other in pairwise(own)
            if _leads_back(view, one, other)
        ),
    ]


def _is_reached(control: QWidget, walked: list[QWidget]) -> bool:
    """By Tab, or from the chosen one of several buttons by arrow keys."""
    group = control.group() if isinstance(control, QAbstractButton) else None
    stops = group.buttons() if group and group.exclusive() else [control]
    return any(stop in walked for stop in stops)


def _leads_back(view: QWidget, one: QWidget, other: QWidget) -> bool:
    """Up, unless it is to the top of a further column or into what scrolls."""
    before, after = place_in(view, one), place_in(view, other)
    is_up = after.bottom() < before.top() and after.left() <= before.right()
    return is_up and not one.isAncestorOf(other)
