"""Opening Claude Code from the app, and the folders that it was opened in."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ccr_desktop.launch.opening import LaunchRequest, prepare
from ccr_desktop.launch.projects import Projects

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.launch.opening import Launched, Mode
    from ccr_desktop.launch.program import ClaudeProgram
    from ccr_desktop.launch.projects import Project

_KNOWN = 20


class Launching(QObject):
    """Signal: `projects_changed`, when `projects` has something new.

    `launched` carries a `Launched` once a terminal was started.
    """

    projects_changed = Signal()
    launched = Signal(object)

    def __init__(self, config: Callable[[], Config], projects: Projects | None = None) -> None:
        super().__init__()
        self._config = config
        self.store = projects or Projects()
        self.projects: tuple[Project, ...] = ()
        """Folders of our own launches and of Claude Code's past sessions, newest first."""
        self._program: ClaudeProgram | None = None

    def recent_folders(self) -> tuple[Path, ...]:
        return tuple(Path(project.folder) for project in self.projects)

    async def look(self) -> None:
        """Read the known folders again."""
        found = tuple(await asyncio.to_thread(self.store.known, _KNOWN))
        if found != self.projects:
            self.projects = found
            self.projects_changed.emit()

    async def launch(
        self,
        folder: Path,
        mode: Mode = "new",
        *,
        session_id: str = "",
        arguments: tuple[str, ...] = (),
        terminal: str = "",
    ) -> Launched:
        """Open Claude Code in a terminal.

        Raises `ClaudeMissing`, `FolderMissing`, `TerminalMissing` and `ClientError`.
        """
        config = self._config()
        project = await asyncio.to_thread(self.store.find, folder)
        request = LaunchRequest(
            folder=folder,
            mode=mode,
            session_id=session_id,
            arguments=(*project.arguments, *arguments),
            terminal=terminal or config.desktop.terminal,
            program=self._program,
        )
        prepared = await asyncio.to_thread(prepare, request, config)
        self._program = prepared.program
        done = await asyncio.to_thread(prepared.open)
        await asyncio.to_thread(self.store.used, folder)
        await self.look()
        self.launched.emit(done)
        return done
