"""How often own rules had a part in a request, and when last: since the app was started."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccr_desktop.core.observe.events import ExchangeEnded, RouteChosen
from ccr_desktop.core.setup.rule_edits import rule_at, rule_identity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from ccr_desktop.core.observe.events import Event


@dataclass(frozen=True, slots=True)
class Hits:
    """`last_s` is a time of day, in seconds since 1970; 0 where there was none."""

    count: int = 0
    last_s: float = 0.0


NO_HITS = Hits()


class RuleHits:
    """Events name places of the file that was in force; a rule is known again when it is moved."""

    def __init__(self) -> None:
        self._hits: dict[str, Hits] = {}

    def note(self, event: Event, raw: Mapping[str, Any]) -> None:
        """Take in an event; *raw* is the configuration in force."""
        for place in _places(event):
            rule = rule_at(dict(raw), place)
            if rule is not None:
                key = rule_identity(rule)
                before = self._hits.get(key, NO_HITS)
                self._hits[key] = Hits(before.count + 1, event.at_s)

    def of(self, rule: object) -> Hits:
        return self._hits.get(rule_identity(rule), NO_HITS)


def _places(event: Event) -> Sequence[str]:
    match event:
        case RouteChosen():
            return event.rules
        case ExchangeEnded() if event.refused_by:
            return (event.refused_by,)
        case _:
            return ()
