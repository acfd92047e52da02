"""Work that a click begins is named, referenced, and told of when it fails."""

import asyncio

import pytest

from ccr_desktop.desktop.background import BackgroundTasks, afterwards
from ccr_desktop.desktop.state import Problem
from ccr_desktop.errors import CcrError


async def test_what_fails_is_told_in_its_own_words() -> None:
    told: list[Problem] = []
    tasks = BackgroundTasks(told.append)

    async def fail() -> None:
        raise CcrError("The keyring is locked", "Unlock it.")

    await asyncio.wait({tasks.run(fail(), "Reading the key")})

    assert told == [Problem("The keyring is locked", "Unlock it.")]


async def test_what_nobody_expected_is_told_with_what_was_done(
    caplog: pytest.LogCaptureFixture,
) -> None:
    told: list[Problem] = []
    tasks = BackgroundTasks(told.append)

    async def fail() -> None:
        raise ZeroDivisionError("division by zero")

    await asyncio.wait({tasks.run(fail(), "Reading the key")})

    assert told == [Problem("Reading the key failed", "ZeroDivisionError: division by zero")]
    assert "Reading the key failed" in caplog.text


async def test_what_failed_within_other_work_is_told_once() -> None:
    told: list[Problem] = []
    tasks = BackgroundTasks(told.append)

    async def fail() -> None:
        raise CcrError("The keyring is locked", "Unlock it.")

    async def move() -> None:
        await tasks.run(fail(), "Saving")

    await asyncio.wait({tasks.run(move(), "Moving the key")})

    assert told == [Problem("The keyring is locked", "Unlock it.")]


async def test_what_was_for_a_page_that_is_gone_is_not_told() -> None:
    told: list[Problem] = []
    tasks = BackgroundTasks(told.append)

    async def show() -> None:
        raise RuntimeError("libshiboken: Internal C++ object (QLabel) already deleted.")

    await asyncio.wait({tasks.run(show(), "Looking for servers")})

    assert told == []


async def test_whoever_waits_gets_the_result() -> None:
    tasks = BackgroundTasks(lambda _: None)

    async def work() -> int:
        return 7

    assert await tasks.run(work(), "Counting") == 7


async def test_the_end_cancels_what_runs_without_a_word() -> None:
    told: list[Problem] = []
    tasks = BackgroundTasks(told.append)
    running = tasks.run(asyncio.Event().wait(), "Waiting")  # type: ignore[arg-type]

    await tasks.end()

    assert running.cancelled()
    assert not told


async def test_the_end_takes_along_what_begins_at_the_end_of_other_work() -> None:
    tasks = BackgroundTasks(lambda _: None)
    begun: list[asyncio.Task[None]] = []

    async def stay() -> None:
        await asyncio.Event().wait()

    moving = tasks.run(stay(), "Moving keys")
    moving.add_done_callback(lambda _: begun.append(tasks.run(stay(), "Looking again")))
    await asyncio.sleep(0)

    await tasks.end()

    assert [task.cancelled() for task in begun] == [True]


@pytest.mark.parametrize("message", ["Internal C++ object already deleted.", "a mistake"])
async def test_what_a_gone_page_would_show_is_left_out(message: str) -> None:
    """Anything else that goes wrong is still heard of."""
    tasks, heard = BackgroundTasks(lambda _: None), list[object]()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: heard.append(context))

    def show() -> None:
        raise RuntimeError(message)

    task = tasks.run(asyncio.sleep(0), "Saving")
    afterwards(task, show)
    await asyncio.wait({task})
    await asyncio.sleep(0)

    assert len(heard) == ("C++" not in message)


async def test_nothing_begins_once_it_is_closed() -> None:
    tasks, begun = BackgroundTasks(lambda problem: None), []

    async def work() -> None:
        begun.append("work")

    await tasks.close()
    task = tasks.run(work(), "Looking")

    assert task.cancelled()
    await asyncio.sleep(0)
    assert not begun
