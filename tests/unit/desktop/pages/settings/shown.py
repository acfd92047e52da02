"""One section of Settings on the screen of a test."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.pages.settings.page import SettingsPage
from ccr_desktop.desktop.pages.settings.sections import sections
from tests.unit.desktop.attended import RAW, Screen, listening

W = TypeVar("W", bound=QWidget)


class Shown:
    def __init__(self, desk: Desk, screen: Screen, page: SettingsPage) -> None:
        self.desk = desk
        self.screen = screen
        self.page = page

    def find(self, kind: type[W], name: str) -> W:
        found = self.page.findChild(kind, name)
        assert isinstance(found, kind), f"no {name}"
        return found

    def says(self, text: str) -> bool:
        """Whether the section shows *text* somewhere."""
        section = self.page.findChild(QWidget, f"settings-{self.page.section}")
        assert section
        labels = section.findChildren(QWidget)
        shown = (label for label in labels if label.isVisible() and hasattr(label, "text"))
        return any(text in label.text() for label in shown)


@asynccontextmanager
async def section(key: str, more: dict[str, Any] | None = None) -> AsyncIterator[Shown]:
    """The section with that key, over the usual configuration and *more*."""
    async with listening({**RAW, **(more or {})}) as (desk, screen):
        page = SettingsPage(desk, sections())
        page.resize(1000, 700)
        page.show()
        page.show_detail(key)
        try:
            yield Shown(desk, screen, page)
        finally:
            await desk.bridge.tasks.end()
            page.hide()
            page.deleteLater()  # at once, so that no signal on its way begins anything
            QApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)
