"""When it is time to look for a new version by oneself."""

from __future__ import annotations

HOUR_S = 3600.0
DAY_S = 24 * HOUR_S
EVERY_S = {"daily": DAY_S, "weekly": 7 * DAY_S}
"""By the words of the setting; `off` is not among them."""
RETRY_S = 6 * HOUR_S


def is_due(
    rhythm: str,
    *,
    now_s: float,
    first_start_s: float,
    checked_at_s: float = 0.0,
    tried_at_s: float = 0.0,
    is_unattended: bool = False,
) -> bool:
    """Whether to look now: never on the first day, nor where nobody sits in front of it.

    *checked_at_s* is when that last worked, *tried_at_s* when it was last tried, 0 for never. A
    clock that was set back makes neither of them count.
    """
    every_s = EVERY_S.get(rhythm)
    if every_s is None or is_unattended or now_s - first_start_s < DAY_S:
        return False
    is_fresh = 0 <= now_s - checked_at_s < every_s
    was_just_tried = 0 <= now_s - tried_at_s < RETRY_S
    return not is_fresh and not was_just_tried
