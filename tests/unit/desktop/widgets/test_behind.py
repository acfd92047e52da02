"""What a screen reader does behind a dialog, where neither mouse nor keys come, is nothing."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QAbstractButton, QDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop.navigation import Navigation
from ccr_desktop.desktop.pages.registry import pages
from ccr_desktop.desktop.widgets.choice_box import ChoiceBox
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.rows import Row
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
