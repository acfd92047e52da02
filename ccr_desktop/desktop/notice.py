"""What a person is told outside of the window, as frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum

from ccr_desktop.desktop.widgets.visible import show_hidden_signs


class Kind(Enum):
    """What a notice is about; each can be switched off by itself."""

    MOVED_TO_BACKUP = "moved-to-backup"
    BACK_TO_NORMAL = "back-to-normal"
    PROVIDER_PAUSED = "provider-paused"
    NO_MODEL_LEFT = "no-model-left"
    KEY_PROBLEM = "key-problem"
    BALANCE_LOW = "balance-low"
    BUDGET_HALF = "budget-half"
    BUDGET = "budget"
    SERVICE_STOPPED = "service-stopped"
    AGENT_UPDATED = "agent-updated"
    UPDATE_READY = "update-ready"
    ROUTE_USED = "route-used"
    LAUNCH_FAILED = "launch-failed"
    NOTICES_BLOCKED = "notices-blocked"
    """Can't be told but in the list."""
    DIGEST = "digest"
    """Says that there is more in the list; comes by itself and has no switch."""


class Urgency(IntEnum):
    """As the freedesktop protocol numbers them."""

    LOW = 0
    NORMAL = 1
    HIGH = 2


class Do(Enum):
    """What a button of a notice asks for; OPEN is a click on the notice itself."""

    OPEN = "default"
    SHOW = "show"
    KEEP_USING = "keep-using"
    MUTE = "mute"
    TRY_AGAIN = "try-again"
    CHECK = "check"
    ENTER_KEY = "enter-key"
    OPEN_COSTS = "open-costs"
    CHANGE_BUDGET = "change-budget"
    SWITCH_TO_CHEAP = "switch-to-cheap"
    RESTART = "restart"
    READ = "read"
    SEE_CHANGES = "see-changes"


@dataclass(frozen=True, slots=True)
class Action:
    do: Do
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """`subject` is what it is about: a provider, a version, a period. An earlier notice with the
    same `replaces` makes way for it; nothing there: it stands beside all others. `work` and `route`
    are the kind of work that is told of and what serves it now, `request` is the last one's id."""

    kind: Kind
    title: str
    body: str
    actions: tuple[Action, ...] = ()
    urgency: Urgency = Urgency.NORMAL
    replaces: str = ""
    subject: str = ""
    work: str = ""
    route: str = ""
    request: str = ""

    def __post_init__(self) -> None:
        show_hidden_signs(self, "title", "body")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A line of the list of what needs attention.

    `count` is how often it happened, at last at `at_s` (seconds since 1970). `was_shown` says
    whether a notice told it; `is_over` that it has passed by itself.
    """

    key: str
    notice: Notice
    at_s: float
    count: int = 1
    was_shown: bool = False
    is_over: bool = False
