"""How long an answer may keep the router waiting, and its client without a word.

Times are in seconds of the exchange's age; what a provider may take for the whole answer begins
with its try. Nothing here awaits: the relay asks how long it may
read, and tells what came of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.sse import PING
from ccr_desktop.core.upstream.failures import timed_out

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Timeouts
    from ccr_desktop.core.dialects.base import Target
    from ccr_desktop.core.exchange import Exchange
    from ccr_desktop.errors import UpstreamTimeout

PING_INTERVAL_S = 5.0


class Patience:
    """The clock of one answer.

    Until its first byte an answer has `first_byte_s`, for a model may read its prompt for long;
    from then on no silence may exceed `idle_s`.
    """

    def __init__(self, exchange: Exchange, target: Target, timeouts: Timeouts) -> None:
        self.quiet_since_s: float | None = None
        """Since when bytes have come that say nothing to the client."""
        self._exchange = exchange
        self._target = target
        self._timeouts = timeouts
        self._limit_s = timeouts.first_byte_s
        self._silent_s = 0.0
        self._grace_ends_s: float | None = None

    def wait_s(self, grace_s: float | None) -> float:
        """How long the next read may take before something else is due."""
        if grace_s is not None:
            return self._grace_left_s(grace_s)
        wait_s = min(PING_INTERVAL_S, self._limit_s - self._silent_s)
        if self._timeouts.total_s is None:
            return wait_s
        return min(wait_s, max(0.0, self._timeouts.total_s - self._exchange.try_age_s))

    def note_bytes(self) -> None:
        self._silent_s = 0.0
        self._limit_s = self._timeouts.idle_s

    def note_silence(self, waited_s: float) -> None:
        """Raise `UpstreamTimeout` when there has been enough of it."""
        self._silent_s += waited_s
        self.quiet_since_s = None  # the client is sent a ping for it
        if self._silent_s >= self._limit_s:
            raise timed_out(self._target, f"nothing came for {self._limit_s:g} s")
        if total_left_s(self._exchange, self._timeouts) == 0:
            raise too_slow(self._target, self._timeouts)

    def ping_if_quiet(self) -> bytes:
        """What to send when bytes came that say nothing: a ping, if they do so for long."""
        now_s = self._exchange.age_s
        if self.quiet_since_s is None:
            self.quiet_since_s = now_s
        elif now_s - self.quiet_since_s >= PING_INTERVAL_S:
            self.quiet_since_s = now_s
            return PING
        return b""

    def _grace_left_s(self, grace_s: float) -> float:
        """Counted from the finish, so that comments don't prolong it."""
        now_s = self._exchange.age_s
        if self._grace_ends_s is None:
            self._grace_ends_s = now_s + grace_s
        return max(0.0, min(grace_s, self._grace_ends_s - now_s))


def total_left_s(exchange: Exchange, timeouts: Timeouts) -> float | None:
    """What is left of the time for the whole answer; None when it is unlimited."""
    if timeouts.total_s is None:
        return None
    return max(0.0, timeouts.total_s - exchange.try_age_s)


def too_slow(target: Target, timeouts: Timeouts) -> UpstreamTimeout:
    return timed_out(target, f"the answer took longer than {timeouts.total_s:g} s")
