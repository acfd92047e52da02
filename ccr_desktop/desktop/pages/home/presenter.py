"""Connects Home with what happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from ccr_desktop.desktop.pages.home.page import HomePage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ccr_desktop.desktop.desk import Desk


def build(desk: Desk) -> QWidget:
    page = HomePage()
    HomePresenter(page, desk)
    return page


class HomePresenter(QObject):
    """Lives as long as its page."""

    def __init__(self, page: HomePage, desk: Desk) -> None:
        super().__init__(page)
        bridge = desk.bridge
        bridge.overview_changed.connect(page.show_overview, Qt.ConnectionType.QueuedConnection)
        page.show_overview(bridge.overview)
