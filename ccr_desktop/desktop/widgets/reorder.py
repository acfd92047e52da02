"""Where things go in an order."""

from __future__ import annotations


def shifted(keys: tuple[str, ...], key: str, step: int) -> tuple[str, ...]:
    """*key* moved by *step* places, not beyond the ends."""
    place = keys.index(key)
    goal = min(max(place + step, 0), len(keys) - 1)
    rest = keys[:place] + keys[place + 1 :]
    return (*rest[:goal], key, *rest[goal:])


def moved(keys: tuple[str, ...], key: str, gap: int) -> tuple[str, ...]:
    """*key* moved into the gap before the *gap*-th of all, itself counted."""
    place = keys.index(key)
    rest = keys[:place] + keys[place + 1 :]
    goal = gap - 1 if gap > place else gap
    return (*rest[:goal], key, *rest[goal:])
