"""The end of a server, with every connection that it was given."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccr_desktop.core.http_library import web

# asyncio accepts a connection, makes its transport in a task, and tells the protocol of it.
_TURNS_TO_GREET = 3


async def close(runner: web.AppRunner) -> None:
    """End what *runner* serves as its `cleanup` does, and what was accepted a moment before.

    That alone leaves connections open of which aiohttp has not been told yet, and asyncio makes no
    transport for a server that is closed: their clients would wait for as long as we live.
    """
    for site in runner.sites:
        _accept_no_more(site)
    await _greet()
    for site in list(runner.sites):
        await site.stop()
    await _greet()
    await runner.cleanup()


def _accept_no_more(site: web.BaseSite) -> None:
    """Leave who comes from now on to the system, which turns them away with the listener."""
    server = site._server  # noqa: SLF001  # aiohttp publishes its addresses only
    if not isinstance(server, asyncio.Server):  # uvloop makes the transport as it accepts
        return
    loop = asyncio.get_running_loop()
    with suppress(NotImplementedError):  # Windows has no readers
        for listener in server.sockets:
            loop.remove_reader(listener.fileno())


async def _greet() -> None:
    for _ in range(_TURNS_TO_GREET):
        await asyncio.sleep(0)
