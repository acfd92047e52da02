"""The page Launch on an invisible screen, and the app behind it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.pages.launch.page import LaunchPage
from ccr_desktop.desktop.pages.launch.presenter import build
from ccr_desktop.desktop.widgets.row_list import RowList
from tests.unit.desktop.desks import open_desk
from tests.unit.desktop.waiting import eventually

Part = TypeVar("Part", bound=QWidget)


class Opened:
    """The page and the app behind it."""

    def __init__(self, desk: Desk, page: LaunchPage) -> None:
        self.desk, self.page = desk, page

    def part(self, kind: type[Part], name: str) -> Part:
        found = self.page.findChild(kind, name)
        assert found is not None, name
        return found

    @property
    def folders(self) -> list[str]:
        return [row.key for row in self.part(RowList, "projects").rows.rows]

    async def dialog(self, name: str) -> QDialog:
        def look() -> QDialog | None:
            found = self.page.findChild(QDialog, name)
            return found if found is not None and found.isVisible() else None

        await eventually(look)
        dialog = look()
        assert dialog is not None
        return dialog

    def drop(self, *places: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(place)) for place in places])
        none = Qt.KeyboardModifier.NoModifier
        left, copy = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
        at = self.page.viewport()
        QApplication.sendEvent(at, QDragEnterEvent(QPoint(9, 9), copy, data, left, none))
        QApplication.sendEvent(at, QDropEvent(QPointF(9, 9), copy, data, left, none))


@asynccontextmanager
async def opened(*, with_folder: Path | None = None) -> AsyncIterator[Opened]:
    async with open_desk() as desk:
        if with_folder:
            desk.launching.store.used(with_folder)
            await desk.launching.look()
        page = build(desk)
        assert isinstance(page, LaunchPage)
        page.resize(900, 700)
        page.show()
        page.activateWindow()
        try:
            yield Opened(desk, page)
        finally:
            await desk.bridge.tasks.end()
            page.close()
            page.deleteLater()
