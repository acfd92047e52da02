"""Threads that nobody waits for in the end."""

import asyncio
import threading

import pytest

from ccr_desktop.core.daemons import beside, finished


async def test_what_work_returns_or_raises_comes_back() -> None:
    assert finished(lambda: 1, 5) == 1
    assert await beside(threading.get_ident) != threading.get_ident()
    with pytest.raises(ZeroDivisionError):
        finished(lambda: 1 / 0, 5)
    with pytest.raises(ZeroDivisionError):
        await beside(lambda: 1 / 0)


async def test_work_that_takes_too_long_is_left_behind() -> None:
    release = threading.Event()

    with pytest.raises(TimeoutError):
        finished(release.wait, 0.01)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(beside(release.wait), 0.01)
    release.set()
