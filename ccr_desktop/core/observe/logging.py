"""The log file: one line a request, written by a thread, without secrets.

Log records go through a queue, so that no request ever waits for the disk.
"""

from __future__ import annotations

import logging
from logging.handlers import QueueHandler, QueueListener, RotatingFileHandler
from queue import SimpleQueue
from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.failures import redact

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ccr_desktop.core.observe.events import Event

LOG_FILE = "ccr-desktop.log"
_MAX_BYTES = 10 * 1024 * 1024
_KEPT_FILES = 3
_LEVELS = {
    "fatal": logging.CRITICAL,
    "error": logging.ERROR,
    "warn": logging.WARNING,
    "info": logging.INFO,
    "debug": logging.DEBUG,
    "trace": logging.DEBUG,
}
_requests = logging.getLogger("ccr_desktop.requests")


class _Redacting(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def start_logging(folder: Path, level: str) -> Callable[[], None]:
    """Write the package's log to *folder*; the returned function stops that."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    writer = RotatingFileHandler(
        folder / LOG_FILE, maxBytes=_MAX_BYTES, backupCount=_KEPT_FILES, encoding="utf-8"
    )
    writer.setFormatter(_Redacting("%(asctime)s %(levelname)s %(name)s %(message)s"))
    queue: SimpleQueue[logging.LogRecord] = SimpleQueue()
    listener = QueueListener(queue, writer)
    handler = QueueHandler(queue)
    logger = logging.getLogger("ccr_desktop")
    logger.addHandler(handler)
    logger.setLevel(_LEVELS[level])
    logger.propagate = False
    listener.start()

    def stop() -> None:
        logger.removeHandler(handler)
        logger.propagate = True
        listener.stop()
        writer.close()

    return stop


def log_exchange(event: Event) -> None:
    """The one line of a request."""
    level = logging.INFO if event.status < 400 and not event.error else logging.WARNING
    _requests.log(
        level,
        "%s %s -> %s (%s: %s) %d %s first=%s total=%.3fs in=%s out=%s%s",
        event.request_id,
        event.model,
        event.route,
        event.scenario,
        event.reason,
        event.status,
        "stream" if event.is_stream else "json",
        "-" if event.first_s is None else f"{event.first_s:.3f}s",
        event.duration_s,
        event.usage.get("input_tokens", "-"),
        event.usage.get("output_tokens", "-"),
        f" error={event.error}" if event.error else "",
    )
