"""A toast covers nothing, and what the keyboard is at stays in sight."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLineEdit, QListWidget, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop.widgets.page_scroll import PageScroll
from ccr_desktop.desktop.widgets.toast import UndoToast
from tests.unit.desktop.widgets.conftest import Show

LONG = "Added a provider with a name that takes all of the room there is. " * 3


def over(page: QWidget, show: Show) -> tuple[QWidget, UndoToast]:
    host, toast = QWidget(), UndoToast()
    column = QVBoxLayout(host)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(page, 1)
    column.addWidget(toast)
    host.setFixedSize(500, 300)
    show(host)
    return host, toast


def place_in(host: QWidget, part: QWidget) -> QRect:
    return QRect(part.mapTo(host, QPoint()), part.size())


def test_the_page_ends_above_it_and_has_its_room_again_afterwards(show: Show, qtbot: QtBot) -> None:
    page = QPlainTextEdit()
    host, toast = over(page, show)

    toast.show_undo(LONG)
    qtbot.waitUntil(lambda: page.height() < host.height())
    assert not place_in(host, page).intersects(place_in(host, toast))
    assert host.rect().contains(place_in(host, toast))
    toast.close_button.click()

    qtbot.waitUntil(lambda: page.height() == host.height())


def fields(count: int) -> tuple[PageScroll, list[QLineEdit]]:
    page, found = PageScroll(), [QLineEdit() for _ in range(count)]
    for field in found:
        page.add(field)
    return page, found


def test_the_field_that_is_typed_in_stays_in_sight(show: Show, qtbot: QtBot) -> None:
    page, found = fields(20)
    host, toast = over(page, show)
    last = [each for each in found if place_in(page, each).bottom() < page.height()][-1]
    last.setFocus()

    toast.show_undo("Removed kimi")

    qtbot.waitUntil(lambda: page.height() < host.height())
    qtbot.waitUntil(lambda: place_in(page, last).bottom() < page.height())


@pytest.mark.parametrize("kind", ["text", "list"])
def test_the_line_of_the_cursor_stays_in_sight(kind: str, show: Show, qtbot: QtBot) -> None:
    text, rows = QPlainTextEdit("line\n" * 90), QListWidget()
    rows.addItems(["row"] * 90)
    page = text if kind == "text" else rows
    host, toast = over(page, show)
    page.setFocus()
    seen = QPoint(20, page.viewport().height() - 20)
    text.setTextCursor(text.cursorForPosition(seen))
    rows.setCurrentIndex(rows.indexAt(seen))

    toast.show_undo("Removed kimi")
    qtbot.waitUntil(lambda: page.height() < host.height())

    def cursor() -> QRect:
        return text.cursorRect() if kind == "text" else rows.visualRect(rows.currentIndex())

    qtbot.waitUntil(lambda: cursor().bottom() <= page.viewport().height())
