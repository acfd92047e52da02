"""Has a running service keep up with the files of the user's, as soon as they change."""

from __future__ import annotations

import logging
from contextlib import aclosing
from typing import TYPE_CHECKING

from ccr_desktop.core.lookout import Lookout

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.own_files import OwnFiles

log = logging.getLogger(__name__)

_EVERY_S = 0.4
_SELDOM_S = 30.0  # where changes are told, in case that one is not


class FileWatch:
    """Looks at the files. *has_code* says whether there are others than the configuration."""

    def __init__(
        self, store: ConfigStore | None, files: OwnFiles, has_code: Callable[[], bool]
    ) -> None:
        self._store = store
        self._files = files
        self._has_code = has_code
        self._lookout = Lookout(self._has_news, self._pause_s)
        self.is_told = False
        """Whether somebody who hears of each change of the configuration file calls `look_now`."""

    def look_now(self) -> None:
        """Wait no longer for the next look. From any thread."""
        self._lookout.look_now()

    async def run(self, keep_up: Callable[[], Awaitable[None]]) -> None:
        """Call *keep_up* whenever there may be something to do, until it is cancelled."""
        async with aclosing(self._lookout.sightings()) as changes:
            async for _ in changes:
                try:
                    await keep_up()
                except Exception:
                    log.exception("the configuration could not be watched")

    def _has_news(self) -> bool:
        """A disk may take its time for this."""
        is_as_it_was = self._store is None or self._store.is_as_it_was()
        return self._has_code() or not (is_as_it_was and self._files.is_known())

    def _pause_s(self, had_news: bool) -> float:
        """A file that has just changed may do so again, as one that is still being written."""
        awaits_keys = self._store is not None and self._store.awaits_keys
        is_quiet = self.is_told and not (had_news or awaits_keys or self._has_code())
        return _SELDOM_S if is_quiet else _EVERY_S
