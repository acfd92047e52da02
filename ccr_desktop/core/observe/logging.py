"""The two logs: what happened in words, and all of it as JSON; without secrets, in nobody's way.

`ccr-desktop.log` is for people: a line a request, with the route and the reason. The server log
`ccr-<start>.log` holds a JSON object a line and is new with every start. Records are only
collected where they arise; a thread formats and writes them in batches, so that no request waits
for the disk and no log line costs a switch of threads.
"""

from __future__ import annotations

import logging
import os
import socket
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

from ccr_desktop.core.observe.entries import LEVELS, Entry, event_entry, record_entry
from ccr_desktop.core.observe.lines import event_level
from ccr_desktop.core.protocol.failures import may_hold_key, redact
from ccr_desktop.core.protocol.json import dumps_text
from ccr_desktop.core.protocol.masking import spellings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from ccr_desktop.core.observe.events import Event

LOG_FILE = "ccr-desktop.log"
SERVER_LOGS = "ccr-2*.log"
_MAX_BYTES = 10 * 1024 * 1024
_KEPT_FILES = 3
_KEPT_STARTS = 9
_SHORTEST_SECRET = 8  # shorter ones would blank out ordinary words
_BATCH_S = 0.25
_RUN = 8  # entries between two pauses of the thread
_PAUSE_S = 1e-5  # a sleep of nothing would not let another thread in


class _File(RotatingFileHandler):
    """What the disk does not take is lost, and nothing else is; `problem` says why meanwhile."""

    problem: OSError | None = None

    def emit(self, record: logging.LogRecord) -> None:
        self.problem = None
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # its name there
        error = sys.exc_info()[1]
        if isinstance(error, OSError):
            self.problem = error
        else:
            super().handleError(record)

    def close(self) -> None:
        with suppress(OSError):
            super().close()


class LogWriter(logging.Handler):
    """Collects records and events, and writes them to *folder* soon after."""

    def __init__(self, folder: Path, level: int, secrets: Iterable[str] = ()) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._words = _file(folder / LOG_FILE)
        try:
            _prune(folder)
            self._json = _file(_new_name(folder))
        except OSError:
            self._words.close()
            raise
        super().__init__(level)  # last: a handler that was half made would be closed at exit
        self._about = {"pid": os.getpid(), "hostname": socket.gethostname()}
        self._waiting: deque[logging.LogRecord | Event] = deque()
        self._has_work = threading.Event()
        self._is_closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="log writer", daemon=True)
        self.hide(secrets)
        self._thread.start()

    def hide(self, secrets: Iterable[str]) -> None:
        """Never write these texts."""
        long = (text for text in secrets if len(text) >= _SHORTEST_SECRET)
        fit = {spelling for text in long for spelling in spellings(text)}
        fit |= {dumps_text(text)[1:-1] for text in fit}  # as the server log spells them
        self._secrets = sorted(fit, key=len, reverse=True)  # one may be a part of another

    @property
    def problem(self) -> OSError | None:
        """Why the last lines could not be written."""
        return self._words.problem or self._json.problem

    def emit(self, record: logging.LogRecord) -> None:
        self._put(record)

    def note(self, event: Event) -> None:
        """What happened to a request, or to the service."""
        if self.level <= event_level(event):
            self._put(event)

    def close(self) -> None:
        """Write what waits, and end."""
        self._is_closing.set()
        self._has_work.set()
        self._thread.join()
        self._words.close()
        self._json.close()
        super().close()

    def _put(self, item: logging.LogRecord | Event) -> None:
        self._waiting.append(item)
        if not self._has_work.is_set():
            self._has_work.set()

    def _run(self) -> None:
        while not self._is_closing.is_set():
            self._has_work.wait()
            self._is_closing.wait(_BATCH_S)
            self._has_work.clear()
            self._write()
        self._write()  # what came between the last batch and the end

    def _write(self) -> None:
        words: list[str] = []
        objects: list[str] = []
        while self._waiting:
            entries = [self._next() for _ in range(min(_RUN, len(self._waiting)))]
            words += self._safe([entry.line for entry in entries])
            about = self._about
            objects += self._safe([dumps_text({**each.described, **about}) for each in entries])
            time.sleep(_PAUSE_S)  # or the loop would wait for this thread at each system call
        for file, lines in ((self._words, words), (self._json, objects)):
            if lines:
                # One record for all: the file handler looks at the disk for every one.
                file.emit(logging.makeLogRecord({"msg": "\n".join(lines)}))

    def _next(self) -> Entry:
        item = self._waiting.popleft()
        return record_entry(item) if isinstance(item, logging.LogRecord) else event_entry(item)

    def _safe(self, lines: list[str]) -> list[str]:
        """*lines* without secrets: looked for in all of them at once, as there are none mostly."""
        together = "\n".join(lines)
        if any(secret in together for secret in self._secrets):
            for secret in self._secrets:
                lines = [line.replace(secret, "***") for line in lines]
        return [*map(redact, lines)] if may_hold_key(together) else lines


def start_logging(
    folder: Path, level: str, secrets: Iterable[str] = ()
) -> tuple[LogWriter, Callable[[], None]]:
    """Write the package's logs to *folder*; the second value stops that."""
    writer = LogWriter(folder, LEVELS[level], secrets)
    logger = logging.getLogger("ccr_desktop")
    logger.addHandler(writer)
    logger.setLevel(LEVELS[level])
    logger.propagate = False

    def stop() -> None:
        logger.removeHandler(writer)
        logger.propagate = True
        writer.close()

    return writer, stop


def _file(path: Path) -> _File:
    handler = _File(
        path,
        maxBytes=_MAX_BYTES,
        backupCount=_KEPT_FILES,
        encoding="utf-8",
        errors="backslashreplace",  # paths and headers may hold any bytes
    )
    path.chmod(0o600)
    return handler


def _new_name(folder: Path) -> Path:
    """A file of its own for each start, also for two in one second."""
    name = time.strftime("ccr-%Y%m%d%H%M%S")
    path, count = folder / f"{name}.log", 0
    while path.exists():
        count += 1
        path = folder / f"{name}_{count}.log"
    return path


def _prune(folder: Path) -> None:
    """Keep the logs of the last starts."""
    for old in sorted(folder.glob(f"{SERVER_LOGS}*"), reverse=True)[_KEPT_STARTS - 1 :]:
        old.unlink(missing_ok=True)
