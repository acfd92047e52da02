"""`GET /api/events`: what happens in the service, as server-sent events."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from ccr_desktop.core.http_library import web
from ccr_desktop.core.protocol.sse import encode_event

if TYPE_CHECKING:
    from ccr_desktop.core.observe.bus import EventBus
    from ccr_desktop.core.observe.events import Event

_KEEP_ALIVE_S = 15.0
_WAITING = 1000  # events; who reads more slowly is let go, and may come back


async def stream_events(
    request: web.Request, bus: EventBus, ending: asyncio.Event
) -> web.StreamResponse:
    """Send every event of *bus* until the listener leaves, is too slow, or *ending* is set."""
    waiting: asyncio.Queue[Event | None] = asyncio.Queue(_WAITING)
    is_late = False

    def note(event: Event) -> None:
        nonlocal is_late
        if waiting.full():
            is_late = True
        else:
            waiting.put_nowait(event)

    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
    )
    unsubscribe = bus.subscribe(note)
    try:
        await response.prepare(request)
        await response.write(b": listening\n\n")
        number = 0
        while not is_late and not ending.is_set():
            event = await _next(waiting, ending)
            if event is None:
                if not ending.is_set():
                    await response.write(b": still here\n\n")
                continue
            number += 1
            await response.write(b"id: %d\n" % number + encode_event(event.kind, event.as_json()))
    finally:
        unsubscribe()
    return response


async def _next(waiting: asyncio.Queue[Event | None], ending: asyncio.Event) -> Event | None:
    """The next event; None when nothing happened for a while, or the service ends."""
    getting = asyncio.ensure_future(waiting.get())
    ended = asyncio.ensure_future(ending.wait())
    try:
        await asyncio.wait(
            {getting, ended}, timeout=_KEEP_ALIVE_S, return_when=asyncio.FIRST_COMPLETED
        )
        return getting.result() if getting.done() else None
    finally:
        getting.cancel()
        ended.cancel()
