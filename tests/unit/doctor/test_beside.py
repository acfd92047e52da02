"""Checks on a loop of their own: the caller's goes on, and can end them."""

import asyncio
import threading
import time
from pathlib import Path

import pytest

from ccr_desktop.doctor.beside import at_home, examine_beside
from ccr_desktop.doctor.check import Around, Check, Finding, Result, Verdict, fine
from ccr_desktop.doctor.words import say
from tests.unit.doctor.conftest import around_of


async def _blocks(_: Around) -> Finding:
    time.sleep(0.05)  # as code that nobody expected to  # noqa: ASYNC251
    return fine(say("{name}", name=threading.current_thread().name))


async def test_what_blocks_a_check_does_not_block_the_caller(home: Path) -> None:
    told: list[Result] = []
    own = threading.current_thread().name

    async def here(_: Around) -> Finding:
        return fine(say("{name}", name=threading.current_thread().name))

    checks = [Check("blocks", say("A"), _blocks), Check("here", say("B"), at_home(here))]
    results = await examine_beside(checks, around_of(home), told.append)

    names = [str(result.finding.text) for result in results]
    assert names[0] != own
    assert names[1] == own
    await asyncio.sleep(0)  # what was told last
    assert {result.check.key for result in told} == {"blocks", "here"}


async def test_whoever_is_cancelled_ends_the_checks_and_hears_no_more(home: Path) -> None:
    ended, begun = threading.Event(), threading.Event()

    async def waits(_: Around) -> Finding:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        raise AssertionError

    told: list[Result] = []
    checks = [Check("waits", say("A"), waits)]
    work = asyncio.ensure_future(examine_beside(checks, around_of(home), told.append))
    assert await asyncio.to_thread(begun.wait, 60)

    work.cancel()

    with pytest.raises(asyncio.CancelledError):
        await work
    assert await asyncio.to_thread(ended.wait, 60)
    assert told == []


async def test_a_check_that_fails_is_told_as_anywhere(home: Path) -> None:
    async def fails(_: Around) -> Finding:
        raise ValueError("no")

    (result,) = await examine_beside(
        [Check("fails", say("A"), at_home(fails))], around_of(home), lambda _: None
    )

    assert result.finding.verdict is Verdict.UNCHECKED
    assert "ValueError: no" in str(result.finding.text)
