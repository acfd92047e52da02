"""`customparams` and `openrouter`: members of the user's own in every request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.transformers.base import TransformContext


class CustomParams:
    """Adds the options. What the request says stays, but objects on both sides are merged."""

    name = "customparams"

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._options = dict(options)

    def upstream_request(self, body: JsonObject, _context: TransformContext) -> JsonObject:
        return {**body, **{name: self._value(name, body) for name in self._options}}

    def _value(self, name: str, body: JsonObject) -> Any:
        own = self._options[name]
        if name not in body:
            return own
        found = body[name]
        return _merged(found, own) if isinstance(found, dict) and isinstance(own, dict) else found


class OpenRouter:
    """Puts the options over what the request says, for example `provider` with its `order`."""

    name = "openrouter"

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._options = dict(options)

    def upstream_request(self, body: JsonObject, _context: TransformContext) -> JsonObject:
        return {**body, **self._options}


def _merged(found: JsonObject, own: JsonObject) -> JsonObject:
    """Both objects; in it the user's own values win."""
    merged = {**found, **own}
    for name, value in own.items():
        if isinstance(value, dict) and isinstance(found.get(name), dict):
            merged[name] = _merged(found[name], value)
    return merged
