"""What a folder may not be sent to, in the raw form of a configuration.

It is written as one of `Router.rules` that has no other condition and no other effect; rules that
say more are left alone. Such a rule holds in every route set. All functions return a new object
and leave the given one as it is, with its unknown keys and the order of its keys.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.setup.edits import is_same_folder, with_project_routes
from ccr_desktop.core.setup.route_lists import need_router, router_of
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.protocol.json import JsonObject

_SIMPLE = frozenset({"name", "when", "never"})


def folders_of(raw: JsonObject) -> list[str]:
    """The folders with routes of their own, and those that are kept from a provider, each once."""
    projects = raw.get("projects")
    found = [*projects] if isinstance(projects, dict) else []
    for rule in _rules(raw):
        folder = _folder(rule)
        if folder and not any(is_same_folder(folder, known) for known in found):
            found.append(folder)
    return found


def forbidden_in(raw: JsonObject, folder: str) -> list[str]:
    """The providers that *folder* is never sent to, by a rule of its own."""
    rules = [rule for rule in _rules(raw) if _is_about(rule, folder)]
    return list(dict.fromkeys(name for rule in rules for name in _names(rule["never"])))


def places_of(raw: JsonObject, folder: str) -> list[str]:
    """Where the file names *folder*: its routes, and the rules that are about it alone."""
    rules = [
        f"Router.rules[{i}].when.folder" for i, r in enumerate(_rules(raw)) if _is_about(r, folder)
    ]
    return [f"projects.{folder}", *rules, *(f"{rule}[0]" for rule in rules)]


def with_forbidden(raw: JsonObject, folder: str, providers: Sequence[str]) -> JsonObject:
    """The configuration in which *folder* is never sent to *providers*; none: the rule goes."""
    new = copy.deepcopy(raw)
    router = need_router(new, "")
    rules = router.get("rules") or []
    if not isinstance(rules, list):
        raise ClientError("Router.rules is no list", "`ccr config check` says what is wrong.")
    own = [rule for rule in rules if _is_about(rule, folder)]
    kept = [rule for rule in rules if rule not in own]
    if providers:
        first = own[0] if own else {"name": f"never from {folder}", "when": {"folder": folder}}
        place = rules.index(first) if own else len(rules)
        kept.insert(place, {**first, "never": list(providers)})
    router["rules"] = kept
    if not kept:
        del router["rules"]
    return new


def without_folder(raw: JsonObject, folder: str) -> JsonObject:
    """The configuration in which nothing is special about *folder*."""
    return with_forbidden(with_project_routes(raw, folder, None), folder, ())


def _rules(raw: JsonObject) -> list[Any]:
    found = router_of(raw).get("rules")
    return found if isinstance(found, list) else []


def _is_about(rule: Any, folder: str) -> bool:
    found = _folder(rule)
    return bool(found) and is_same_folder(found, folder)


def _folder(rule: Any) -> str:
    """The folder that a rule keeps from providers, where it does nothing else; or nothing."""
    match rule:
        case {"when": {"folder": str(folder), **more}, "never": _} if not more:
            return folder if set(rule) <= _SIMPLE else ""
        case {"when": {"folder": [str(folder)], **more}, "never": _} if not more:
            return folder if set(rule) <= _SIMPLE else ""
        case _:
            return ""


def _names(found: Any) -> list[str]:
    entries = found if isinstance(found, list) else [found]
    return [name for name in entries if isinstance(name, str)]
