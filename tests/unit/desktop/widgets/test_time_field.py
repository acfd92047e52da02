"""Typing a time of the day."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtTest import QTest

from ccr_desktop.desktop.widgets.time_field import TimeField

_ways = pytest.mark.parametrize(
    "reach",
    [
        lambda field: field.lineEdit().setCursorPosition(1),
        lambda field: field.lineEdit().selectAll(),
    ],
    ids=["clicked into", "all selected"],
)


@_ways
@pytest.mark.parametrize("typed", ["0830", "08:30", "8:30"])
def test_a_time_can_be_typed_over_the_old_one(
    qapp: object, reach: Callable[[TimeField], None], typed: str
) -> None:
    field = TimeField()
    field.setTime(QTime(22, 15))
    reach(field)

    QTest.keyClicks(field, typed)

    assert field.time() == QTime(8, 30)


def test_minutes_are_typed_by_themselves(qapp: object) -> None:
    field = TimeField()
    field.setTime(QTime(22, 15))
    field.lineEdit().setCursorPosition(4)

    QTest.keyClicks(field, "45")
    QTest.keyClick(field, Qt.Key.Key_Return)

    assert field.time() == QTime(22, 45)
