from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics, QMouseEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.widgets.row_delegate import RowAction
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.rows import Row
from tests.unit.desktop.widgets.conftest import Show

LEFT = Qt.MouseButton.LeftButton
ROWS = [
    Row(key="ds", title="DeepSeek", subtitle="deepseek-v4", state="running", trailing="12 USD"),
    Row(key="ms", title="Moonshot", badge="Main", state="backup", monogram="Moonshot"),
    Row(key="gr", title="Groq", subtitle="Off", state="off", enabled=False),
]
ACTIONS = (
    RowAction(key="edit", text="Edit", icon="pencil"),
    RowAction(key="copy", text="Duplicate"),
    RowAction(key="remove", text="Remove", icon="trash-2", danger=True),
)


@pytest.fixture
def rows(show: Show) -> RowList:
    rows = RowList("Providers", reorderable=True)
    rows.set_rows(ROWS)
    rows.set_actions(ACTIONS)
    show(rows)
    return rows


def _middle(rows: RowList, key: str) -> QPoint:
    return rows.visualRect(rows.rows.index_of(key)).center()


def _button(rows: RowList, key: str, action: str) -> QPoint:
    index = rows.rows.index_of(key)
    row = rows.rows.row_at(index)
    assert row is not None
    places = rows.paints.action_places(rows.visualRect(index), row, rtl=False)
    return next(place.center() for shown, place in places if shown.key == action)


def test_rows_are_as_high_as_the_theme_says(rows: RowList, look: theme.Theme) -> None:
    assert rows.sizeHintForRow(0) == look.row_height() == 40


def test_a_name_with_a_line_end_is_drawn_in_its_one_line(show: Show) -> None:
    rows = RowList("Providers")
    show(rows)
    rows.set_rows([Row(key="a", title="new line", subtitle="two models")])
    one_line = rows.grab().toImage()

    rows.set_rows([Row(key="a", title="new\nline", subtitle="two\r\nmodels")])

    assert rows.grab().toImage() == one_line


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_letters_beside_a_chinese_name_are_drawn_whole(
    show: Show, look: theme.Theme, ratio: float
) -> None:
    """Its font is higher than the one in use: what is beside it moves down."""
    rows = RowList("Versions")
    show(rows)
    left = theme.current().font()
    wide = QFontMetrics(left).horizontalAdvance("gggg")

    def drawn(title: str) -> int:
        """How high the letters at the start are: the lines in which they are dark."""
        rows.set_rows([Row(key="one", title=title, subtitle=" ")])
        picture = QPixmap((QSizeF(rows.size()) * ratio).toSize())
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.white)
        rows.render(picture)
        image = picture.toImage()
        across = range(round(14 * ratio), round((8 + wide) * ratio))
        down = range(round(rows.visualRect(rows.rows.index_of("one")).height() * ratio))
        darkest = [min(QColor(image.pixel(x, y)).lightness() for x in across) for y in down]
        return sum(1 for lightness in darkest[2:] if lightness < 160)

    assert drawn("gggg 简体中文") == drawn("gggg gggg") > 0


def test_a_list_that_fits_its_content_grows_with_it(show: Show) -> None:
    rows = RowList("Projects", fit_content=True)
    show(rows)

    rows.set_rows(ROWS)

    assert rows.sizeHint().height() == 120


def test_a_row_is_opened_by_enter_and_by_a_double_click(rows: RowList, qtbot: QtBot) -> None:
    told: list[str] = []
    rows.opened.connect(told.append)
    rows.setFocus()

    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    qtbot.mouseDClick(rows.viewport(), LEFT, pos=_middle(rows, "ds"))

    assert told == ["ms", "ds"]


def test_the_chosen_row_is_told_and_stays_when_rows_change(rows: RowList, qtbot: QtBot) -> None:
    told: list[str] = []
    rows.selected.connect(told.append)
    qtbot.mouseClick(rows.viewport(), LEFT, pos=_middle(rows, "ms"))

    rows.set_rows([ROWS[2], ROWS[1]])

    assert told == ["ms"]
    assert rows.current_key() == "ms"


def test_the_cursor_stays_with_a_row_that_became_another(rows: RowList) -> None:
    told: list[str] = []
    rows.select("ms")
    rows.selected.connect(told.append)

    rows.set_rows([ROWS[0], Row(key="kimi", title="Kimi"), ROWS[2]])

    assert rows.current_key() == "kimi"
    assert told[-1] == "kimi"


def test_the_cursor_goes_on_from_a_row_that_is_gone(rows: RowList) -> None:
    rows.select("ms")

    rows.set_rows([ROWS[0], ROWS[2]])

    assert rows.current_key() in {"ds", "gr"}


def test_an_action_is_pressed_in_its_row(rows: RowList, qtbot: QtBot) -> None:
    with qtbot.waitSignal(rows.action_requested) as told:
        qtbot.mouseClick(rows.viewport(), LEFT, pos=_button(rows, "gr", "remove"))

    assert told.args == ["gr", "remove"]


def test_the_key_delete_removes_the_present_row(rows: RowList, qtbot: QtBot) -> None:
    rows.select("gr")
    with qtbot.waitSignal(rows.action_requested) as told:
        qtbot.keyClick(rows, Qt.Key.Key_Delete)

    assert told.args == ["gr", "remove"]


def test_the_key_delete_does_nothing_where_nothing_can_be_removed(
    rows: RowList, qtbot: QtBot
) -> None:
    rows.set_actions([RowAction(key="edit", text="Edit")])
    rows.select("gr")
    with qtbot.assertNotEmitted(rows.action_requested):
        qtbot.keyClick(rows, Qt.Key.Key_Delete)


def test_a_press_that_ends_elsewhere_does_nothing(rows: RowList, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(rows.action_requested):
        qtbot.mousePress(rows.viewport(), LEFT, pos=_button(rows, "gr", "remove"))
        qtbot.mouseRelease(rows.viewport(), LEFT, pos=_button(rows, "ds", "remove"))


def test_a_double_click_acts_once_though_another_row_comes_to_its_place(
    rows: RowList, qtbot: QtBot
) -> None:
    told: list[str] = []
    rows.action_requested.connect(lambda key, _action: told.append(key))
    rows.action_requested.connect(
        lambda gone, _action: rows.set_rows([row for row in rows.rows.rows if row.key != gone])
    )
    place = _button(rows, "ds", "remove")

    qtbot.mouseClick(rows.viewport(), LEFT, pos=place)
    qtbot.mouseDClick(rows.viewport(), LEFT, pos=place)
    qtbot.mouseRelease(rows.viewport(), LEFT, pos=place)

    assert told == ["ds"]


def test_a_press_counts_for_the_row_that_was_there_then(rows: RowList, qtbot: QtBot) -> None:
    place = _button(rows, "ds", "remove")
    with qtbot.assertNotEmitted(rows.action_requested):
        qtbot.mousePress(rows.viewport(), LEFT, pos=place)
        rows.set_rows(ROWS[1:])
        qtbot.mouseRelease(rows.viewport(), LEFT, pos=place)


def test_actions_appear_in_the_focused_row(rows: RowList, qtbot: QtBot) -> None:
    rows.clearFocus()
    before = rows.viewport().grab().toImage()

    rows.setFocus(Qt.FocusReason.TabFocusReason)

    assert rows.current_key() == "ds"
    assert rows.viewport().grab().toImage() != before


def test_the_menu_has_all_actions_in_words(rows: RowList, qtbot: QtBot) -> None:
    menu = rows.menu_for(ROWS[0])

    words = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert words == ["Edit", "Duplicate", "Remove", "Move up", "Move down"]
    with qtbot.waitSignal(rows.action_requested) as told:
        menu.actions()[1].trigger()
    assert told.args == ["ds", "copy"]


def test_the_menu_opens_at_the_chosen_row_by_its_key(qapp: QApplication, rows: RowList) -> None:
    rows.select("ms")
    key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())

    qapp.sendEvent(rows.viewport(), key)

    assert rows._menu is not None
    assert rows._menu.isVisible()
    rows._menu.hide()


def test_actions_may_depend_on_the_row(rows: RowList) -> None:
    rows.set_actions_for(lambda row: ACTIONS if row.enabled else ())

    assert rows.paints.shown_actions(ROWS[0])
    assert not rows.paints.shown_actions(ROWS[2])


def test_a_row_is_moved_by_keys(rows: RowList, qtbot: QtBot) -> None:
    rows.select("ds")

    with qtbot.waitSignal(rows.order_requested) as told:
        qtbot.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)

    assert told.args == [("ms", "ds", "gr")]
    assert [row.key for row in rows.rows.rows] == ["ds", "ms", "gr"]  # the page decides


def test_the_ends_cannot_be_moved_on(rows: RowList) -> None:
    able = {action.text(): action.isEnabled() for action in rows.menu_for(ROWS[0]).actions()}

    assert (able["Move up"], able["Move down"]) == (False, True)


def test_a_row_is_dragged_to_another_place(rows: RowList, qtbot: QtBot) -> None:
    goal = _middle(rows, "gr") + QPoint(0, 10)

    with qtbot.waitSignal(rows.order_requested) as told:
        qtbot.mousePress(rows.viewport(), LEFT, pos=_middle(rows, "ds"))
        _drag(rows, goal)
        qtbot.mouseRelease(rows.viewport(), LEFT, pos=goal)

    assert told.args == [("ms", "gr", "ds")]


def test_a_click_that_trembles_moves_nothing(rows: RowList, qtbot: QtBot) -> None:
    place = _middle(rows, "ds")

    with qtbot.assertNotEmitted(rows.order_requested):
        qtbot.mousePress(rows.viewport(), LEFT, pos=place)
        _drag(rows, place + QPoint(2, 2))
        qtbot.mouseRelease(rows.viewport(), LEFT, pos=place + QPoint(2, 2))


def test_rows_without_an_order_are_not_moved(show: Show, qtbot: QtBot) -> None:
    rows = RowList("Requests")
    rows.set_rows(ROWS)
    show(rows)
    rows.select("ds")

    with qtbot.assertNotEmitted(rows.order_requested):
        qtbot.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)


def test_rows_are_drawn_from_right_to_left_too(rows: RowList) -> None:
    before = rows.viewport().grab().toImage()

    rows.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    assert rows.viewport().grab().toImage() != before


def _drag(rows: RowList, goal: QPoint) -> None:
    """Qt's own test mouse presses no button while it moves."""
    for place in (goal - QPoint(0, 12), goal):
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(place),
            QPointF(rows.viewport().mapToGlobal(place)),
            Qt.MouseButton.NoButton,
            LEFT,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(rows.viewport(), event)


def test_the_row_with_the_cursor_stays_in_sight_of_the_page_around(show: Show) -> None:
    many = [Row(key=str(number), title=str(number)) for number in range(20)]
    rows = RowList("Providers", reorderable=True, fit_content=True)
    rows.set_rows(many)
    page = QScrollArea()
    page.setWidgetResizable(True)
    page.setWidget(rows)
    page.resize(300, 150)
    show(page)
    rows.setFocus(Qt.FocusReason.TabFocusReason)

    QTest.keyClick(rows, Qt.Key.Key_End)
    assert _is_in_sight(rows, page)
    QTest.keyClick(rows, Qt.Key.Key_Home)
    assert _is_in_sight(rows, page)
    rows.order_requested.connect(lambda _: rows.set_rows([*many[1:], many[0]]))
    QTest.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert rows.currentIndex().row() == 19
    assert _is_in_sight(rows, page)


def _is_in_sight(rows: RowList, page: QScrollArea) -> bool:
    place = rows.visualRect(rows.currentIndex())
    place.moveTopLeft(rows.viewport().mapTo(page.viewport(), place.topLeft()))
    return page.viewport().rect().contains(place)
