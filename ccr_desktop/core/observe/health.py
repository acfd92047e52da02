"""How each provider fares, as far as the requests of late tell."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from ccr_desktop.core.observe.events import (
    AnswerBegan,
    AttemptFailed,
    ExchangeEnded,
    ProviderPaused,
    ProviderResumed,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from ccr_desktop.core.observe.events import Event

SLOW_S = 10.0
_SAMPLES = 20
_ENOUGH_SAMPLES = 3  # for a judgement: one long prompt makes nobody slow
_USUAL_REST_S = 30.0  # of a provider that has too many requests and does not say for how long


class State(Enum):
    """The words are for programs; the window has its own."""

    UNKNOWN = "unknown"
    OK = "ok"
    SLOW = "slow"
    FAILING = "failing"
    KEY_PROBLEM = "key-problem"
    OUT_OF_MONEY = "out-of-money"
    BUSY = "too-many-requests"
    RESTING = "left-alone"


_OF_STATUS = {
    401: State.KEY_PROBLEM,
    402: State.OUT_OF_MONEY,
    403: State.KEY_PROBLEM,
    408: State.FAILING,
    429: State.BUSY,
}


# Says more than that it is left alone because of it.
_OF_THE_ACCOUNT = frozenset({State.KEY_PROBLEM, State.OUT_OF_MONEY})


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderHealth:
    """How one provider fares. Times of day are in seconds since 1970.

    `reason`, `status`, `route` and `failed_at_s` are of its last failure, also when it is well
    again. `since_s` is when it came into this state, `until_s` until when it is to be left alone.
    `latency_s` is the median time to the first bytes of its last answers.
    """

    provider: str
    state: State = State.UNKNOWN
    reason: str = ""
    status: int | None = None
    route: str = ""
    failed_at_s: float | None = None
    since_s: float | None = None
    until_s: float | None = None
    latency_s: float | None = None
    failures: int = 0
    """In a row, since it answered last."""


@dataclass(slots=True)
class _Record:
    """`trouble` is None while all is well, `since_s` when that, or its contrary, began."""

    trouble: State | None = None
    since_s: float | None = None
    until_s: float | None = None
    rests_until_s: float | None = None
    failures: int = 0
    last: AttemptFailed | None = None
    has_answered: bool = False
    waited_s: deque[float] = field(default_factory=lambda: deque(maxlen=_SAMPLES))


class Health:
    """Fed with the events of the bus; `revision` changes with what it learns.

    A provider is not blamed for requests that are wrong, nor for clients that leave.
    """

    def __init__(self, clock: Callable[[], float] = time.time, slow_s: float = SLOW_S) -> None:
        self.revision = 0
        self._clock = clock
        self._slow_s = slow_s
        self._records: dict[str, _Record] = {}

    def note(self, event: Event) -> None:
        """Take in what *event* says of a provider."""
        match event:
            case AnswerBegan():
                self._record(event.route).waited_s.append(event.waited_s)
            case AttemptFailed():
                self._note_failure(event)
            case ExchangeEnded():
                if event.last_failure:
                    self._note_failure(event.last_failure)
                elif event.first_s is not None and event.route:
                    self._note_answer(self._record(event.route), event.at_s)
            case ProviderPaused():
                self._record(event.provider).rests_until_s = event.until_s
            case ProviderResumed():
                self._record(event.provider).rests_until_s = None
            case _:
                return
        self.revision += 1

    def of(self, provider: str) -> ProviderHealth:
        """How *provider* fares now."""
        record = self._records.get(provider)
        if record is None:
            return ProviderHealth(provider=provider)
        state, until_s, last = self._state(record), record.until_s, record.last
        return ProviderHealth(
            provider=provider,
            state=state,
            reason=last.reason if last else "",
            status=last.status if last else None,
            route=last.route if last else "",
            failed_at_s=last.at_s if last else None,
            since_s=until_s if self._is_over(record) else record.since_s,
            until_s={State.BUSY: until_s, State.RESTING: record.rests_until_s}.get(state),
            latency_s=_median(record.waited_s) if record.waited_s else None,
            failures=record.failures,
        )

    @property
    def providers(self) -> tuple[ProviderHealth, ...]:
        """All of which something is known."""
        return tuple(map(self.of, self._records))

    def forget(self, *providers: str) -> None:
        """Judge anew: they have another key or address. Whether they are left alone stays known."""
        for provider in providers:
            if record := self._records.pop(provider, None):
                self.revision += 1
                if record.rests_until_s is not None:
                    self._record(provider).rests_until_s = record.rests_until_s

    def _record(self, route: str) -> _Record:
        return self._records.setdefault(route.partition(",")[0], _Record())

    def _note_failure(self, failed: AttemptFailed) -> None:
        trouble = _OF_STATUS.get(failed.status)
        if trouble is None and failed.status >= 500:
            trouble = State.FAILING
        if trouble is None or failed.is_skipped:
            return
        record = self._record(failed.route)
        if record.trouble is not trouble:
            record.since_s = failed.at_s
        record.trouble, record.last = trouble, failed
        record.failures += 1
        record.until_s = None
        if trouble is State.BUSY:
            rest_s = _USUAL_REST_S if failed.retry_after_s is None else failed.retry_after_s
            record.until_s = failed.at_s + rest_s

    def _note_answer(self, record: _Record, at_s: float) -> None:
        if record.trouble or not record.has_answered:
            record.since_s = at_s
        record.trouble, record.until_s, record.failures = None, None, 0
        record.has_answered = True

    def _is_over(self, record: _Record) -> bool:
        """Whether it was to be left alone, by its own word, until a time that has come."""
        return record.until_s is not None and record.until_s <= self._clock()

    def _state(self, record: _Record) -> State:
        rests = record.rests_until_s is not None and record.rests_until_s > self._clock()
        if rests and record.trouble not in _OF_THE_ACCOUNT:
            return State.RESTING
        if record.trouble and not self._is_over(record):
            return record.trouble
        if len(record.waited_s) >= _ENOUGH_SAMPLES and _median(record.waited_s) >= self._slow_s:
            return State.SLOW
        return State.OK if record.has_answered else State.UNKNOWN


def _median(figures: Collection[float]) -> float:
    """`statistics` has one, with all kinds of numbers that would be loaded at each start."""
    ordered = sorted(figures)
    middle = len(ordered) // 2
    return (ordered[middle] + ordered[-1 - middle]) / 2
