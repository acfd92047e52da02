"""The menu of what has the focus, without a menu key."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QLineEdit, QMainWindow, QMenu
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop.menu_key import add_menu_key
from ccr_desktop.desktop.widgets.row_delegate import RowAction
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.rows import Row


class Field(QLineEdit):
    asked: QContextMenuEvent.Reason | None = None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802  # of Qt
        self.asked = event.reason()
        assert self.rect().contains(event.pos())


def window_with(qtbot: QtBot, part: RowList | QLineEdit) -> QMainWindow:
    window = QMainWindow()
    window.setCentralWidget(part)
    add_menu_key(window)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    part.setFocus()
    return window


def test_it_opens_the_menu_of_the_chosen_row(qtbot: QtBot) -> None:
    rows = RowList("Rules")
    rows.set_rows([Row(key="one", title="One"), Row(key="two", title="Two")])
    rows.set_actions([RowAction(key="remove", text="Remove")])
    window = window_with(qtbot, rows)
    rows.select("two")
    asked: list[tuple[str, str]] = []
    rows.action_requested.connect(lambda *told: asked.append(told))

    qtbot.keyClick(rows, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)

    menu = window.findChild(QMenu)
    assert isinstance(menu, QMenu)
    assert menu.isVisible()
    menu.actions()[0].trigger()
    menu.close()
    assert asked == [("two", "remove")]


def test_it_asks_a_field_at_its_cursor(qtbot: QtBot) -> None:
    field = Field("words")
    window = window_with(qtbot, field)

    qtbot.keyClick(field, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)

    assert window.isActiveWindow()
    assert field.asked is QContextMenuEvent.Reason.Keyboard
