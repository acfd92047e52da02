"""Problems of a configuration at their places in its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccr_desktop.core.config.outline import scan
from ccr_desktop.core.config.positions import Positions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ccr_desktop.core.config.issues import Issue


@dataclass(frozen=True, slots=True)
class Finding:
    """`start` and `end` are positions in the text; `line` begins at 1."""

    issue: Issue
    start: int
    end: int
    line: int


def located(text: str, issues: Iterable[Issue]) -> list[Finding]:
    """*issues* where they stand in *text*, in its order.

    One without a place of its own is about the text itself: where it stops to be right.
    """
    positions = Positions(text)
    fault = scan(text).fault
    found = []
    for issue in issues:
        place = positions.find(issue.where) if issue.where else None
        if place:
            start, end = place.start, place.value[1]
            if "\n" in text[start:end]:  # a whole object: its name or first line is enough
                end = place.key[1] if place.key else text.index("\n", start)
        else:
            start = min(fault[1], len(text)) if fault and not issue.where else 0
            end = min(start + 1, len(text))
        found.append(Finding(issue, start, end, text.count("\n", 0, start) + 1))
    return sorted(found, key=lambda finding: finding.start)
