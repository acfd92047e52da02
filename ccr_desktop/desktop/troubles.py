"""What keeps the router from running as it should: said over every page, with the ways out."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from ccr_desktop.core.server import neighbours
from ccr_desktop.core.setup.history import last_good
from ccr_desktop.desktop import language
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.dialogs import Answer, cancel, choose
from ccr_desktop.desktop.in_force import in_force
from ccr_desktop.desktop.port_choice import use_port
from ccr_desktop.desktop.service_state import Phase, ServiceState
from ccr_desktop.errors import sentences

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.server.neighbours import PortConflict
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.window import Window

_SERVICE, _RESTART, _FILE = "service", "restart", "settings-file"


class Troubles(QObject):
    """Lives as long as the window."""

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(window)
        self._bridge = desk.bridge
        self._window = window
        self._banners = window.banners
        language.current().changed.connect(self._reword)
        self._bridge.ask_about_comments = self._may_lose_comments
        self._bridge.editor.others_words = self._others_words
        self._bridge.editor.may_replace_others = self._may_replace_others
        self._bridge.overview_changed.connect(self._look)
        self._bridge.issues_changed.connect(self._show_file)
        self._bridge.config_changed.connect(lambda _: self._show_file(self._bridge.issues))
        queued = Qt.ConnectionType.QueuedConnection  # once those who restart by themselves have
        self._bridge.config_changed.connect(self._show_restart, queued)
        self._seen: ServiceState | None = None
        self._elsewhere: tuple[str, str, int] | None = None
        """Where the router listens, and the host and the port that are set instead."""
        self._had_file = False
        self._look()
        self._show_file(())

    def _reword(self) -> None:
        self._seen = self._elsewhere = None
        self._look()
        self._show_file(())

    # -- the service -----------------------------------------------------------------------

    def _look(self) -> None:
        self._show_restart()
        state = self._bridge.supervisor.state
        if state == self._seen:
            return
        self._seen = state
        if state.phase is not Phase.FAILED:
            self._banners.take_away(_SERVICE)
        elif state.conflict:
            work = self._show_conflict(state, state.conflict)
            self._bridge.do(work, self.tr("Looking for a free port"))
        else:
            self._banners.put(
                _SERVICE,
                "error",
                sentences(state.problem_title, state.problem_text),
                (self.tr("Start again"), self._bridge.start),
            )

    def _show_restart(self, *_: object) -> None:
        bridge = self._bridge
        if not bridge.needs_restart:
            self._elsewhere = None
            self._banners.take_away(_RESTART)
            return
        url, config = bridge.supervisor.state.url, bridge.config
        if self._elsewhere == (url, config.host, config.port):
            return  # it may have been put away
        self._elsewhere = url, config.host, config.port
        words = self.tr("The router still listens on {address}. With a restart the new one counts.")
        button = self.tr("Restart the router"), bridge.restart
        self._banners.put(_RESTART, "warn", words.format(address=url.split("//")[-1]), button)

    async def _show_conflict(self, state: ServiceState, conflict: PortConflict) -> None:
        free = await asyncio.to_thread(neighbours.find_free_port, conflict.port)
        if self._bridge.supervisor.state != state:
            return
        another = (
            self.tr("Use {port}").format(port=free),
            lambda: use_port(self._bridge, free),
        )
        text = self._words(conflict, free)
        if conflict.can_take_over:
            take = (self.tr("Close and start"), self._take_over)
            self._banners.put(_SERVICE, "error", text, take, another)
        else:
            choose_it = (self.tr("Choose…"), lambda: self._window.show_page("settings/service"))
            self._banners.put(_SERVICE, "error", text, another, choose_it)

    def _words(self, conflict: PortConflict, free: int) -> str:
        if conflict.can_take_over:
            return self.tr(
                "An older copy of the router is still running. Close it and start again?"
            )
        holder = in_words(conflict.holder) or self.tr("another program")
        text = self.tr("Port {port} is used by {program}. Use {free} instead?")
        return text.format(port=conflict.port, program=holder, free=free)

    def _take_over(self) -> asyncio.Task[ServiceState]:
        work = self._bridge.supervisor.take_over()
        return self._bridge.do(work, self.tr("Starting the router"))

    # -- the settings file -----------------------------------------------------------------

    def _show_file(self, _issues: tuple[Issue, ...]) -> None:
        """What is wrong with the file, while another configuration is in force."""
        store = self._bridge.store
        has_file = store.path == store.save_path
        self._had_file = self._had_file or has_file
        problems = [issue for issue in store.problems if issue.severity == "error"]
        is_gone = self._had_file and not has_file
        if problems:
            self._show_problems(problems, is_gone=is_gone)
        elif is_gone:
            self._banners.put(_FILE, "warn", self._gone(), self._way_back())
        else:
            self._banners.take_away(_FILE)

    def _gone(self) -> str:
        if self._bridge.store.path is None:
            return self.tr(
                "The settings file was deleted or moved. The built-in settings count now."
            )
        return self.tr(
            "The settings file was deleted or moved. Those of claude-code-router count now."
        )

    def _show_problems(self, problems: list[Issue], *, is_gone: bool) -> None:
        """*is_gone*: what can't be used is the file that was found in the place of ours."""
        words = self.tr("The settings file can't be used: {problem} {rest}")
        if is_gone:
            words = self.tr(
                "The settings file was deleted or moved, and that of claude-code-router can't be"
                " used: {problem} {rest}"
            )
        text = words.format(
            problem=in_words(f"{str(problems[0]).rstrip('.')}."), rest=in_force(self._bridge.store)
        )
        if more := len(problems) - 1:
            text += self.tr(" ({count} more)").format(count=more)
        self._banners.put(
            _FILE,
            "error",
            text,
            (self.tr("Show the problem"), lambda: self._window.show_page("settings/text/problem")),
            self._way_back(),
        )

    def _way_back(self) -> tuple[str, Callable[[], object]] | None:
        """None at a first start, say: there is no earlier version to go back to."""
        if not self._bridge.store.versions():
            return None
        words = self.tr("Restore the last good version")
        return words, lambda: self._bridge.do(self._restore(), words)

    async def _restore(self) -> None:
        """The file as it is now stays among the earlier versions."""
        base = self._bridge.store.revision
        found = await asyncio.to_thread(last_good, self._bridge.store)
        if found is None:  # the person may find something there all the same
            self._window.show_page("settings/history")
            return
        await self._bridge.restore(found.name, self.tr("Restored the last good settings"), base)

    async def _may_lose_comments(self) -> bool:
        answer = await choose(
            self._window,
            self.tr("A setting is in your settings file twice"),
            self.tr(
                "A change from this window writes the file anew: of such settings with the last one"
                " only, and without comments. The file as it is now is kept among the earlier"
                " versions."
            ),
            [cancel(), Answer("go", self.tr("Change it anyway"), "primary")],
        )
        return answer == "go"

    async def _others_words(self) -> str:
        answer = await choose(
            self._window,
            self.tr("Take back what was changed elsewhere?"),
            self.tr(
                "A command or another program changed the settings file since the last change from"
                " this window. That comes first. Redo brings it back."
            ),
            [cancel(), Answer("go", self.tr("Take it back"), "primary")],
        )
        return self.tr("Changed elsewhere") if answer == "go" else ""

    async def _may_replace_others(self) -> bool:
        answer = await choose(
            self._window,
            self.tr("Replace what was changed elsewhere?"),
            self.tr(
                "A command or another program changed the settings file since the undo. Redo puts"
                " the file of before the undo in its place. Undo brings it back."
            ),
            [cancel(), Answer("go", self.tr("Replace it"), "primary")],
        )
        return answer == "go"
