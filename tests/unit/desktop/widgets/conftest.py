"""Widgets on an invisible screen, dressed as the app dresses them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop import theme

Show = Callable[..., QWidget]


@pytest.fixture
def show(qtbot: QtBot, look: theme.Theme) -> Show:
    """Shows widgets in an active window, one below the other."""

    kept: list[QWidget] = []  # a test may not keep the window itself

    def shown(*widgets: QWidget) -> QWidget:
        window = QWidget()
        column = QVBoxLayout(window)
        for widget in widgets:
            column.addWidget(widget)
        window.resize(640, 480)
        kept.append(window)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return shown
