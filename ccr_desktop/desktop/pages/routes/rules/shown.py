"""From the configuration to what the tab shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.routing.decision import Decision
from ccr_desktop.core.setup.rule_edits import (
    has_own_rules,
    rule_entries,
    rule_issues,
    rule_name,
    rule_place,
    rule_signs,
)
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.form_words import form_words, worst
from ccr_desktop.desktop.pages.routes.rules.records import ShownRule, ShownRules
from ccr_desktop.desktop.pages.routes.rules.sentences import conditions_of, sentence
from ccr_desktop.desktop.rule_hits import NO_HITS
from ccr_desktop.errors import RuleRefusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.desktop.rule_hits import Hits
    from ccr_desktop.errors import CcrError


def shown_rules(
    config: Config,
    route_set: str,
    hits: Mapping[str, Hits],
    issues: Sequence[Issue] = (),
    tried: Tried | None = None,
) -> ShownRules:
    """The rules that hold in *route_set* of *config*, which may have errors.

    Of *issues* those count that are about a rule among the others.
    """
    raw = dict(config.raw)
    follows = bool(route_set) and not has_own_rules(raw, route_set)
    shown_set = "" if follows else route_set
    entries = rule_entries(raw, shown_set)
    signs = rule_signs(raw, shown_set)
    rules = []
    for number, (entry, sign) in enumerate(zip(entries, signs, strict=True)):
        place = rule_place(number, shown_set)
        own = rule_issues(entry, config) or [i for i in issues if i.where == place]
        shown = _shown(sign.key, number, entry, own, hits.get(place, NO_HITS))
        rules.append(replace(shown, **tried.of_rule(place)) if tried and shown.is_on else shown)
    has_further = bool(route_set) and not follows and bool(rule_entries(raw))
    return ShownRules(
        rules=tuple(rules),
        route_set=route_set,
        follows=follows,
        has_further=has_further,
        asks_own_code=bool(config.custom_router_path),
    )


def _shown(key: str, number: int, entry: Any, issues: Sequence[Issue], hits: Hits) -> ShownRule:
    is_object = isinstance(entry, dict)
    issue = worst(issues)
    return ShownRule(
        key=key,
        number=number,
        entry=entry,
        sentence=sentence(entry),
        conditions=conditions_of(entry),
        name=rule_name(entry),
        is_on=not is_object or entry.get("enabled") is not False,
        problem=form_words(issue) if issue else "",
        is_warning=issue is not None and issue.severity == "warning",
        hits=hits,
    )


@dataclass(frozen=True, slots=True)
class Tried:
    """What "Try it" found out of rules, by their places: which have a part, and what they said."""

    fitting: frozenset[str] = frozenset()
    said: Mapping[str, str] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()

    @classmethod
    def of(cls, answer: Decision | CcrError | None) -> Tried:
        match answer:
            case RuleRefusal():
                return cls(frozenset({answer.rule}))
            case Decision():
                said = {verdict.where: verdict.reason for verdict in answer.trace if verdict.where}
                unknown = (verdict.where for verdict in answer.trace if verdict.is_unknown)
                return cls(frozenset(answer.rules), said, frozenset(unknown))
            case _:
                return cls()

    def of_rule(self, place: str) -> dict[str, Any]:
        """The members of its record."""
        if place in self.fitting:
            return {"fits": True, "why": in_words(self.said.get(place, ""))}
        if place in self.unknown:
            return {"is_open": True, "why": in_words(self.said[place])}
        return {"fits": False, "why": in_words(self.said[place])} if place in self.said else {}
