"""The timer for many short reads."""

import asyncio

import pytest

from ccr_desktop.core.upstream.timeouts import ReadTimer


async def at_once() -> str:
    return "read"


async def test_a_read_in_time_gives_its_result() -> None:
    with ReadTimer() as timer:
        assert [await timer.run(at_once(), 5) for _ in range(3)] == ["read"] * 3


async def test_a_read_that_takes_too_long_ends_and_the_next_one_works() -> None:
    with ReadTimer() as timer:
        with pytest.raises(TimeoutError):
            await timer.run(asyncio.Event().wait(), 0.01)
        assert await timer.run(at_once(), 0.01) == "read"
        with pytest.raises(TimeoutError):
            await timer.run(asyncio.Event().wait(), 0.01)


async def test_a_shorter_limit_counts_though_a_longer_one_was_set_before() -> None:
    with ReadTimer() as timer:
        await timer.run(at_once(), 60)
        async with asyncio.timeout(30):
            with pytest.raises(TimeoutError):
                await timer.run(asyncio.Event().wait(), 0.01)


async def test_no_data_is_lost_by_a_timeout() -> None:
    stream = asyncio.StreamReader()
    with ReadTimer() as timer:
        with pytest.raises(TimeoutError):
            await timer.run(stream.read(10), 0.01)
        stream.feed_data(b"late")
        assert await timer.run(stream.read(10), 5) == b"late"


async def test_what_is_done_between_reads_is_not_disturbed() -> None:
    with ReadTimer() as timer:
        await timer.run(at_once(), 0.01)
        await asyncio.sleep(0.05)
        assert await timer.run(at_once(), 5) == "read"


async def test_a_cancellation_from_outside_stays_one() -> None:
    entered = asyncio.Event()

    async def read() -> None:
        with ReadTimer() as timer:
            entered.set()
            await timer.run(asyncio.Event().wait(), 60)

    task = asyncio.ensure_future(read())
    await entered.wait()
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert task.cancelled()


async def test_a_limit_around_it_keeps_its_own_meaning() -> None:
    with ReadTimer() as timer, pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01) as outer:
            await timer.run(asyncio.Event().wait(), 60)

    assert outer.expired()
