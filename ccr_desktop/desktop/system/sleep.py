"""Tells when the computer woke up: connections are dead then, and providers may be well again.

On Linux logind says so. A watch of the clocks notices it everywhere, if a little later; both
together call once.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ccr_desktop.desktop.system.bus import Body, Bus

Resumed = Callable[[], None]

_LOGIND = "org.freedesktop.login1"
_LOOK_EVERY_S = 10.0
_LOOK_SELDOM_S = 60.0  # where the system tells
_JUMP_S = 20.0  # a loop that was busy for so long has other trouble
_ONCE_PER_S = 60.0


class SleepWatch(Protocol):
    """Its `run` belongs into the app's task group."""

    async def run(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Clocks:
    """Of the two, one stands still while the computer sleeps, on some systems neither."""

    wall: Callable[[], float] = time.time
    steady: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


class ClockWatch:
    """Notices that more time went by than it slept for."""

    def __init__(self, resumed: Resumed, clocks: Clocks, every_s: float) -> None:
        self._resumed = resumed
        self._clocks = clocks
        self._every_s = every_s

    async def run(self) -> None:
        clocks = self._clocks
        while True:
            wall, steady = clocks.wall(), clocks.steady()
            await clocks.sleep(self._every_s)
            went_by = max(clocks.wall() - wall, clocks.steady() - steady)
            if went_by > self._every_s + _JUMP_S:
                self._resumed()


class LogindWatch:
    """`PrepareForSleep` comes with True before, and with False after."""

    def __init__(self, resumed: Resumed, bus: Bus) -> None:
        self._resumed = resumed
        self._bus = bus
        bus.listen(_LOGIND, f"{_LOGIND}.Manager", "PrepareForSleep", self._prepare)

    def _prepare(self, body: Body) -> None:
        if body == (False,):
            self._resumed()

    async def run(self) -> None:
        await self._bus.run()


class _OnceInAWhile:
    """Passes the first call on, and no other for a while."""

    def __init__(self, resumed: Resumed, steady: Callable[[], float]) -> None:
        self._resumed = resumed
        self._steady = steady
        self._last_s: float | None = None

    def __call__(self) -> None:
        now_s = self._steady()
        if self._last_s is None or now_s - self._last_s >= _ONCE_PER_S:
            self._last_s = now_s
            self._resumed()


class SleepWatches:
    """All that a system has."""

    def __init__(
        self, resumed: Resumed, bus: Bus | None = None, clocks: Clocks | None = None
    ) -> None:
        clocks = clocks or Clocks()
        once = _OnceInAWhile(resumed, clocks.steady)
        every_s = _LOOK_SELDOM_S if bus else _LOOK_EVERY_S
        self._watches: list[SleepWatch] = [ClockWatch(once, clocks, every_s)]
        if bus:
            self._watches.append(LogindWatch(once, bus))

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            for watch in self._watches:
                tasks.create_task(watch.run())


def sleep_watch_for_system(resumed: Resumed, system: str = sys.platform) -> SleepWatch:
    if system != "linux":
        return SleepWatches(resumed)
    from ccr_desktop.desktop.system.bus import Bus  # noqa: PLC0415  # only Linux has it

    return SleepWatches(resumed, Bus("SYSTEM"))
