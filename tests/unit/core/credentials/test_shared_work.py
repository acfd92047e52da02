import asyncio

import pytest

from ccr_desktop.core.credentials.shared_work import SharedWork


class Work:
    """Counts how often it is done, and waits for its release."""

    def __init__(self) -> None:
        self.count = 0
        self.release = asyncio.Event()
        self.problem: Exception | None = None

    async def __call__(self) -> int:
        self.count += 1
        number = self.count
        await self.release.wait()
        if self.problem:
            raise self.problem
        return number


async def test_it_is_done_once_for_all_who_wait_and_again_for_later_ones() -> None:
    shared, work = SharedWork[int](), Work()

    async with asyncio.TaskGroup() as group:
        waiting = [group.create_task(shared.result(work)) for _ in range(3)]
        await asyncio.sleep(0)
        work.release.set()

    assert [task.result() for task in waiting] == [1, 1, 1]
    assert await shared.result(work) == 2


async def test_all_who_wait_are_told_what_went_wrong() -> None:
    shared, work = SharedWork[int](), Work()
    work.problem = OSError("no")
    work.release.set()

    results = await asyncio.gather(*(shared.result(work) for _ in range(2)), return_exceptions=True)

    assert results == [work.problem, work.problem]


async def test_it_goes_on_without_those_who_gave_up() -> None:
    shared, work = SharedWork[int](), Work()
    gone = asyncio.ensure_future(shared.result(work))
    await asyncio.sleep(0)
    gone.cancel()
    with pytest.raises(asyncio.CancelledError):
        await gone

    work.release.set()

    assert await shared.result(work) == 1
