"""Route sets in the raw form of a configuration: making, naming and removing them.

All functions return a new object and leave the given one as it is, with its unknown keys and the
order of its keys.
"""

from __future__ import annotations

import copy
from itertools import count
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.legacy import makes_legacy_provider
from ccr_desktop.core.config.schema import SCENARIOS
from ccr_desktop.core.hidden_signs import hidden_sign
from ccr_desktop.core.setup.edits import find_entry
from ccr_desktop.core.setup.route_lists import route_texts
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

_COPIED = (*SCENARIOS, "agents", "models")  # a set takes over the rest of `Router` by itself
_NOT_IN_NAMES = ",/$"  # a folder's entry would be read as a route, or as a variable


def route_set_names(raw: JsonObject) -> list[str]:
    return [name for name, entry in _sets(raw).items() if isinstance(entry, dict)]


def with_new_route_set(raw: JsonObject, name: str, like: str = "") -> JsonObject:
    """The configuration with a set that begins as a copy of the set *like*, else of `Router`."""
    name = free_set_name(raw, name)
    new = copy.deepcopy(raw)
    entry = _need(new, like)[like] if like else _own_routes(new)
    new["routeSets"] = {**_sets(new), name: copy.deepcopy(entry)}
    return new


def with_route_set_renamed(raw: JsonObject, name: str, new_name: str) -> JsonObject:
    """The configuration with another name for a set, also where it is in force or a folder's."""
    new_name = free_set_name(raw, new_name, besides=name)
    new = copy.deepcopy(raw)
    sets = _need(new, name)
    new["routeSets"] = {new_name if key == name else key: entry for key, entry in sets.items()}
    if _names(new.get("routeSet"), name):
        new["routeSet"] = new_name
    for folder in route_set_folders(new, name):
        new["projects"][folder] = new_name
    return new


def without_route_set(raw: JsonObject, name: str) -> JsonObject:
    """The configuration without a set; folders that had it follow the set in force again."""
    new = copy.deepcopy(raw)
    del _need(new, name)[name]
    if _names(new.get("routeSet"), name):
        del new["routeSet"]
    for folder in route_set_folders(new, name):
        del new["projects"][folder]
    return new


def route_set_folders(raw: JsonObject, name: str) -> list[str]:
    """The folders of `projects` that have the set *name*."""
    projects = raw.get("projects")
    entries = projects.items() if isinstance(projects, dict) else ()
    return [folder for folder, entry in entries if _names(entry, name)]


def free_set_name(raw: JsonObject, name: str, besides: str = "", standard: str = "") -> str:
    """*name* without spaces around; raises `ClientError` where no set could have it.

    The set *besides* may have it already, in another case. *standard* is what the routes of no
    set are called where it is chosen: two of one name could not be told apart.
    """
    name = name.strip()
    if not name or any(mark in name for mark in _NOT_IN_NAMES):
        hint = "Give a name without a comma, a slash or a dollar sign."
        raise ClientError(f"{name!r} can't be the name of a route set", hint)
    if hidden_sign(name) and name != besides:
        hint = "It has signs that can't be seen: type it anew."
        raise ClientError(f"{name!r} can't be the name of a route set", hint)
    known = (standard, *_sets(raw)) if standard else _sets(raw)
    taken = {each.casefold(): each for each in known if each != besides}
    if other := taken.get(name.casefold()):
        raise ClientError(f"There is a route set {other!r} already", "Choose another name.")
    return name


def free_copy_name(raw: JsonObject, name: str) -> str:
    """A name for a copy of the set *name* that no set has."""
    taken = {known.casefold() for known in _sets(raw)}
    numbers = (f"{name} {number}" for number in count(2))
    return next(each for each in numbers if each.casefold() not in taken)


def _own_routes(raw: JsonObject) -> JsonObject:
    """Without a scenario none of whose routes leads anywhere: in the set that would be a mistake
    more, and without it the set has what `Router` has there.
    """
    router = raw.get("Router")
    found = router if isinstance(router, dict) else {}
    own = {key: found[key] for key in found if key in _COPIED and _leads(raw, key, found[key])}
    return {**own, "fallback": raw["fallback"]} if raw.get("fallback") else own


def _leads(raw: JsonObject, key: str, found: Any) -> bool:
    """Whether an entry can be used at all; of agents and names of models each is its own."""
    if key not in SCENARIOS or makes_legacy_provider(raw):
        return True
    return any(_has_provider(raw, text.strip()) for text in route_texts(found))


def _has_provider(raw: JsonObject, text: str) -> bool:
    """`provider,model` or `provider/model`; what a variable stands for is not known here."""
    parts = [text.partition(separator) for separator in ",/"]
    names = [head.strip() for head, _, model in parts if model.strip()]
    return text.startswith("$") or any(find_entry(raw, name) for name in names)


def _sets(raw: JsonObject) -> JsonObject:
    found = raw.get("routeSets")
    return found if isinstance(found, dict) else {}


def _need(raw: JsonObject, name: str) -> JsonObject:
    sets = _sets(raw)
    if name not in sets:
        known = ", ".join(sets) or "none yet"
        raise ClientError(f"There is no route set {name!r}", f"The route sets are: {known}.")
    return sets


def _names(found: Any, name: str) -> bool:
    return isinstance(found, str) and found.strip() == name.strip()
