"""Renaming helper agents that have a model, and proposing names for further ones."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from ccr_desktop import paths
from ccr_desktop.core.routing.prompts import TextFiles, agent_prompts
from ccr_desktop.core.routing.subagents import OWN_AGENTS
from ccr_desktop.core.setup.route_lists import free_agent_name, with_agent_renamed
from ccr_desktop.desktop.name_dialog import ask_name
from ccr_desktop.desktop.pages.routes.records import AGENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.routes.page import RoutesPage

_FOLDERS = 20  # whose agents are looked for: each is a folder to read


class AgentsPresenter(QObject):
    """*shown* tells the route set that the page shows. Agents' files are read, never written."""

    def __init__(self, page: RoutesPage, desk: Desk, shown: Callable[[], str]) -> None:
        super().__init__(page)
        self._page = page
        self._bridge = desk.bridge
        self._launching = desk.launching
        self._shown = shown
        self._files = TextFiles()
        page.agents.rename_wanted.connect(
            lambda place: desk.bridge.do(
                self._rename(place.removeprefix(AGENT)), self.tr("Renaming an agent")
            )
        )
        queued = Qt.ConnectionType.QueuedConnection
        desk.bridge.config_changed.connect(self._look_soon, queued)
        desk.launching.projects_changed.connect(self._look_soon, queued)
        self._look_soon()

    def _look_soon(self) -> None:
        self._bridge.do(self._look(), self.tr("Looking for agents"))

    async def _look(self) -> None:
        folders = [paths.expanded(folder) for folder in self._bridge.written.projects]
        folders += self._launching.recent_folders()
        names = await asyncio.to_thread(self._names, folders[:_FOLDERS])
        self._page.agents.propose(names)

    def _names(self, folders: Iterable[Path]) -> tuple[str, ...]:
        """Claude Code's own agents, then those in the files of the user and of his projects."""
        found = dict.fromkeys(OWN_AGENTS.values())
        for folder in (None, *folders):
            found |= dict.fromkeys(agent_prompts(self._files, Path.home(), folder))
        return tuple(found)

    async def _rename(self, old: str) -> None:
        title, button = self.tr("Rename the agent"), self.tr("Rename")
        route_set = self._shown()
        check = partial(free_agent_name, self._bridge.raw, route_set=route_set, besides=old)
        name = await ask_name(self._page, title, button, old, check)
        if not name or name == old:
            return
        words = self.tr("Renamed {old} to {name}").format(old=old, name=name)
        self._bridge.edit(lambda raw: with_agent_renamed(raw, old, name, route_set), words)
