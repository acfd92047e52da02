"""How Qt comes by at the asyncio loop: by a timer of no delay, and one for the earliest timer."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimerEvent, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST_TIMER_S = 24 * 3600.0  # Qt counts milliseconds in 32 bits


class Pump(QObject):
    """Calls *turn* from Qt's loop while it is on, and when it rings."""

    woken = Signal()

    def __init__(self, turn: Callable[[], None]) -> None:
        super().__init__()
        self._turn = turn
        self._clock = 0
        self._zero = 0
        self.rings_s = math.inf
        self.last_s = 0.0
        """When Qt last came to its timers, the application's among them."""

    @property
    def is_on(self) -> bool:
        return bool(self._zero)

    def switch_on(self) -> None:
        if not self._zero:
            self._zero = self.startTimer(0)

    def switch_off(self) -> None:
        if self._zero:
            self.killTimer(self._zero)
            self._zero = 0

    def ring_at(self, when_s: float, now_s: float) -> None:
        self.be_silent()
        delay_s = min(max(when_s - now_s, 0.0), _LONGEST_TIMER_S)
        self._clock = self.startTimer(math.ceil(delay_s * 1000), Qt.TimerType.PreciseTimer)
        self.rings_s = when_s

    def be_silent(self) -> None:
        if self._clock:
            self.killTimer(self._clock)
            self._clock = 0
            self.rings_s = math.inf

    def timerEvent(self, event: QTimerEvent) -> None:  # Qt's name
        self.last_s = time.monotonic()
        if event.timerId() == self._clock:
            self.be_silent()
        self._turn()
