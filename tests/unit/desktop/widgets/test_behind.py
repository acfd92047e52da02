"""What a screen reader does behind a dialog, where neither mouse nor keys come, is nothing."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QAbstractButton, QDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.core.observe.journal import Entry
from ccr_desktop.desktop.navigation import Navigation
from ccr_desktop.desktop.pages.activity.table import RequestTable
from ccr_desktop.desktop.pages.registry import pages
from ccr_desktop.desktop.widgets.choice_box import ChoiceBox
from ccr_desktop.desktop.widgets.disclosure import Disclosure
from ccr_desktop.desktop.widgets.number_field import NumberField
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.rows import Row
from ccr_desktop.desktop.widgets.seconds_field import SecondsField
from ccr_desktop.desktop.widgets.segments import SegmentedControl
from ccr_desktop.desktop.widgets.side_list import SideList
from ccr_desktop.desktop.widgets.switch import Switch
from ccr_desktop.desktop.widgets.tick_box import TickBox
from tests.unit.desktop.widgets.conftest import Show

PARTS = [("a", "First"), ("b", "Second")]


class Behind:
    """A window, over which a dialog is opened and closed."""

    def __init__(self, show: Show) -> None:
        self.window = QWidget()
        self.window.setMinimumSize(400, 300)
        self._column = QVBoxLayout(self.window)
        self.dialog = QDialog(self.window)
        show(self.window)

    def put(self, part: QWidget) -> None:
        self._column.addWidget(part)
        part.show()


@pytest.fixture
def behind(show: Show) -> Iterator[Behind]:
    found = Behind(show)
    yield found
    found.dialog.close()


@pytest.mark.parametrize("kind", [TickBox, Switch])
def test_nothing_is_ticked(kind: type[TickBox], behind: Behind, qtbot: QtBot) -> None:
    box, told = kind("Count it"), list[object]()
    behind.put(box)
    box.toggled.connect(told.append)
    box.toggle()
    assert told == [True]

    behind.dialog.open()
    box.toggle()
    qtbot.waitUntil(lambda: box.isChecked() and not box.signalsBlocked())
    assert told == [True]
    box.show_checked(False)  # by the settings
    assert not box.isChecked()
    behind.dialog.close()
    box.toggle()

    assert box.isChecked()
    assert told == [True, False, True]


def test_nothing_is_opened_or_closed(behind: Behind, qtbot: QtBot) -> None:
    more, told = Disclosure("More"), list[object]()
    behind.put(more)
    more.opened_changed.connect(told.append)

    behind.dialog.open()
    more.button.toggle()
    qtbot.waitUntil(lambda: not more.is_opened())
    assert not more.content.isVisible()
    assert told == []
    more.button.show_checked(True)  # by the program, which shows what is wrong in there
    assert more.content.isVisible()
    behind.dialog.close()
    more.button.toggle()

    assert told == [True, False]


@pytest.mark.parametrize("kind", [NumberField, SecondsField])
def test_no_other_number_is_set(
    kind: type[NumberField | SecondsField], behind: Behind, qtbot: QtBot
) -> None:
    field, told = kind(1, 90), list[object]()
    behind.put(field)
    field.show_number(5)
    field.valueChanged.connect(told.append)

    behind.dialog.open()
    field.setProperty("value", 7)
    field.stepUp()
    qtbot.waitUntil(lambda: field.value() == 5 and not field.signalsBlocked())
    assert told == []
    assert field.text().startswith("5")
    field.show_number(6)  # by the settings
    assert told == [6]
    behind.dialog.close()
    field.stepUp()

    assert told == [6, 7]


def test_no_other_request_is_chosen(behind: Behind, qtbot: QtBot) -> None:
    table, told = RequestTable(), list[object]()
    behind.put(table)
    table.show_entries([Entry(request_id=key, at_s=0, model="m") for key in "abc"])
    table.select("a")
    table.selected.connect(told.append)

    behind.dialog.open()
    table.setCurrentIndex(table.filter.mapFromSource(table.requests.index_of("b")))
    table.setCurrentIndex(table.filter.mapFromSource(table.requests.index_of("c")))
    qtbot.waitUntil(lambda: table.current_id() == "a")
    assert told == []
    table.select("b")
    assert told == ["b"]
    behind.dialog.close()
    table.setCurrentIndex(table.filter.mapFromSource(table.requests.index_of("a")))

    assert told == ["b", "a"]


def test_no_row_is_marked_that_is_not_the_chosen_one(behind: Behind, qtbot: QtBot) -> None:
    rows = RowList("Providers")
    behind.put(rows)
    rows.set_rows([Row(key=key, title=words) for key, words in PARTS])
    rows.select("a")
    select = QItemSelectionModel.SelectionFlag.ClearAndSelect

    behind.dialog.open()
    rows.selectionModel().select(rows.rows.index(1), select)
    qtbot.waitUntil(lambda: rows.selectedIndexes() == [rows.rows.index(0)])


@pytest.mark.parametrize("kind", [SegmentedControl, SideList])
def test_no_other_part_is_shown(
    kind: Callable[..., SegmentedControl | SideList], behind: Behind
) -> None:
    parts = kind(PARTS, name="Parts")
    told = list[object]()
    behind.put(parts)
    parts.changed.connect(told.append)
    first, second = parts.findChildren(QAbstractButton)[:2]

    behind.dialog.open()
    second.toggle()
    assert parts.current() == "a"
    assert first.isChecked()
    assert told == []
    parts.set_current("b")  # by what the dialog does
    assert told == ["b"]
    behind.dialog.close()
    first.toggle()

    assert told == ["b", "a"]


def test_no_other_page_is_shown(behind: Behind) -> None:
    navigation = Navigation([page for page in pages() if page.is_in_navigation])
    told = list[object]()
    behind.put(navigation)
    navigation.chosen.connect(told.append)
    navigation.mark("home")
    home, routes = (navigation.findChild(QAbstractButton, f"page-{k}") for k in ("home", "routes"))
    assert home
    assert routes

    behind.dialog.open()
    routes.toggle()
    assert told == []
    assert home.isChecked()
    behind.dialog.close()
    routes.toggle()

    assert told == ["routes"]


def test_no_list_of_choices_opens(behind: Behind, qtbot: QtBot) -> None:
    box = ChoiceBox("Level")
    box.set_choices(PARTS)
    behind.put(box)

    behind.dialog.open()
    box.showPopup()
    assert not box.view().isVisible()
    behind.dialog.close()
    box.showPopup()

    assert box.view().isVisible()
    box.hidePopup()


def test_no_other_row_is_chosen(behind: Behind, qtbot: QtBot) -> None:
    rows = RowList("Providers")
    told = list[object]()
    behind.put(rows)
    rows.set_rows([Row(key=key, title=words) for key, words in PARTS])
    rows.select("a")
    rows.selected.connect(told.append)

    behind.dialog.open()
    rows.setCurrentIndex(rows.rows.index(1))
    qtbot.waitUntil(lambda: rows.current_key() == "a")
    assert told == []
    rows.select("b")
    assert told == ["b"]
    behind.dialog.close()
    rows.setCurrentIndex(rows.rows.index(0))

    assert told == ["b", "a"]
