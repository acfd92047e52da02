"""Providers that are left alone for a while, because they failed several times in a row."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ccr_desktop.core.config.schema import Failover
from ccr_desktop.core.observe.events import (
    AttemptFailed,
    ExchangeEnded,
    ProviderPaused,
    ProviderResumed,
)
from ccr_desktop.core.routing.deadline import Deadline
from ccr_desktop.core.routing.decision import Verdict

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Route
    from ccr_desktop.core.observe.bus import EventBus
    from ccr_desktop.core.observe.events import Event
    from ccr_desktop.core.routing.deadline import Clock
    from ccr_desktop.core.routing.decision import Decision

RULE = "resting"


@dataclass(slots=True)
class _Record:
    failures: int = 0
    rest: Deadline | None = None


class Rests:
    """Counts failures from the events of the bus, and tells there who is left alone.

    When its time is over a provider is asked again: an answer makes it as any other, one more
    failure sends it back. While nothing but it is left it is asked all the same.
    """

    def __init__(
        self, bus: EventBus, clock: Clock = time.time, steady: Clock = time.monotonic
    ) -> None:
        self._bus = bus
        self._clock, self._steady = clock, steady
        self._failover = Failover()
        self._records: dict[str, _Record] = {}
        bus.subscribe(self.note)

    def use(self, failover: Failover) -> None:
        """Count by *failover* from now on; where nobody is to be left alone, nobody is."""
        self._failover = failover
        if not failover.pause_after:
            for provider in (*self._records,):
                self.end(provider)

    def note(self, event: Event) -> None:
        """Take in what *event* says of a provider."""
        match event:
            case AttemptFailed():
                self._note_failure(event)
            case ExchangeEnded(last_failure=AttemptFailed() as failed):
                self._note_failure(failed)
            case ExchangeEnded(route=route, first_s=float()) if route:
                self.end(route.partition(",")[0])
            case _:
                pass

    def left_s(self, provider: str) -> float | None:
        """For how long *provider* is left alone; None: it is not."""
        record = self._records.get(provider)
        if record is None or record.rest is None:
            return None
        return record.rest.left_s or None

    def failures(self, provider: str) -> int:
        """How often it failed in a row."""
        record = self._records.get(provider)
        return record.failures if record else 0

    def end(self, provider: str) -> None:
        """Ask *provider* as before: it answered, or the user wants that."""
        record = self._records.pop(provider, None)
        if record and record.rest is not None:
            self._bus.publish(ProviderResumed(provider=provider))

    def without(self, decision: Decision) -> Decision:
        """*decision* without the routes to those that are left alone, if others are left."""
        if not self._records:
            return decision
        routes = (decision.route, *decision.fallbacks)
        resting = tuple(route for route in routes if self.left_s(route.provider) is not None)
        if not resting:
            return decision
        names = dict.fromkeys(route.provider for route in resting)
        reason = "; ".join(map(self._why, names))
        kept = [route for route in routes if route not in resting]
        *before, winner = decision.trace
        if not kept:
            note = Verdict(RULE, f"{reason}; asked all the same, as no other route is left")
            return replace(decision, trace=(*before, note, winner))
        return replace(
            decision,
            route=kept[0],
            fallbacks=tuple(kept[1:]),
            trace=(*before, Verdict(RULE, reason), winner),
            skipped=(*decision.skipped, *_first_of(resting, kept[0], routes)),
        )

    def _why(self, provider: str) -> str:
        left_s = max(1, round(self.left_s(provider) or 0))
        times = self.failures(provider)
        return f"{provider} is left alone for another {left_s} s after {times} failures in a row"

    def _note_failure(self, failed: AttemptFailed) -> None:
        enough = self._failover.pause_after
        if not enough or failed.is_skipped or failed.cause not in self._failover.when:
            return
        provider = failed.route.partition(",")[0]
        record = self._records.setdefault(provider, _Record())
        record.failures += 1
        if record.failures < enough or self.left_s(provider) is not None:
            return
        record.rest = Deadline(self._failover.pause_s, self._clock, self._steady)
        self._bus.publish(
            ProviderPaused(
                provider=provider,
                until_s=record.rest.until_s,
                failures=record.failures,
                reason=failed.reason,
            )
        )


def _first_of(
    resting: tuple[Route, ...], chosen: Route, routes: tuple[Route, ...]
) -> tuple[Route, ...]:
    """Those of *resting* that would have been asked before *chosen*."""
    before = routes[: routes.index(chosen)]
    return tuple(route for route in resting if route in before)
