"""Work that several requests wait for, and that is done once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

log = logging.getLogger(__name__)

T = TypeVar("T")


class SharedWork(Generic[T]):
    """Whoever comes while the work is done waits for its end, and gets the same.

    It is a task of its own: a token that was used up to get another must not be lost with a
    client that goes away.
    """

    def __init__(self) -> None:
        self._task: asyncio.Task[T] | None = None

    async def result(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """What *work* returns or raises, unless it is under way already."""
        task = self._task
        if task is None or task.done() or task.get_loop() is not asyncio.get_running_loop():
            task = self._task = asyncio.ensure_future(work())
            task.add_done_callback(_note_end)
        return await asyncio.shield(task)


def _note_end(task: asyncio.Task[Any]) -> None:
    """Nobody may be waiting any more for what went wrong."""
    if not task.cancelled() and (error := task.exception()):
        log.debug("credentials were not renewed: %s", error)
