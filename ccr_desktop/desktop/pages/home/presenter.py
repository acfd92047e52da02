"""Connects Home with what happens; while the page is hidden, nothing is drawn."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt

from ccr_desktop.core.server.neighbours import find_free_port
from ccr_desktop.core.setup.edits import with_paused
from ccr_desktop.desktop.pages.home.page import HomePage
from ccr_desktop.desktop.pages.home.providers_card import provider_chips
from ccr_desktop.desktop.pages.home.steps import done_steps, first_steps
from ccr_desktop.desktop.reached import LAUNCH, TEST, note_reached, steps_reached
from ccr_desktop.desktop.sight import each_minute

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ccr_desktop.desktop.attention_lines import Remedy
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.state import Overview
    from ccr_desktop.launch.opening import Mode

_STEPS_HIDDEN = "home.steps-hidden"
_TRAY_HINT_HIDDEN = "home.tray-hint-hidden"


def build(desk: Desk) -> QWidget:
    page = HomePage()
    HomePresenter(page, desk)
    return page


class HomePresenter(QObject):
    """Lives as long as its page."""

    def __init__(self, page: HomePage, desk: Desk) -> None:
        super().__init__(page)
        self._page = page
        self._desk = desk
        self._bridge = desk.bridge
        self._concerns = desk.concerns
        self._follow()
        self._obey()
        self.refresh()

    def refresh(self) -> None:
        """Show everything as it is now."""
        bridge, page, now_s = self._bridge, self._page, time.time()
        overview = bridge.overview
        page.now.show_overview(overview)
        page.now.show_last(next(iter(bridge.journal.entries), None), now_s)
        chips = () if overview.is_demo else provider_chips(bridge.config, bridge.health)
        page.providers.show_chips(chips)
        projects = self._desk.launching.projects
        page.recent.show_projects(projects, bridge.config, str(Path.home()), now_s)
        page.today.show_totals(bridge.tally.totals, now_s)
        page.show_tray_hint(self._wants_tray_hint())
        page.show_attention(self._concerns.lines())
        self._show_steps(overview)

    # -- what is followed ------------------------------------------------------------------

    def _follow(self) -> None:
        queued = Qt.ConnectionType.QueuedConnection
        bridge, launching = self._bridge, self._desk.launching
        for signal in (
            bridge.overview_changed,
            bridge.config_changed,
            bridge.issues_changed,
            bridge.activity_changed,
            launching.projects_changed,
            self._desk.panel.missing_changed,
            self._concerns.changed,
        ):
            signal.connect(self._refresh_if_seen, queued)
        launching.opened.connect(self._launched)
        self._page.shown.connect(self.refresh)
        self._page.shown.connect(self._look_for_projects)
        each_minute(self._page, self.refresh)

    def _look_for_projects(self) -> None:
        """Commands and other programs use Claude Code, too, and tell nobody."""
        self._bridge.do(self._desk.launching.look(), self.tr("Looking for recent folders"))

    def _refresh_if_seen(self) -> None:
        if self._page.isVisible():
            self.refresh()

    def _launched(self) -> None:
        note_reached(self._desk.memory, LAUNCH)
        self._refresh_if_seen()

    # -- what people want ------------------------------------------------------------------

    def _obey(self) -> None:
        page, bridge = self._page, self._bridge
        go = bridge.page_wanted.emit
        page.now.pause_wanted.connect(bridge.pause_routing)
        page.now.resume_wanted.connect(bridge.resume_routing)
        page.now.request_wanted.connect(lambda name: go(f"activity/{name}"))
        page.providers.provider_wanted.connect(
            lambda name: go(f"providers/{name}" if name else "providers")
        )
        page.recent.launch_wanted.connect(self._launch)
        page.recent.all_wanted.connect(lambda: go("launch"))
        page.first_day.page_wanted.connect(go)
        page.first_day.assistant_wanted.connect(lambda: go("wizard"))
        page.first_day.hide_wanted.connect(self._hide_steps)
        page.attention.wanted.connect(self._mend)
        page.attention.ignored.connect(self._ignore)
        page.tray_hint_closed.connect(lambda: self._desk.memory.set(_TRAY_HINT_HIDDEN, True))

    def _launch(self, folder: str, mode: str) -> None:
        work = self._desk.launching.launch(Path(folder), cast("Mode", mode))
        self._bridge.do(work, self.tr("Launching Claude Code"))

    def _hide_steps(self) -> None:
        self._desk.memory.set(_STEPS_HIDDEN, True)
        self.refresh()

    def _mend(self, remedy: Remedy) -> None:
        supervisor = self._bridge.supervisor
        match remedy.does:
            case "page":
                self._bridge.page_wanted.emit(remedy.target)
            case "start":
                self._bridge.start()
            case "unmute":
                self._concerns.unmute()
            case "update":
                self._bridge.update_wanted.emit()
            case "switch-on":
                words = self.tr("Switched on {provider}").format(provider=remedy.target)
                self._bridge.edit(lambda raw: with_paused(raw, remedy.target, False), words)
            case "take-over":
                words = self.tr("Starting in place of the other router")
                self._bridge.do(supervisor.take_over(), words)
            case "other-port":
                work = self._start_elsewhere(int(remedy.target))
                self._bridge.do(work, self.tr("Starting on another port"))

    async def _start_elsewhere(self, port: int) -> None:
        """Choose the next port that is free, and keep it in the settings."""
        free = await asyncio.to_thread(find_free_port, port, self._bridge.config.host)
        words = self.tr("Port {port}").format(port=free)
        if await self._bridge.edit(lambda raw: {**raw, "PORT": free}, words):
            await self._bridge.supervisor.start_on(free)

    def _ignore(self, key: str) -> None:
        self._concerns.ignore_for_a_week(key)
        self.refresh()

    # -- parts of what is shown ------------------------------------------------------------

    def _wants_tray_hint(self) -> bool:
        return self._desk.panel.is_missing and not self._desk.memory.get(_TRAY_HINT_HIDDEN, False)

    def _show_steps(self, overview: Overview) -> None:
        """How far somebody is can't be told while the file can't be used."""
        bridge, memory = self._bridge, self._desk.memory
        reached = steps_reached(memory)
        done = done_steps(bridge.config, bridge.health, reached, is_demo=overview.is_demo)
        if TEST in done:
            note_reached(memory, TEST)
        is_wanted = not (overview.awaits_file or memory.get(_STEPS_HIDDEN, False))
        self._page.show_first_steps(first_steps(done), is_wanted=is_wanted)
