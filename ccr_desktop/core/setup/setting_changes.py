"""What differs between two configurations, setting by setting, without secrets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.setup.secret_fields import MASK, Path, json_path, replace_secrets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ccr_desktop.core.protocol.json import JsonObject

MISSING = object()
"""In place of a value: the setting is not there."""


@dataclass(frozen=True, slots=True)
class SettingChange:
    """`path` has the names of providers and rules in place of their numbers in the list.

    `before` and `after` are masked; `is_secret` says that the secrets themselves differ.
    """

    path: Path
    before: Any
    after: Any
    is_secret: bool = False

    @property
    def where(self) -> str:
        return json_path(self.path)


@dataclass(frozen=True, slots=True)
class _Place:
    """`keys` are the names that the file has on the way, by which a text may be secret."""

    path: Path = ()
    keys: tuple[str, ...] = ()

    def member(self, name: str) -> _Place:
        return _Place((*self.path, name), (*self.keys, name))

    def element(self, name: str | int) -> _Place:
        return _Place((*self.path, name), self.keys)


def changed_settings(old: JsonObject, new: JsonObject) -> list[SettingChange]:
    """The differences in the order of *new*, then what is gone."""
    return list(_changes(_Place(), old, new))


def _changes(place: _Place, old: Any, new: Any) -> Iterator[SettingChange]:
    if _is_same(old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in _keys(old, new):
            yield from _changes(place.member(key), old.get(key, MISSING), new.get(key, MISSING))
    elif isinstance(old, list) and isinstance(new, list):
        yield from _of_lists(place, old, new)
    else:
        yield _change(place, old, new)


def _of_lists(place: _Place, old: list[Any], new: list[Any]) -> Iterator[SettingChange]:
    """Element by element where they have names, or where one alone of them is another."""
    before, after = _named(old, new, _link if place.keys[-1:] == ("use",) else _entry)
    if before is None or after is None:
        number = _only_other(old, new)
        if number is None:
            yield _change(place, old, new)
        else:
            yield from _changes(place.element(number), old[number], new[number])
        return
    for key in _keys(before, after):
        inner = place.element(key)
        yield from _changes(inner, before.get(key, MISSING), after.get(key, MISSING))
    if (kept := [key for key in after if key in before]) != [key for key in before if key in after]:
        yield SettingChange((*place.path, "order"), [key for key in before if key in after], kept)


def _keys(old: JsonObject, new: JsonObject) -> list[str]:
    return [*new, *(key for key in old if key not in new)]


def _is_same(old: Any, new: Any) -> bool:
    """Python takes `true` for 1, which the file does not."""
    match old, new:
        case (dict(), dict()):
            return old.keys() == new.keys() and all(_is_same(old[key], new[key]) for key in old)
        case (list(), list()):
            return len(old) == len(new) and all(map(_is_same, old, new))
        case _:
            return type(old) is type(new) and bool(old == new)


def _change(place: _Place, old: Any, new: Any) -> SettingChange:
    before, after = _masked(place.keys, old), _masked(place.keys, new)
    return SettingChange(place.path, before, after, is_secret=_is_same(before, after))


def _masked(keys: tuple[str, ...], value: Any) -> Any:
    """What the names above say counts below: all texts in `api_keys` are secret."""
    if value is MISSING:
        return value
    wrapped = value
    for key in reversed(keys):
        wrapped = {key: wrapped}
    masked = replace_secrets(wrapped, lambda _path, _text: MASK)
    for key in keys:
        masked = masked[key]
    return masked


def _named(
    old: list[Any], new: list[Any], read: Callable[[Any], tuple[str, Any] | None]
) -> tuple[JsonObject | None, JsonObject | None]:
    """Lists whose elements all have a name of their own, as objects; None for others."""
    if all(isinstance(item, str) for item in (*old, *new)):
        return None, None
    return _by_name(old, read), _by_name(new, read)


def _by_name(items: list[Any], read: Callable[[Any], tuple[str, Any] | None]) -> JsonObject | None:
    by_name: JsonObject = {}
    for item in items:
        found = read(item)
        if found is None or found[0] in by_name:
            return None
        by_name[found[0]] = found[1]
    return by_name


def _entry(item: Any) -> tuple[str, Any] | None:
    """A provider or rule by its name, a file of the user's own by its path."""
    match item:
        case {"name": str(name)} | {"path": str(name)} if name:
            return name, item
        case _:
            return None


def _link(item: Any) -> tuple[str, Any] | None:
    """A transformer as a list of `use` has it: its name, or that and its options."""
    match item:
        case str(name):
            return name, {}
        case [str(name)]:
            return name, {}
        case [str(name), dict(options)]:
            return name, options
        case _:
            return None


def _only_other(old: list[Any], new: list[Any]) -> int | None:
    """The one place at which two lists of objects differ."""
    if len(old) != len(new) or not all(isinstance(item, dict) for item in (*old, *new)):
        return None
    others = [
        number for number, pair in enumerate(zip(old, new, strict=True)) if not _is_same(*pair)
    ]
    return others[0] if len(others) == 1 else None
