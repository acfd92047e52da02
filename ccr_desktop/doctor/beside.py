"""Checks on a loop of their own in a thread: a window and its router go on meanwhile."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ccr_desktop.core.daemons import beside
from ccr_desktop.doctor.examine import examine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ccr_desktop.doctor.check import Around, Check, Finding, Look, Result


async def examine_beside(
    checks: Sequence[Check], around: Around, tell: Callable[[Result], None]
) -> list[Result]:
    """As `examine`; *tell* is called on the loop of the caller, and no more once cancelled."""
    run = _Run(tell, asyncio.get_running_loop())
    try:
        return await beside(lambda: asyncio.run(run.examined(checks, around)))
    finally:
        run.cancel()


def at_home(look: Look) -> Look:
    """*look* on the loop that runs now, from whichever loop it is asked."""
    home = asyncio.get_running_loop()

    async def from_elsewhere(around: Around) -> Finding:
        async def found() -> Finding:
            return await look(around)

        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(found(), home))

    return from_elsewhere


@dataclass(slots=True)
class _Run:
    tell: Callable[[Result], None]
    home: asyncio.AbstractEventLoop
    lock: threading.Lock = field(default_factory=threading.Lock)
    task: asyncio.Task[list[Result]] | None = None
    is_over: bool = False

    async def examined(self, checks: Sequence[Check], around: Around) -> list[Result]:
        with self.lock:
            if self.is_over:
                return []
            self.task = asyncio.ensure_future(examine(checks, around, self._pass_on))
        return await self.task

    def cancel(self) -> None:
        """On the loop of the caller; harmless when all is done."""
        with self.lock:
            self.is_over = True
            task = self.task
        if task is not None:
            with suppress(RuntimeError):  # its loop has ended
                task.get_loop().call_soon_threadsafe(task.cancel)

    def _pass_on(self, result: Result) -> None:
        with suppress(RuntimeError):  # the loop of the caller has ended
            self.home.call_soon_threadsafe(self._told, result)

    def _told(self, result: Result) -> None:
        if not self.is_over:
            self.tell(result)
