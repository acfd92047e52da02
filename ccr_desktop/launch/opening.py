"""Opening Claude Code in a terminal window of its own, led to the router by its environment."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ccr_desktop import paths
from ccr_desktop.errors import ClientError, FolderMissing, TerminalMissing
from ccr_desktop.launch.environment import (
    REMOVED,
    outside_of_bundle,
    overriding_settings,
    own_environment,
    router_variables,
)
from ccr_desktop.launch.program import ClaudeProgram, find_claude
from ccr_desktop.launch.script import Start, write_script
from ccr_desktop.launch.settings_file import settings_arguments
from ccr_desktop.launch.terminals import Terminal, chosen_terminal
from ccr_desktop.own_program import own_command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.config.schema import Config

Mode = Literal["new", "continue", "resume"]
# A session that runs inside another one refuses to start; ours is a new one.
_OF_A_SESSION = ("CLAUDECODE", "CLAUDE_CODE_ENTRYPOINT", "CLAUDE_CODE_SSE_PORT")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TYPE_THEM = "Choose another terminal, or open one and type the commands."
_WORDS = "This terminal works."
_TRIAL = (
    ("cmd", "/d", "/c", f"echo {_WORDS} & pause")
    if os.name == "nt"
    else ("/bin/sh", "-c", f"printf '%s' '{_WORDS} Press Enter to close it. '; read -r _; exit 0")
)
_SESSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchRequest:
    """What is to be opened."""

    folder: Path
    mode: Mode = "new"
    session_id: str = ""
    """Of the session to resume."""
    arguments: tuple[str, ...] = ()
    """More of them, for Claude Code."""
    terminal: str = ""
    """Its name, or a command with `{script}`; empty: the first one found."""
    program: ClaudeProgram | None = None
    """The one that was found before; it is looked for again when it is gone."""

    def all_arguments(self) -> list[str]:
        """What Claude Code gets. Raises `ClientError` for what is no session."""
        if self.mode == "resume":
            if not _SESSION.fullmatch(self.session_id):
                raise ClientError(f"{self.session_id!r} is no session", "Choose one of the list.")
            return ["--resume", self.session_id, *self.arguments]
        return [*(["--continue"] if self.mode == "continue" else []), *self.arguments]


@dataclass(frozen=True, slots=True, kw_only=True)
class Launched:
    """A terminal that was started."""

    terminal: Terminal
    script: Path
    program: ClaudeProgram | None = None
    """None when only the terminal was tried."""
    warnings: tuple[str, ...] = ()
    """Settings that may keep Claude Code from using the router."""

    @property
    def has_begun(self) -> bool:
        """Whether the terminal runs the script by now, which takes itself away first of all."""
        return not self.script.exists()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A launch whose folder, program and terminal are there."""

    folder: Path
    program: ClaudeProgram
    terminal: Terminal
    arguments: tuple[str, ...]
    config: Config = field(repr=False)

    def open(self) -> Launched:
        """Start the terminal and return, without waiting for it. Raises `TerminalMissing`."""
        commands = commands_to_type(self.folder, self.arguments)
        script = _open(self.terminal, self._start(), self.folder, commands)
        return Launched(
            terminal=self.terminal,
            script=script,
            program=self.program,
            warnings=tuple(map(str, overriding_settings(self.config, Path.home(), self.folder))),
        )

    def _start(self) -> Start:
        program = self.program
        settings = settings_arguments(self.config, self.arguments)
        return Start(
            folder=str(self.folder),
            command=(program.path, *settings, *self.arguments),
            variables=_variables(self.config),
            search_also=str(Path(program.path).parent),
        )


def launch(request: LaunchRequest, config: Config) -> Launched:
    """Start a terminal with Claude Code in it and return, without waiting for it.

    Reads files and may ask programs, so it belongs in a thread.
    Raises `FolderMissing`, `ClaudeMissing`, `TerminalMissing` or `ClientError`.
    """
    return prepare(request, config).open()


def prepare(request: LaunchRequest, config: Config) -> Prepared:
    """Look whether it can be done, and change nothing yet. Raises what `launch` raises."""
    folder = request.folder.expanduser().absolute()
    if not paths.is_folder(folder):
        raise _no_folder(folder)
    arguments = tuple(request.all_arguments())
    program = request.program
    if program is None or not os.access(program.path, os.X_OK):
        program = find_claude(config)
    terminal = chosen_terminal(request.terminal)
    if terminal is None:
        named = f"The terminal {request.terminal!r}" if request.terminal else "A terminal"
        commands = commands_to_type(folder, arguments)
        raise TerminalMissing(f"{named} was not found", _TYPE_THEM, commands)
    return Prepared(
        folder=folder, program=program, terminal=terminal, arguments=arguments, config=config
    )


def _no_folder(path: Path) -> FolderMissing:
    if os.path.exists(path):  # noqa: PTH110  # `Path.exists` raises at odd ones
        return FolderMissing(f"{path} is not a folder", "Choose a folder.")
    return FolderMissing(f"{path} is not there", "It was moved or removed. Choose a folder.")


def try_terminal(wish: str) -> Launched:
    """Open a terminal that only says that it works. Raises `TerminalMissing` or `ClientError`."""
    terminal = chosen_terminal(wish)
    if terminal is None:
        raise TerminalMissing(f"The terminal {wish!r} was not found", "Choose another one.", ())
    home = Path.home()
    start = Start(folder=str(home), command=_TRIAL, variables=outside_of_bundle(os.environ))
    return Launched(terminal=terminal, script=_open(terminal, start, home))


def commands_to_type(folder: Path, arguments: Sequence[str]) -> list[str]:
    """What does the same in any terminal; there is no key in it."""
    own = ["ccr"] if shutil.which("ccr") else own_command()
    if os.name == "nt":
        return [f'cd /d "{folder}"', subprocess.list2cmdline([*own, "code", *arguments])]
    return [f"cd {shlex.quote(str(folder))}", shlex.join([*own, "code", *arguments])]


def _variables(config: Config) -> dict[str, str | None]:
    """What differs from the terminal's own environment, which need not be that of this process."""
    changes = {
        **dict.fromkeys((*REMOVED, *_OF_A_SESSION)),
        **outside_of_bundle(os.environ),
        **router_variables(config, os.environ),
    }
    return {name: value for name, value in changes.items() if _NAME.fullmatch(name)}


def _open(terminal: Terminal, start: Start, folder: Path, commands: Sequence[str] = ()) -> Path:
    """The script that the terminal was started with. Raises `TerminalMissing`."""
    script = write_script(start)
    try:
        _detach(terminal.command_for(script, folder), folder)
    except OSError as exc:
        script.unlink(missing_ok=True)
        title = f"{terminal.label} can't be started"
        raise TerminalMissing(title, f"{exc.strerror or exc}. {_TYPE_THEM}", commands) from exc
    return script


def _detach(command: list[str], folder: Path) -> None:
    """Start it apart from this process, which may end before it; its end is taken note of."""
    flags = getattr(subprocess, "CREATE_NEW_CONSOLE", 0)
    process = subprocess.Popen(  # noqa: S603  # the terminal that was asked for
        command,
        cwd=folder,
        env=own_environment(os.environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=flags,
    )
    threading.Thread(target=process.wait, daemon=True).start()
