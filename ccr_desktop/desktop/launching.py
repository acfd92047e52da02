"""Opening Claude Code from the app, and the folders that it was opened in."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, Signal

from ccr_desktop.desktop.first_requests import FirstRequests
from ccr_desktop.desktop.service_state import Phase
from ccr_desktop.errors import (
    CcrError,
    ClaudeMissing,
    FolderMissing,
    ServiceError,
    TerminalMissing,
    sentences,
)
from ccr_desktop.launch.opening import LaunchRequest, prepare
from ccr_desktop.launch.projects import Projects
from ccr_desktop.launch.sessions import has_any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.observe.events import Event
    from ccr_desktop.desktop.service_state import ServiceState
    from ccr_desktop.launch.opening import Launched, Mode
    from ccr_desktop.launch.program import ClaudeProgram
    from ccr_desktop.launch.projects import Project

_KNOWN = 20
_MISSING = (ClaudeMissing, FolderMissing, TerminalMissing)


@dataclass(frozen=True, slots=True)
class Opened:
    """A terminal that was started for a folder."""

    folder: Path
    launched: Launched


@dataclass(frozen=True, slots=True)
class NotOpened:
    """A launch that failed. `error` says why in words; a missing terminal has `commands`, too."""

    folder: Path
    error: CcrError


class Launching(QObject):
    """Signals: `projects_changed`, when `projects` has something new; `opened` carries an `Opened`
    once a terminal was started; `failed` a `NotOpened`, before the same error is raised;
    `began_anew` a folder in which there was nothing to continue;
    `settled`, when that failure is over without another launch; `answered` the `FirstRequest` that
    came of a launch.

    *start_router* has the router run before Claude Code needs it.
    """

    projects_changed = Signal()
    opened = Signal(object)
    failed = Signal(object)
    began_anew = Signal(object)
    settled = Signal()
    answered = Signal(object)

    def __init__(
        self,
        config: Callable[[], Config],
        start_router: Callable[[], Awaitable[ServiceState]],
        projects: Projects | None = None,
    ) -> None:
        super().__init__()
        self._config = config
        self._start_router = start_router
        self.store = projects or Projects()
        self.projects: tuple[Project, ...] = ()
        """Folders of our own launches and of Claude Code's past sessions, newest first."""
        self.failure: NotOpened | None = None
        """Of the last launch, for pages that were not there when it failed."""
        self.first_requests = FirstRequests()
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

        Raises `ClaudeMissing`, `FolderMissing`, `TerminalMissing`, `ServiceError`, `ClientError`.
        """
        request = LaunchRequest(
            folder=folder,
            mode=mode,
            session_id=session_id,
            arguments=arguments,
            terminal=terminal or self._config().desktop.terminal,
            program=self._program,
        )
        self.failure = None
        try:
            done = await self._open(request)
        except CcrError as exc:
            self.failure = NotOpened(folder, exc)
            self.failed.emit(self.failure)
            raise
        self.first_requests.launched(folder)
        self.opened.emit(Opened(folder, done))
        await self.look()
        return done

    def note(self, event: Event) -> None:
        """Take in an event of the router's bus."""
        if found := self.first_requests.note(event):
            self.answered.emit(found)

    def settle(self, is_over: Callable[[NotOpened], bool] = lambda _failure: True) -> None:
        """What kept the last launch from working is mended, or a person took note of it."""
        if self.failure is not None and is_over(self.failure):
            self.failure = None
            self.settled.emit()

    async def look_again(self) -> None:
        """Take the last failure back where what was missing is there by now."""
        failure = self.failure
        if failure is None or not isinstance(failure.error, _MISSING):
            return
        config = self._config()
        request = LaunchRequest(folder=failure.folder, terminal=config.desktop.terminal)
        with suppress(CcrError):
            await asyncio.to_thread(prepare, request, config)
            self.settle(lambda present: present is failure)

    def forget_program(self) -> None:
        """Look for Claude Code again at the next launch."""
        self._program = None

    async def _open(self, request: LaunchRequest) -> Launched:
        project = await asyncio.to_thread(self.store.find, request.folder)
        request = replace(request, arguments=(*project.arguments, *request.arguments))
        begins_anew = request.mode == "continue" and not await asyncio.to_thread(
            has_any, request.folder
        )
        if begins_anew:  # Claude Code would end at once
            request = replace(request, mode="new")
        prepared = await asyncio.to_thread(prepare, request, self._config())
        self._program = prepared.program
        state = await self._start_router()
        if state.phase is not Phase.RUNNING:
            raise ServiceError(
                "The router does not run",
                sentences(state.problem_title, state.problem_text).strip(". "),
            )
        config = replace(prepared.config, port=urlsplit(state.url).port or prepared.config.port)
        done = await asyncio.to_thread(replace(prepared, config=config).open)
        await asyncio.to_thread(self.store.used, request.folder)
        if begins_anew:
            self.began_anew.emit(request.folder)
        return done
