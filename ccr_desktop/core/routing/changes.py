"""What own rules change of a request: members of its body, and transformers that run for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.routing.conditions import check
from ccr_desktop.core.routing.decision import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ccr_desktop.core.config.schema import Config, OwnRule
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.routing.decision import Decision
    from ccr_desktop.core.routing.turn import RequestFacts


def with_changes(decision: Decision, facts: RequestFacts, config: Config) -> Decision:
    """*decision* with what the rules change, each of them named in front of the winner.

    One that has routes changes what it chose itself; one without, whatever chose. While routing
    is paused none does.
    """
    if facts.paused_s is not None:
        return decision
    for rule, why in _changing(decision, facts, config):
        *before, winner = decision.trace
        note = Verdict(f"rule:{rule.name}", f"changes {_named(rule)}: {why}")
        decision = replace(
            decision,
            trace=(*before, note, winner),
            changes={**decision.changes, **rule.changes},
            chain=(*decision.chain, *rule.chain),
            rules=tuple(dict.fromkeys([*decision.rules, rule.where])),
        )
    return decision


def changed(body: JsonObject, changes: Mapping[str, Any]) -> JsonObject:
    """*body* with other members. A path through what is no object changes nothing."""
    for path, value in changes.items():
        body = _with_member(body, path.split("."), value)
    return body


def _changing(
    decision: Decision, facts: RequestFacts, config: Config
) -> Iterator[tuple[OwnRule, str]]:
    for rule in config.router.rules:
        if not rule.changes_requests:
            continue
        if rule.routes:
            if rule.where == decision.chosen_by:
                yield rule, decision.reason
            continue
        holds, why = check(rule, facts)
        if holds:
            yield rule, why


def _named(rule: OwnRule) -> str:
    members, names = ", ".join(rule.changes), ", ".join(link.name for link in rule.chain)
    return "; ".join(filter(None, (members, names and f"transformers {names}")))


def _with_member(body: JsonObject, path: list[str], value: Any) -> JsonObject:
    name, *rest = path
    if not rest:
        if value is None:
            return {key: kept for key, kept in body.items() if key != name}
        return {**body, name: value}
    inner = body.get(name)
    if inner is None and value is not None:
        inner = {}
    return {**body, name: _with_member(inner, rest, value)} if isinstance(inner, dict) else body
