"""What is for others of a configuration: no secrets, and no words of people's own.

Kept are names of settings, providers, models, routes and folders, addresses, numbers and switches:
without them nobody could help.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.known_transformers import KNOWN_TRANSFORMERS
from ccr_desktop.core.config.spelling import is_remark, unknown_keys
from ccr_desktop.core.setup.known_members import is_out_of_place, known_members
from ccr_desktop.core.setup.secret_fields import MASK, is_stand_in, masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ccr_desktop.core.setup.known_members import Keys

_WORDS: tuple[tuple[str, ...], ...] = (("when", "contains"), ("rules", "block"))
"""What a rule looks for in messages, and what it says: words of conversations."""
_OBJECTS: tuple[tuple[str, ...], ...] = (("rules",), ("rules", "when"))
"""A text in the place of such an object may be the rule in somebody's own words."""
_FREE: tuple[tuple[str, ...], ...] = (
    *_WORDS,
    ("options",),
    ("header",),
    ("headers",),
    ("when", "field"),
    ("rules", "set"),
)
"""Where a key may have any name, by the last names on the way."""


def masked_for_others(value: Any) -> Any:
    """As `masked`, and without texts that stand where anybody writes what they like."""
    return _without(_without_unknown_sets(masked(value)), (), is_free=False)


def _without_unknown_sets(value: Any) -> Any:
    """What a project uses is a route, or the name of a route set that there is."""
    match value:
        case {"projects": dict(projects)}:
            sets = value.get("routeSets") or ()
            own = {folder for folder, used in projects.items() if _is_no_route(used, sets)}
            return {**value, "projects": projects | dict.fromkeys(own, MASK)}
        case _:
            return value


def _is_no_route(used: Any, sets: Iterable[str]) -> bool:
    if not isinstance(used, str) or is_stand_in(used):
        return False
    return used.strip() not in sets and not {*used} & {",", "/"}


def words_of_rules(value: Any, keys: Keys = ()) -> Iterator[str]:
    """What rules look for in messages and say instead of an answer: reasons repeat it."""
    match value:
        case dict():
            for key, item in value.items():
                yield from words_of_rules(item, (*keys, key))
        case list():
            for item in value:
                yield from words_of_rules(item, keys)
        case str() if value.strip() and _ends_with(keys, (*_WORDS, *_OBJECTS)):
            yield value


def _without(value: Any, keys: Keys, *, is_free: bool) -> Any:
    is_free = is_free or _ends_with(keys, _FREE)
    match value:
        case dict():
            own = _nobodys(value, keys)
            return {
                key: _without(item, (*keys, key), is_free=is_free or key in own)
                for key, item in value.items()
            }
        case list() if keys[-1:] == ("use",):
            return [_link(item, (*keys, ""), is_free=is_free) for item in value]
        case list():
            return [_without(item, keys, is_free=is_free) for item in value]
        case str() if is_out_of_place(keys, value):
            return MASK
        case str() if (is_free or _ends_with(keys, _OBJECTS)) and not is_stand_in(value):
            return MASK
        case _:
            return value


def _link(value: Any, keys: Keys, *, is_free: bool) -> Any:
    """One of a chain: a name, with options or without."""
    match value:
        case [str(name), *rest] if any(isinstance(item, dict) for item in rest):
            is_declared = len(rest) == 1 and name in KNOWN_TRANSFORMERS and not _takes_own(name)
            return [name, *_without(rest, keys, is_free=is_free or not is_declared)]
        case _:
            return _without(value, keys, is_free=is_free or isinstance(value, dict))


def _takes_own(name: str) -> bool:
    """Whether its options are members of requests, of which nobody declares any."""
    known = KNOWN_TRANSFORMERS[name]
    return known.takes_any and not known.objects


def _nobodys(found: dict[str, Any], keys: Keys) -> set[str]:
    """The keys of an object that are remarks, or settings that nobody knows."""
    remarks = {key for key in found if is_remark(key) and key != "$schema"}
    known = known_members(keys, found)
    return remarks if known is None else remarks | {*unknown_keys(found, known)}


def _ends_with(keys: Keys, ends: Iterable[Keys]) -> bool:
    return any(keys[-len(end) :] == end for end in ends)
