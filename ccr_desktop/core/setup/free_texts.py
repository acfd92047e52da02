"""What is for others of a configuration: no secrets, and no words of people's own.

Kept are names of settings, providers, models, routes and folders, addresses, numbers and switches:
without them nobody could help.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.conditions import CONDITIONS
from ccr_desktop.core.config.known_transformers import KNOWN_TRANSFORMERS
from ccr_desktop.core.config.legacy import OF_CLAUDE_CODE_ROUTER
from ccr_desktop.core.config.settings import keys_of
from ccr_desktop.core.config.spelling import is_remark, unknown_keys
from ccr_desktop.core.setup.secret_fields import MASK, is_stand_in, masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_Keys = tuple[str, ...]
_WORDS: tuple[_Keys, ...] = (("when", "contains"), ("rules", "block"))
"""What a rule looks for in messages, and what it says: words of conversations."""
_OBJECTS: tuple[_Keys, ...] = (("rules",), ("rules", "when"))
"""A text in the place of such an object may be the rule in somebody's own words."""
_FREE: tuple[_Keys, ...] = (
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
    return _without(masked(value), (), is_free=False)


def words_of_rules(value: Any, keys: _Keys = ()) -> Iterator[str]:
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


def _without(value: Any, keys: _Keys, *, is_free: bool) -> Any:
    is_free = is_free or _ends_with(keys, _FREE)
    match value:
        case dict():
            own = _nobodys(value, keys)
            return {
                key: _without(item, (*keys, key), is_free=is_free or key in own)
                for key, item in value.items()
            }
        case [str(name), *rest] if keys[-1:] == ("use",) and any(isinstance(r, dict) for r in rest):
            is_declared = len(rest) == 1 and name in KNOWN_TRANSFORMERS and not _takes_own(name)
            return [name, *_without(rest, keys, is_free=is_free or not is_declared)]
        case list():
            return [_without(item, keys, is_free=is_free) for item in value]
        case str() if (is_free or _ends_with(keys, _OBJECTS)) and not is_stand_in(value):
            return MASK
        case _:
            return value


def _takes_own(name: str) -> bool:
    """Whether its options are members of requests, of which nobody declares any."""
    known = KNOWN_TRANSFORMERS[name]
    return known.takes_any and not known.objects


def _nobodys(found: dict[str, Any], keys: _Keys) -> set[str]:
    """The keys of an object that are remarks, or settings that nobody knows."""
    remarks = {key for key in found if is_remark(key) and key != "$schema"}
    known = _known(keys)
    return remarks if known is None else remarks | {*unknown_keys(found, known)}


def _known(keys: _Keys) -> Iterable[str] | None:
    """The settings that there are in an object; None where there may be any."""
    match keys:
        case ():
            return (*keys_of(), *OF_CLAUDE_CODE_ROUTER)
        case ("Providers" | "providers",):
            return keys_of("Providers[]")
        case ("Router",) | ("routeSets", _):
            return (*keys_of("Router"), "fallback")
        case ("Desktop" | "Failover",) | ("Desktop", "notifications"):
            return keys_of(".".join(keys))
        case (*_, "rules"):
            return keys_of("Router.rules[]")
        case (*_, "rules", "when"):
            return [condition.name for condition in CONDITIONS]
        case _:
            return None


def _ends_with(keys: _Keys, ends: Iterable[_Keys]) -> bool:
    return any(keys[-len(end) :] == end for end in ends)
