"""Tab goes on as one reads, whenever the parts were made."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget, QWidgetItem
from pytestqt.qtbot import QtBot
from shiboken6 import getAllValidWrappers

from ccr_desktop.desktop.widgets.reading_order import go_on, stops
from ccr_desktop.desktop.widgets.segments import SegmentedControl


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_a_row_that_came_later_has_its_turn_where_it_stands(window: QWidget) -> None:
    column = QVBoxLayout(window)
    first, last = QPushButton("first"), QPushButton("last")
    column.addWidget(first)
    column.addWidget(last)
    late = QPushButton("late")
    column.insertWidget(1, late)
    window.show()

    assert list(stops(window)) == [first, late, last]
    first.setFocus()
    assert go_on(window, forward=True)
    assert window.focusWidget() is late
    assert go_on(window, forward=False)
    assert go_on(window, forward=False)
    assert window.focusWidget() is last


def test_a_grid_is_read_line_by_line(window: QWidget) -> None:
    grid = QGridLayout(window)
    places = [(1, 1), (0, 0), (1, 0), (0, 1)]
    buttons = {place: QPushButton(str(place)) for place in places}
    for place, button in buttons.items():
        grid.addWidget(button, *place)
    window.show()

    assert list(stops(window)) == [buttons[place] for place in sorted(places)]


def test_of_several_views_tab_comes_to_the_chosen_one(window: QWidget) -> None:
    row = SegmentedControl([("a", "A"), ("b", "B")])
    QVBoxLayout(window).addWidget(row)
    row.set_current("b")
    window.show()

    assert [stop.property("text") for stop in stops(window)] == ["B"]


def test_what_is_off_or_hidden_is_passed(window: QWidget) -> None:
    column = QVBoxLayout(window)
    off, hidden, only = QPushButton(), QPushButton(), QPushButton()
    for button in (off, hidden, only):
        column.addWidget(button)
    off.setEnabled(False)
    hidden.hide()
    window.show()
    only.setFocus()

    assert list(stops(window)) == [only]
    assert not go_on(window, forward=True)


def test_no_item_of_a_layout_is_remembered_beyond_its_end(window: QWidget) -> None:
    """PySide would take it for whatever is made in its place, and call that by its methods."""
    column, grid = QVBoxLayout(window), QGridLayout()
    inner = [QPushButton("1"), QPushButton("2")]
    for place, part in enumerate(inner):
        grid.addWidget(part, 0, place)
    last = QPushButton("3")
    column.addLayout(grid)
    column.addWidget(last)
    window.show()
    before = _items()

    assert list(stops(window)) == [*inner, last]

    assert _items() == before


def _items() -> set[int]:
    return {id(each) for each in getAllValidWrappers() if isinstance(each, QWidgetItem)}
