"""The application's loop and Qt's, one in the other: each gets its turn, nothing is left."""

import asyncio
import os
import sys
import time

import psutil
import pytest
import qasync
from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from ccr_desktop.desktop import loop as loop_module
from ccr_desktop.desktop.loop import SLICE_S, Loop, run

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and descriptors of POSIX")


@POSIX
def test_nothing_is_left_open_by_a_closed_loop(qapp: QApplication) -> None:
    def descriptors() -> int:
        return int(psutil.Process().num_fds())

    async def work() -> None:
        await asyncio.sleep(0.001)
        asyncio.get_running_loop().call_later(600, print)

    run(work)  # what Qt opens once and for all
    before = descriptors()
    for _ in range(5):
        run(work)

    assert descriptors() <= before


def test_the_loop_leaves_no_timers_in_qt(qapp: QApplication) -> None:
    loop = Loop()
    for delay_s in range(1, 1000):
        loop.call_later(delay_s, print).cancel()
    assert len(loop._scheduled) <= 1
    loop.call_later(600, print)
    loop.run_until_complete(asyncio.sleep(0.001))
    assert timers_of(loop._pump) == 0

    loop.close()


def timers_of(receiver: QObject) -> int:
    dispatcher = QApplication.eventDispatcher()
    return len(dispatcher.registeredTimers(receiver))


def test_cancelled_timers_are_forgotten_while_others_wait(loop: Loop) -> None:
    ran: list[int] = []
    kept = [loop.call_later(0.001 * number, ran.append, number) for number in range(10)]
    for _ in range(1000):
        loop.call_later(600, print).cancel()
    assert len(loop._scheduled) <= 2 * len(kept) + 1
    loop.call_later(0.02, loop.stop)

    loop.run_forever()

    assert ran == list(range(10))


def test_qt_timers_fire_while_callbacks_never_end(loop: Loop) -> None:
    fired: list[int] = []
    timer = QTimer()
    timer.timeout.connect(lambda: fired.append(1))
    timer.start(1)

    def again() -> None:
        if len(fired) < 20:
            loop.call_soon(again)
        else:
            loop.stop()

    loop.call_soon(again)
    loop.run_forever()

    timer.stop()
    assert len(fired) >= 20


@POSIX
def test_qt_timers_fire_while_a_socket_is_always_readable(loop: Loop) -> None:
    fired: list[int] = []
    reads: list[int] = []
    timer = QTimer()
    timer.timeout.connect(lambda: fired.append(1))
    timer.start(1)
    read_fd, write_fd = os.pipe()
    os.write(write_fd, b"x")

    def readable() -> None:
        reads.append(1)
        if len(fired) >= 20:
            loop.stop()

    loop.add_reader(read_fd, readable)
    loop.run_forever()

    loop.remove_reader(read_fd)
    timer.stop()
    os.close(read_fd)
    os.close(write_fd)
    assert len(reads) > len(fired)


def test_a_burst_is_run_in_slices(loop: Loop) -> None:
    turns: list[int] = []
    timer = QTimer()
    timer.timeout.connect(lambda: turns.append(1))
    timer.start(0)
    for _ in range(20):
        loop.call_soon(time.sleep, SLICE_S / 2)
    loop.call_soon(loop.stop)

    loop.run_forever()

    timer.stop()
    assert len(turns) >= 5


def test_a_loop_of_qt_inside_of_a_coroutine_loses_no_work(qloop: Loop) -> None:
    ticks: list[int] = []

    async def tick() -> None:
        for number in range(5):
            await asyncio.sleep(0.001)
            ticks.append(number)

    async def work() -> None:
        ticking = asyncio.ensure_future(tick())
        await asyncio.sleep(0)
        nested = QEventLoop()
        QTimer.singleShot(20, nested.quit)
        qloop.call_soon_threadsafe(int)
        nested.exec()
        assert ticks == []
        await ticking

    qloop.run_until_complete(work())

    assert ticks == list(range(5))


def test_a_loop_of_qt_in_a_slot_lets_the_tasks_go_on(qloop: Loop) -> None:
    ticks: list[int] = []
    nested = QEventLoop()

    async def tick() -> None:
        for number in range(5):
            await asyncio.sleep(0.001)
            ticks.append(number)
        nested.quit()

    async def work() -> None:
        left = asyncio.Event()

        def slot() -> None:
            nested.exec()
            assert len(ticks) == 5
            left.set()

        QTimer.singleShot(0, slot)
        await tick()
        await left.wait()

    qloop.run_until_complete(work())


def test_run_returns_what_its_main_returns_and_raises_what_it_raises(qapp: QApplication) -> None:
    async def answer() -> int:
        assert isinstance(asyncio.get_running_loop(), Loop)
        return 42

    async def fail() -> None:
        raise ValueError("no")

    assert run(answer) == 42
    with pytest.raises(ValueError, match="no"):
        run(fail)


def test_another_binding_in_the_environment_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("QT_API", "pyqt5")

    assert loop_module._qasync() is qasync
    assert os.environ["QT_API"] == "pyqt5"


def test_nothing_of_what_qasync_does_its_own_way_is_left_in_force() -> None:
    theirs = {
        name
        for name, value in vars(qasync._QEventLoop).items()
        if callable(value) and not name.startswith(("__", "_QEventLoop__"))
    }

    assert {
        name for name in theirs if getattr(Loop, name) is getattr(qasync._QEventLoop, name)
    } == set()


@POSIX
def test_what_comes_all_the_time_is_taken_without_a_way_through_qt(
    loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, long_s in (("SLICE_S", 120.0), ("LINGER_S", 120.0), ("_SOON_S", 60.0)):
        monkeypatch.setattr(loop_module, name, long_s)
    count, turns = 50, 0
    turn = loop._pump._turn

    def counted() -> None:
        nonlocal turns
        turns += 1
        turn()

    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    received: list[bytes] = []

    def read() -> None:
        received.append(os.read(reader, 1))
        if len(received) < count:
            loop.call_later(0.001, os.write, writer, b"x")
        else:
            loop.stop()

    loop._notifier.activated.disconnect()  # type: ignore[union-attr]  # it is there on POSIX
    loop._notifier.activated.connect(counted)  # type: ignore[union-attr]  # as above
    monkeypatch.setattr(loop._pump, "_turn", counted)
    loop.add_reader(reader, read)
    os.write(writer, b"x")
    loop.run_forever()
    loop.remove_reader(reader)
    os.close(reader)
    os.close(writer)

    assert len(received) == count
    assert turns < count / 2


def test_a_loop_that_waits_for_nothing_more_leaves_it_to_qt(loop: Loop) -> None:
    async def asked() -> None:
        for _ in range(20):
            await asyncio.sleep(0.0005)

    loop.run_until_complete(asked())
    turns: list[int] = []
    turn = loop._turn
    loop._pump._turn = lambda: (turns.append(1), turn())  # type: ignore[func-returns-value]
    loop.run_until_complete(asyncio.sleep(0.3))

    assert len(turns) < 20


@POSIX
def test_what_ends_qts_loop_from_elsewhere_lets_the_tasks_end_in_order(qapp: QApplication) -> None:
    async def work() -> list[str]:
        seen = []
        try:
            QApplication.exit(1)
            await asyncio.sleep(0.01)  # a timer
            seen.append(await asyncio.to_thread(lambda: "thread"))
            process = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
            seen.append(str(await process.wait()))
        finally:
            seen.append("closed")
        return seen

    assert run(work) == ["thread", "0", "closed"]
