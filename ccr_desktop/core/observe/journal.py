"""What passed through lately: one frozen record a request, kept up by the events of the bus.

Feeding it costs next to nothing; records are put together when somebody reads them. It is read on
the thread that feeds it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ccr_desktop import __version__
from ccr_desktop.core.observe.events import (
    AnswerBegan,
    AttemptFailed,
    Describable,
    Event,
    ExchangeEnded,
    FellBack,
    RouteChosen,
)
from ccr_desktop.core.protocol.failures import redact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccr_desktop.core.observe.asked import Asked

LIMIT = 500
_NOTED = RouteChosen | AttemptFailed | FellBack | AnswerBegan | ExchangeEnded


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One request. Times are in seconds: `at_s` since 1970, the others since it had been read.

    `route` is the one that answered, answers, or was asked last; `route_chosen` is what the rules
    said. `status` and `duration_s` are None while it runs. `folder` is empty where it is not known,
    `decision` is None for a request that was refused before one was made.
    """

    request_id: str
    at_s: float
    session_id: str = ""
    folder: str = ""
    model: str = ""
    scenario: str = ""
    route_chosen: str = ""
    route: str = ""
    status: int | None = None
    error: str = ""
    attempts: Sequence[AttemptFailed] = ()
    first_s: float | None = None
    duration_s: float | None = None
    usage: Mapping[str, Any] = field(default_factory=dict)
    is_aside: bool = False
    decision: Describable | None = None
    asked: Asked | None = None
    chosen: RouteChosen | None = field(default=None, repr=False)
    ended: ExchangeEnded | None = field(default=None, repr=False)

    @property
    def is_running(self) -> bool:
        return self.ended is None


@dataclass(slots=True)
class _Record:
    """What is known of a request so far; `entry` is there when it was read since."""

    chosen: RouteChosen | None = None
    ended: ExchangeEnded | None = None
    route: str = ""
    first_s: float | None = None
    attempts: list[AttemptFailed] = field(default_factory=list)
    entry: Entry | None = None


class Journal:
    """The latest requests; `revision` changes with each thing that happens to one of them."""

    def __init__(self, limit: int = LIMIT) -> None:
        self.revision = 0
        self._limit = limit
        self._records: dict[str, _Record] = {}

    def note(self, event: Event) -> None:
        """Take in an event of the bus; those that are about no request are passed over."""
        if not isinstance(event, _NOTED):
            return
        record = self._records.get(event.request_id)
        if record is None:
            if not isinstance(event, RouteChosen | ExchangeEnded):
                return  # of a request that was forgotten
            record = self._records[event.request_id] = _Record()
            if len(self._records) > self._limit:
                self._forget_one()
        _take(record, event)
        record.entry = None
        self.revision += 1

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All of them, newest first."""
        return tuple(self._newest_first())

    @property
    def running(self) -> tuple[Entry, ...]:
        """Those that are being answered, newest first."""
        return tuple(entry for entry in self._newest_first() if entry.is_running)

    def entry(self, request_id: str) -> Entry | None:
        record = self._records.get(request_id)
        return _entry(request_id, record) if record else None

    def _newest_first(self) -> Iterator[Entry]:
        return (_entry(name, record) for name, record in reversed(self._records.items()))

    def _forget_one(self) -> None:
        """The oldest that has ended; what runs is what people want to see."""
        ended = (name for name, record in self._records.items() if record.ended)
        del self._records[next(ended, next(iter(self._records)))]


def _take(record: _Record, event: _NOTED) -> None:
    match event:
        case RouteChosen():
            record.chosen = event
        case AttemptFailed():
            record.attempts.append(event)
        case FellBack():
            record.route = event.to_route
        case AnswerBegan():
            record.route, record.first_s = event.route, event.first_s
        case ExchangeEnded():
            record.ended = event


def _entry(request_id: str, record: _Record) -> Entry:
    if record.entry is None:
        begun = _begun(request_id, record.chosen, record.ended)
        record.entry = Entry(**{**begun, **_so_far(record)})
    return record.entry


def _begun(
    request_id: str, chosen: RouteChosen | None, ended: ExchangeEnded | None
) -> dict[str, Any]:
    """What is known of a request once it was routed, or refused."""
    if chosen is None:
        if ended is None:
            return {"request_id": request_id, "at_s": 0.0}
        at_s = ended.at_s - ended.duration_s
        return {"request_id": request_id, "at_s": at_s, "folder": ended.folder}
    decision = chosen.decision.as_json()
    return {
        "request_id": request_id,
        "at_s": chosen.at_s,
        "session_id": chosen.session_id,
        "folder": chosen.folder,
        "model": chosen.model,
        "scenario": decision["scenario"],
        "route_chosen": decision["route"],
        "route": decision["route"],
        "is_aside": chosen.is_aside,
        "decision": chosen.decision,
        "asked": chosen.asked,
        "chosen": chosen,
    }


def _so_far(record: _Record) -> dict[str, Any]:
    """What became of it up to now."""
    ended = record.ended
    if ended is None:
        told = {"route": record.route} if record.route else {}
        return {**told, "attempts": tuple(record.attempts), "first_s": record.first_s}
    return {
        "session_id": ended.session_id,
        "model": ended.model,
        "scenario": ended.scenario,
        "route": ended.route,
        "status": ended.status,
        "error": ended.error,
        "attempts": tuple(ended.attempts),
        "first_s": ended.first_s,
        "duration_s": ended.duration_s,
        "usage": ended.usage,
        "is_aside": ended.is_aside,
        "ended": ended,
    }


def report(entry: Entry) -> str:
    """All that is known of a request, for a bug report: no secrets, no prompt, no folder."""
    when = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(entry.at_s))
    lines = [
        f"CCR Desktop {__version__}",
        f"Request {entry.request_id}, {when}",
        f"Asked for: {entry.model}",
        f"Route: {entry.route or '-'}",
        f"Chosen: {entry.route_chosen or '-'} ({entry.scenario or '-'})",
        f"Result: {_result(entry)}",
        f"Times: first words {_seconds(entry.first_s)}, all {_seconds(entry.duration_s)}",
        f"Tokens: {_tokens(entry.usage)}",
    ]
    lines += [f"Failed before: {a.route} ({a.status}): {a.reason}" for a in entry.attempts]
    if entry.ended and entry.ended.left_out:
        lines.append(f"Left out, since it was refused: {', '.join(entry.ended.left_out)}")
    if entry.decision:
        lines.append("Decision:")
        for step in entry.decision.as_json()["trace"]:
            lines.append(f"  {'*' if step['matched'] else '-'} {step['rule']}: {step['reason']}")
    return redact("\n".join(" ".join(line.splitlines()) for line in lines)) + "\n"


def _result(entry: Entry) -> str:
    if entry.is_running:
        return "still running"
    return f"{entry.status}{f' {entry.error}' if entry.error else ''}"


def _seconds(seconds: float | None) -> str:
    return "-" if seconds is None else f"{seconds:.3f} s"


def _tokens(usage: Mapping[str, Any]) -> str:
    counts = (f"{name} {count}" for name, count in usage.items() if isinstance(count, int))
    return ", ".join(counts) or "-"
