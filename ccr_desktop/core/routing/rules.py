"""The rules that choose a route, each a function of the request and the configuration.

Their order is part of the product's promise and stands in `RULES`. A rule says why it matched,
and also why it did not.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from ccr_desktop.core.config.routes import parse_route
from ccr_desktop.core.config.schema import Route
from ccr_desktop.core.protocol.messages import objects
from ccr_desktop.core.routing.conditions import check
from ccr_desktop.core.routing.decision import Verdict
from ccr_desktop.core.routing.unknown import known_or_not
from ccr_desktop.errors import RoutingError, RuleRefusal

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config, OwnRule
    from ccr_desktop.core.routing.turn import RequestFacts

SCENARIO_HEADER = "x-ccr-scenario"
ALIAS_PREFIX = "claude-ccr-"
LAST_PROMPT_FLOOR = 20_000  # tokens; a short prompt after a long one is a new conversation

Rule = Callable[["RequestFacts", "Config"], Verdict]


@cache
def _unset(rule: str, setting: str = "") -> Verdict:
    """The verdict of a rule that nobody wants, which is most of them."""
    return Verdict(rule, f"Router.{setting or rule} is not set")


def paused(facts: RequestFacts, config: Config) -> Verdict:
    """The user paused routing: the default route takes everything."""
    routes = config.router.routes.get("default", ())
    return Verdict("paused", f"routing is paused {_how_long(facts.paused_s or 0.0)}", routes)


def _how_long(seconds: float) -> str:
    if math.isinf(seconds):
        return "until it is resumed"
    minutes = round(seconds / 60)
    return f"for another {minutes} min" if minutes else f"for another {math.ceil(seconds)} s"


def custom(facts: RequestFacts, _: Config) -> Verdict:
    """What the user's own Python router said; it sees every request first."""
    return facts.custom or Verdict("custom", "CUSTOM_ROUTER_PATH is not set")


def explicit(facts: RequestFacts, config: Config) -> Verdict:
    """`provider,model`, `provider/model`, or an id that the router itself lists.

    Before these counts the header that names a route, of which the whole list is meant.
    """
    scenario = facts.headers.get(SCENARIO_HEADER, "")
    if routes := config.router.routes.get(scenario, ()):
        return Verdict(scenario, f"the client asks for the route {scenario}", routes)
    name = facts.model
    route = _aliased(name, config) or parse_route(name, config.providers)
    if route:
        return Verdict("explicit", f"the request names {route}", (route,))
    if name.partition(",")[1] and not name.partition(",")[2].strip():
        hint = f'The request asks for {name!r}; write "provider,model".'
        raise RoutingError("The request names a provider without a model", hint)
    if "," in name:
        known = ", ".join(config.providers)
        raise RoutingError(
            f"No provider {name.partition(',')[0].strip()!r} is configured",
            f"The request asks for {name!r}; the providers are: {known}.",
        )
    return Verdict("explicit", f"{name!r} does not begin with a configured provider")


def _aliased(name: str, config: Config) -> Route | None:
    """The route behind an id of our own model list.

    Names of providers may begin alike: one that lists the model is meant, else the longest.
    """
    if not name.startswith(ALIAS_PREFIX):
        return None
    rest = name.removeprefix(ALIAS_PREFIX)
    providers = [p for p in config.providers.values() if rest.startswith(f"{p.name}-")]
    routes = [Route(p.name, model) for p in providers if (model := rest[len(p.name) + 1 :])]
    known = [route for route in routes if _is_known(route, config)]
    return max(known or routes, key=lambda route: len(route.provider), default=None)


def _is_known(route: Route, config: Config) -> bool:
    in_routes = any(route in routes for routes in config.router.routes.values())
    return in_routes or route.model in config.providers[route.provider].models


def own_rule(rule: OwnRule, facts: RequestFacts) -> Verdict:
    """One of `Router.rules` that chooses."""
    holds, reason = check(rule, facts)
    routes = rule.routes if holds else ()
    return Verdict(f"rule:{rule.name}", reason, routes, rule.where, is_unknown=holds is None)


def subagent_tag(facts: RequestFacts, config: Config) -> Verdict:
    """The model that the tag in a prompt names, whoever sends it.

    Not every client says that a sub-agent asks, so the place of the tag has to do.
    """
    rule, tag = "subagentTag", facts.tag
    if not tag.model:
        return Verdict(rule, "the tag has no end" if tag.is_open else "no tag in the request")
    route = parse_route(tag.model, config.providers)
    if route is None:
        return Verdict(rule, f"the tag names {tag.model!r}, which no provider serves")
    return Verdict(rule, f"the tag in the prompt names {route}", (route,))


def long_context(facts: RequestFacts, config: Config) -> Verdict:
    """More tokens than the threshold, now or in the session's last prompt."""
    rule, threshold = "longContext", config.router.long_context_threshold
    routes = config.router.routes.get(rule, ())
    if not routes:
        return _unset(rule)
    if facts.tokens is None:
        return Verdict(rule, f"the whole body is smaller than {threshold:,} tokens")
    size = f"{'about ' if facts.is_estimate else ''}{facts.tokens:,} tokens"
    if facts.tokens > threshold:
        return Verdict(rule, f"{size} > {threshold:,}", routes)
    if facts.last_prompt > threshold and facts.tokens > LAST_PROMPT_FLOOR:
        reason = f"the session's last prompt had {facts.last_prompt:,} tokens > {threshold:,}"
        return Verdict(rule, reason, routes)
    return Verdict(rule, f"{size} <= {threshold:,}")


def image(facts: RequestFacts, config: Config) -> Verdict:
    """A picture since the last answer, also one that a tool returned."""
    routes = config.router.routes.get("image", ())
    if not routes:
        return _unset("image")
    if config.force_image_agent:
        return Verdict("image", "forceUseImageAgent leaves pictures to the image agent")
    if facts.has_new_image:
        return Verdict("image", "the client sends a picture", routes)
    return Verdict("image", "no picture since the last answer")


def background(facts: RequestFacts, config: Config) -> Verdict:
    """Claude's small model, which Claude Code uses for housekeeping."""
    routes = config.router.routes.get("background", ())
    if not routes:
        return _unset("background")
    if is_small_claude(facts.model):
        return Verdict("background", f"{facts.model} is a Haiku model", routes)
    return Verdict("background", f"{facts.model} is no Claude Haiku model")


def is_small_claude(model: str) -> bool:
    """Whether *model* is a name of Claude's small model, of any generation."""
    name = model.casefold()
    return "claude" in name and "haiku" in name


def web_search(facts: RequestFacts, config: Config) -> Verdict:
    """Anthropic's web search among the tools."""
    routes = config.router.routes.get("webSearch", ())
    if not routes:
        return _unset("webSearch")
    for tool in objects(facts.body.get("tools")):
        kind = str(tool.get("type"))
        if kind.startswith("web_search"):
            return Verdict("webSearch", f"the tool {kind} is offered", routes)
    return Verdict("webSearch", "no web search among the tools")


def think(facts: RequestFacts, config: Config) -> Verdict:
    """One of the signs in `Router.thinkWhen`."""
    routes = config.router.routes.get("think", ())
    if not routes:
        return _unset("think")
    wanted = config.router.think_when
    signs = facts.thinking_signs
    found = [sign for sign in wanted if sign in signs]
    if found:
        return Verdict("think", f"the request shows {', '.join(found)}", routes)
    return Verdict("think", f"none of {', '.join(wanted) or 'no signs'} in the request")


def agent(facts: RequestFacts, config: Config) -> Verdict:
    """A sub-agent whose name has a route of its own."""
    agents = config.router.agents
    if not agents:
        return _unset("agent", "agents")
    name = facts.agent.casefold()
    routes = next((routes for known, routes in agents.items() if known.casefold() == name), ())
    if routes:
        return Verdict("agent", f"the sub-agent {facts.agent} asks", routes)
    if facts.agent:
        return Verdict("agent", f"the sub-agent {facts.agent} has no route of its own")
    return Verdict("agent", "no sub-agent of a known name asks")


def subagent(facts: RequestFacts, config: Config) -> Verdict:
    """Any sub-agent."""
    routes = config.router.routes.get("subagent", ())
    if not routes:
        return _unset("subagent")
    if facts.is_subagent:
        return Verdict("subagent", "a sub-agent asks", routes)
    return Verdict("subagent", "no sub-agent asks")


def model_name(facts: RequestFacts, config: Config) -> Verdict:
    """A part of the name that is asked for, as `opus`; of several that fit the longest."""
    models = config.router.models
    if not models:
        return _unset("model", "models")
    name = facts.model.casefold()
    fitting = [part for part in models if part.casefold() in name]
    if not fitting:
        return Verdict("model", f"{facts.model} has none of {', '.join(models)} in its name")
    part = max(fitting, key=len)
    return Verdict("model", f"{facts.model} has {part!r} in its name", models[part])


def default(facts: RequestFacts, config: Config) -> Verdict:
    """What answers everything else."""
    routes = config.router.routes.get("default", ())
    reason = f"no other rule took {facts.model}" if routes else "Router.default is not set"
    return Verdict("default", reason, routes)


BEFORE_OWN: tuple[Rule, ...] = (custom, explicit)
AFTER_OWN: tuple[Rule, ...] = (
    subagent_tag,
    agent,
    long_context,
    image,
    background,
    web_search,
    think,
    subagent,
    model_name,
    default,
)


def verdicts(facts: RequestFacts, config: Config) -> Iterator[Verdict]:
    """What all rules say, in their order; who wants only the winner stops there.

    While routing is paused none of them is asked.
    """
    if facts.paused_s is not None:
        yield paused(facts, config)
        return
    for rule in BEFORE_OWN:
        yield _said(rule, facts, config)
    for own in config.router.rules:
        if own.routes:
            yield own_rule(own, facts)
    for rule in AFTER_OWN:
        yield _said(rule, facts, config)


def _said(rule: Rule, facts: RequestFacts, config: Config) -> Verdict:
    verdict = rule(facts, config)
    return known_or_not(verdict, facts.unknown, config) if facts.unknown else verdict


def restrictions(facts: RequestFacts, config: Config) -> list[OwnRule]:
    """The rules that forbid something to this request.

    Where nobody knows the folder, rules about folders hold: what must not leave one folder is
    not sent because a client forgot to say where it works. A rule that refuses is raised.
    """
    holding = []
    for rule in config.router.rules:
        if rule.forbids and check(rule, facts, is_prohibition=True)[0]:
            if rule.block:
                raise RuleRefusal(f"The rule {rule.name!r} refuses this", rule.block, rule.where)
            holding.append(rule)
    return holding


def forbids(rule: OwnRule, route: Route) -> bool:
    """Whether *rule* keeps the request from the provider of *route*."""
    return route.provider in rule.never or bool(rule.only and route.provider not in rule.only)
