"""The patterns that a preset's answers must match. A preset comes from anybody, so none may run on.

Python's own `re` can't be stopped, and holds all threads while it looks. `regex` gives up after a
time; and since it writes out what is repeated, a pattern that would become too long is refused.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import regex

_PATIENCE_S = 0.2
_MOST_PARTS = 20_000
_TOKEN = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<open>\()|(?P<close>\))"
    r"|\{(?P<least>\d*)(?:,(?P<most>\d*))?\}|.",
    re.DOTALL,
)


def check_pattern(pattern: str) -> None:
    """Raise `ValueError` where *pattern* can't be used."""
    _compiled(pattern)


def fits(pattern: str, text: str) -> bool:
    """Whether *pattern* is found in *text*; raises `TimeoutError` where that takes too long.

    What was looked for lately is known, also that it takes too long.
    """
    found = _verdict(pattern, text)
    if found is None:
        raise TimeoutError
    return found


def look(wanted: Iterable[tuple[str, str]]) -> None:
    """Look for each pattern in its text, in a thread say: `fits` knows of it then."""
    for pattern, text in wanted:
        _verdict(pattern, text)


@lru_cache(maxsize=256)
def _verdict(pattern: str, text: str) -> bool | None:
    """None where it takes too long."""
    try:
        return _compiled(pattern).search(text, timeout=_PATIENCE_S) is not None
    except TimeoutError:
        return None


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> regex.Pattern[str]:
    import regex  # noqa: PLC0415  # few presets have a pattern

    if _written_out(pattern) > _MOST_PARTS:
        raise ValueError("it repeats too much")
    try:
        return regex.compile(pattern)
    except (regex.error, RecursionError, OverflowError) as exc:
        raise ValueError(str(exc)) from exc


def _written_out(pattern: str) -> int:
    """How many parts *pattern* has once each repetition is written out as often as it says."""
    groups: list[list[int]] = [[]]
    for token in _TOKEN.finditer(pattern):
        parts = groups[-1]
        if token["open"]:
            groups.append([])
        elif token["close"] and len(groups) > 1:
            groups.pop()
            groups[-1].append(max(1, sum(parts)))
        elif token["least"] is not None and parts:
            parts[-1] = min(parts[-1] * _times(token), _MOST_PARTS + 1)
        else:
            parts.append(1)
    return sum(map(sum, groups))


def _times(token: re.Match[str]) -> int:
    numbers = (token[name] or "" for name in ("least", "most"))
    return max(1, *(_MOST_PARTS + 1 if len(number) > 6 else int(number or 0) for number in numbers))
