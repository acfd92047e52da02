"""Deciding which route serves a request, and which may serve it when that one fails."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ccr_desktop.core.routing.changes import with_changes
from ccr_desktop.core.routing.conditions import check, thresholds
from ccr_desktop.core.routing.counting import tokens_for
from ccr_desktop.core.routing.decision import Decision, Verdict
from ccr_desktop.core.routing.rules import LAST_PROMPT_FLOOR, forbids, restrictions, verdicts
from ccr_desktop.core.routing.tokens import may_have_more
from ccr_desktop.core.routing.windows import wanted_answer, window_of
from ccr_desktop.errors import ClientError, RoutingError, RuleRefusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ccr_desktop.core.config.schema import Config, Route
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.routing.turn import RequestFacts

# What the answer's header and the statistics call the rules that have no route of their own.
_SCENARIOS = {
    "subagentTag": "subagent",
    "agent": "subagent",
    "model": "default",
    "paused": "default",
}


def decide(facts: RequestFacts, config: Config) -> Decision:
    """The decision for a request: the first rule that matches, less what is forbidden.

    Raises `RoutingError` when no rule matches, and `ClientError` when none of the routes is
    allowed or when the prompt is too long for all of them.
    """
    trace: list[Verdict] = []
    for verdict in verdicts(facts, config):
        trace.append(verdict)
        if verdict.routes:
            decision = _allowed(_chosen(trace, facts, config), facts, config)
            decision = _switched_on(decision, config)
            decision = _seeing(_fitting(decision, facts, config), facts, config)
            return _doubted(with_changes(decision, facts, config), facts, config)
    raise RoutingError(
        f"No route for the model {facts.model!r}",
        'Set Router.default to a "provider,model" of your providers in the configuration.',
    )


def _chosen(trace: list[Verdict], facts: RequestFacts, config: Config) -> Decision:
    winner = trace[-1]
    scenario = _SCENARIOS.get(winner.rule, winner.rule.partition(":")[0])
    first, *rest = dict.fromkeys([*winner.routes, *_spare(scenario, config)])
    return Decision(
        route=first,
        scenario=scenario,
        trace=tuple(trace),
        fallbacks=tuple(rest),
        tokens=facts.tokens,
        by_encoding=facts.by_encoding,
        rules=(winner.where,) if winner.where else (),
    )


def _allowed(decision: Decision, facts: RequestFacts, config: Config) -> Decision:
    """*decision* without the routes that the user's rules forbid."""
    for rule in restrictions(facts, config):
        decision = replace(decision, rules=tuple(dict.fromkeys([*decision.rules, rule.where])))
        routes = (decision.route, *decision.fallbacks)
        kept = [route for route in routes if not forbids(rule, route)]
        if len(kept) == len(routes):
            continue
        lost = ", ".join(str(route) for route in routes if route not in kept)
        _, why = check(rule, facts, is_prohibition=True)
        if not kept:
            hint = f"{lost} may not serve it: {why}. Name a route that the rule allows."
            raise RuleRefusal(f"The rule {rule.name!r} refuses this request", hint, rule.where)
        decision = _noted(decision, kept, f"rule:{rule.name}", f"forbids {lost}: {why}")
    return decision


def _doubted(decision: Decision, facts: RequestFacts, config: Config) -> Decision:
    """*decision* with the rules noted that might forbid it or change it, for all that is known."""
    for rule in config.router.rules if facts.unknown else ():
        if rule.routes or not (rule.forbids or rule.changes_requests):
            continue
        holds, why = check(rule, facts, is_prohibition=rule.forbids)
        if holds is None:
            *before, winner = decision.trace
            note = Verdict(f"rule:{rule.name}", why, (), rule.where, is_unknown=True)
            decision = replace(decision, trace=(*before, note, winner))
    return decision


def _switched_on(decision: Decision, config: Config) -> Decision:
    """*decision* without the routes to providers that the user switched off."""
    routes = (decision.route, *decision.fallbacks)
    off = tuple(route for route in routes if is_off(route, config))
    if not off:
        return decision
    kept = [route for route in routes if route not in off]
    names = list(dict.fromkeys(route.provider for route in off))
    if not kept:
        title = f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'} switched off"
        hint = f"Switch it on again (`ccr providers resume {names[0]}`), or name a fallback."
        raise ClientError(f"{title}, and no other route is left", hint, status=403)
    lost = ", ".join(map(str, off))
    noted = _noted(decision, kept, "switchedOff", f"{lost}: the provider is switched off")
    return replace(noted, skipped=off)


def is_off(route: Route, config: Config) -> bool:
    """Whether the user switched the route's provider off."""
    provider = config.providers.get(route.provider)
    return provider is not None and provider.paused


def blocked_by(scenario: str, config: Config) -> str:
    """A provider that is switched off, so that no route of *scenario* is left; else empty."""
    routes = config.router.routes.get(scenario, ())
    left = (*routes, *_spare(scenario, config))
    return routes[0].provider if routes and all(is_off(one, config) for one in left) else ""


def _spare(scenario: str, config: Config) -> tuple[Route, ...]:
    """What is asked after the routes of *scenario*."""
    spare = config.router.fallbacks
    return spare.get(scenario, spare.get("default", ()))


def _fitting(decision: Decision, facts: RequestFacts, config: Config) -> Decision:
    """*decision* without the routes whose model can't take the prompt.

    The first must take it, or the one for long contexts; a fallback is not a way out, as it may
    be far smaller or dearer than what the user chose.
    """
    if facts.tokens is None:
        return decision
    tokens = tokens_for(decision.route, facts.tokens, facts.by_encoding, config)
    window = _exceeded(decision.route, facts, config)
    if window is not None:
        reason = f"{tokens:,} tokens > {window:,}, the context window of {decision.route}"
        spare = [
            route
            for route in config.router.routes.get("longContext", ())
            if _exceeded(route, facts, config) is None
            and not is_off(route, config)
            and not any(forbids(rule, route) for rule in restrictions(facts, config))
        ]
        if not spare:
            # Claude Code knows this wording of Anthropic's, and compacts the conversation.
            raise ClientError(f"prompt is too long: {tokens} tokens > {window} maximum")
        winner = Verdict("longContext", reason, tuple(spare))
        trace = (*(verdict._replace(routes=()) for verdict in decision.trace), winner)
        return replace(
            decision,
            route=spare[0],
            scenario="longContext",
            trace=trace,
            fallbacks=tuple(spare[1:]),
        )
    small = [r for r in decision.fallbacks if _exceeded(r, facts, config) is not None]
    if small:
        kept = [decision.route, *(r for r in decision.fallbacks if r not in small)]
        reason = f"{tokens:,} tokens do not fit {', '.join(map(str, small))}"
        decision = _noted(decision, kept, "contextWindow", reason)
    return decision


def _seeing(decision: Decision, facts: RequestFacts, config: Config) -> Decision:
    """*decision* with the routes that look at pictures, where the conversation holds any."""
    named = config.router.routes.get("image", ())
    wanted = tuple(route for route in named if not is_off(route, config))
    if not wanted or not facts.has_image:
        return decision
    rules = restrictions(facts, config)
    allowed = tuple(r for r in wanted if not any(forbids(rule, r) for rule in rules))
    if decision.route in allowed:
        return replace(decision, image_routes=allowed)
    reason = f"{decision.route} gets the pictures itself: {wanted[0]} is forbidden"
    if allowed:
        reason = f"{allowed[0]} looks at the pictures for {decision.route}"
    kept = [decision.route, *decision.fallbacks]
    return replace(_noted(decision, kept, "imageAgent", reason), image_routes=allowed)


def _exceeded(route: Route, facts: RequestFacts, config: Config) -> int | None:
    """The window of *route*'s model, if the request has more tokens as that model counts them."""
    window = window_of(route, config)
    tokens = tokens_for(route, facts.tokens, facts.by_encoding, config)
    return window if window is not None and tokens is not None and tokens > window else None


def _noted(decision: Decision, kept: list[Route], rule: str, reason: str) -> Decision:
    """*decision* for the routes that are left, with the note in front of the winner."""
    *before, winner = decision.trace
    return replace(
        decision,
        route=kept[0],
        fallbacks=tuple(kept[1:]),
        trace=(*before, Verdict(rule, reason), winner),
    )


def needs_count(config: Config, raw: bytes, last_prompt: int = 0) -> bool:
    """Whether any rule could depend on the number of tokens of the body *raw*.

    *last_prompt* is the size of the session's last prompt: after a long one, less is long too.
    """
    enough = [number for rule in config.router.rules for number in thresholds(rule)]
    if config.router.route("longContext") is not None:
        threshold = config.router.long_context_threshold
        enough.append(min(threshold, LAST_PROMPT_FLOOR) if last_prompt > threshold else threshold)
    return bool(enough) and may_have_more(raw, min(enough))


def forbids_by_size(config: Config, raw: bytes) -> bool:
    """Whether a prohibition depends on the number of tokens of *raw*: then none may be a guess."""
    restricting = (rule for rule in config.router.rules if rule.forbids)
    enough = [number for rule in restricting for number in thresholds(rule)]
    return bool(enough) and may_have_more(raw, min(enough))


def may_exceed(
    routes: Iterable[Route], config: Config, raw: bytes, body: JsonObject | None = None
) -> bool:
    """Whether *raw*, with the answer that *body* wants, may be too long for one of *routes*."""
    rooms = [
        window - wanted_answer(route, body or {}, config)
        for route in routes
        if (window := window_of(route, config)) is not None
    ]
    return bool(rooms) and may_have_more(raw, min(rooms))
