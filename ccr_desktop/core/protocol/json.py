"""JSON of the wire: orjson, lenient where providers are sloppy."""

from __future__ import annotations

import json
import math
from typing import Any

import orjson

JsonObject = dict[str, Any]

JSONDecodeError = orjson.JSONDecodeError
loads = orjson.loads
dumps = orjson.dumps

_MAX_NESTING = 200  # what orjson writes is nested less deeply than what it reads


def loads_lenient(data: bytes | str) -> Any:
    """Like `loads`, but lets lone surrogates through and replaces invalid UTF-8.

    Models write halves of surrogate pairs, and servers escape them as they are. The error has a
    `doc` when it has a place in it.
    """
    try:
        return loads(data)
    except JSONDecodeError:
        text = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
    try:
        return json.loads(
            text.removeprefix("\ufeff"),
            parse_constant=_refuse,
            parse_float=_finite,
            parse_int=_finite_int,
        )
    except json.JSONDecodeError as exc:
        raise JSONDecodeError(exc.msg, exc.doc, exc.pos) from exc
    except (ValueError, RecursionError) as exc:
        raise JSONDecodeError(str(exc), "", 0) from exc


def loads_object(data: bytes | str) -> JsonObject:
    """The object that *data* is; an empty one when it is something else."""
    try:
        payload = loads_lenient(data)
    except JSONDecodeError:
        return {}
    return payload if isinstance(payload, dict) else {}


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError(f"{text} is too large")
    return value


def _finite_int(text: str) -> int | float:
    return int(text) if len(text) < 20 else _finite(text)


def dumps_text(value: Any) -> str:
    """Compact JSON text with non-ASCII characters kept.

    Lone surrogates, which JSON text may escape and UTF-8 can't hold, become U+FFFD.
    """
    return dumps_safe(value).decode()


def find_literal(data: bytes, text: str, start: int = 0) -> bytes:
    """How *text* is spelled in the JSON of *data*, from *start* on; nothing if it is not found."""
    for literal in (
        dumps_safe(text),
        json.dumps(text).encode(),
    ):  # many servers escape all they can
        if data.find(literal, start) >= 0:
            return literal
    return b""


def dumps_each(texts: list[str], between: bytes) -> bytes:
    """The JSON strings of *texts* with *between* between them, at once for the price of a few."""
    try:
        lines = dumps(texts, option=orjson.OPT_INDENT_2)
    except TypeError:  # a lone surrogate
        lines = dumps(_encodable(texts), option=orjson.OPT_INDENT_2)
    # One text a line: inside of them line ends are escaped.
    return lines[len(b"[\n  ") : -len(b"\n]")].replace(b",\n  ", between)


def dumps_safe(value: Any) -> bytes:
    """Like `dumps`, for values that may hold lone surrogates or huge integers.

    Of values that are nested absurdly deep the innermost are left out.
    """
    try:
        return dumps(value)
    except TypeError:
        return dumps(_encodable(value))


def _encodable(value: Any, nesting: int = 0) -> Any:
    match value:
        case str():
            return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        case dict() | list() | tuple() if nesting > _MAX_NESTING:
            return None
        case dict():
            items = value.items()
            return {str(_encodable(key)): _encodable(item, nesting + 1) for key, item in items}
        case list() | tuple():
            return [_encodable(item, nesting + 1) for item in value]
        case int() if abs(value) >= 2**63:
            return float(value)
        case _:
            return value
