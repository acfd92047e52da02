"""Threads that nobody waits for in the end."""

import asyncio
import threading
from contextlib import aclosing

import pytest

from ccr_desktop.core.daemons import beside, finished, sightings


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


async def test_as_long_as_nothing_is_seen_the_loop_sleeps_on() -> None:
    news, looked = threading.Event(), threading.Semaphore(0)
    came_round = 0

    def look() -> bool:
        looked.release()
        return news.is_set()

    async with aclosing(sightings(look, 0.001)) as changes:
        first = asyncio.ensure_future(anext(changes))
        await beside(lambda: [looked.acquire() for _ in range(5)])
        assert not first.done()
        news.set()
        await asyncio.wait_for(first, 60)
        async for _ in changes:
            came_round += 1
            if came_round == 3:
                break


async def test_a_look_that_fails_is_worth_coming_round() -> None:
    async with aclosing(sightings(lambda: 1 / 0 > 0, 0.001)) as changes:
        await asyncio.wait_for(anext(changes), 60)


async def test_whoever_closes_it_is_not_looked_for_any_more() -> None:
    threads = set(threading.enumerate())
    async with aclosing(sightings(lambda: True, 0.001)) as changes:
        await asyncio.wait_for(anext(changes), 60)
        (watcher,) = set(threading.enumerate()) - threads
    await beside(lambda: watcher.join(60))
    assert not watcher.is_alive()
