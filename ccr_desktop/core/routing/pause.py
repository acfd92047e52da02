"""A pause of routing: until it ends, every request goes straight to the default route."""

from __future__ import annotations

import asyncio
import math
import time
from typing import TYPE_CHECKING

from ccr_desktop.core.observe.events import RoutingPaused, RoutingResumed

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccr_desktop.core.observe.bus import EventBus

_LOOK_AGAIN_S = 30.0  # at the clock: a machine that slept has missed the end


class Pause:
    """Whether routing is paused, and until when; it ends by itself and says so on the bus."""

    def __init__(self, bus: EventBus, clock: Callable[[], float] = time.time) -> None:
        self._bus = bus
        self._clock = clock
        self._until_s: float | None = None
        self._timer: asyncio.TimerHandle | None = None

    @property
    def until_s(self) -> float | None:
        """The time of day when it ends, `math.inf` when nothing ends it; None: no pause."""
        if self._until_s is None or self._until_s <= self._clock():
            return None
        return self._until_s

    @property
    def left_s(self) -> float | None:
        """How long it goes on; None: no pause."""
        until_s = self.until_s
        return None if until_s is None else until_s - self._clock()

    def begin(self, seconds: float | None) -> None:
        """Pause for so long from now on, or until `end` when None. On a running loop."""
        self._cancel_timer()
        self._until_s = math.inf if seconds is None else self._clock() + seconds
        self._bus.publish(RoutingPaused(until_s=self._until_s))
        self._watch()

    def end(self) -> None:
        """Route again, if there is a pause."""
        self._cancel_timer()
        if self._until_s is not None:
            self._until_s = None
            self._bus.publish(RoutingResumed())

    def _watch(self) -> None:
        left_s = self.left_s
        if left_s is None:
            self.end()
        elif left_s < math.inf:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(min(left_s, _LOOK_AGAIN_S), self._watch)

    def _cancel_timer(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = None
