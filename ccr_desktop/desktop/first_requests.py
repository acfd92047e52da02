"""Whether a launch came to something: the first request that Claude Code sent after it. No I/O."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop.core.observe.events import ExchangeEnded, RouteChosen

if TYPE_CHECKING:
    from ccr_desktop.core.observe.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRequest:
    """What is known of the first request from a folder since it was launched.

    `route` answered after `seconds`; `error` says why it did not. While `seconds` is None it is
    waited for.
    """

    folder: Path
    since_s: float
    route: str = ""
    seconds: float | None = None
    error: str = ""

    @property
    def is_answered(self) -> bool:
        return self.seconds is not None and not self.error


class FirstRequests:
    """Fed with launches and with the events of the bus."""

    def __init__(self) -> None:
        self._known: dict[Path, FirstRequest] = {}
        self._under_way: dict[str, Path] = {}

    def launched(self, folder: Path) -> None:
        self._known.pop(folder, None)  # the newest is the last
        self._known[folder] = FirstRequest(folder=folder, since_s=time.time())

    def of(self, folder: Path) -> FirstRequest | None:
        """None for a folder that was not launched since the app began."""
        return self._known.get(folder)

    def note(self, event: Event) -> FirstRequest | None:
        """Take in an event; what is known by it, when that is something new."""
        match event:
            case RouteChosen(is_aside=False):
                folder = self._folder_of(event)
                if folder is not None:
                    self._under_way[event.request_id] = folder
            case ExchangeEnded():
                folder = self._under_way.pop(event.request_id, None)
                if folder is not None and folder in self._known:
                    return self._end(folder, event)
        return None

    def _folder_of(self, event: RouteChosen) -> Path | None:
        """The launch that a request belongs to; one that does not tell its folder: the last."""
        waiting = [known.folder for known in self._known.values() if not known.is_answered]
        if not event.folder:
            return waiting[-1] if waiting else None
        real = os.path.realpath(event.folder)
        return next((folder for folder in waiting if os.path.realpath(folder) == real), None)

    def _end(self, folder: Path, event: ExchangeEnded) -> FirstRequest | None:
        known = self._known[folder]
        if known.is_answered:
            return None
        error = (event.error or str(event.status)) if event.status >= 400 else ""
        found = replace(known, route=event.route, seconds=event.duration_s, error=error)
        self._known[folder] = found
        return found
