"""Presenter of the last step."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSystemTrayIcon

from ccr_desktop.autostart.registration import autostart_for_system
from ccr_desktop.core.observe.events import ExchangeEnded
from ccr_desktop.desktop import figures
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.dialogs import pick_folder
from ccr_desktop.desktop.pages.settings.general import StartAtLogin
from ccr_desktop.desktop.state import model_of
from ccr_desktop.desktop.wizard.step import Primary, StepPresenter
from ccr_desktop.errors import CcrError, ClaudeMissing, FolderMissing, as_sentences
from ccr_desktop.launch.program import find_claude, with_version
from ccr_desktop.launch.terminals import chosen_terminal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ccr_desktop.core.observe.events import Event
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.launching import NotOpened, Opened
    from ccr_desktop.desktop.wizard.draft import Progress
    from ccr_desktop.desktop.wizard.launch_view import LaunchView


class Launch(StepPresenter):
    """Done once a request was answered; until then the main button launches."""

    def __init__(self, view: LaunchView, desk: Desk, progress: Progress) -> None:
        super().__init__(view, desk, progress)
        self._view = view
        self._is_here = False
        self._is_launching = False
        self._works = False
        self._login: StartAtLogin | None = None
        queued = Qt.ConnectionType.QueuedConnection
        desk.bridge.happened.connect(self._happened, queued)
        desk.launching.opened.connect(self._opened, queued)
        desk.launching.failed.connect(self._failed, queued)
        progress.provider_changed.connect(self._forget)
        view.check_wanted.connect(self._look)
        view.choose_wanted.connect(self._choose)
        view.folder.textChanged.connect(self._folder_typed)

    def enter(self) -> None:
        self._is_here = True
        self._view.folder.setText(self.progress.draft.folder or self._usual_folder())
        if self._login is None:  # it asks the system
            self._login = StartAtLogin(self.desk.bridge, self._view.login, autostart_for_system())
        self._view.no_tray.setVisible(not QSystemTrayIcon.isSystemTrayAvailable())
        if not self._works:
            words = self.tr("Waiting for the first request. You can also finish, and start later.")
            self._view.show_outcome("info", words)
        self._look()

    def primary(self) -> Primary:
        if self._works:
            return Primary(self.tr("Done"))
        return Primary(self.tr("Launch Claude Code"), not self._is_launching)

    def forward(self) -> None:
        if self._works:
            self.done.emit()
            return
        folder = self._view.folder_path()
        if folder is None:
            self._refuse_folder(self._folder_needed())
            return
        self._is_launching = True
        self.changed.emit()
        self.desk.bridge.do(self._launch(folder), self.tr("Launching Claude Code"))

    def first_widget(self) -> QWidget | None:
        return None if self._view.folder_path() else self._view.folder

    def _forget(self) -> None:
        """What answers next is another provider, or the assistant is begun anew."""
        self._works = self._is_here = False

    def _usual_folder(self) -> str:
        """That of the last project; no guess, as Claude Code may change all that is in it."""
        recent = self.desk.launching.recent_folders()
        return next((str(folder) for folder in recent if folder != Path.home()), "")

    def _folder_needed(self) -> str:
        if self._view.folder.text().strip():
            return self.tr("Enter the whole path of a folder, such as {example}.").format(
                example=Path.home() / "shop"
            )
        return self.tr("Choose the folder of a project: Claude Code works on what is in it.")

    def _refuse_folder(self, words: str) -> None:
        self._view.folder_row.show_error(words)
        self._view.folder.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reveal_wanted.emit(self._view.folder_row)

    def _look(self) -> None:
        self.desk.launching.forget_program()
        self.desk.bridge.do(self._looked(), self.tr("Looking for Claude Code"))

    async def _looked(self) -> None:
        config = self.desk.bridge.config
        try:
            program = await asyncio.to_thread(find_claude, config)
        except ClaudeMissing as exc:
            words = self.tr("Claude Code was not found")
            self._view.show_claude(words, exc.install, is_found=False)
        else:
            program = await asyncio.to_thread(with_version, program, os.environ)
            words = self.tr("Claude Code {version} is here").format(version=program.version)
            self._view.show_claude(words, is_found=True)
        try:
            terminal = await asyncio.to_thread(chosen_terminal, config.desktop.terminal)
        except CcrError:
            terminal = None
        self._view.show_terminal(in_words(terminal.label) if terminal else "")

    def _choose(self) -> None:
        async def choose() -> None:
            title = self.tr("Folder to work in")
            start = self._view.folder_path() or Path.home()
            if folder := await pick_folder(self._view.window(), title, start):
                self._view.folder.setText(str(folder))

        self.desk.bridge.do(choose(), self.tr("Choosing a folder"))

    def _folder_typed(self, text: str) -> None:
        self._view.folder_row.clear_error()
        if self._is_here:
            self.progress.change(folder=text.strip())

    async def _launch(self, folder: Path) -> None:
        try:
            await self.desk.launching.launch(folder)
        except CcrError:
            pass  # `failed` told of it
        finally:
            self._is_launching = False
            self.changed.emit()

    # -- what is told ----------------------------------------------------------------------

    def _opened(self, opened: Opened) -> None:
        words = self.tr("Claude Code is open in {name}. Ask it something there.")
        self._view.show_outcome("info", words.format(name=in_words(opened.launched.terminal.label)))

    def _failed(self, failure: NotOpened) -> None:
        words = in_words(as_sentences(failure.error))
        if isinstance(failure.error, ClaudeMissing):
            words = self.tr("Claude Code was not found. The install guide says how to get it.")
            self._look()
        if isinstance(failure.error, FolderMissing) and failure.folder == self._view.folder_path():
            self._refuse_folder(words)
        else:
            self._view.show_outcome("error", words)

    def _happened(self, event: Event) -> None:
        if not self._is_here or self._works or not isinstance(event, ExchangeEnded):
            return
        if event.status < 400 and not event.error:
            words = self.tr("It works: your first request used {model} and took {time}.")
            took = figures.duration(event.duration_s)
            text = words.format(model=model_of(event.route), time=took)
            self._works = True
            self._view.show_outcome("ok", text)
            self.changed.emit()
        else:
            words = self.tr("The first request failed: {error}")
            self._view.show_outcome("error", words.format(error=event.error or event.status))
