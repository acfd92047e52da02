"""What the tab shows, as frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ccr_desktop.desktop.rule_hits import NO_HITS, Hits


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRule:
    """A rule in its place. `entry` is as the file has it, `problem` says why it can't be used,
    or what is to be known of it.

    `key` stays the same while the rule moves.
    """

    key: str
    number: int
    entry: Any
    sentence: str
    conditions: str = ""
    """The part of the sentence that may be shortened: what the rule does has to be seen."""
    name: str = ""
    is_on: bool = True
    problem: str = ""
    is_warning: bool = False
    """Whether the rule holds in spite of its problem."""
    hits: Hits = NO_HITS
    fits: bool | None = None
    """Whether it has a part in the request of "Try it"; None: it was not asked."""
    is_open: bool = False
    """It was asked, and the answer is not known."""
    why: str = ""

    @property
    def can_edit(self) -> bool:
        """Whether the form can show it; anything can be edited as text."""
        return isinstance(self.entry, dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRules:
    """The rules of a route set. `follows` tells that they are those of `Router`, shown for it."""

    rules: tuple[ShownRule, ...] = ()
    route_set: str = ""
    follows: bool = False
    has_further: bool = False
    """Whether what the rules of `Router` forbid holds beside those of the set."""
    asks_own_code: bool = False
    """Whether a custom router is asked before them."""
