"""A look at something that may block, in a thread: every so often, and at once when asked for."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable


class Lookout:
    """*look* says whether there is something to see; one that fails counts as if there were.

    *pause_s* says how long to wait for the next look, told whether the last one saw something.
    """

    def __init__(self, look: Callable[[], bool], pause_s: Callable[[bool], float]) -> None:
        self._look = look
        self._pause_s = pause_s
        self._is_asked = threading.Event()

    def look_now(self) -> None:
        """Wait no longer. From any thread."""
        self._is_asked.set()

    async def sightings(self) -> AsyncGenerator[None, None]:
        """Come round each time something is seen. As long as nothing is, the loop sleeps on.

        Close it (`contextlib.aclosing`), and nobody looks any more.
        """
        loop, seen = asyncio.get_running_loop(), asyncio.Event()
        is_over = threading.Event()

        def watch() -> None:
            saw = False
            while True:
                self._is_asked.wait(self._pause_s(saw))
                self._is_asked.clear()
                if is_over.is_set():
                    return
                if saw := self._sees():
                    with suppress(RuntimeError):  # the loop is closed
                        loop.call_soon_threadsafe(seen.set)

        threading.Thread(target=watch, daemon=True).start()
        try:
            while True:
                await seen.wait()
                yield
                seen.clear()
        finally:
            is_over.set()
            self.look_now()

    def _sees(self) -> bool:
        try:
            return self._look()
        except Exception:  # noqa: BLE001  # whoever comes round will meet it, and can tell
            return True
