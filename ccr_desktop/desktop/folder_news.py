"""Has the known folders read again once Claude Code was used in another one, from wherever."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ccr_desktop.core.observe.events import RouteChosen

if TYPE_CHECKING:
    from ccr_desktop.core.observe.events import Event
    from ccr_desktop.desktop.bridge import Bridge
    from ccr_desktop.desktop.launching import Launching

SETTLE_MS = 1000
"""Claude Code writes down its session while it asks; and many requests come at once."""
_RECENT_S = 60.0


class FolderNews(QObject):
    """Lives as long as *parent*."""

    def __init__(self, bridge: Bridge, launching: Launching, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._launching = launching
        self._settle = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._settle.timeout.connect(self._look)
        bridge.happened.connect(self._heard)

    def _heard(self, event: Event) -> None:
        if isinstance(event, RouteChosen) and self._is_news(event) and not self._settle.isActive():
            self._settle.start()

    def _is_news(self, event: RouteChosen) -> bool:
        newest = next(iter(self._launching.projects), None)
        if not event.folder or event.is_aside:
            return False
        if newest is None or newest.folder != event.folder:
            return True
        return time.time() - newest.last_used_s > _RECENT_S

    def _look(self) -> None:
        self._bridge.do(self._launching.look(), self.tr("Looking for recent folders"))
