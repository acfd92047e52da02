"""What ends the app, on the app's own loop."""

import asyncio
import os
import signal
import sys

import pytest
from PySide6.QtWidgets import QApplication

from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.system.endings import Endings


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
async def test_signals_are_heard(qloop: Loop, qapp: QApplication, name: str) -> None:
    number = getattr(signal, name)
    before = signal.getsignal(number)

    with Endings(qapp) as endings:
        os.kill(os.getpid(), number)
        await endings.wanted.wait()
        assert endings.reason == name

    assert signal.getsignal(number) in {before, signal.SIG_DFL, signal.default_int_handler}


async def test_the_end_of_the_session_is_heard_and_the_first_reason_counts(
    qloop: Loop, qapp: QApplication
) -> None:
    hints: list[object] = []

    class Session:
        def setRestartHint(self, hint: object) -> None:  # noqa: N802
            hints.append(hint)

    with Endings(qapp) as endings:
        endings._session_ends(Session())  # type: ignore[arg-type]  # Qt alone can make one
        endings.want("later")
        assert endings.wanted.is_set()
        assert endings.reason == "the session ends"

    assert [getattr(hint, "name", "") for hint in hints] == ["RestartNever"]


async def test_a_loop_without_signals_is_told_by_pythons_own(
    qloop: Loop, qapp: QApplication
) -> None:
    endings = Endings(qapp)
    before = signal.getsignal(signal.SIGTERM)

    endings._hear_without_loop(asyncio.get_running_loop(), signal.SIGTERM, "SIGTERM")
    endings._let_python_run()
    signal.raise_signal(signal.SIGTERM)
    await endings.wanted.wait()
    for undo in endings._undo:
        undo()

    assert signal.getsignal(signal.SIGTERM) is before
