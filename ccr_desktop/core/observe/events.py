"""What happens in the service, as values that others may react to."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING, ClassVar, Protocol

if TYPE_CHECKING:
    from ccr_desktop.core.observe.asked import Asked
    from ccr_desktop.core.protocol.json import JsonObject


class Describable(Protocol):
    """Something that can be told in JSON."""

    def as_json(self) -> JsonObject: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Happening:
    """`at_s` is the time of day, in seconds since the epoch."""

    kind: ClassVar[str]
    at_s: float = field(default_factory=time.time)

    def as_json(self) -> JsonObject:
        """The members by their names; what they hold is not copied."""
        return {name: getattr(self, name) for name in self._members()}

    @classmethod
    @cache
    def _members(cls) -> tuple[str, ...]:
        return tuple(member.name for member in fields(cls))


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteChosen(_Happening):
    """A request was routed. As JSON, `decision` is what `ccr route explain` prints.

    `is_aside` means that a sub-agent asks, or that it is housekeeping of the client. `folder` is
    where the client works, as far as that is known.
    """

    kind = "route_chosen"
    request_id: str
    session_id: str
    model: str
    decision: Describable
    is_aside: bool = False
    folder: str = ""
    rules: Sequence[str] = ()
    """The places of the own rules that had a part in the decision."""
    asked: Asked | None = None
    """What may be kept of the request; it stays in this program."""

    def as_json(self) -> JsonObject:
        return {
            "at_s": self.at_s,
            "request_id": self.request_id,
            "session_id": self.session_id,
            "model": self.model,
            "decision": self.decision.as_json(),
            "is_aside": self.is_aside,
            "folder": self.folder,
            "rules": list(self.rules),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptFailed(_Happening):
    """A route did not answer. `retry_in_s` says when it is asked once more; None: not at all.

    `retry_after_s` is how long the provider itself asks to be left alone.
    """

    kind = "attempt_failed"
    request_id: str
    route: str
    status: int
    reason: str
    retry_in_s: float | None = None
    retry_after_s: float | None = None
    is_skipped: bool = False
    """Nobody was asked: the provider is switched off, left alone after failures, or its key is
    still to come.
    """
    unasked: str = ""
    """Why nobody was asked: `off`, `resting`, `awaited` or `no-key`; empty: the provider was."""
    cause: str = ""
    """What went wrong, as `Failover.when` calls it; empty where no other try could help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerBegan(_Happening):
    """The first bytes of an answer are ready, `first_s` seconds after the request was read.

    `waited_s` is how long its route had been asked by then.
    """

    kind = "answer_began"
    request_id: str
    route: str
    first_s: float
    waited_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FellBack(_Happening):
    """Another route is asked instead."""

    kind = "fell_back"
    request_id: str
    from_route: str
    to_route: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeEnded(_Happening):
    """A request was answered, failed or was given up by the client.

    Durations are in seconds since the request had been read; `first_s` is when the first bytes of
    the answer were ready, None when there were none. `route` is the one that answered, or was
    asked last; `attempts` are those that failed before it. `last_failure` is there when the
    provider of `route` itself failed. `usage` has Anthropic's members; `is_aside` is as above.
    """

    kind = "finished"
    request_id: str
    session_id: str
    model: str
    route: str
    scenario: str
    reason: str
    status: int
    is_stream: bool
    duration_s: float
    first_s: float | None
    usage: JsonObject
    error: str = ""
    is_aside: bool = False
    attempts: Sequence[AttemptFailed] = ()
    last_failure: AttemptFailed | None = None
    withheld: str = ""
    """A backup that was not asked, since `Failover.when` does not name what went wrong."""
    image_agent: str = ""
    """Who looked at pictures for the model, and how often."""
    refused_by: str = ""
    """The place of the own rule that refused the request."""
    folder: str = ""
    """As above."""
    left_out: Sequence[str] = ()
    """What the provider was not sent of the request, since it has refused that."""

    def as_json(self) -> JsonObject:
        attempts = [attempt.as_json() for attempt in self.attempts]
        last = self.last_failure.as_json() if self.last_failure else None
        return {**_Happening.as_json(self), "attempts": attempts, "last_failure": last}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigReloaded(_Happening):
    """A changed configuration is in force. `notes` say what it could not change."""

    kind = "config_reloaded"
    source: str
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigRejected(_Happening):
    """A changed configuration can't be used; the old one stays in force."""

    kind = "config_rejected"
    source: str
    problems: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingPaused(_Happening):
    """Every request goes straight to the default route until then.

    `until_s` is a time of day, and `math.inf` for a pause that only the user ends.
    """

    kind = "routing_paused"
    until_s: float

    def as_json(self) -> JsonObject:
        until_s = self.until_s if math.isfinite(self.until_s) else None
        return {"at_s": self.at_s, "until_s": until_s}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingResumed(_Happening):
    """The pause is over: rules choose again."""

    kind = "routing_resumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderPaused(_Happening):
    """It failed so often that it is left alone until `until_s`; `reason` is of its last failure."""

    kind = "provider_paused"
    provider: str
    until_s: float
    failures: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderResumed(_Happening):
    """It is asked as before: it answered, or the user wants that."""

    kind = "provider_resumed"
    provider: str


Event = (
    RouteChosen
    | AttemptFailed
    | AnswerBegan
    | FellBack
    | ExchangeEnded
    | ConfigReloaded
    | ConfigRejected
    | RoutingPaused
    | RoutingResumed
    | ProviderPaused
    | ProviderResumed
)
Subscriber = Callable[[Event], None]
