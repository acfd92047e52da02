"""What notices can be about beside the events of the service's bus."""

from __future__ import annotations

from dataclasses import dataclass

from ccr_desktop.core.observe.events import Event


@dataclass(frozen=True, slots=True)
class KeyChanged:
    """A new key is in force: the provider may be told about again."""

    provider: str


@dataclass(frozen=True, slots=True)
class ProviderGone:
    """The settings have it no more."""

    provider: str


@dataclass(frozen=True, slots=True)
class BalanceSeen:
    """What is left of a balance or a plan, in percent; `window` names a plan's period."""

    provider: str
    left_percent: float
    window: str = ""


@dataclass(frozen=True, slots=True)
class BudgetSeen:
    """`period` is a word such as "today's", `since` tells one period from the next."""

    spent: float
    limit: float
    currency: str
    period: str
    since: str


@dataclass(frozen=True, slots=True)
class ServiceStopped:
    """It ended by itself, and starting it again did not help."""

    reason: str


@dataclass(frozen=True, slots=True)
class ServiceRuns:
    """It runs, whatever was before."""


@dataclass(frozen=True, slots=True)
class NoticesBlocked:
    """The system shows no notices."""


@dataclass(frozen=True, slots=True)
class NoticesShown:
    """The system shows notices, again or still."""


@dataclass(frozen=True, slots=True)
class AgentUpdated:
    """Claude Code has a version with known problems."""

    version: str
    problem: str


@dataclass(frozen=True, slots=True)
class UpdateReady:
    version: str


@dataclass(frozen=True, slots=True)
class LaunchFailed:
    """A launch that the user had started. `reason` says what can be done."""

    reason: str


@dataclass(frozen=True, slots=True)
class LaunchWorked:
    """Claude Code was opened, or what had kept it from that is over."""


Happening = (
    Event
    | KeyChanged
    | ProviderGone
    | BalanceSeen
    | BudgetSeen
    | ServiceStopped
    | ServiceRuns
    | NoticesBlocked
    | NoticesShown
    | AgentUpdated
    | UpdateReady
    | LaunchFailed
    | LaunchWorked
)
