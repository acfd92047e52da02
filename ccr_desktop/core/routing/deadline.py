"""The end of a span of time: put off neither by a computer that sleeps nor by a clock set back."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Clock = Callable[[], float]


class Deadline:
    """*seconds* from now. The *steady* clock may stop while the computer sleeps; *clock*, the time
    of day, may be set. Whichever gets there first counts.
    """

    def __init__(
        self, seconds: float, clock: Clock = time.time, steady: Clock = time.monotonic
    ) -> None:
        self._clock, self._steady = clock, steady
        self.until_s = clock() + seconds
        """The time of day, `math.inf` for one that never comes."""
        self._steady_until_s = steady() + seconds

    @property
    def left_s(self) -> float:
        """Nothing once it is there."""
        if self.until_s == math.inf:
            return math.inf
        left_s = min(self.until_s - self._clock(), self._steady_until_s - self._steady())
        return max(0.0, left_s)
