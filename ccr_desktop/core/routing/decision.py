"""A routing decision as a value: what was chosen, by which rule, and why not by the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import ChainLink, Route
    from ccr_desktop.core.protocol.json import JsonObject


class Verdict(NamedTuple):
    """What one rule says. Without a route it did not match.

    A tuple, because a request needs a dozen of them.
    """

    rule: str
    reason: str
    routes: tuple[Route, ...] = ()
    where: str = ""
    """The place of an own rule in the file."""
    is_unknown: bool = False
    """It might have matched: it asks for what nobody knows of a supposed request."""

    @property
    def matched(self) -> bool:
        return bool(self.routes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The route of a request with all that led to it. `tokens` is None when nothing counted.

    `by_encoding` has the counts by each vocabulary when models count by different ones.
    `image_routes` are there when the conversation holds pictures: who else answers, asks them.
    """

    route: Route
    scenario: str
    trace: tuple[Verdict, ...]
    fallbacks: tuple[Route, ...] = ()
    tokens: int | None = None
    by_encoding: Mapping[str, int] = field(default_factory=dict)
    image_routes: tuple[Route, ...] = ()
    skipped: tuple[Route, ...] = ()
    """Those that would have come before or between, but whose provider is switched off."""
    changes: Mapping[str, Any] = field(default_factory=dict)
    """What own rules set in the request, by dotted paths; None takes a member out."""
    chain: tuple[ChainLink, ...] = ()
    """The transformers of own rules."""
    rules: tuple[str, ...] = ()
    """The places of the own rules that had a part in it: they chose, forbid or change."""

    @property
    def chosen_by(self) -> str:
        """The place of the own rule that won; empty when another did."""
        return self.trace[-1].where

    @property
    def reason(self) -> str:
        return self.trace[-1].reason

    @property
    def is_sure(self) -> bool:
        """Whether no rule is left that might change it, for all that is known."""
        return not any(verdict.is_unknown for verdict in self.trace)

    def as_json(self) -> JsonObject:
        return {
            "route": str(self.route),
            "scenario": self.scenario,
            "tokens": self.tokens,
            "trace": [
                {"rule": v.rule, "matched": v.matched, "reason": v.reason} for v in self.trace
            ],
            "fallbacks": [str(route) for route in self.fallbacks],
        }
