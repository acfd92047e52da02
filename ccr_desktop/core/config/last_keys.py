"""The keys in force, for the time in which their store is shut: it may lock by itself at any time.

A reference keeps its key as long as it stays where it is; one that is new or stands elsewhere by
now has none before the store gives it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.syntax import parse
from ccr_desktop.core.secrets import PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.config.stand_ins import KeySource

_PROVIDERS = ("Providers", "providers")


class LastKeys:
    """`adopt` what is in force; what is read `behind` it does with the keys of that."""

    def __init__(self) -> None:
        self._keys: dict[str, str] = {}
        self._users: dict[str, set[str]] = {}

    def behind(self, source: KeySource, data: bytes, path: Path) -> Behind:
        """A source for one reading of the text *data*."""
        return Behind(self, source, data, path)

    def adopt(self, raw: Mapping[str, Any]) -> None:
        self._users = users_of(raw)
        self._keys = {name: key for name, key in self._keys.items() if name in self._users}

    def note(self, name: str, key: str | None) -> None:
        """What the store said last."""
        self._keys.pop(name, None)
        if key:
            self._keys[name] = key

    def kept(self, name: str, users: set[str]) -> str | None:
        """The key in force, when all the *users* have had it."""
        had_it = bool(users) and users <= self._users.get(name, set())
        return self._keys.get(name) if had_it else None


class Behind:
    """See `LastKeys.behind`. `kept` is for what the source does not give for now."""

    def __init__(self, last: LastKeys, source: KeySource, data: bytes, path: Path) -> None:
        self._last = last
        self._source = source
        self._data = data
        self._path = path
        self._users: dict[str, set[str]] | None = None

    def get(self, name: str) -> str | None:
        key = self._source.get(name)
        self._last.note(name, key)
        return key

    def kept(self, name: str) -> str | None:
        return self._last.kept(name, self._users_of(name))

    def describe(self) -> str:
        return self._source.describe()

    def _users_of(self, name: str) -> set[str]:
        if self._users is None:
            issues: list[Issue] = []  # told by the reading itself
            self._users = users_of(parse(self._data, self._path, issues))
        return self._users.get(name, set())


def users_of(raw: Mapping[str, Any]) -> dict[str, set[str]]:
    """For each name of a key the providers, and other settings, that refer to it."""
    users: dict[str, set[str]] = {}
    for key, value in raw.items():
        entries = value if key in _PROVIDERS and isinstance(value, list) else None
        for entry in [value] if entries is None else entries:
            is_provider = entries is not None and isinstance(entry, dict)
            user = f"{key}:{entry.get('name')}" if is_provider else key
            for name in _references(entry):
                users.setdefault(name, set()).add(user)
    return users


def _references(value: Any) -> Iterator[str]:
    match value:
        case str() if value.startswith(PREFIX):
            yield value.removeprefix(PREFIX).strip()
        case dict():
            for item in value.values():
                yield from _references(item)
        case list():
            for item in value:
                yield from _references(item)
