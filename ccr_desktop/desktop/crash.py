"""What a person can send when the app failed: a text without secrets, a file a failure.

Exceptions that nobody caught come here, from Qt's slots, from threads and from the loop. Writing
one down never fails and never begins again; after so many in a life of the app it stops. Faults in
C++ are written by Python's fault handler and become a report at the next start.
"""

from __future__ import annotations

import asyncio
import faulthandler
import logging
import os
import platform
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from ccr_desktop import __version__
from ccr_desktop.core.observe.logging import LOG_FILE
from ccr_desktop.core.protocol.failures import redact
from ccr_desktop.core.protocol.masking import hide

log = logging.getLogger(__name__)

_PATTERN = "crash-*.txt"
_NATIVE = "crash.native"
_MAX_CHARACTERS = 64 * 1024
_LOG_LINES = 50
_TAIL_BYTES = 64 * 1024
_KEPT = 10
_PER_LIFE = 20
_LIBRARIES = ("PySide6-Essentials", "qasync", "aiohttp", "keyring")

Error = BaseException
Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CrashReport:
    """`title` is the last line of the traceback; `at_s` in seconds since 1970.

    Where the disk does not take it, it is `kept` here.
    """

    path: Path
    at_s: float
    title: str
    kept: str = ""

    def text(self) -> str:
        return self.kept or self.path.read_text(encoding="utf-8", errors="replace")


class CrashReports:
    """Used with `with`, for the life of the app, and only by the instance that serves: the file of
    native faults is one. *secrets* are asked when a report is written.

    `tell` is called with each new report, from any thread. `listen_to` adds a loop. `earlier` is
    the report about the life before this one, when that ended in the middle of C++.
    """

    def __init__(
        self,
        folder: Path,
        secrets: Callable[[], Iterable[str]] = tuple,
        tell: Callable[[CrashReport], None] = lambda report: None,
    ) -> None:
        self._folder = folder
        self._secrets = secrets
        self.tell = tell
        self.earlier: CrashReport | None = None
        self._seen: set[str] = set()
        self._busy = threading.local()
        self._lock = threading.Lock()
        self._undo: list[Callable[[], object]] = []
        self._native: TextIO | None = None

    def __enter__(self) -> CrashReports:
        hook, thread_hook = sys.excepthook, threading.excepthook
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread
        self._undo.append(lambda: setattr(sys, "excepthook", hook))
        self._undo.append(lambda: setattr(threading, "excepthook", thread_hook))
        self._adopt_native()
        with suppress(OSError):
            self._make_folder()
            self._native = (self._folder / _NATIVE).open("w", encoding="utf-8")
            faulthandler.enable(self._native)
        return self

    def __exit__(self, *_: object) -> None:
        for undo in reversed(self._undo):
            undo()
        self._undo.clear()
        if self._native:
            faulthandler.disable()
            self._native.close()
            (self._folder / _NATIVE).unlink(missing_ok=True)

    def listen_to(self, loop: asyncio.AbstractEventLoop) -> None:
        """Hear of failures in the callbacks and forgotten tasks of *loop*."""
        loop.set_exception_handler(self._failed_on_loop)

    def write(self, error: Error, where: str) -> CrashReport | None:
        """Write a report; None for a failure that is known, for too many, or if that fails, too."""
        if getattr(self._busy, "is_writing", False):
            return None
        self._busy.is_writing = True
        try:
            return self._write(error, where)
        except Exception:  # noqa: BLE001  # a failure of the report has no report
            return None
        finally:
            self._busy.is_writing = False

    def listed(self) -> list[CrashReport]:
        """The reports there are, newest first."""
        found = []
        for path in self._folder.glob(_PATTERN):
            with suppress(OSError):
                text = path.read_text(encoding="utf-8", errors="replace")
                found.append(CrashReport(path, path.stat().st_mtime, _title(text)))
        return sorted(found, key=lambda report: report.path.name, reverse=True)

    # -- who calls ---------------------------------------------------------------------------

    def _uncaught(self, kind: type[Error], error: Error, trace: TracebackType | None) -> None:
        if not isinstance(error, Exception):
            sys.__excepthook__(kind, error, trace)  # wants to end the program
            return
        self._report(error.with_traceback(trace), "the app")

    def _uncaught_in_thread(self, arguments: threading.ExceptHookArgs) -> None:
        name = arguments.thread.name if arguments.thread else "?"
        if isinstance(arguments.exc_value, Exception):
            self._report(arguments.exc_value, f"thread {name}")

    def _failed_on_loop(self, _loop: asyncio.AbstractEventLoop, context: Context) -> None:
        error = context.get("exception")
        if isinstance(error, Exception):
            self._report(error, f"the loop: {context.get('message', '')}")
        else:
            log.error("the loop says: %s", context.get("message"))

    def _report(self, error: Error, where: str) -> None:
        with suppress(Exception):
            log.error("%s failed", where, exc_info=error)
        if report := self.write(error, where):
            with suppress(Exception):
                self.tell(report)

    # -- the text ----------------------------------------------------------------------------

    def _write(self, error: Error, where: str) -> CrashReport | None:
        trace = _trace(error)
        with self._lock:
            if trace in self._seen or len(self._seen) >= _PER_LIFE:
                return None
            self._seen.add(trace)
        return self._save(self._safe(_text(where, trace, self._log_lines())))

    def _safe(self, text: str) -> str:
        """Without keys, and without the name of the user's folder."""
        shown = redact(hide(text, self._secrets()))
        home = str(Path.home())
        shown = shown.replace(home, "~") if len(home) > 1 else shown
        if len(shown) <= _MAX_CHARACTERS:
            return shown
        half = _MAX_CHARACTERS // 2
        return f"{shown[:half]}\n[…]\n{shown[-half:]}"

    def _save(self, text: str) -> CrashReport:
        self._make_folder()
        now_s = time.time()
        stamp = time.strftime("%Y%m%d-%H%M%S", time.localtime(now_s))
        path = self._folder / f"crash-{stamp}-{time.time_ns() % 10**9:09}-{os.getpid()}.txt"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.write(text)
        except OSError:
            path.unlink()
            return CrashReport(path, now_s, _title(text), text)
        for old in self.listed()[_KEPT:]:
            old.path.unlink(missing_ok=True)
        return CrashReport(path, now_s, _title(text))

    def _make_folder(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def _log_lines(self) -> list[str]:
        """The end of the log, as far as it can be had."""
        try:
            with (self._folder / LOG_FILE).open("rb") as file:
                file.seek(max(file.seek(0, os.SEEK_END) - _TAIL_BYTES, 0))
                return file.read().decode("utf-8", "replace").splitlines()[-_LOG_LINES:]
        except OSError:
            return []

    def _adopt_native(self) -> None:
        """What the last life left when it ended in the middle of C++."""
        path = self._folder / _NATIVE
        with suppress(OSError):
            if text := path.read_text(encoding="utf-8", errors="replace").strip():
                told = _text("the app, natively", text, self._log_lines())
                self.earlier = self._save(self._safe(told))
            path.unlink()


def _trace(error: Error) -> str:
    try:
        return "".join(traceback.format_exception(error)).rstrip()
    except Exception:  # noqa: BLE001  # the words of the exception may fail, too
        stack = "".join(traceback.format_tb(error.__traceback__))
        return f"{stack}{type(error).__name__}"


def _text(where: str, trace: str, lines: Iterable[str]) -> str:
    facts = "\n".join(f"{name}: {value}" for name, value in _facts(where).items())
    return f"{facts}\n\n{trace}\n\nLast lines of the log:\n{chr(10).join(lines)}\n"


def _facts(where: str) -> Mapping[str, str]:
    return {
        "CCR Desktop": __version__,
        "When": time.strftime("%Y-%m-%d %H:%M:%S %z"),
        "Where": where,
        "System": platform.platform(),
        "Python": f"{platform.python_version()} ({platform.machine()})",
        "Desktop": os.environ.get("XDG_CURRENT_DESKTOP", "-"),
        **{name: _version_of(name) for name in _LIBRARIES},
    }


def _version_of(library: str) -> str:
    from importlib import metadata  # noqa: PLC0415  # a megabyte that hardly any start needs

    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "?"


def _title(text: str) -> str:
    """The last line of the traceback: what failed."""
    trace = text.partition("\n\n")[2].partition("\n\nLast lines of the log:")[0]
    return trace.rstrip().rpartition("\n")[2]
