"""The modules of pages that were not opened yet, loaded bit by bit while the window is seen.

A page brings thirty to a hundred of its own, which took as long as all that it shows.
"""

from __future__ import annotations

from collections import deque
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ccr_desktop.desktop import pages, updating, wizard
from ccr_desktop.desktop.sight import InSight

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_AFTER_MS = 1000  # what is seen first has its pictures and figures by then
_EVERY_MS = 20


class Warming(QObject):
    """Begins when *window* is shown for the first time: an app in the tray has no use for pages.

    One module a turn, which takes some milliseconds, so that nothing waits for it.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._left: deque[str] | None = None
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self._load)
        InSight(window, self._begin).ask()

    @property
    def is_over(self) -> bool:
        return self._left is not None and not self._left

    def _begin(self) -> None:
        self._left = deque(
            each.name
            for package in (pages, wizard, updating)
            for each in walk_packages(package.__path__, f"{package.__name__}.")
        )
        QTimer.singleShot(_AFTER_MS, self._timer, self._timer.start)

    def _load(self) -> None:
        if self._left:
            import_module(self._left.popleft())
        else:
            self._timer.stop()
