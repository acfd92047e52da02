"""What becomes of the app when its window is closed, and when the person quits."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from ccr_desktop.core.setup.edits import with_desktop
from ccr_desktop.desktop import language, lists
from ccr_desktop.desktop.dialogs import Answer, cancel, choose
from ccr_desktop.desktop.system.endings import QUITS, RESTARTS, UPDATES
from ccr_desktop.desktop.unsaved import unsaved_in

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from ccr_desktop.desktop.bridge import Bridge
    from ccr_desktop.desktop.system.endings import Endings
    from ccr_desktop.desktop.tray.tray import Tray
    from ccr_desktop.desktop.unsaved import Unsaved
    from ccr_desktop.desktop.window import Window

_LEAVING = "leaving"


class Closing(QObject):
    """Who wants the app to end is told to *endings*, once nobody loses anything by it."""

    def __init__(self, bridge: Bridge, window: Window, tray: Tray, endings: Endings) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._window = window
        self._tray = tray
        self._endings = endings
        self._question: asyncio.Task[None] | None = None
        self._awaited: asyncio.Task[None] | None = None
        language.current().changed.connect(self._reword)

    def close_window(self) -> None:
        """Hide it, minimise it or quit, as the person said once or is asked now."""
        wish = self._bridge.config.desktop.on_close
        if not self._tray.is_present and wish != "quit":
            self._window.showMinimized()
        elif wish == "background":
            self._window.hide()
        elif wish == "quit":
            self.quit()
        else:
            self._ask(self._ask_close())

    def quit(self, reason: str = QUITS) -> None:
        """End the app; while requests run, or something is not saved, the person is asked."""
        editors = unsaved_in(self._window)
        if editors or self._bridge.draft.unsaved:
            self._ask(self._ask_unsaved(editors, reason))
        else:
            self._quit_saved(reason)

    def _quit_saved(self, reason: str) -> None:
        """Nothing is entered any more that the person minds losing."""
        if running := len(self._bridge.journal.running):
            self._ask(self._ask_quit(running, reason))
        else:
            self._want(reason)

    def _want(self, reason: str) -> None:
        self._bridge.draft.hold(None)
        self._endings.want(reason)

    def restart(self) -> None:
        """End the app as if to quit; it is started again after that."""
        self.quit(RESTARTS)

    def update(self) -> None:
        """End the app as if to quit; the installer of a new version is started after that."""
        self.quit(UPDATES)

    def _ask(self, question: Coroutine[Any, Any, None]) -> None:
        """One question at a time."""
        if self._question is None or self._question.done():
            self._question = self._bridge.do(question, self.tr("Closing"))
        else:
            question.close()

    async def _ask_close(self) -> None:
        answer = await choose(
            self._window,
            self.tr("Keep running in the background?"),
            self.tr(
                "The router goes on and Claude Code keeps working; the icon in the panel opens"
                " this window again. Settings can change this later."
            ),
            [
                cancel(),
                Answer("quit", self.tr("Quit")),
                Answer("background", self.tr("Keep running"), "primary"),
            ],
        )
        if answer:
            self._bridge.edit(lambda raw: with_desktop(raw, "onClose", answer), "")
        if answer == "background":
            self._window.hide()
        elif answer == "quit":
            self._question = None
            self.quit()

    async def _ask_unsaved(self, editors: list[Unsaved], reason: str) -> None:
        self._window.come_forward()
        names = [f"“{editor.title}”" for editor in editors]
        if self._bridge.draft.unsaved:
            names.append(self.tr("the text of the settings file"))
        over = editors[0].window if editors else self._window
        discard = self.tr("Discard and restart") if reason == RESTARTS else ""
        answer = await choose(
            over,
            self.tr("What you entered is not saved"),
            self.tr("It is lost when the app ends now: {names}.").format(names=lists.names(names)),
            [
                cancel(),
                Answer("discard", discard or self.tr("Discard and quit"), "danger"),
                Answer("show", self.tr("Show"), "primary"),
            ],
        )
        if answer == "show":
            self._show(editors)
        elif answer == "discard":
            self._question = None
            self._quit_saved(reason)

    def _show(self, editors: list[Unsaved]) -> None:
        """The first of what is not saved; a dialog is over the page that it belongs to."""
        place = editors[0].place if editors else "settings/text"
        if place:
            self._window.show_page(place)
        if editors:
            editors[0].come_forward()

    async def _ask_quit(self, running: int, reason: str) -> None:
        words, later = self.tr("A request is running."), self.tr("When it finishes")
        if running != 1:
            words = self.tr("{count} requests are running.").format(count=running)
            later = self.tr("When they finish")
        self._stay()  # until this is answered: the person may think better of it
        self._window.come_forward()
        answer = await choose(
            self._window,
            words,
            self.tr("Claude Code loses its answer when the router ends now."),
            [
                cancel(),
                Answer("now", self.tr("Quit now"), "danger"),
                Answer("later", later, "primary"),
            ],
        )
        if answer == "later":
            self._awaited = self._bridge.do(self._leave_later(reason), self.tr("Closing"))
            self._tell_leaving()
        elif answer == "now":
            self._bridge.stop_requests()
            self._want(reason)

    async def _leave_later(self, reason: str) -> None:
        await self._all_finished()
        self._window.banners.take_away(_LEAVING)
        self.quit(reason)  # something may have been entered meanwhile

    def _tell_leaving(self) -> None:
        text = self.tr("The app ends as soon as no request is running.")
        stay = self.tr("Keep running"), self._stay
        self._window.banners.put(_LEAVING, "info", text, stay, closable=False)

    def _stay(self) -> None:
        """Wait no longer for the end of the requests to end with them."""
        if self._awaited is not None:
            self._awaited.cancel()
            self._awaited = None
            self._window.banners.take_away(_LEAVING)

    def _reword(self) -> None:
        if self._window.banners.text(_LEAVING):
            self._tell_leaving()

    async def _all_finished(self) -> None:
        finished = asyncio.Event()

        def look() -> None:
            if not self._bridge.journal.running:
                finished.set()

        self._bridge.activity_changed.connect(look)
        look()
        try:
            await finished.wait()
        finally:
            self._bridge.activity_changed.disconnect(look)
