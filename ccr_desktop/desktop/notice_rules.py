"""For each kind of notice: whether it is on by default, how often it may come, and its buttons."""

from __future__ import annotations

from dataclasses import dataclass

from ccr_desktop.desktop.notice import Do, Kind, Urgency

MINUTE_S = 60.0
HOUR_S = 60 * MINUTE_S
DAY_S = 24 * HOUR_S

PER_HOUR = 4
"""So many in any hour, then one that says there is more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`once`: not again until it is over. `apart_s`: at least so long between two of a subject, or
    with `is_counted` between any two, the later of which tells how many there were meanwhile.

    `is_state`: goes from the screen once it is over.
    `is_lasting`: "once" holds beyond the app's life. `is_listed`: needs attention.
    """

    is_on: bool = True
    urgency: Urgency = Urgency.NORMAL
    actions: tuple[Do, ...] = ()
    once: bool = False
    apart_s: float = 0.0
    is_counted: bool = False
    is_state: bool = False
    is_lasting: bool = False
    is_listed: bool = True
    is_limited: bool = True
    quiet_s: float = HOUR_S
    """None so soon after the app was installed."""


RULES: dict[Kind, Rule] = {
    Kind.MOVED_TO_BACKUP: Rule(
        once=True,
        apart_s=10 * MINUTE_S,
        is_state=True,
        actions=(Do.SHOW, Do.KEEP_USING, Do.MUTE),
    ),
    Kind.BACK_TO_NORMAL: Rule(is_on=False),
    Kind.PROVIDER_PAUSED: Rule(is_on=False, once=True, is_state=True, actions=(Do.TRY_AGAIN,)),
    Kind.NO_MODEL_LEFT: Rule(
        urgency=Urgency.HIGH,
        apart_s=5 * MINUTE_S,
        is_counted=True,
        actions=(Do.SHOW, Do.CHECK),
    ),
    Kind.KEY_PROBLEM: Rule(once=True, is_state=True, actions=(Do.ENTER_KEY,)),
    Kind.BALANCE_LOW: Rule(once=True, is_lasting=True, actions=(Do.OPEN_COSTS,)),
    Kind.BUDGET_HALF: Rule(
        is_on=False,
        once=True,
        is_lasting=True,
        actions=(Do.CHANGE_BUDGET, Do.SWITCH_TO_CHEAP),
    ),
    Kind.BUDGET: Rule(once=True, is_lasting=True, actions=(Do.CHANGE_BUDGET, Do.SWITCH_TO_CHEAP)),
    Kind.SERVICE_STOPPED: Rule(
        urgency=Urgency.HIGH,
        apart_s=5 * MINUTE_S,
        is_state=True,
        actions=(Do.RESTART, Do.CHECK),
    ),
    Kind.AGENT_UPDATED: Rule(once=True, is_lasting=True, actions=(Do.READ,)),
    Kind.UPDATE_READY: Rule(once=True, is_lasting=True, quiet_s=DAY_S, actions=(Do.SEE_CHANGES,)),
    # For those who look for a mistake in their routes: the limit would hide what they look for.
    Kind.ROUTE_USED: Rule(
        is_on=False,
        urgency=Urgency.LOW,
        apart_s=10.0,
        is_counted=True,
        is_listed=False,
        is_limited=False,
    ),
    Kind.LAUNCH_FAILED: Rule(quiet_s=0.0, is_state=True, actions=(Do.SHOW,)),
    Kind.NOTICES_BLOCKED: Rule(is_on=False, actions=(Do.SHOW,)),
    Kind.DIGEST: Rule(is_listed=False, is_limited=False),
}
DEFAULT_SWITCHES: dict[Kind, bool] = {
    kind: rule.is_on for kind, rule in RULES.items() if kind is not Kind.DIGEST
}
