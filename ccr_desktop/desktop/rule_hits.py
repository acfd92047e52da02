"""How often own rules had a part in a request, and when last: since the app was started."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccr_desktop.core.observe.events import ExchangeEnded, RouteChosen
from ccr_desktop.core.setup.route_sets import route_set_names
from ccr_desktop.core.setup.rule_edits import RuleSign, rule_place, rule_signs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from typing import Any

    from ccr_desktop.core.observe.events import Event
    from ccr_desktop.core.protocol.json import JsonObject


@dataclass(frozen=True, slots=True)
class Hits:
    """`last_s` is a time of day, in seconds since 1970; 0 where there was none."""

    count: int = 0
    last_s: float = 0.0


NO_HITS = Hits()


class RuleHits:
    """Events name places of the file that was in force; a rule is known again when it is moved,
    gets another name or is switched off. A copy counts by itself.
    """

    def __init__(self) -> None:
        self._hits: dict[RuleSign, Hits] = {}
        self._raw: Mapping[str, Any] = {}
        self._signs: dict[str, RuleSign] = {}

    def note(self, event: Event, raw: Mapping[str, Any]) -> None:
        """Take in an event; *raw* is the configuration in force."""
        for place in _places(event):
            sign = self._signs_in(raw).get(place)
            if sign is not None:
                before = self._hits.get(sign, NO_HITS)
                self._hits[sign] = Hits(before.count + 1, event.at_s)

    def by_place(self, raw: Mapping[str, Any]) -> dict[str, Hits]:
        """The hits of the rules of *raw* that had any."""
        signs = self._signs_in(raw)
        return {place: self._hits[sign] for place, sign in signs.items() if sign in self._hits}

    def _signs_in(self, raw: Mapping[str, Any]) -> dict[str, RuleSign]:
        if raw is not self._raw:
            before, self._signs = self._signs, _signs(dict(raw))
            self._raw = raw
            for old, new in _renamed(before.values(), self._signs.values()):
                if old in self._hits:
                    self._hits[new] = self._hits.pop(old)
        return self._signs


def _signs(raw: JsonObject) -> dict[str, RuleSign]:
    """Those of all rules, by their places."""
    return {
        rule_place(number, route_set): sign
        for route_set in ("", *route_set_names(raw))
        for number, sign in enumerate(rule_signs(raw, route_set))
    }


def _renamed(
    before: Collection[RuleSign], now: Collection[RuleSign]
) -> Iterator[tuple[RuleSign, RuleSign]]:
    """Which rule has become which: one that does the same came where one went, in its set or,
    where that has another name, in any. What came alone is a copy.
    """
    known, there = {*before}, {*now}
    gone: dict[str, list[RuleSign]] = {}
    for sign in before:
        if sign not in there:
            gone.setdefault(sign.identity, []).append(sign)
    for new in now:
        alike = gone.get(new.identity) if new not in known else None
        if alike:
            old = next((old for old in alike if old.route_set == new.route_set), alike[0])
            alike.remove(old)
            yield old, new


def _places(event: Event) -> Sequence[str]:
    match event:
        case RouteChosen():
            return event.rules
        case ExchangeEnded() if event.refused_by:
            return (event.refused_by,)
        case _:
            return ()
