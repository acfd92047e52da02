"""Argument values that a model printed: JSON, plain texts, and JSON inside of JSON."""

from __future__ import annotations

from typing import Any

from ccr_desktop.core.protocol.json import JSONDecodeError, loads_lenient

_KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}


def read_value(text: str, schema: Any = None) -> Any:
    """The value that *text* stands for, by the *schema* of the argument as far as it says.

    A text is taken as it stands, though it may look like JSON, unless it stands in quotes. Where
    nothing is known, whatever can be decoded is, also twice.
    """
    readings = _readings(text)
    kinds = _kinds(schema)
    if kinds == {"string"}:
        return next((item for item in readings[1:] if isinstance(item, str)), text)
    fitting = [item for item in readings if _is_one_of(item, kinds)]
    return (fitting or readings)[-1] if kinds else readings[-1]


def _readings(text: str) -> list[Any]:
    """*text*, what it is decoded, and what that is decoded once more."""
    found: list[Any] = [text]
    while len(found) < 3 and isinstance(found[-1], str):
        try:
            found.append(loads_lenient(found[-1].strip()))
        except JSONDecodeError:
            break
    return found


def _kinds(schema: Any) -> set[str]:
    """The JSON types that a schema allows; empty when it does not say."""
    if not isinstance(schema, dict):
        return set()
    said = schema.get("type")
    if isinstance(said, str | list):
        return {said} if isinstance(said, str) else {str(kind) for kind in said}
    branches = schema.get("anyOf") or schema.get("oneOf")
    return set().union(*map(_kinds, branches)) if isinstance(branches, list) else set()


def _is_one_of(value: Any, kinds: set[str]) -> bool:
    is_flag = isinstance(value, bool)
    return any(
        isinstance(value, _KINDS.get(kind, ())) and (is_flag == (kind == "boolean"))
        for kind in kinds
    )
