"""Who may ask the app to end: signals, and the end of the session. All set one event."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QSessionManager

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

QUITS, RESTARTS = "the person quits", "the person restarts the app"
UPDATES = "the person installs a new version"
SIGNALS = ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")
"""The last is that of Windows when its console is closed."""
_PYTHON_RUNS_EVERY_MS = 500


def ignore_signals() -> None:
    """For the last of this process, when Python would give them their usual effect again."""
    for name in SIGNALS:
        if number := getattr(signal, name, None):
            signal.signal(number, signal.SIG_IGN)


def _outlives(name: str, number: int) -> bool:
    """Started with `nohup`, it stays when its terminal is closed."""
    return name == "SIGHUP" and signal.getsignal(number) is signal.SIG_IGN


class Endings:
    """Used with `with`, on the loop that runs then. `wanted` is set for good, `reason` says why."""

    def __init__(self, app: QGuiApplication) -> None:
        self.wanted = asyncio.Event()
        self.reason = ""
        self._app = app
        self._undo: list[Callable[[], object]] = []
        self._before: dict[int, Any] = {}

    def want(self, reason: str) -> None:
        """End the app; the first reason counts."""
        if not self.wanted.is_set():
            log.info("ending: %s", reason)
            self.reason = reason
        self.wanted.set()

    def __enter__(self) -> Endings:
        loop = asyncio.get_running_loop()
        for name in SIGNALS:
            if (number := getattr(signal, name, None)) and not _outlives(name, number):
                self._hear(loop, number, name)
        if sys.platform == "win32":
            self._let_python_run()
        self._app.commitDataRequest.connect(self._session_ends)
        self._app.aboutToQuit.connect(self._app_quits)
        return self

    def __exit__(self, *_: object) -> None:
        self._app.commitDataRequest.disconnect(self._session_ends)
        self._app.aboutToQuit.disconnect(self._app_quits)
        for undo in reversed(self._undo):
            undo()
        self._undo.clear()
        for number, earlier in self._before.items():
            signal.signal(number, earlier)
        self._before.clear()

    def keep_signals(self) -> None:
        """The app ends by now: who asks again is late, and must not cut that short.

        What is started from here on hears signals as ever, which it would not if they were
        ignored or blocked.
        """
        self._before.clear()

    def _hear(self, loop: asyncio.AbstractEventLoop, number: int, name: str) -> None:
        """Not by the loop, which gives a signal its usual effect before it could be kept."""

        def heard(_number: int, _frame: FrameType | None) -> None:
            with suppress(RuntimeError):  # the loop is closed: it has ended
                loop.call_soon_threadsafe(self.want, name)

        self._before[number] = signal.signal(number, heard)
        if sys.platform != "win32":
            signal.siginterrupt(number, False)

    def _let_python_run(self) -> None:
        """Its signal handlers run between two of its instructions, and Qt may wait for hours."""
        timer = QTimer(interval=_PYTHON_RUNS_EVERY_MS)
        timer.timeout.connect(lambda: None)
        timer.start()
        self._undo.append(timer.stop)

    def _session_ends(self, session: QSessionManager) -> None:
        """Whether it starts at the next login is the user's choice, not the session's."""
        session.setRestartHint(QSessionManager.RestartHint.RestartNever)
        self.want("the session ends")

    def _app_quits(self) -> None:
        self.want("the app quits")
