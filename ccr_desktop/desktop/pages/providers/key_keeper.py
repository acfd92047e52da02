"""Keeps a notice true to the store of keys, and does what mends the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from ccr_desktop.desktop.ways_out import status_after
from ccr_desktop.errors import CcrError

if TYPE_CHECKING:
    from ccr_desktop.core.secrets import StoreStatus, WayOut
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.providers.store_notice import StoreNotice


class KeyKeeper(QObject):
    """Lives as long as its notice. `status_changed` tells a `StoreStatus`.

    Asking for the status never opens a window of the system; only what a person presses may.
    """

    status_changed = Signal(object)

    def __init__(self, notice: StoreNotice, desk: Desk) -> None:
        super().__init__(notice)
        self._notice = notice
        self._desk = desk
        self.status: StoreStatus | None = None
        notice.way_out_wanted.connect(self._begin)

    def look(self) -> None:
        """Show how the store is now."""
        self._desk.bridge.do(self.refresh(), self.tr("Looking at the store of keys"))

    async def refresh(self) -> StoreStatus:
        status = await self._desk.secrets.status()
        self._show(status)
        return status

    def _begin(self, way: WayOut) -> None:
        self._desk.bridge.do(self._take(way), self.tr("Opening the store of keys"))

    async def _take(self, way: WayOut) -> None:
        try:
            status = await status_after(way, self._desk.secrets, self._notice.window())
        except CcrError:
            await self.refresh()
            raise
        if status is None:
            return
        self._show(status)
        if status.is_ready:
            await self._desk.bridge.reload()

    def _show(self, status: StoreStatus) -> None:
        if not isValid(self._notice):
            return  # it was closed meanwhile
        self.status = status
        self._notice.show_store(status)
        self.status_changed.emit(status)
