"""Every view can be read aloud and used with the keyboard alone."""

from collections import Counter

import pytest
from PySide6.QtWidgets import QComboBox, QWidget

from ccr_desktop.desktop.loop import Loop
from tests.unit.desktop.controls import context_of, controls, described, label_of, name_of
from tests.unit.desktop.views import crowded_window, shown, takes_long
from tests.unit.desktop.walking import trouble, walk

pytestmark = pytest.mark.usefixtures("look")


@takes_long
async def test_every_control_has_a_name_of_its_own(qloop: Loop) -> None:
    wrong: list[str] = []
    async with crowded_window() as window:
        async for view in shown(window):
            found = list(controls(view.widget))
            wrong += [
                f"{view.name}: no name: {described(one)}" for one in found if not name_of(one)
            ]
            wrong += [
                f"{view.name}: no label: {described(one)}"
                for one in found
                if isinstance(one, QComboBox) and not label_of(one)
            ]
            names = Counter((context_of(one, view.widget), name_of(one)) for one in found)
            wrong += [
                f"{view.name}: {count} times {name}" for name, count in names.items() if count > 1
            ]
    assert not wrong, "\n".join(wrong)


@takes_long
async def test_tab_reaches_every_control_in_reading_order(qloop: Loop) -> None:
    wrong: list[str] = []
    async with crowded_window() as window:
        async for view in shown(window):
            begin = window.findChild(QWidget, "service-switch")
            assert begin
            wrong += [f"{view.name}: {words}" for words in trouble(view.widget, walk(begin))]
    assert not wrong, "\n".join(wrong)
