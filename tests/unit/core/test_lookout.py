"""Looks in a thread, now and then or at once."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import aclosing

import pytest

from ccr_desktop.core.daemons import beside
from ccr_desktop.core.lookout import Lookout

NEVER_S = 3600.0


def soon(_: bool) -> float:
    return 0.001


async def test_as_long_as_nothing_is_seen_the_loop_sleeps_on() -> None:
    news, looked = threading.Event(), threading.Semaphore(0)
    came_round = 0

    def look() -> bool:
        looked.release()
        return news.is_set()

    async with aclosing(Lookout(look, soon).sightings()) as changes:
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
    async with aclosing(Lookout(lambda: 1 / 0 > 0, soon).sightings()) as changes:
        await asyncio.wait_for(anext(changes), 60)


async def test_whoever_asks_for_a_look_does_not_wait_for_it() -> None:
    lookout = Lookout(lambda: True, lambda _: NEVER_S)
    async with aclosing(lookout.sightings()) as changes:
        for _ in range(3):
            lookout.look_now()
            await asyncio.wait_for(anext(changes), 60)


async def test_how_long_it_waits_may_depend_on_what_was_seen() -> None:
    looks, told, waits = iter([True, True, False]), list[bool](), threading.Event()

    def pause_s(saw: bool) -> float:
        told.append(saw)
        if len(told) < 4:
            return 0.001
        waits.set()
        return NEVER_S

    async with aclosing(Lookout(lambda: next(looks), pause_s).sightings()) as changes:
        await asyncio.wait_for(anext(changes), 60)
        assert await beside(lambda: waits.wait(60))
    assert told[:4] == [False, True, True, False]


@pytest.mark.parametrize("pause_s", [soon, lambda _: NEVER_S])
async def test_whoever_closes_it_is_not_looked_for_any_more(
    pause_s: Callable[[bool], float],
) -> None:
    threads = set(threading.enumerate())
    lookout = Lookout(lambda: True, pause_s)
    async with aclosing(lookout.sightings()) as changes:
        lookout.look_now()
        await asyncio.wait_for(anext(changes), 60)
        (watcher,) = set(threading.enumerate()) - threads
    await beside(lambda: watcher.join(60))
    assert not watcher.is_alive()
