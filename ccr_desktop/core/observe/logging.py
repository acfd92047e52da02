"""The log file: one line a request, without secrets, and never in the way of one.

Records are only collected where they arise; a thread formats and writes them in batches, so
that no request waits for the disk and no log line costs a switch of threads.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

from ccr_desktop.core.observe.events import ExchangeEnded
from ccr_desktop.core.protocol.failures import redact

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ccr_desktop.core.observe.events import Event

LOG_FILE = "ccr-desktop.log"
_MAX_BYTES = 10 * 1024 * 1024
_KEPT_FILES = 3
_BATCH_S = 0.25
_LEVELS = {
    "fatal": logging.CRITICAL,
    "error": logging.ERROR,
    "warn": logging.WARNING,
    "info": logging.INFO,
    "debug": logging.DEBUG,
    "trace": logging.DEBUG,
}
_REQUESTS = "ccr_desktop.requests"


class LogWriter(logging.Handler):
    """Collects records and events, and writes them to *folder* soon after."""

    def __init__(self, folder: Path, level: int) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file = RotatingFileHandler(
            folder / LOG_FILE,
            maxBytes=_MAX_BYTES,
            backupCount=_KEPT_FILES,
            encoding="utf-8",
            errors="backslashreplace",  # paths and headers may hold any bytes
        )
        super().__init__(level)  # last: a handler that was half made would be closed at exit
        self._format = logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s")
        self._waiting: deque[tuple[logging.LogRecord | ExchangeEnded, float]] = deque()
        self._has_work = threading.Event()
        self._is_closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="log writer", daemon=True)
        self._thread.start()

    def emit(self, record: logging.LogRecord) -> None:
        self._put(record, record.created)

    def note(self, event: Event) -> None:
        """The one line of a request."""
        if isinstance(event, ExchangeEnded) and self.level <= _level(event):
            self._put(event, event.at_s)

    def close(self) -> None:
        """Write what waits, and end."""
        self._is_closing.set()
        self._has_work.set()
        self._thread.join()
        self._file.close()
        super().close()

    def _put(self, item: logging.LogRecord | ExchangeEnded, created_s: float) -> None:
        self._waiting.append((item, created_s))
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
        lines = []
        while self._waiting:
            item, created_s = self._waiting.popleft()
            record = item if isinstance(item, logging.LogRecord) else _record(item, created_s)
            lines.append(redact(self._format.format(record)))
        if lines:
            # One record for all: the file handler looks at the disk for every one.
            batch = logging.makeLogRecord({"msg": "\n".join(lines)})
            self._file.emit(batch)


def start_logging(folder: Path, level: str) -> tuple[LogWriter, Callable[[], None]]:
    """Write the package's log to *folder*; the second value stops that."""
    writer = LogWriter(folder, _LEVELS[level])
    logger = logging.getLogger("ccr_desktop")
    logger.addHandler(writer)
    logger.setLevel(_LEVELS[level])
    logger.propagate = False

    def stop() -> None:
        logger.removeHandler(writer)
        logger.propagate = True
        writer.close()

    return writer, stop


def _level(event: ExchangeEnded) -> int:
    return logging.INFO if event.status < 400 and not event.error else logging.WARNING


def _record(event: ExchangeEnded, created_s: float) -> logging.LogRecord:
    record = logging.makeLogRecord({"name": _REQUESTS, "msg": _line(event)})
    record.levelno = _level(event)
    record.levelname = logging.getLevelName(record.levelno)
    record.created = created_s
    record.msecs = created_s % 1 * 1000
    return record


def _line(event: ExchangeEnded) -> str:
    first = "-" if event.first_s is None else f"{event.first_s:.3f}s"
    line = (
        f"{event.request_id} {event.model} -> {event.route} ({event.scenario}: {event.reason}) "
        f"{event.status} {'stream' if event.is_stream else 'json'} first={first} "
        f"total={event.duration_s:.3f}s in={event.usage.get('input_tokens', '-')} "
        f"out={event.usage.get('output_tokens', '-')}"
        f"{_tried(event)}{f' error={event.error}' if event.error else ''}"
    )
    return " ".join(line.splitlines())  # models and errors may hold line ends


def _tried(event: ExchangeEnded) -> str:
    """The routes that did not answer before."""
    tries = (f"{attempt.route} ({attempt.status}: {attempt.reason})" for attempt in event.attempts)
    return f" after {', '.join(tries)}" if event.attempts else ""
