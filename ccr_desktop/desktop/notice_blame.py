"""Whose failure an event tells of. Only who was asked can be blamed for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccr_desktop.core.observe.events import AttemptFailed, ExchangeEnded

_OFF = "off"
_OF_THE_KEY = frozenset({"awaited", "no-key"})


def failures_of(event: ExchangeEnded) -> list[AttemptFailed]:
    """How each route failed, in their order; nothing where the router itself refused."""
    last = [event.last_failure] if event.last_failure else []
    return [*event.attempts, *last]


def blamed_for(event: ExchangeEnded) -> AttemptFailed | None:
    """The failure that the status of a failed request is of, when several routes failed.

    None where no provider failed: the router itself could not go on.
    """
    if event.last_failure is None:
        return None
    failed = failures_of(event)
    asked = [each for each in failed if not each.unasked]
    same = (each for each in asked or failed if each.status == event.status)
    return next(same, event.last_failure)


def first_away(event: ExchangeEnded) -> AttemptFailed | None:
    """The first choice that another route answered for. One that is switched off is none."""
    return next((each for each in event.attempts if each.unasked != _OFF), None)


def lacks_key(failed: AttemptFailed) -> bool:
    return failed.unasked in _OF_THE_KEY
