"""A box with lines below it."""

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop.theme import Theme
from ccr_desktop.desktop.widgets.tick_row import TickRow, breakable


def test_a_click_anywhere_ticks(qtbot: QtBot, look: Theme) -> None:
    row = TickRow("A", "detail", ["careful"], is_ticked=False)
    qtbot.addWidget(row)
    row.resize(300, 80)
    row.show()

    qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(200, 40))

    assert row.is_ticked
    row.allow(allowed=False)
    assert not row.is_ticked


def test_a_screen_reader_hears_the_warnings(qtbot: QtBot, look: Theme) -> None:
    row = TickRow("A", "detail", ["careful"])
    qtbot.addWidget(row)

    assert row.box.accessibleName() == "A"
    assert row.box.accessibleDescription() == "detail careful"


def test_a_long_address_looks_the_same_and_can_be_broken() -> None:
    text = "https://" + "a" * 100 + "/v1"

    assert breakable(text).replace("\u200b", "") == text
    assert max(map(len, breakable(text).split("\u200b"))) <= 24
