"""What ends the app, on the app's own loop."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.system.endings import SIGNALS, Endings

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


@pytest.fixture
def signals_as_before() -> Iterator[None]:
    numbers = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@posix_only
@pytest.mark.usefixtures("signals_as_before")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
async def test_signals_are_heard(qloop: Loop, qapp: QApplication, name: str) -> None:
    number = getattr(signal, name)
    signal.signal(number, signal.SIG_DFL)  # the tests themselves may be run by nohup

    with Endings(qapp) as endings:
        os.kill(os.getpid(), number)
        await endings.wanted.wait()
        assert endings.reason == name

    assert signal.getsignal(number) in {signal.SIG_DFL, signal.default_int_handler}


@posix_only
@pytest.mark.usefixtures("signals_as_before")
async def test_started_with_nohup_it_outlives_its_terminal(qloop: Loop, qapp: QApplication) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)

    with Endings(qapp) as endings:
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        os.kill(os.getpid(), signal.SIGTERM)
        await endings.wanted.wait()

    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN


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


async def test_python_may_be_made_to_run_where_nothing_wakes_it_for_a_signal(
    qloop: Loop, qapp: QApplication
) -> None:
    with Endings(qapp) as endings:
        endings._let_python_run()
        signal.raise_signal(signal.SIGTERM)
        await endings.wanted.wait()

    assert not endings._undo


@posix_only
@pytest.mark.usefixtures("signals_as_before")
async def test_who_asks_again_while_it_ends_is_late(qloop: Loop, qapp: QApplication) -> None:
    with Endings(qapp) as endings:
        endings.keep_signals()

    for name in ("SIGTERM", "SIGINT", "SIGHUP"):
        os.kill(os.getpid(), getattr(signal, name))  # the test goes on


@posix_only
@pytest.mark.usefixtures("signals_as_before")
async def test_what_is_started_while_it_ends_hears_signals(qloop: Loop, qapp: QApplication) -> None:
    asks = (
        "import signal as s; "
        "print(s.getsignal(s.SIGTERM) == s.SIG_DFL, s.pthread_sigmask(s.SIG_BLOCK, []))"
    )
    with Endings(qapp) as endings:
        endings.keep_signals()

    started = await asyncio.create_subprocess_exec(
        sys.executable, "-I", "-c", asks, stdout=subprocess.PIPE
    )
    said, _ = await started.communicate()

    assert said.split() == [b"True", b"set()"]
