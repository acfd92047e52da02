"""Own rules that name a provider in `only` or `never`: who removes it has to know of them.

A name that is taken out of `only` leaves fewer who may answer. The last one stays: without it the
rule would forbid nothing any more.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.rule_actions import is_switched_on
from ccr_desktop.core.setup.route_lists import router_of
from ccr_desktop.core.setup.rule_edits import rule_entries, rule_place

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

_NAMING = ("only", "never")
_ACTIONS = ("route", *_NAMING, "block", "set", "use")


@dataclass(frozen=True, slots=True)
class Mention:
    """A rule that is on and names the provider; `is_sole`: in `only`, and nobody else."""

    place: str
    rule: JsonObject
    is_sole: bool


def mentions(raw: JsonObject, provider: str) -> list[Mention]:
    """The rules that could not be read without *provider*."""
    found = []
    for route_set in _sets(raw):
        for number, rule in enumerate(rule_entries(raw, route_set)):
            if isinstance(rule, dict) and _is_on(rule) and _names(rule, provider):
                sole = _is_sole(rule, provider)
                found.append(Mention(rule_place(number, route_set), rule, sole))
    return found


def without_mentions(raw: JsonObject, provider: str) -> JsonObject:
    """The configuration without the name in its rules; a rule that does nothing else goes."""
    new = copy.deepcopy(raw)
    for route_set in _sets(new):
        router = router_of(new, route_set)
        if not any(_names(rule, provider) for rule in rule_entries(new, route_set)):
            continue
        kept = [_without(rule, provider) for rule in router["rules"]]
        router["rules"] = [rule for rule in kept if rule is not None]
        if not router["rules"] and not route_set:  # a set would follow the rules of `Router`
            del router["rules"]
    return new


def _sets(raw: JsonObject) -> Iterator[str]:
    """`Router` itself, which has no name, and the route sets."""
    yield ""
    found = raw.get("routeSets")
    yield from found if isinstance(found, dict) else ()


def _without(rule: Any, provider: str) -> Any:
    """The rule without the name; None when nothing is left of what it did."""
    if not isinstance(rule, dict) or not _names(rule, provider) or _is_sole(rule, provider):
        return rule
    new = {key: _rest(value, provider) if key in _NAMING else value for key, value in rule.items()}
    new = {key: value for key, value in new.items() if key not in _NAMING or value}
    return new if any(new.get(action) for action in _ACTIONS) else None


def _rest(found: Any, provider: str) -> Any:
    if isinstance(found, list):
        return [item for item in found if not _is_name(item, provider)]
    return None if _is_name(found, provider) else found


def _names(rule: Any, provider: str) -> bool:
    if not isinstance(rule, dict):
        return False
    named = (item for key in _NAMING for item in _items(rule.get(key)))
    return any(_is_name(item, provider) for item in named)


def _is_sole(rule: JsonObject, provider: str) -> bool:
    only = _items(rule.get("only"))
    return bool(only) and all(_is_name(item, provider) for item in only)


def _items(found: Any) -> list[Any]:
    return found if isinstance(found, list) else [found] if found else []


def _is_name(found: Any, provider: str) -> bool:
    return isinstance(found, str) and found.casefold() == provider.casefold()


def _is_on(rule: JsonObject) -> bool:
    return is_switched_on(rule.get("enabled"), "", [])
