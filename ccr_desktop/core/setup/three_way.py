"""What two sides made of the same object, put together."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ccr_desktop.core.protocol.json import JsonObject

_GONE = object()
_NAMES = ("key", "id", "name")


def merged(before: JsonObject, mine: JsonObject, theirs: JsonObject) -> JsonObject:
    """*theirs* with what *mine* changed of *before*; *mine* counts where both changed one value.

    Items of lists are added, changed and removed one by one, as members of objects are.
    """
    members = {
        key: _member(*(side.get(key, _GONE) for side in (before, mine, theirs)))
        for key in {**theirs, **mine}
    }
    return {key: value for key, value in members.items() if value is not _GONE}


def clashes(before: JsonObject, mine: JsonObject, theirs: JsonObject) -> list[str]:
    """The members in which *theirs* loses something to *mine*."""
    one, other = merged(before, mine, theirs), merged(before, theirs, mine)
    known = {**before, **mine, **theirs}
    return [key for key in known if not _alike(one.get(key, _GONE), other.get(key, _GONE))]


def _alike(one: Any, other: Any) -> bool:
    """Whether they are the same but for the order of a list."""
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(_text, one)) == sorted(map(_text, other))
    return bool(one == other)


def _member(before: Any, mine: Any, theirs: Any) -> Any:
    """A list or an object that is not there has nothing in it."""
    sides = [before, mine, theirs]
    kinds = {type(side) for side in sides if side is not _GONE}
    if kinds not in ({list}, {dict}):
        return _value(*sides)
    (kind,) = kinds
    found = _value(*(kind() if side is _GONE else side for side in sides))
    absent = mine is _GONE if mine != before else theirs is _GONE
    return _GONE if absent and not found else found


def _value(before: Any, mine: Any, theirs: Any) -> Any:
    if mine in (before, theirs):
        return theirs
    if theirs == before:
        return mine
    if all(isinstance(side, dict) for side in (before, mine, theirs)):
        return merged(before, mine, theirs)
    if all(isinstance(side, list) for side in (before, mine, theirs)):
        return _list(before, mine, theirs)
    return mine


def _list(before: Sequence[Any], mine: Sequence[Any], theirs: Sequence[Any]) -> Sequence[Any]:
    was, wants, has = (_by_name(side) for side in (before, mine, theirs))
    if any(len(found) < len(side) for found, side in ((wants, mine), (has, theirs))):
        return mine  # something is there twice, so that nothing tells which is which
    is_in_order = [name for name in wants if name in was] == [name for name in was if name in wants]
    order = _woven(has, wants) if is_in_order else _woven(wants, has)
    items = (_value(*(side.get(name, _GONE) for side in (was, wants, has))) for name in order)
    return [item for item in items if item is not _GONE]


def _by_name(items: Sequence[Any]) -> dict[str, Any]:
    return {_name(item): item for item in items}


def _name(item: Any) -> str:
    """What says that two items stand for the same one; else all of it does."""
    if isinstance(item, dict):
        found = next((item[key] for key in _NAMES if isinstance(item.get(key), str)), None)
    else:
        found = item[0] if isinstance(item, list) and item else item
    return found if isinstance(found, str) else _text(item)


def _text(item: Any) -> str:
    return json.dumps(item, sort_keys=True)


def _woven(base: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[str]:
    """All names in the order of *base*; one that only *other* has stays behind the one before."""
    behind: dict[str | None, list[str]] = {}
    last = None
    for name in other:
        if name in base:
            last = name
        else:
            behind.setdefault(last, []).append(name)
    return chain(
        behind.get(None, ()), chain.from_iterable((name, *behind.get(name, ())) for name in base)
    )
