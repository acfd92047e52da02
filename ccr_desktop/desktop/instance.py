"""One app a user: the first start holds a lock and serves, later ones hand over and end.

A later start sends one line, `{"argv": [...], "cwd": "..."}`, and gets one back,
`{"code": 0, "message": "..."}`. A lock whose holder was killed is taken over. Asking needs neither
a `QApplication` nor a loop, so that commands can do it, too; `serve` needs both.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import logging
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from ccr_desktop import paths
from ccr_desktop.errors import ServiceError

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

log = logging.getLogger(__name__)

MAX_BYTES = 64 * 1024
_CONNECT_MS = 1000
_ANSWER_S = 30.0  # the app may be starting, or stopping what runs
_HAND_OVER_S = 20.0  # until whoever holds the lock must have answered
_PAUSE_S = 0.05
_IDLE_MS = 5000
_LONGEST_SOCKET = 100  # bytes; systems take 104 to 108


@dataclass(frozen=True, slots=True)
class Reply:
    """What the running app says: an exit code, and words for the terminal."""

    code: int = 0
    message: str = ""


class Handover:
    """Arguments of a later start, which waits for `answer`."""

    def __init__(self, socket: QLocalSocket, argv: tuple[str, ...], cwd: Path) -> None:
        self.argv = argv
        self.cwd = cwd
        self._socket: QLocalSocket | None = socket
        socket.disconnected.connect(self._forget)

    def answer(self, reply: Reply) -> None:
        """May come later, and once; whoever does not wait any more is not told."""
        if self._socket:
            self._socket.write(json.dumps(asdict(reply)).encode() + b"\n")
            self._socket.disconnectFromServer()
        self._forget()

    def _forget(self) -> None:
        """Qt deletes it soon."""
        self._socket = None


class Instance(QObject):
    """The lock, once `claim` got it, and the server for later starts."""

    received = Signal(object)
    """A `Handover`, which must be answered."""

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__()
        self._folder = folder or paths.runtime_dir()
        self._lock = QLockFile(str(self._folder / "desktop.lock"))
        self._lock.setStaleLockTime(0)  # held for as long as its holder lives
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)  # mode 0700
        self._server.newConnection.connect(self._greet)

    def claim(self) -> bool:
        """Become the one that serves, if nobody is."""
        _make_private(self._folder)
        if not self._lock.tryLock(0):
            if self._lock.error() is not QLockFile.LockError.LockFailedError:
                raise _unusable(self._folder)
            return False
        return True

    def serve(self) -> None:
        """Hear later starts, once there is a `QApplication`. Raises `ServiceError`."""
        name = server_name(self._folder)
        QLocalServer.removeServer(name)  # left by one that was killed
        if not self._server.listen(name):
            raise _unusable(self._folder, self._server.errorString())

    def release(self) -> None:
        """Let the next start be the one."""
        self._server.close()
        self._lock.unlock()

    def _greet(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            _Reader(socket, self.received.emit)


class _Reader(QObject):
    """Reads one line from a later start. What is no request in time and size is hung up on."""

    def __init__(self, socket: QLocalSocket, tell: Callable[[Handover], None]) -> None:
        super().__init__(socket)
        self._socket = socket
        self._tell = tell
        self._data = b""
        self._timer = QTimer(self, singleShot=True, interval=_IDLE_MS)
        self._timer.timeout.connect(socket.abort)
        self._timer.start()
        socket.readyRead.connect(self._read)
        socket.disconnected.connect(socket.deleteLater)
        self._read()  # what came before anybody listened

    def _read(self) -> None:
        if not self._timer.isActive():
            return  # after the line
        self._data += bytes(self._socket.read(MAX_BYTES + 1 - len(self._data)).data())
        line, has_end, _ = self._data.partition(b"\n")
        if not has_end and len(self._data) <= MAX_BYTES:
            return
        self._timer.stop()
        request = _request(line) if has_end else None
        if request is None:
            log.warning("something that is no request came to the app's socket")
            self._socket.abort()
            return
        argv, cwd = request
        self._tell(Handover(self._socket, argv, cwd))


def claim_or_ask(argv: Sequence[str], cwd: Path, folder: Path | None = None) -> Instance | Reply:
    """The claimed instance, or what the running app answered. Raises `ServiceError`.

    Of several that start at once one claims; the others wait until it listens.
    """
    end = time.monotonic() + _HAND_OVER_S
    instance = Instance(folder)
    while not instance.claim():
        if reply := ask_running(argv, cwd, folder):
            return reply
        if time.monotonic() > end:
            raise ServiceError(
                "The app is running but does not answer",
                "End it in the task list of your system, and start it again.",
            )
        time.sleep(_PAUSE_S)
    return instance


def ask_running(argv: Sequence[str], cwd: Path, folder: Path | None = None) -> Reply | None:
    """What the running app answers; None when there is none, or it does not."""
    socket = QLocalSocket()
    socket.connectToServer(server_name(folder or paths.runtime_dir()))
    if not socket.waitForConnected(_CONNECT_MS):
        return None
    request = json.dumps({"argv": [*argv], "cwd": str(cwd)}).encode() + b"\n"
    socket.write(request)
    answer = _line(socket)
    socket.abort()
    return _reply(answer)


def _line(socket: QLocalSocket) -> bytes:
    data, end = b"", time.monotonic() + _ANSWER_S
    while b"\n" not in data and len(data) <= MAX_BYTES:
        left_ms = round((end - time.monotonic()) * 1000)
        if left_ms <= 0 or not (socket.bytesAvailable() or socket.waitForReadyRead(left_ms)):
            return b""
        data += bytes(socket.readAll().data())
    return data.partition(b"\n")[0]


def _request(line: bytes) -> tuple[tuple[str, ...], Path] | None:
    value = _object(line)
    argv, cwd = value.get("argv"), value.get("cwd")
    if not isinstance(argv, list) or not all(isinstance(each, str) for each in argv):
        return None
    return (tuple(argv), Path(cwd)) if isinstance(cwd, str) else None


def _reply(line: bytes) -> Reply | None:
    value = _object(line)
    code, message = value.get("code"), value.get("message")
    if not isinstance(code, int) or not isinstance(message, str):
        return None
    return Reply(code, message)


def _object(line: bytes) -> JsonObject:
    """Nothing for what is no JSON object."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def server_name(folder: Path) -> str:
    """A path, or on Windows the name of a pipe; one that is too long for a socket is replaced."""
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    if sys.platform == "win32":
        return f"ccr-desktop-{getpass.getuser()}-{digest}"
    path = folder / "desktop.sock"
    if len(os.fsencode(path)) <= _LONGEST_SOCKET:
        return str(path)
    return str(_make_private(Path(f"/tmp/ccr-desktop-{os.getuid()}")) / f"{digest}.sock")  # noqa: S108


def _make_private(folder: Path) -> Path:
    """Nobody else may put a socket or a lock there."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if sys.platform != "win32":
            if folder.lstat().st_uid != os.getuid():
                raise _unusable(folder, "It belongs to somebody else.")
            folder.chmod(0o700)
    except OSError as exc:
        raise _unusable(folder, exc.strerror or str(exc)) from exc
    return folder


def _unusable(folder: Path, reason: str = "") -> ServiceError:
    hint = f"{reason} Check the rights on {folder}, or set CCR_DESKTOP_HOME.".strip()
    return ServiceError("The app can't make its lock file", hint)
