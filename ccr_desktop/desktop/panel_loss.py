"""What becomes of a hidden window when the panel that showed the icon is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from ccr_desktop.desktop.tray.tray import Tray
    from ccr_desktop.desktop.window import Window

GRACE_MS = 10_000
"""So long a panel may take to start again: nothing moves for that."""


class PanelLoss(QObject):
    """Without a panel nothing would lead to a hidden window: it is minimised then.

    Once there is a panel it is hidden again, unless the person opened it meanwhile.
    """

    def __init__(self, window: Window, tray: Tray) -> None:
        super().__init__(window)
        self._window = window
        self._is_minimised = False
        self._grace = QTimer(self, interval=GRACE_MS, singleShot=True)
        self._grace.timeout.connect(self._bring_back)
        tray.presence_changed.connect(self._panel_changed)

    def minimise(self) -> None:
        self._window.showMinimized()
        self._is_minimised = True

    def _panel_changed(self, is_present: bool) -> None:
        if not is_present:
            self._grace.start()
            return
        self._grace.stop()
        if self._is_minimised and self._window.isMinimized():
            self._window.hide()
        self._is_minimised = False

    def _bring_back(self) -> None:
        if not self._window.isVisible():
            self.minimise()
