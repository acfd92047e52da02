"""Which signals end `ccr serve`; the rest of it is run as a process in the end-to-end tests."""

import asyncio
import os
import signal
import sys
from collections.abc import Iterator

import pytest

from ccr_desktop.cli.serve import _on_signals

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
NUMBERS = (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM))


@pytest.fixture(autouse=True)
def _signals_as_before() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in NUMBERS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


async def test_started_with_nohup_it_outlives_its_terminal() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    stop = asyncio.Event()

    _on_signals(stop.set)

    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    os.kill(os.getpid(), signal.SIGTERM)
    await stop.wait()


async def test_a_closed_terminal_ends_it_else() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    stop = asyncio.Event()

    _on_signals(stop.set)

    os.kill(os.getpid(), signal.SIGHUP)
    await stop.wait()
