"""Somebody else's code runs beside the loop, with a limit, and can't end the process."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest

from ccr_desktop.core.routing import user_calls
from ccr_desktop.core.routing.user_calls import UserCallError, UserCalls


async def later() -> str:
    await asyncio.sleep(0)
    return "done"


@pytest.mark.parametrize("call", [lambda: "done", later], ids=["plain", "async"])
async def test_plain_and_async_functions_give_what_they_return(call: Callable[[], Any]) -> None:
    assert await UserCalls().run(call, 5) == "done"


async def test_the_thread_of_the_loop_is_not_used() -> None:
    assert await UserCalls().run(threading.get_ident, 5) != threading.get_ident()


class Own(BaseException):
    """What nobody expects."""


@pytest.mark.parametrize(
    "error",
    [
        SystemExit,
        KeyboardInterrupt,
        StopIteration,
        GeneratorExit,
        asyncio.CancelledError,
        BaseExceptionGroup("several", [KeyboardInterrupt()]),
        Own,
    ],
)
async def test_what_would_end_the_process_is_an_error(
    error: type[BaseException] | BaseException,
) -> None:
    calls = UserCalls()

    def call() -> None:
        raise error

    for _ in range(9):  # none of them counts as one that still runs
        with pytest.raises(UserCallError, match="it raised "):
            await calls.run(call, 5)


async def test_other_errors_are_passed_on() -> None:
    with pytest.raises(ZeroDivisionError):
        await UserCalls().run(lambda: 1 / 0, 5)


async def test_calls_that_do_not_return_are_left_behind_but_only_so_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(user_calls, "_MOST_AT_ONCE", 2)
    calls, release = UserCalls(), threading.Event()

    for _ in range(2):
        with pytest.raises(TimeoutError):
            await calls.run(release.wait, 0.01)
    with pytest.raises(UserCallError, match="2 earlier calls of it still run"):
        await calls.run(lambda: "done", 5)

    release.set()
    async with asyncio.timeout(60):
        while True:
            try:
                assert await calls.run(lambda: "done", 5) == "done"
                break
            except UserCallError:
                await asyncio.sleep(0)


async def test_an_async_call_that_waits_too_long_is_ended() -> None:
    ended = threading.Event()

    async def call() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    with pytest.raises(TimeoutError):
        await UserCalls().run(call, 0.01)
    assert await asyncio.to_thread(ended.wait, 60)
