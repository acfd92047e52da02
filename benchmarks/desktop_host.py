"""The service in a process with a window, as little else as can be.

`python -m benchmarks.desktop_host --config FILE [--loop ours|qasync|thread]`
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QLabel

from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.observe.events import Event
from ccr_desktop.core.service import Service
from ccr_desktop.desktop.hosting import Host, LoopHost, ThreadHost
from ccr_desktop.desktop.loop import Loop


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.desktop_host", description=__doc__)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--loop", choices=("ours", "qasync", "thread"), default="ours")
    return parser.parse_args()


def _loop_factory(name: str, application: QApplication) -> Callable[[], asyncio.AbstractEventLoop]:
    if name != "qasync":
        return Loop
    import qasync  # noqa: PLC0415  # only to be compared with

    class Plain(qasync.QEventLoop):  # type: ignore[misc]  # it has no types
        """qasync as it is, but for the time of a timer, which asyncio promises and it forgets."""

        def call_later(
            self, delay: float, callback: Callable[..., object], *args: object, context: Any = None
        ) -> asyncio.TimerHandle:
            when_s = self.time() + delay
            handle = asyncio.TimerHandle(when_s, callback, args, self, context)
            self._add_callback(handle, delay)
            return handle

    return lambda: Plain(application)


async def _host(config: Path, host_type: Callable[[Callable[[], Service]], Host]) -> None:
    store = ConfigStore(config, explicit=True)
    host = host_type(lambda: Service(store.config, store))
    window = QLabel("starting")
    window.resize(320, 200)
    window.show()
    counts: dict[str, int] = {}

    def count(event: Event) -> None:
        counts[event.kind] = counts.get(event.kind, 0) + 1
        window.setText(str(counts))

    host.subscribe(count)
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    await host.start()
    try:
        await ended.wait()
    finally:
        await host.stop()


def main() -> None:
    options = _options()
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    host_type = ThreadHost if options.loop == "thread" else LoopHost
    with asyncio.Runner(loop_factory=_loop_factory(options.loop, application)) as runner:
        runner.run(_host(options.config, host_type))


if __name__ == "__main__":
    main()
