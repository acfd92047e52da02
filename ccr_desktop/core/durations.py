"""How long something took, as people read it."""

from __future__ import annotations

import math
from collections.abc import Callable

_IN_MS_UNTIL_S = 0.1  # "0.00 s" would be no time at all


def _plain(number: float, decimals: int) -> str:
    return f"{number:.{decimals}f}"


def duration(seconds: float, written: Callable[[float, int], str] = _plain) -> str:
    """`34 ms`, `0.84 s`, `12.3 s`, `2 min 05 s`.

    *written* gives a number with so many decimals, as a language has them.
    """
    if seconds < _IN_MS_UNTIL_S:
        return f"{written(math.ceil(seconds * 1000), 0)} ms"
    if seconds < 10:
        return f"{written(seconds, 2)} s"
    if seconds < 60:
        return f"{written(seconds, 1)} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s"
