from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.widgets.disclosure import Disclosure
from ccr_desktop.desktop.widgets.segments import SegmentedControl
from ccr_desktop.desktop.widgets.side_list import SideList
from ccr_desktop.desktop.widgets.switch import Switch
from tests.unit.desktop.widgets.conftest import Show

SEGMENTS = [("work", "Kinds of work"), ("rules", "Rules"), ("backup", "Backups")]


def test_segments_are_chosen_by_mouse_and_arrow_keys(show: Show, qtbot: QtBot) -> None:
    control = SegmentedControl(SEGMENTS, name="View")
    show(control)
    told: list[str] = []
    control.changed.connect(told.append)

    qtbot.mouseClick(control._group.button(1), Qt.MouseButton.LeftButton)
    qtbot.keyClick(control._group.button(1), Qt.Key.Key_Right)

    assert told == ["rules", "backup"]
    assert control.current() == "backup"


def test_tab_leaves_the_segments(show: Show, qtbot: QtBot) -> None:
    control, after = SegmentedControl(SEGMENTS), QLineEdit()
    show(control, after)
    control._group.button(0).setFocus()

    qtbot.keyClick(control._group.button(0), Qt.Key.Key_Tab)

    assert after.hasFocus()


def test_the_focus_goes_along_when_another_is_chosen_from_outside(show: Show) -> None:
    control, sections, after = SegmentedControl(SEGMENTS), SideList(SEGMENTS, "Parts"), QLineEdit()
    show(control, sections, after)
    for chooser in (control, sections):
        chooser._group.button(0).setFocus()

        chooser.set_current("backup")
        assert chooser._group.button(2).hasFocus()

        after.setFocus()
        chooser.set_current("work")
        assert after.hasFocus()


def test_the_longest_part_has_room_for_its_words_once_it_is_chosen(show: Show) -> None:
    sections = SideList(SEGMENTS, "Parts")
    show(sections)
    longest = sections._group.button(0)
    before = longest.sizeHint().width()
    words = longest.text()
    room = QFontMetrics(theme.current().font()).horizontalAdvance(words)
    strong = QFontMetrics(theme.current().font("strong")).horizontalAdvance(words)
    sections.setFixedSize(sections.wanted_width(0), longest.height())  # there is a bar beside it
    QApplication.sendPostedEvents()

    sections.set_current("work")

    assert strong > room
    assert longest.width() >= before + strong - room


def test_a_segment_can_be_chosen_and_named_by_the_page(show: Show) -> None:
    control = SegmentedControl(SEGMENTS)
    show(control)

    control.set_current("rules")
    control.set_words("rules", "Rules (3)")

    assert control.current() == "rules"
    assert control._group.checkedButton().text() == "Rules (3)"


def test_what_is_advanced_opens_in_place_and_tells_so(show: Show, qtbot: QtBot) -> None:
    advanced, inner = Disclosure(), QLabel("Headers")
    advanced.add(inner)
    show(advanced)
    assert not inner.isVisible()

    with qtbot.waitSignal(advanced.opened_changed) as told:
        qtbot.keyClick(advanced.button, Qt.Key.Key_Space)

    assert told.args == [True]
    assert inner.isVisible()


def test_what_was_opened_before_is_restored_silently(show: Show, qtbot: QtBot) -> None:
    advanced, inner = Disclosure("More"), QLabel("Headers")
    advanced.add(inner)
    show(advanced)

    with qtbot.assertNotEmitted(advanced.opened_changed):
        advanced.set_opened(True)

    assert advanced.is_opened()
    assert inner.isVisible()


def test_a_switch_is_turned_by_mouse_and_keyboard(show: Show, qtbot: QtBot) -> None:
    switch = Switch("Start at login")
    show(switch)
    told: list[bool] = []
    switch.toggled.connect(told.append)

    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=switch.rect().center())
    qtbot.keyClick(switch, Qt.Key.Key_Space)

    assert told == [True, False]


def test_a_switch_is_a_check_box_to_screen_readers(show: Show) -> None:
    switch = Switch(name="DeepSeek")
    show(switch)
    switch.setChecked(True)

    seen = QAccessible.queryAccessibleInterface(switch)

    assert seen.role() == QAccessible.Role.CheckBox
    assert seen.text(QAccessible.Text.Name) == "DeepSeek"
    assert seen.state().checked


def test_a_switch_looks_different_when_it_is_on(show: Show) -> None:
    switch = Switch()
    show(switch)
    off = switch.grab().toImage()

    switch.setChecked(True)

    assert switch.grab().toImage() != off


def test_a_switch_tells_of_a_screen_reader_and_not_of_what_it_is_shown(show: Show) -> None:
    switch = Switch("Start at login")
    show(switch)
    told: list[bool] = []
    switch.switched.connect(told.append)

    switch.show_checked(True)
    assert (switch.isChecked(), told) == (True, [])
    actions = QAccessible.queryAccessibleInterface(switch).actionInterface()
    actions.doAction(actions.actionNames()[0])

    assert (switch.isChecked(), told) == (False, [False])
