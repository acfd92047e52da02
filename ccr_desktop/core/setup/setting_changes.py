"""What differs between two configurations, setting by setting, without secrets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.setup.secret_fields import MASK, Path, json_path, replace_secrets

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def changed_settings(old: JsonObject, new: JsonObject) -> list[SettingChange]:
    """The differences in the order of *new*, then what is gone."""
    return list(_changes((), old, new))


def _changes(path: Path, old: Any, new: Any) -> Iterator[SettingChange]:
    if _is_same(old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _of_objects(path, old, new)
    elif (named := _named(old, new)) is not None:
        yield from _of_objects(path, *named, is_list=True)
    else:
        yield _change(path, old, new)


def _of_objects(
    path: Path, old: JsonObject, new: JsonObject, *, is_list: bool = False
) -> Iterator[SettingChange]:
    for key in (*new, *(key for key in old if key not in new)):
        yield from _changes((*path, key), old.get(key, MISSING), new.get(key, MISSING))
    kept = [key for key in new if key in old]
    before = [key for key in old if key in new]
    if is_list and kept != before:
        yield SettingChange((*path, "order"), before, kept)


def _is_same(old: Any, new: Any) -> bool:
    return type(old) is type(new) and bool(old == new)


def _change(path: Path, old: Any, new: Any) -> SettingChange:
    before, after = _masked(path, old), _masked(path, new)
    return SettingChange(path, before, after, is_secret=_is_same(before, after))


def _masked(path: Path, value: Any) -> Any:
    """What a name above says counts below: `api_key` is secret by its name alone."""
    if value is MISSING:
        return value
    names = [part for part in path if isinstance(part, str)]
    wrapped: Any = {names[-1]: value} if names else value
    masked = replace_secrets(wrapped, lambda _path, _text: MASK)
    return masked[names[-1]] if names else masked


def _named(old: Any, new: Any) -> tuple[JsonObject, JsonObject] | None:
    """Lists whose elements all have a name of their own, as objects; None for others."""
    if not isinstance(old, list) or not isinstance(new, list):
        return None
    both = _by_name(old), _by_name(new)
    return (both[0], both[1]) if both[0] is not None and both[1] is not None else None


def _by_name(items: list[Any]) -> JsonObject | None:
    by_name: JsonObject = {}
    for item in items:
        name = item.get("name") if isinstance(item, dict) else None
        if not isinstance(name, str) or not name or name in by_name:
            return None
        by_name[name] = item
    return by_name
