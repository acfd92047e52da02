"""Which lines of a text were not changed, in a time that does not grow with their square."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Pairs = list[tuple[int, int]]
    Marks = Callable[[Sequence[str]], list[object]]

_COMPARED = 2000
"""So many lines are compared each with each, which finds the most."""


def same_lines(before: Sequence[str], now: Sequence[str]) -> Pairs:
    """Numbers of the lines that are the same before and now, both rising."""
    return _between(before, now, (_single, _counted))


def _between(before: Sequence[str], now: Sequence[str], ways: tuple[Marks, ...]) -> Pairs:
    fewer = min(len(before), len(now))
    first = next((n for n in range(fewer) if before[n] != now[n]), fewer)
    last = next((n for n in range(fewer - first) if before[-1 - n] != now[-1 - n]), fewer - first)
    inner = _inner(before[first : len(before) - last], now[first : len(now) - last], ways)
    found = [(n, n) for n in range(first)]
    found += [(first + one, first + other) for one, other in inner]
    return found + [(len(before) - n, len(now) - n) for n in range(last, 0, -1)]


def _inner(before: Sequence[str], now: Sequence[str], ways: tuple[Marks, ...]) -> Pairs:
    if max(len(before), len(now)) <= _COMPARED:
        from difflib import SequenceMatcher  # noqa: PLC0415  # only few changes need it

        blocks = SequenceMatcher(None, before, now, autojunk=False).get_matching_blocks()
        return [(one + n, other + n) for one, other, size in blocks for n in range(size)]
    if not ways:
        return []
    found: Pairs = []
    at, at_now = 0, 0
    for one, other in [*_in_order(ways[0](before), ways[0](now)), (len(before), len(now))]:
        gap = _between(before[at:one], now[at_now:other], ways[1:])
        found += [(at + n, at_now + n_now) for n, n_now in gap]
        found.append((one, other))
        at, at_now = one + 1, other + 1
    return found[:-1]


def _single(lines: Sequence[str]) -> list[object]:
    """Lines that are there once; nothing for the others."""
    counts = Counter(lines)
    return [line if counts[line] == 1 else None for line in lines]


def _counted(lines: Sequence[str]) -> list[object]:
    """Each line, and the how many-th such line it is."""
    seen = Counter[str]()
    marks: list[object] = []
    for line in lines:
        marks.append((line, seen[line]))
        seen[line] += 1
    return marks


def _in_order(before: Iterable[object], now: Iterable[object]) -> Pairs:
    """The longest row of pairs with the same mark in which both numbers rise."""
    places = {mark: place for place, mark in enumerate(before) if mark is not None}
    ends: list[int] = []
    tails: list[int] = []
    rows: list[tuple[int, int, int]] = []  # each pair, and which one is before it in its row
    for place_now, mark in enumerate(now):
        if (place := places.get(mark)) is None:
            continue
        length = bisect_left(ends, place)
        ends[length : length + 1], tails[length : length + 1] = [place], [len(rows)]
        rows.append((place, place_now, tails[length - 1] if length else -1))
    found: Pairs = []
    at = tails[-1] if tails else -1
    while at >= 0:
        place, place_now, at = rows[at]
        found.append((place, place_now))
    return found[::-1]
