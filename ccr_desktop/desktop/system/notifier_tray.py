"""Notices as messages of the tray icon: all that Qt can do on Windows and macOS.

One at a time, without buttons; a click is told without saying on which, so it is the newest. An
icon's message can't be taken back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from ccr_desktop.desktop.notice import Do, Notice
from ccr_desktop.desktop.system.notifier import Chosen, Listener, NotShown

ShowMessage = Callable[[Notice], bool]
"""Calls `QSystemTrayIcon.showMessage`; False when there is no tray or it shows no messages."""


class TrayNotifier:
    """Connect the icon's `messageClicked` to `clicked`."""

    def __init__(self, show_message: ShowMessage) -> None:
        self.listener: Listener = lambda answer: None
        self._show_message = show_message
        self._newest: Notice | None = None

    async def show(self, notice: Notice) -> int:
        if not self._show_message(notice):
            raise NotShown("there is no tray icon to show it at")
        self._newest = notice
        return 1

    def clicked(self) -> None:
        if self._newest:
            self.listener(Chosen(self._newest, Do.OPEN))

    async def close(self, number: int) -> None:
        """It goes away by itself."""

    async def run(self) -> None:
        """The icon is the app's."""
        await asyncio.Event().wait()
