"""The assistant within the window, whose own keys do not reach past it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.registry import WIZARD, PageEntry
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.rows import Row
from ccr_desktop.desktop.widgets.search_field import SearchField
from ccr_desktop.desktop.window import Window
from ccr_desktop.desktop.wizard.frame import Wizard
from ccr_desktop.desktop.wizard.provider_view import ProviderView
from tests.unit.desktop.desks import new_desk

FIND = Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier
BACK = Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier


def assistant() -> Wizard:
    wizard = Wizard(["Welcome", "Provider"])
    wizard.put(0, QLabel("Welcome"))
    provider = ProviderView()
    provider.show_rows([Row(key=name, title=name) for name in ("a", "b")])
    wizard.put(1, provider)
    wizard.show_step(0)
    wizard.back_wanted.connect(lambda: wizard.show_step(wizard.step - 1))
    return wizard


PAGES = (
    PageEntry(WIZARD, "Set up", "house", lambda _: assistant(), is_in_navigation=False),
    PageEntry("settings", "Settings", "settings", lambda _: QLabel("Settings")),
)


@pytest.fixture
def window(qloop: Loop, look: theme.Theme, qtbot: QtBot) -> Iterator[Window]:
    made = Window(new_desk(), PAGES)
    made.show_page(WIZARD)
    made.show()
    made.activateWindow()
    qtbot.waitActive(made)
    yield made
    made.deleteLater()


def wizard_in(window: Window) -> Wizard:
    found = window.findChild(Wizard)
    assert isinstance(found, Wizard)
    return found


def press(keys: tuple[Qt.Key, Qt.KeyboardModifier]) -> None:
    at = QApplication.focusWidget() or QApplication.activeWindow()
    assert at
    QTest.keyClick(at, *keys)


def test_search_looks_through_what_a_step_lists_and_never_through_the_settings(
    window: Window,
) -> None:
    wizard = wizard_in(window)
    press(FIND)
    assert window.page == WIZARD
    wizard.show_step(1)
    wizard.primary.setFocus()
    press(FIND)
    assert window.page == WIZARD
    assert isinstance(QApplication.focusWidget(), SearchField)


@pytest.mark.parametrize("kind", [SearchField, RowList])
def test_back_leads_a_step_back_from_wherever_the_cursor_is(window: Window, kind: type) -> None:
    wizard = wizard_in(window)
    wizard.show_step(1)
    part = wizard.findChild(kind)
    assert part
    part.setFocus()
    press(BACK)
    assert wizard.step == 0
    press(BACK)
    assert wizard.step == 0
    assert window.page == WIZARD
