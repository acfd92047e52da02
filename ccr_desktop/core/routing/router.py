"""Deciding which route serves a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.routing.decision import Decision, Verdict
from ccr_desktop.core.routing.rules import LAST_PROMPT_FLOOR, RULES
from ccr_desktop.core.routing.tokens import upper_bound
from ccr_desktop.errors import RoutingError

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.routing.turn import RequestFacts


def decide(facts: RequestFacts, config: Config) -> Decision:
    """The decision for a request: the first rule that matches."""
    trace: list[Verdict] = []
    for rule in RULES:
        verdict = rule(facts, config)
        trace.append(verdict)
        if verdict.matched:
            first, *rest = verdict.routes
            return Decision(
                route=first,
                scenario=verdict.rule,
                trace=tuple(trace),
                fallbacks=tuple(rest),
                tokens=facts.tokens,
            )
    raise RoutingError(
        f"No route for the model {facts.model!r}",
        'Set Router.default to a "provider,model" of your providers in the configuration.',
    )


def needs_count(config: Config, raw: bytes, last_prompt: int = 0) -> bool:
    """Whether any rule could depend on the number of tokens of the body *raw*.

    *last_prompt* is the size of the session's last prompt: after a long one, less is long too.
    """
    if config.router.route("longContext") is None:
        return False
    threshold = config.router.long_context_threshold
    enough = min(threshold, LAST_PROMPT_FLOOR) if last_prompt > threshold else threshold
    return upper_bound(raw) > enough
