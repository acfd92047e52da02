"""Waking up, as the clocks tell it."""

import asyncio
from collections.abc import Callable

import pytest

from ccr_desktop.desktop.system.sleep import Clocks, SleepWatches, sleep_watch_for_system


class Dawn(Exception):
    """The end of a test's time."""


class Night:
    """Clocks that tests turn: each sleep takes what the next entry says, on both clocks."""

    def __init__(self, *naps: tuple[float, float]) -> None:
        self._naps = [*naps]
        self._wall = self._steady = 1000.0
        self.clocks = Clocks(lambda: self._wall, lambda: self._steady, self._sleep)

    async def _sleep(self, seconds: float) -> None:
        if not self._naps:
            raise Dawn
        wall, steady = self._naps.pop(0)
        self._wall += seconds + wall
        self._steady += seconds + steady


async def times_told(*naps: tuple[float, float]) -> int:
    told: list[str] = []
    watch = SleepWatches(lambda: told.append("awake"), clocks=Night(*naps).clocks)
    with pytest.RaisesGroup(Dawn):
        await watch.run()
    return len(told)


@pytest.mark.parametrize(
    "nap", [(3600.0, 0.0), (3600.0, 3600.0)], ids=["steady clock sleeps, too", "it goes on"]
)
async def test_a_jump_of_a_clock_is_a_night(nap: tuple[float, float]) -> None:
    assert await times_told((0, 0), nap, (0, 0)) == 1


async def test_a_busy_loop_and_a_clock_set_back_are_none() -> None:
    assert await times_told((5, 5), (-3600, 0), (0, 0)) == 0


async def test_two_reports_of_one_night_are_told_once() -> None:
    assert await times_told((3600, 0), (3600, 0)) == 1
    assert await times_told((3600, 0), *[(0, 0)] * 6, (3600, 0)) == 2


@pytest.mark.parametrize("system", ["win32", "darwin", "linux"])
async def test_each_system_has_a_watch(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    quiet: Callable[[], None] = pytest.fail
    running = asyncio.ensure_future(sleep_watch_for_system(quiet, system).run())

    done, _ = await asyncio.wait([running], timeout=0.05)

    assert not done
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
