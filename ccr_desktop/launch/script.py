"""The script that a terminal runs: it starts Claude Code once, and is gone by then.

The terminal gets only its path. What is secret stands in the file, which only its owner can read,
and never in a command line that other users of the machine could list.
"""

from __future__ import annotations

import os
import secrets
import shlex
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.errors import CcrError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PREFIX = "launch-"
_LEFT_BEHIND_S = 3600
_FOR_CMD = str.maketrans({c: f"^{c}" for c in '()!^"<>&|'})


@dataclass(frozen=True, slots=True)
class Start:
    """What a script does."""

    folder: str
    command: tuple[str, ...]
    variables: Mapping[str, str | None] = field(repr=False)
    """None takes one away."""
    search_also: str = ""
    """A folder that the PATH gets at its end, where the program's interpreter may be."""


def write_script(start: Start) -> Path:
    """The script as a file that can be run. Those that no terminal ever ran are cleared away."""
    is_windows = sys.platform == "win32"
    text = "".join(_cmd_lines(start)) if is_windows else None
    for folder in _folders():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _clear(folder)
        path = folder / f"{_PREFIX}{secrets.token_hex(8)}{_suffix()}"
        content = text or "".join(_sh_lines(start, path))
        _write(path, content.encode("utf-8", "surrogateescape"))
        if is_windows or os.access(path, os.X_OK):
            return path
        path.unlink()
    raise CcrError(
        "Claude Code can't be opened in a terminal",
        f"No program may be run from {' or '.join(map(str, _folders()))}.",
    )


def _suffix() -> str:
    return {"darwin": ".command", "win32": ".cmd"}.get(sys.platform, ".sh")


def _folders() -> list[Path]:
    """In memory where the system has such a place, unless everything is to be in one folder."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    own = paths.data_dir() / "run"
    if os.environ.get("CCR_DESKTOP_HOME") or not Path(runtime).is_absolute():
        return [own]
    return [Path(runtime) / paths.APP, own] if Path(runtime).is_dir() else [own]


def _clear(folder: Path) -> None:
    for path in folder.glob(f"{_PREFIX}*"):
        try:
            if time.time() - path.stat().st_mtime > _LEFT_BEHIND_S:
                path.unlink()
        except OSError:  # another launch was faster
            continue


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o700)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def _sh_lines(start: Start, path: Path) -> Iterator[str]:
    """For any shell of POSIX. An interrupt is for Claude Code; the script stays to tell the end."""
    yield f"#!/bin/sh\nrm -f -- {shlex.quote(str(path))}\ntrap : INT\n"
    yield "[ -t 1 ] && printf '\\033]0;Claude Code\\007'\n"  # the title of the window
    yield (
        "wait_for_enter() {\n"
        "  printf '\\n%s\\nPress Enter to close this window. ' \"$1\"\n"
        "  read -r _\n"
        "}\n"
    )
    folder = shlex.quote(start.folder)
    gone = shlex.quote(f"The folder {start.folder} can't be entered.")
    yield f"cd -- {folder} || {{ wait_for_enter {gone}; exit 1; }}\n"
    for name, value in start.variables.items():
        yield f"unset {name}\n" if value is None else f"export {name}={shlex.quote(value)}\n"
    if start.search_also:
        yield f'export PATH="$PATH":{shlex.quote(start.search_also)}\n'
    yield f"{shlex.join(start.command)}\ncode=$?\n"
    program = shlex.quote(start.command[0])
    yield (
        "case $code in\n"
        "  0) ;;\n"
        f"  126|127) wait_for_enter {program}' could not be run. Is Claude Code still there?' ;;\n"
        '  *) wait_for_enter "Claude Code ended with code $code." ;;\n'
        "esac\nexit $code\n"
    )


def _cmd_lines(start: Start) -> Iterator[str]:
    """For `cmd`. A batch file is read while it runs, so it is taken away at the end."""
    lines = [
        "@echo off",
        "chcp 65001 >nul",
        f'cd /d "{_in_batch(start.folder)}"',
        "if errorlevel 1 (echo The folder can't be entered. & pause & goto end)",
        *(f'set "{name}={_in_batch(value or "")}"' for name, value in start.variables.items()),
        *([f'set "PATH=%PATH%;{_in_batch(start.search_also)}"'] if start.search_also else []),
        _cmd_call(start.command),
        'if "%ERRORLEVEL%"=="0" goto end',
        "echo.",
        "echo Claude Code ended with code %ERRORLEVEL%.",
        "pause",
        ":end",
        '(goto) 2>nul & del "%~f0"',
    ]
    yield from (f"{line}\r\n" for line in lines)


def _cmd_call(command: tuple[str, ...]) -> str:
    """A program is called with every sign of cmd's escaped; another batch file reads them twice."""
    program, *arguments = command
    if any("\n" in word or "\r" in word for word in command):
        raise CcrError("These arguments can't be passed on", "On Windows none may have two lines.")
    quoted = subprocess.list2cmdline(arguments)
    if not program.lower().endswith((".cmd", ".bat")):
        words = f"{subprocess.list2cmdline([program])} {quoted}".rstrip()
        return words.translate(_FOR_CMD).replace("%", "%%")
    if any(sign in word for word in arguments for sign in '"%'):
        hint = 'This Claude Code is a batch file: none may have " or % in it.'
        raise CcrError("These arguments can't be passed on", hint)
    return f'call "{_in_batch(program)}" {_all_quoted(arguments)}'.rstrip()


def _all_quoted(arguments: list[str]) -> str:
    return " ".join(f'"{word}"' for word in arguments)


def _in_batch(value: str) -> str:
    return value.replace("%", "%%").replace('"', "").replace("\r", "").replace("\n", " ")
