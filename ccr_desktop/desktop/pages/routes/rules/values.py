"""Between the values of a rule and the texts that people type: pure functions."""

from __future__ import annotations

import json
import re
from typing import Any

_SPAN = re.compile(r"\s*(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)\s*")
_LAST_HOUR, _LAST_MINUTE = 23, 59


def are_texts(value: Any) -> bool:
    """Whether each text has a line of its own."""
    items = value if isinstance(value, list) else [value]
    return all(isinstance(item, str) and item.isprintable() for item in items)


def lines_of(value: Any) -> str:
    return "\n".join(value if isinstance(value, list) else [value])


def texts_of(typed: str) -> Any:
    """One line alone is a text, several are a list."""
    lines = [line.strip() for line in typed.split("\n") if line.strip()]
    return lines[0] if len(lines) == 1 else lines


def are_pairs(value: Any) -> bool:
    return isinstance(value, dict) and all(
        name.isprintable() and name == name.strip() and "=" not in name for name in value
    )


def pairs_text(value: dict[str, Any]) -> str:
    return "\n".join(f"{name} = {scalar_text(wanted)}" for name, wanted in value.items())


class TwiceError(ValueError):
    """A name that has two different values, of which one would be lost."""


def pairs_of(typed: str) -> dict[str, Any]:
    """`name = value` a line; raises `ValueError` with the line that is none.

    Raises `TwiceError` with a name that is there again with another value.
    """
    found: dict[str, Any] = {}
    for line in filter(None, map(str.strip, typed.split("\n"))):
        name, sign, value = line.partition("=")
        if not sign or not name.strip():
            raise ValueError(line)
        name, read = name.strip(), scalar_of(value.strip())
        if found.setdefault(name, read) != read:
            raise TwiceError(name)
    return found


def scalar_text(value: Any) -> str:
    """A text stands for itself, unless it would be read as something else."""
    if isinstance(value, str) and value and value == value.strip() and scalar_of(value) == value:
        return value if value.isprintable() else json.dumps(value)
    return json.dumps(value, ensure_ascii=not str(value).isprintable())


def scalar_of(typed: str) -> Any:
    """What is typed as JSON where it is JSON, else as a text."""
    try:
        return json.loads(typed, parse_constant=_no_json)
    except (ValueError, RecursionError):
        return typed


def _no_json(name: str) -> Any:
    """`NaN` and its like, which Python reads and nobody else."""
    raise ValueError(name)


def is_span(value: Any) -> bool:
    """Whether a pair of clocks can show it."""
    return span_of(value) is not None


def span_of(value: Any) -> tuple[int, int, int, int] | None:
    """Hours and minutes of the begin and the end."""
    found = _SPAN.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    begin_h, begin_m, end_h, end_m = (int(part) for part in found.groups())
    if max(begin_h, end_h) > _LAST_HOUR or max(begin_m, end_m) > _LAST_MINUTE:
        return None
    return begin_h, begin_m, end_h, end_m


def json_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
