"""What a running service keeps on the disk: its logs, and the file by which programs find it.

Where neither can be written, as in a home folder that can only be read, it serves all the same.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from ccr_desktop import paths, runfile
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.file_trouble import why
from ccr_desktop.core.observe.logging import start_logging

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.observe.bus import EventBus
    from ccr_desktop.core.observe.logging import LogWriter
    from ccr_desktop.runfile import RunInfo

log = logging.getLogger(__name__)

LOG_SETTING = "LOG"


class OwnFiles:
    def __init__(self, bus: EventBus) -> None:
        self._not_begun: tuple[Issue, ...] = ()
        self._bus = bus
        self._writer: LogWriter | None = None
        self._stop_logging: Callable[[], None] | None = None
        self._known: tuple[int, RunInfo] | None = None
        self._place: Path | None = None

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What can't be written, and what to do."""
        if self._writer and (error := self._writer.problem):
            return (_no_log(error, str(paths.log_dir())),)
        return self._not_begun

    def begin_log(self, config: Config, secrets: Iterable[str]) -> None:
        """Write the logs from now on, if they are wanted and as they are wanted."""
        self.end_log()
        if not config.writes_log:
            return
        folder = paths.log_dir()
        try:
            self._writer, stop = start_logging(folder, config.log_level, secrets)
        except OSError as exc:
            self._not_begun = (_no_log(exc, str(exc.filename or folder)),)
            return
        unsubscribe = self._bus.subscribe(self._writer.note)

        def end() -> None:
            unsubscribe()
            stop()

        self._stop_logging = end

    def hide(self, secrets: Iterable[str]) -> None:
        """Never write these texts."""
        if self._writer:
            self._writer.hide(secrets)

    def end_log(self) -> None:
        if self._stop_logging:
            self._stop_logging()
        self._writer = self._stop_logging = None
        self._not_begun = ()

    def make_known(self, port: int, info: RunInfo) -> bool:
        """Let other programs of the user find the service; whether they do."""
        self._known, self._place = (port, info), runfile.place(port)
        try:
            runfile.write(port, info)
        except OSError as exc:
            log.warning("other commands can't find the router: %s: %s", exc.filename, why(exc))
            return False
        return True

    def stay_known(self) -> None:
        """Write that file again where it was removed, or could not be written before."""
        if self._known and not self.is_known():
            with suppress(OSError):  # said at the start
                runfile.write(*self._known)

    def is_known(self) -> bool:
        """Whether the file by which other programs find the service is there, or not wanted.

        It is asked often: a look takes microseconds.
        """
        place = self._place
        return place is None or place.exists()

    def withdraw(self) -> None:
        if self._known:
            runfile.remove(self._known[0])
        self._known = self._place = None


def _no_log(error: OSError, place: str) -> Issue:
    problem = f"no log is kept, since {place} can't be written: {why(error)}."
    return Issue(LOG_SETTING, problem, paths.way_out(error), "warning")
