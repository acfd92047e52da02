"""A widget that was looked for comes into sight and is marked for a moment."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.page_scroll import PageScroll
from ccr_desktop.desktop.widgets.reveal import Mark, reveal


@pytest.fixture
def page(qtbot: QtBot, look: theme.Theme) -> PageScroll:
    page = PageScroll()
    qtbot.addWidget(page)
    for number in range(30):
        page.add(FormRow(f"Field {number}", QLineEdit(), "Help"))
    page.resize(400, 300)
    page.show()
    return page


def rows(page: QWidget) -> list[FormRow]:
    return page.findChildren(FormRow)


def mark(page: QWidget) -> Mark:
    (found,) = page.findChildren(Mark)
    return found


def test_it_is_scrolled_to_and_has_the_focus(page: PageScroll, qtbot: QtBot) -> None:
    field = rows(page)[25].field

    reveal(field)

    inside = page.viewport().rect()
    qtbot.waitUntil(lambda: inside.contains(field.mapTo(page.viewport(), QPoint(0, 0))))
    assert page.focusWidget() is field


def test_the_focus_is_at_the_first_field_of_what_takes_none_itself(page: PageScroll) -> None:
    group = QWidget()
    column = QVBoxLayout(group)
    first, second = QLineEdit(), QLineEdit()
    column.addWidget(second)
    column.insertWidget(0, first)
    page.add(group)
    QApplication.sendPostedEvents()

    reveal(group)

    assert page.focusWidget() is first


def test_of_what_is_higher_than_the_page_the_beginning_is_shown(
    page: PageScroll, qtbot: QtBot
) -> None:
    high = QWidget()
    high.setFixedHeight(3000)
    page.add(high)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > high.height())

    reveal(high)

    assert page.viewport().rect().contains(high.mapTo(page.viewport(), QPoint(0, 0)))


def test_a_field_is_marked_with_its_name_and_the_mark_follows(page: PageScroll) -> None:
    row = rows(page)[3]
    reveal(row.field)

    page.resize(600, 300)
    QApplication.sendPostedEvents()

    ground = mark(page).parentWidget()
    assert mark(page).geometry().contains(QRect(row.mapTo(ground, QPoint(0, 0)), row.size()))


def test_the_mark_goes_by_itself(page: PageScroll, qtbot: QtBot) -> None:
    reveal(rows(page)[1])

    qtbot.waitUntil(lambda: not page.findChildren(Mark), timeout=60_000)


def test_nothing_moves_with_reduced_motion(page: PageScroll) -> None:
    theme.current().reduced_motion = True
    try:
        reveal(rows(page)[1])
        assert mark(page).graphicsEffect() is None
    finally:
        theme.current().reduced_motion = False


def test_what_is_hidden_or_a_whole_view_is_not_marked(page: PageScroll, qtbot: QtBot) -> None:
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    whole = QWidget()
    stack.addWidget(whole)
    stack.show()
    rows(page)[1].hide()

    reveal(whole)
    reveal(rows(page)[1])

    assert not stack.findChildren(Mark)
    assert not page.findChildren(Mark)


def test_what_goes_takes_its_mark_along(page: PageScroll) -> None:
    row = rows(page)[2]
    reveal(row)

    row.hide()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    assert not page.findChildren(Mark)
