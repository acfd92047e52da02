"""Every view can be read aloud and used with the keyboard alone."""

from collections import Counter
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.window import Window
from tests.unit.desktop.controls import context_of, controls, described, name_of, place_in
from tests.unit.desktop.views import crowded_window, shown

MOST_STEPS = 1000

pytestmark = pytest.mark.usefixtures("look")


@pytest.mark.limit(120)
async def test_every_control_has_a_name_of_its_own(qloop: Loop) -> None:
    wrong: list[str] = []
    async with crowded_window() as window:
        async for view in shown(window):
            found = list(controls(view.widget))
            wrong += [
                f"{view.name}: no name: {described(one)}" for one in found if not name_of(one)
            ]
            names = Counter((context_of(one, view.widget), name_of(one)) for one in found)
            wrong += [
                f"{view.name}: {count} times {name}" for name, count in names.items() if count > 1
            ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.limit(120)
async def test_tab_reaches_every_control_in_reading_order(qloop: Loop) -> None:
    wrong: list[str] = []
    async with crowded_window() as window:
        async for view in shown(window):
            walked = walk(window)
            wrong += [f"{view.name}: {words}" for words in trouble(view.widget, walked)]
    assert not wrong, "\n".join(wrong)


def walk(window: Window) -> list[QWidget]:
    """What Tab comes by until it is where it began."""
    begin = window.findChild(QWidget, "service-switch")
    assert begin
    begin.setFocus(Qt.FocusReason.TabFocusReason)
    walked: list[QWidget] = []
    for _ in range(MOST_STEPS):
        at = QApplication.focusWidget()
        if at is None or at in walked:
            break
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
