"""What ends the app, on the app's own kind of loop."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest
import qasync
from PySide6.QtWidgets import QApplication

from ccr_desktop.desktop.system.endings import Endings

Run = Callable[[Coroutine[Any, Any, None]], None]


@pytest.fixture
def run(qapp: QApplication) -> Iterator[Run]:
    """Runs a coroutine on a loop of Qt's."""
    loop = qasync.QEventLoop(qapp)
    asyncio.set_event_loop(loop)
    yield lambda work: loop.run_until_complete(asyncio.wait_for(work, 10))
    loop.close()
    asyncio.set_event_loop(None)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_signals_are_heard(run: Run, qapp: QApplication, name: str) -> None:
    number = getattr(signal, name)
    before = signal.getsignal(number)

    async def scene() -> None:
        with Endings(qapp) as endings:
            os.kill(os.getpid(), number)
            await endings.wanted.wait()
            assert endings.reason == name

    run(scene())
    assert signal.getsignal(number) in {before, signal.SIG_DFL, signal.default_int_handler}


def test_the_end_of_the_session_is_heard_and_the_first_reason_counts(
    run: Run, qapp: QApplication
) -> None:
    hints: list[object] = []

    class Session:
        def setRestartHint(self, hint: object) -> None:  # noqa: N802
            hints.append(hint)

    async def scene() -> None:
        with Endings(qapp) as endings:
            endings._session_ends(Session())  # type: ignore[arg-type]  # Qt alone can make one
            endings.want("later")
            assert endings.wanted.is_set()
            assert endings.reason == "the session ends"

    run(scene())
    assert [getattr(hint, "name", "") for hint in hints] == ["RestartNever"]


def test_a_loop_without_signals_is_told_by_pythons_own(run: Run, qapp: QApplication) -> None:
    async def scene() -> None:
        loop = asyncio.get_running_loop()
        endings = Endings(qapp)
        before = signal.getsignal(signal.SIGTERM)
        endings._hear_without_loop(loop, signal.SIGTERM, "SIGTERM")
        endings._let_python_run()
        signal.raise_signal(signal.SIGTERM)
        await endings.wanted.wait()
        for undo in endings._undo:
            undo()
        assert signal.getsignal(signal.SIGTERM) is before

    run(scene())
