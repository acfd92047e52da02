"""One app a user: the first start holds a lock and serves, later ones hand over and end.

What is said is in `running_app`. A lock whose holder was killed is taken over. Asking needs neither
a `QApplication` nor a loop; `serve` needs both.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from ccr_desktop import paths
from ccr_desktop.errors import ServiceError
from ccr_desktop.running_app import (
    MAX_BYTES,
    Reply,
    ask_running,
    make_private,
    server_name,
    unusable,
)

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

log = logging.getLogger(__name__)

_HAND_OVER_S = 20.0  # until whoever holds the lock must have answered
_PAUSE_S = 0.05
_IDLE_MS = 5000


class Handover:
    """Arguments of a later start, which waits for `answer`."""

    def __init__(
        self, socket: QLocalSocket, argv: tuple[str, ...], cwd: Path, activation: str = ""
    ) -> None:
        self.argv = argv
        self.cwd = cwd
        self.activation = activation
        """What lets the window come to the front on Wayland."""
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
        make_private(self._folder)
        if not self._lock.tryLock(0):
            if self._lock.error() is not QLockFile.LockError.LockFailedError:
                raise unusable(self._folder)
            return False
        return True

    def serve(self) -> None:
        """Hear later starts, once there is a `QApplication`. Raises `ServiceError`."""
        name = server_name(self._folder)
        QLocalServer.removeServer(name)  # left by one that was killed
        if not self._server.listen(name):
            raise unusable(self._folder, self._server.errorString())

    def hear_no_more(self) -> None:
        """Later starts wait until this one is gone, and do not hand over to what ends."""
        self._server.close()

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
        self._timer.timeout.connect(self._hang_up)
        self._timer.start()
        socket.readyRead.connect(self._read)
        socket.disconnected.connect(socket.deleteLater)
        self._read()  # what came before anybody listened

    def _hang_up(self) -> None:
        self._socket.abort()

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
        self._tell(Handover(self._socket, *request))


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


def _request(line: bytes) -> tuple[tuple[str, ...], Path, str] | None:
    value = _object(line)
    argv, cwd, activation = value.get("argv"), value.get("cwd"), value.get("activation", "")
    if not isinstance(argv, list) or not all(isinstance(each, str) for each in argv):
        return None
    if not isinstance(cwd, str) or not isinstance(activation, str):
        return None
    return tuple(argv), Path(cwd), activation


def _object(line: bytes) -> JsonObject:
    """Nothing for what is no JSON object."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
