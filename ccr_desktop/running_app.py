"""Talking to the desktop app that runs: for its later starts, and for commands. Needs no Qt.

One line goes to its socket, `{"argv": [...], "cwd": "..."}`, and one comes back,
`{"code": 0, "message": "..."}`.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.core.daemons import finished
from ccr_desktop.core.file_trouble import why
from ccr_desktop.errors import ServiceError

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_BYTES = 64 * 1024
ANOTHER_ROUTER = 64
"""Exit code of a request that is about a router that the app does not have."""
_CONNECT_S = 1.0
_ANSWER_S = 30.0  # the app may be starting, or stopping what runs
_LONGEST_SOCKET = 100  # bytes; systems take 104 to 108


@dataclass(frozen=True, slots=True)
class Reply:
    """What the running app says: an exit code, and words for the terminal."""

    code: int = 0
    message: str = ""


def ask_running(argv: Sequence[str], cwd: Path, folder: Path | None = None) -> Reply | None:
    """What the running app answers; None when there is none, or it does not."""
    name = server_name(folder or paths.runtime_dir())
    request = json.dumps({"argv": [*argv], "cwd": str(cwd), "activation": _activation()})
    ask = _ask_pipe if sys.platform == "win32" else _ask_socket
    try:
        answer = ask(name, request.encode() + b"\n")
    except OSError:  # a time-out is one, too
        return None
    return _reply(answer)


def server_name(folder: Path) -> str:
    """A path, or on Windows the name of a pipe; one that is too long for a socket is replaced."""
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    if sys.platform == "win32":
        return f"ccr-desktop-{getpass.getuser()}-{digest}"
    if folder.parent == paths.TEMPORARY and os.path.lexists(folder):
        make_private(folder)  # or anybody could answer there
    path = folder / "desktop.sock"
    if len(os.fsencode(path)) <= _LONGEST_SOCKET:
        return str(path)
    return str(make_private(Path(f"/tmp/ccr-desktop-{os.getuid()}")) / f"{digest}.sock")  # noqa: S108


def make_private(folder: Path) -> Path:
    """Nobody else may put a socket or a lock there. Raises `ServiceError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if sys.platform != "win32":
            if folder.lstat().st_uid != os.getuid():
                raise unusable(folder, "It belongs to somebody else.")
            folder.chmod(0o700)
    except OSError as exc:
        raise unusable(
            folder, f"{exc.filename or folder}: {why(exc)}.", paths.way_out(exc)
        ) from exc
    return folder


def unusable(folder: Path, reason: str = "", way_out: str = "") -> ServiceError:
    hint = f"{reason} {way_out or f'Check the rights on {folder}.'}".strip()
    return ServiceError("The app can't make its lock file", hint)


def _ask_socket(name: str, request: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX) as channel:
        channel.settimeout(_CONNECT_S)
        channel.connect(name)
        channel.settimeout(_ANSWER_S)
        channel.sendall(request)
        with channel.makefile("rb") as answers:
            return answers.readline(MAX_BYTES)


def _ask_pipe(name: str, request: bytes) -> bytes:
    """A pipe knows no time-out: whoever waits too long is left behind."""

    def ask() -> bytes:
        with open(rf"\\.\pipe\{name}", "r+b", buffering=0) as channel:  # noqa: PTH123  # no file
            channel.write(request)
            return channel.readline(MAX_BYTES)

    return finished(ask, _ANSWER_S)


def _activation() -> str:
    """What lets the app come to the front on Wayland, where the starter has to allow it."""
    return os.environ.get("XDG_ACTIVATION_TOKEN", "")


def _reply(line: bytes) -> Reply | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    code, message = (value.get("code"), value.get("message")) if isinstance(value, dict) else (0, 0)
    if not isinstance(code, int) or not isinstance(message, str):
        return None
    return Reply(code, message)
