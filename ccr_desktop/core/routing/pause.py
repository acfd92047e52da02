"""A pause of routing: until it ends, every request goes straight to the default route."""

from __future__ import annotations

import asyncio
import math
import time
from typing import TYPE_CHECKING

from ccr_desktop.core.observe.events import RoutingPaused, RoutingResumed
from ccr_desktop.core.routing.deadline import Deadline

if TYPE_CHECKING:
    from ccr_desktop.core.observe.bus import EventBus
    from ccr_desktop.core.routing.deadline import Clock

_LOOK_AGAIN_S = 30.0  # at the clock: a machine that slept has missed the end


class Pause:
    """Whether routing is paused, and until when; it ends by itself and says so on the bus."""

    def __init__(
        self, bus: EventBus, clock: Clock = time.time, steady: Clock = time.monotonic
    ) -> None:
        self._bus = bus
        self._clock, self._steady = clock, steady
        self._end: Deadline | None = None
        self._timer: asyncio.TimerHandle | None = None

    @property
    def until_s(self) -> float | None:
        """The time of day when it ends, `math.inf` when nothing ends it; None: no pause."""
        return self._end.until_s if self._end and self._end.left_s else None

    @property
    def left_s(self) -> float | None:
        """How long it goes on; None: no pause."""
        return self._end.left_s or None if self._end else None

    def begin(self, seconds: float | None) -> None:
        """Pause for so long from now on, or until `end` when None. On a running loop."""
        self._cancel_timer()
        length_s = math.inf if seconds is None else seconds
        self._end = Deadline(length_s, self._clock, self._steady)
        self._bus.publish(RoutingPaused(until_s=self._end.until_s))
        self._watch()

    def end(self) -> None:
        """Route again, if there is a pause."""
        self._cancel_timer()
        if self._end is not None:
            self._end = None
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
