"""JSON of the wire: orjson, lenient where providers are sloppy."""

from __future__ import annotations

from typing import Any

import orjson

JsonObject = dict[str, Any]

JSONDecodeError = orjson.JSONDecodeError
loads = orjson.loads
dumps = orjson.dumps


def loads_lenient(data: bytes) -> Any:
    """Like `loads`, but invalid UTF-8 is replaced instead of refused."""
    try:
        return loads(data)
    except JSONDecodeError:
        return loads(data.decode("utf-8", "replace"))


def dumps_text(value: Any) -> str:
    """Compact JSON text with non-ASCII characters kept.

    Lone surrogates, which JSON text may escape and UTF-8 can't hold, become U+FFFD.
    """
    return dumps_safe(value).decode()


def dumps_safe(value: Any) -> bytes:
    """Like `dumps`, for values that may hold lone surrogates or huge integers."""
    try:
        return dumps(value)
    except TypeError:
        return dumps(_encodable(value))


def _encodable(value: Any) -> Any:
    match value:
        case str():
            return value.encode("utf-8", "replace").decode()
        case dict():
            return {str(_encodable(key)): _encodable(item) for key, item in value.items()}
        case list() | tuple():
            return [_encodable(item) for item in value]
        case int() if abs(value) >= 2**63:
            return float(value)
        case _:
            return value
