"""Connects Launch with the folders, and launches."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from ccr_desktop.core.setup.edits import with_project_routes
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.dialogs import ask, pick_folder
from ccr_desktop.desktop.folder_routes import route_set_of
from ccr_desktop.desktop.leaving import ask_until_left
from ccr_desktop.desktop.pages.launch.options_dialog import OptionsDialog
from ccr_desktop.desktop.pages.launch.page import LaunchPage
from ccr_desktop.desktop.pages.launch.rows import folder_of
from ccr_desktop.desktop.pages.launch.session_picker import SessionPicker
from ccr_desktop.desktop.pages.launch.surroundings import Surroundings
from ccr_desktop.desktop.sight import InSight, each_minute
from ccr_desktop.errors import CcrError, ClaudeMissing, TerminalMissing, as_sentences
from ccr_desktop.launch.projects import Project
from ccr_desktop.launch.sessions import sessions_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.launching import NotOpened
    from ccr_desktop.desktop.pages.launch.rows import Folder
    from ccr_desktop.launch.opening import Mode


def build(desk: Desk) -> QWidget:
    page = LaunchPage()
    LaunchPresenter(page, desk)
    return page


class LaunchPresenter(QObject):
    """Lives as long as its page."""

    def __init__(self, page: LaunchPage, desk: Desk) -> None:
        super().__init__(page)
        self._page = page
        self._bridge = desk.bridge
        self._launching = desk.launching
        self._surroundings = Surroundings(page, desk)
        self._connect()
        self._show_folders()
        if failure := self._launching.failure:
            self._failed(failure)

    def _connect(self) -> None:
        queued = Qt.ConnectionType.QueuedConnection
        launching, card = self._launching, self._page.projects
        launching.projects_changed.connect(self._show_folders, queued)
        launching.opened.connect(self._opened, queued)
        launching.settled.connect(self._opened, queued)
        launching.failed.connect(self._failed, queued)
        launching.answered.connect(self._show_folders, queued)
        self._bridge.config_changed.connect(InSight(self._page, self._show_folders).ask, queued)
        each_minute(self._page, self._show_folders)
        card.add_wanted.connect(self._add)
        card.launch_wanted.connect(self._launch)
        card.continue_wanted.connect(lambda folder: self._launch(folder, "continue"))
        card.resume_wanted.connect(self._resume)
        card.options_wanted.connect(self._change_options)
        card.forget_wanted.connect(self._forget)
        self._page.shown.connect(self._look)
        self._page.failure_closed.connect(launching.settle)
        self._page.dropped.connect(self._added)
        self._page.resume_wanted.connect(self._resume_somewhere)

    # -- what is shown ---------------------------------------------------------------------

    def _look(self) -> None:
        """Commands and other programs use Claude Code, too, and tell nobody."""
        self._bridge.do(self._launching.look(), self.tr("Looking for recent folders"))
        self._bridge.do(self._launching.look_again(), self.tr("Looking for Claude Code"))

    def _show_folders(self) -> None:
        self._page.projects.show_folders([self._folder(each) for each in self._launching.projects])

    def _folder(self, project: Project) -> Folder:
        path, failure = Path(project.folder), self._launching.failure
        problem = in_words(failure.error.title) if failure and failure.folder == path else ""
        first = self._launching.first_requests.of(path)
        return folder_of(project, self._bridge.config, first, problem)

    def _opened(self) -> None:
        self._page.show_failure("")
        self._show_folders()

    def _failed(self, failure: NotOpened) -> None:
        error = failure.error
        commands = error.commands if isinstance(error, TerminalMissing) else ()
        words = in_words(as_sentences(error))
        if isinstance(error, ClaudeMissing):  # its own words send people to this page
            words = self.tr(
                "Claude Code was not found. The install guide below tells how to get it; Locate…"
                " is for one that is here already."
            )
        self._page.show_failure(words, commands)
        self._show_folders()
        if isinstance(error, ClaudeMissing):
            self._surroundings.look_for_claude()

    # -- what is done ----------------------------------------------------------------------

    def _launch(self, folder: Path, mode: Mode = "new", session_id: str = "") -> None:
        async def launch() -> None:
            with suppress(CcrError):  # `failed` told of it
                await self._launching.launch(folder, mode, session_id=session_id)

        self._bridge.do(launch(), self.tr("Launching Claude Code"))

    def _resume(self, folder: Path) -> None:
        self._bridge.do(self._resumed(folder), self.tr("Looking for sessions"))

    def _resume_somewhere(self) -> None:
        if folder := self._page.projects.folder():
            self._resume(folder)

    async def _resumed(self, folder: Path) -> None:
        picker = SessionPicker(folder, self._page.window())
        reading = self._bridge.do(self._read(picker, folder), self.tr("Looking for sessions"))
        try:
            await ask(picker)
        finally:
            reading.cancel()
            picker.deleteLater()
        if picker.session_id:
            self._launch(folder, "resume", picker.session_id)

    async def _read(self, picker: SessionPicker, folder: Path) -> None:
        picker.show_sessions(await asyncio.to_thread(sessions_of, folder))

    def _add(self) -> None:
        async def add() -> None:
            if folder := await pick_folder(self._page.window(), self.tr("Add a folder")):
                await self._noted([folder])

        self._bridge.do(add(), self.tr("Adding a folder"))

    def _added(self, folders: Sequence[Path]) -> None:
        self._bridge.do(self._noted(folders), self.tr("Adding a folder"))

    async def _noted(self, folders: Sequence[Path]) -> None:
        """A folder that is new stands at the top, as one that was just used does."""
        for folder in folders:
            await asyncio.to_thread(self._launching.store.used, folder)
        await self._launching.look()
        self._page.projects.list.select(str(folders[0]))

    def _forget(self, folder: Path) -> None:
        async def forget() -> None:
            await asyncio.to_thread(self._launching.store.forget, folder)
            self._launching.settle(lambda failure: failure.folder == folder)
            await self._launching.look()

        self._bridge.do(forget(), self.tr("Forgetting the folder"))

    def _change_options(self, folder: Path) -> None:
        self._bridge.do(self._options_changed(folder), self.tr("Changing the launch"))

    async def _options_changed(self, folder: Path) -> None:
        config = self._bridge.config
        project = await asyncio.to_thread(self._launching.store.find, folder)
        known = folder_of(project, config, None, "")
        route_set = route_set_of(config, folder)
        dialog = OptionsDialog(known, route_set, [*config.route_sets], self._page.window())
        try:
            if not await ask_until_left(dialog, dialog, self._bridge):
                return
        finally:
            dialog.deleteLater()
        if dialog.arguments != project.arguments:
            store, arguments = self._launching.store, dialog.arguments
            await asyncio.to_thread(lambda: store.change(folder, arguments=arguments))
            await self._launching.look()
        if dialog.route_set is not None:
            self._set_routes(folder, dialog.route_set)

    def _set_routes(self, folder: Path, route_set: str) -> None:
        words = (
            self.tr("{folder} uses the route set {name}")
            if route_set
            else self.tr("{folder} uses the route set in use")
        )
        self._bridge.edit(
            lambda raw: with_project_routes(raw, str(folder), route_set or None),
            words.format(folder=folder.name, name=route_set),
        )
