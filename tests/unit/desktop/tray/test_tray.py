"""The icon with its menu, as a person uses it."""

import gc
import weakref
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu

from ccr_desktop.desktop.tray.menu import Act
from ccr_desktop.desktop.tray.tray import Tray
from tests.unit.desktop.tray.test_menu import RUNNING


def line(tray: Tray, text: str) -> QAction:
    menus = [tray._menu, *tray._menu.findChildren(QMenu)]
    return next(found for menu in menus for found in menu.actions() if found.text() == text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Quit", (Act.QUIT, None)),
        ("chat", (Act.MAIN_MODEL, "deepseek,chat")),
        ("New in /x/there", (Act.LAUNCH, Path("/x/there"))),
        ("15 minutes", (Act.PAUSE, 900.0)),
    ],
)
def test_a_line_says_once_what_it_stands_for(
    qapp: QApplication, text: str, wanted: tuple[Act, object]
) -> None:
    overview = replace(RUNNING, favourites=("deepseek,chat",), recent_folders=(Path("/x/there"),))
    tray = Tray(overview)
    said: list[tuple[Act, object]] = []
    tray.chosen.connect(lambda act, argument: said.append((act, argument)))

    line(tray, text).trigger()

    assert said == [wanted]


def test_nothing_is_left_of_a_tray_that_nobody_has(qapp: QApplication) -> None:
    """Else it would fill its menu anew with each change of the language."""
    before = len(qapp.topLevelWidgets())
    tray = Tray(RUNNING)
    left = weakref.ref(tray)

    del tray
    gc.collect()

    assert left() is None
    assert len(qapp.topLevelWidgets()) <= before  # others may have left some
