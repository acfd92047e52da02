"""Shift+F10 opens the menu of whatever has the focus, as the menu key does.

Qt does so by itself on Windows alone, and many keyboards have no menu key.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

KEYS = "Shift+F10"


def add_menu_key(window: QWidget) -> None:
    QShortcut(QKeySequence(KEYS), window, _ask_for_menu)


def _ask_for_menu() -> None:
    asked = QApplication.focusWidget()
    if asked is None:
        return
    cursor = asked.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    place = (cursor if isinstance(cursor, QRect) else asked.rect()).center()
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(asked, QContextMenuEvent(reason, place, asked.mapToGlobal(place)))
