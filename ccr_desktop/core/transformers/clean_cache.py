"""`cleancache`: no cache marks, for servers that refuse them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.transformers.base import TransformContext

_MARK = "cache_control"
_LISTS = ("system", "messages", "tools", "content")


class CleanCache:
    """Removes `cache_control` wherever Anthropic's API knows it.

    What only looks like one, in a tool's schema or input, stays.
    """

    name = "cleancache"

    def __init__(self, _options: Mapping[str, Any]) -> None: ...

    def request(self, body: JsonObject, _context: TransformContext) -> JsonObject:
        return _clean(body)


def _clean(item: JsonObject) -> JsonObject:
    kept = {name: value for name, value in item.items() if name != _MARK}
    lists = {name: kept[name] for name in _LISTS if isinstance(kept.get(name), list)}
    return kept | {name: [_cleaned(entry) for entry in found] for name, found in lists.items()}


def _cleaned(entry: Any) -> Any:
    return _clean(entry) if isinstance(entry, dict) else entry
