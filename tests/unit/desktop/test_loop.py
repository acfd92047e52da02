"""The application's loop keeps asyncio's contract."""

import asyncio
import contextvars
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import AsyncIterator

import pytest
from PySide6.QtWidgets import QApplication

from ccr_desktop.desktop.loop import Loop
from tests.unit.desktop.waiting import eventually

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and descriptors of POSIX")


def test_callbacks_run_in_the_order_in_which_they_were_registered(loop: Loop) -> None:
    ran: list[int] = []
    for number in range(100):
        loop.call_soon(ran.append, number)
    loop.call_soon(loop.stop)

    loop.run_forever()

    assert ran == list(range(100))


def test_what_is_ready_when_the_loop_is_stopped_still_runs_and_no_more(loop: Loop) -> None:
    ran: list[str] = []
    loop.call_soon(loop.stop)
    loop.call_soon(lambda: loop.call_soon(ran.append, "later"))
    loop.call_soon(ran.append, "ready")

    loop.run_forever()

    assert ran == ["ready"]
    loop.stop()
    loop.run_forever()
    assert ran == ["ready", "later"]


def test_a_cancelled_callback_does_not_run(loop: Loop) -> None:
    ran: list[str] = []
    loop.call_soon(ran.append, "cancelled").cancel()
    loop.call_later(0, ran.append, "cancelled").cancel()
    loop.call_later(0.001, loop.stop)

    loop.run_forever()

    assert ran == []


def test_an_exception_in_a_callback_reaches_the_handler_and_harms_no_other(loop: Loop) -> None:
    told: list[object] = []
    ran: list[str] = []
    loop.set_exception_handler(lambda _, context: told.append(context["exception"]))
    loop.call_soon(lambda: 1 / 0)
    loop.call_soon(ran.append, "next")
    loop.call_soon(loop.stop)

    loop.run_forever()

    assert [type(error) for error in told] == [ZeroDivisionError]
    assert ran == ["next"]


@pytest.mark.parametrize("kind", [SystemExit, KeyboardInterrupt])
def test_what_ends_the_program_comes_out_of_the_loop(loop: Loop, kind: type[BaseException]) -> None:
    async def leave() -> None:
        raise kind(3)

    with pytest.raises(kind):
        loop.run_until_complete(leave())

    assert not loop.is_running()
    assert loop.run_until_complete(asyncio.sleep(0, "it runs again")) == "it runs again"


def test_a_loop_that_ends_before_its_task_says_so(loop: Loop) -> None:
    future = loop.create_future()
    loop.call_soon(loop.stop)

    with pytest.raises(RuntimeError, match="stopped before Future completed"):
        loop.run_until_complete(future)


def test_no_loop_runs_within_another(loop: Loop) -> None:
    async def nested() -> None:
        with pytest.raises(RuntimeError, match="already running"):
            loop.run_forever()
        other = asyncio.new_event_loop()
        with pytest.raises(RuntimeError, match="another loop is running"):
            other.run_forever()
        other.close()

    loop.run_until_complete(nested())


def test_a_closed_loop_takes_nothing(qapp: QApplication) -> None:
    loop = Loop()
    loop.close()
    loop.close()

    for attempt in (loop.call_soon, loop.call_soon_threadsafe):
        with pytest.raises(RuntimeError, match="closed"):
            attempt(print)
    with pytest.raises(RuntimeError, match="closed"):
        loop.call_later(1, print)
    with pytest.raises(RuntimeError, match="closed"):
        loop.run_forever()


def test_callbacks_keep_their_context(loop: Loop) -> None:
    variable = contextvars.ContextVar("variable", default="outer")
    seen: list[str] = []
    inner = contextvars.copy_context()
    inner.run(variable.set, "inner")
    loop.call_soon(lambda: seen.append(variable.get()), context=inner)
    loop.call_soon_threadsafe(lambda: seen.append(variable.get()), context=inner)
    loop.call_later(0.001, lambda: seen.append(variable.get()), context=inner)
    loop.call_soon(lambda: seen.append(variable.get()))
    loop.call_later(0.002, loop.stop)

    loop.run_forever()

    assert sorted(seen) == ["inner", "inner", "inner", "outer"]


def test_threads_wake_a_loop_that_waits(loop: Loop) -> None:
    ran: list[int] = []

    def work(first: int) -> None:
        for number in range(first, first + 100):
            loop.call_soon_threadsafe(ran.append, number)

    threads = [threading.Thread(target=work, args=(first,)) for first in (0, 100, 200)]

    async def wait() -> None:
        for thread in threads:
            thread.start()
        await eventually(lambda: len(ran) == 300)

    loop.run_until_complete(wait())

    for thread in threads:
        thread.join()
    assert sorted(ran) == list(range(300))
    assert [number for number in ran if number < 100] == list(range(100))


def test_a_thread_alone_ends_the_wait(loop: Loop) -> None:
    thread = threading.Timer(0.02, lambda: loop.call_soon_threadsafe(loop.stop))
    thread.start()

    loop.run_forever()

    thread.join()


def test_generators_that_nobody_finished_are_closed(loop: Loop) -> None:
    closed: list[bool] = []

    async def numbers() -> AsyncIterator[int]:
        try:
            yield 1
            yield 2
        finally:
            closed.append(True)

    async def use() -> None:
        async for _ in numbers():
            break

    loop.run_until_complete(use())
    loop.run_until_complete(loop.shutdown_asyncgens())

    assert closed == [True]


def test_debug_mode_tells_of_slow_callbacks_and_of_wrong_threads(
    loop: Loop, caplog: pytest.LogCaptureFixture
) -> None:
    loop.set_debug(True)
    loop.slow_callback_duration = 0.005
    refused: list[str] = []

    def call_from_a_thread() -> None:
        try:
            loop.call_soon(print)
        except RuntimeError as exc:
            refused.append(str(exc))

    async def work() -> None:
        await asyncio.to_thread(call_from_a_thread)
        time.sleep(0.01)  # noqa: ASYNC251  # it is what the loop should complain about

    with caplog.at_level(logging.WARNING, logger="asyncio"):
        loop.run_until_complete(work())
    loop.run_until_complete(loop.shutdown_default_executor())

    assert any("Executing" in record.message for record in caplog.records)
    assert "Non-thread-safe" in refused[0]


@POSIX
def test_signals_are_handled_while_the_loop_waits(loop: Loop) -> None:
    heard: list[int] = []

    async def wait() -> None:
        loop.add_signal_handler(signal.SIGUSR1, heard.append, 1)
        threading.Timer(0.02, os.kill, (os.getpid(), signal.SIGUSR1)).start()
        await eventually(lambda: heard)
        loop.remove_signal_handler(signal.SIGUSR1)

    loop.run_until_complete(wait())

    assert heard == [1]


@POSIX
def test_a_plain_signal_handler_runs_while_the_loop_waits(loop: Loop) -> None:
    before = signal.signal(signal.SIGUSR2, lambda *_: loop.stop())
    timer = threading.Timer(0.02, os.kill, (os.getpid(), signal.SIGUSR2))
    timer.start()
    try:
        loop.run_forever()
    finally:
        signal.signal(signal.SIGUSR2, before)
        timer.join()
    assert signal.set_wakeup_fd(-1) == -1
