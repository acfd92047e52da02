"""Own rules in the raw form of a configuration: adding, changing, moving and removing them.

A rule is named by its place and by how it was seen there, so that an edit never meets another one
that came into its place meanwhile. Entries that can't be read as rules are kept like all others.
All functions return a new object and leave the given one as it is.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections import Counter
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.routes import RouteReader
from ccr_desktop.core.config.rules import read_rules
from ccr_desktop.core.setup.route_lists import need_router, router_of
from ccr_desktop.errors import ClientError, RuleChanged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.protocol.json import JsonObject

_LABELS = ("name", "enabled")
_FORBIDDING = ("only", "never", "block")


def rule_entries(raw: JsonObject, route_set: str = "") -> list[Any]:
    """The rules as they are written; empty where there are none, or no list of them."""
    found = router_of(raw, route_set).get("rules")
    return list(found) if isinstance(found, list) else []


def has_own_rules(raw: JsonObject, route_set: str = "") -> bool:
    """Whether rules stand there; a set without follows those of `Router`."""
    return "rules" in router_of(raw, route_set)


def with_rule(
    raw: JsonObject, rule: Any, route_set: str = "", position: int | None = None
) -> JsonObject:
    """The configuration with a further rule, at the end where no position is given."""
    new = copy.deepcopy(raw)
    entries = _need_entries(new, route_set)
    entries.insert(len(entries) if position is None else position, copy.deepcopy(rule))
    return new


def with_rule_changed(
    raw: JsonObject, number: int, before: Any, rule: Any, route_set: str = ""
) -> JsonObject:
    """The configuration with *rule* in the place of the one that was *before*."""
    new = copy.deepcopy(raw)
    entries = _need_entries(new, route_set)
    entries[_number(entries, number, before)] = copy.deepcopy(rule)
    return new


def with_rule_enabled(
    raw: JsonObject, number: int, before: Any, enabled: bool, route_set: str = ""
) -> JsonObject:  # as a switch gives it
    """The configuration with a rule switched off, or on again."""
    if not isinstance(before, dict):
        raise ClientError("This can't be read as a rule", "Correct it before it is switched.")
    rule = {key: value for key, value in before.items() if key != "enabled"}
    return with_rule_changed(
        raw, number, before, rule if enabled else {**rule, "enabled": False}, route_set
    )


def without_rule(raw: JsonObject, number: int, before: Any, route_set: str = "") -> JsonObject:
    """The configuration without a rule.

    A set keeps its empty list: without one, it would follow the rules of `Router` from then on.
    """
    new = copy.deepcopy(raw)
    entries = _need_entries(new, route_set)
    del entries[_number(entries, number, before)]
    if not entries and not route_set:
        del new["Router"]["rules"]
    return new


def with_rules_ordered(
    raw: JsonObject, before: Sequence[Any], order: Sequence[int], route_set: str = ""
) -> JsonObject:
    """The configuration with the rules in another order, given by their present numbers."""
    new = copy.deepcopy(raw)
    entries = _need_entries(new, route_set)
    if entries != list(before) or sorted(order) != list(range(len(entries))):
        raise ClientError("The rules were changed meanwhile", "Look at them and try again.")
    entries[:] = [entries[number] for number in order]
    return new


def with_rule_duplicated(
    raw: JsonObject, number: int, before: Any, name: str, route_set: str = ""
) -> JsonObject:
    """The configuration with a copy of a rule behind it.

    It has the name *name*, with a number where another rule there has that already.
    """
    entries = rule_entries(raw, route_set)
    number = _number(entries, number, before)
    if isinstance(before, dict):
        rest = {key: value for key, value in before.items() if key != "name"}
        before = {"name": _unused_name(entries, name), **rest}
    return with_rule(raw, before, route_set, number + 1)


def with_own_rules(raw: JsonObject, route_set: str) -> JsonObject:
    """The configuration in which a set has rules of its own, to begin with those of `Router`.

    What those forbid holds in every set, so they are not repeated.
    """
    new = copy.deepcopy(raw)
    router = need_router(new, route_set)
    rules = [rule for rule in rule_entries(new) if not _only_forbids(rule)]
    router.setdefault("rules", copy.deepcopy(rules))
    return new


def without_own_rules(raw: JsonObject, route_set: str) -> JsonObject:
    """The configuration in which a set follows the rules of `Router` again."""
    new = copy.deepcopy(raw)
    need_router(new, route_set).pop("rules", None)
    return new


def rule_place(number: int, route_set: str = "") -> str:
    """Where a rule stands, as issues and decisions say it."""
    return f"{f'routeSets.{route_set}' if route_set else 'Router'}.rules[{number}]"


def rule_name(rule: Any) -> str:
    """Empty where it has none."""
    found = rule.get("name") if isinstance(rule, dict) else ""
    return found.strip() if isinstance(found, str) else ""


def rule_identity(rule: Any) -> str:
    """The same for the same rule in another place, under another name, or switched off."""
    if isinstance(rule, dict):
        rule = {key: value for key, value in rule.items() if key not in _LABELS}
    text = json.dumps(rule, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSign:
    """By what a rule is known again in another place of its list: by what it does first of all.

    Rules that do the same are told apart by their names, and those of one name by their order.
    """

    route_set: str
    identity: str
    name: str
    order: int

    @property
    def key(self) -> str:
        """What tells it from the others of its list."""
        return f"{self.identity}-{self.order}-{self.name}"


def rule_signs(raw: JsonObject, route_set: str = "") -> list[RuleSign]:
    """Those of all rules that stand there, in their order."""
    seen: Counter[tuple[str, str]] = Counter()
    signs = []
    for rule in rule_entries(raw, route_set):
        like = rule_identity(rule), rule_name(rule)
        signs.append(
            RuleSign(route_set=route_set, identity=like[0], name=like[1], order=seen[like])
        )
        seen[like] += 1
    return signs


def rule_issues(rule: Any, config: Config) -> list[Issue]:
    """What is wrong with a rule, by the place within it: `when.time`.

    One that is switched off is looked at as if it were on.
    """
    if isinstance(rule, dict):
        rule = {key: value for key, value in rule.items() if key != "enabled"}
    issues: list[Issue] = []
    reader = RouteReader(config.providers, issues, has_plugins=bool(config.plugins))
    read_rules([rule], "", reader)
    return [
        replace(issue, where=issue.where.removeprefix("[0]").removeprefix(".")) for issue in issues
    ]


def _unused_name(entries: Sequence[Any], name: str) -> str:
    taken = {rule_name(entry) for entry in entries}
    names = chain([name], (f"{name} {number}" for number in count(2)))
    return next(each for each in names if each not in taken)


def _only_forbids(rule: Any) -> bool:
    return (
        isinstance(rule, dict)
        and any(rule.get(key) for key in _FORBIDDING)
        and not any(rule.get(key) for key in ("route", "set", "use"))
    )


def _need_entries(new: JsonObject, route_set: str) -> list[Any]:
    entries = need_router(new, route_set).setdefault("rules", [])
    if not isinstance(entries, list):
        raise ClientError("rules is no list", "`ccr config check` says what is wrong.")
    return entries


def _number(entries: Sequence[Any], number: int, before: Any) -> int:
    """Where the rule is by now."""
    if number < len(entries) and entries[number] == before:
        return number
    if before in entries:
        return entries.index(before)
    raise RuleChanged
