"""`{{id}}`, the other spelling of `#{id}` in presets, also for what no question of theirs asks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ccr_desktop.core.protocol.json import JsonObject

_BRACES = re.compile(r"\{\{\s*([\w.-]+)\s*\}\}")
# Elsewhere braces have a meaning of their own: `StatusLine` shows `{{model}}`.
_HOLDERS = ("Providers", "providers", "Router", "fallback", "routeSets")


def with_one_spelling(parts: Mapping[str, Any]) -> JsonObject:
    """A copy of *parts* with `#{id}` for each `{{id}}`."""
    return {key: _respelled(value) if key in _HOLDERS else value for key, value in parts.items()}


def ids_in_braces(parts: Mapping[str, Any]) -> list[str]:
    """The ids of all `{{id}}`, each once."""
    found = (id_ for key in _HOLDERS for id_ in _ids(parts.get(key)))
    return list(dict.fromkeys(found))


def _respelled(value: Any) -> Any:
    match value:
        case str():
            return _BRACES.sub(r"#{\1}", value)
        case list():
            return [_respelled(item) for item in value]
        case dict():
            return {_respelled(key): _respelled(item) for key, item in value.items()}
        case _:
            return value


def _ids(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield from _BRACES.findall(value)
        case list():
            for item in value:
                yield from _ids(item)
        case dict():
            for key, item in value.items():
                yield from _BRACES.findall(key)
                yield from _ids(item)
