"""What claude-code-router 3 routes: its profile of Claude Code, its rules, its fallbacks.

Facts from its sources (`contracts/app.ts`, `RouterConfig`, `RouterRule`): a rule is a `condition`
of a left side such as `request.header.x-team`, an operator and a right side, or a `script`; what it
does are `rewrites`, of which the one of `request.body.model` is the route.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.schema import SCENARIOS
from ccr_desktop.core.transfer.entries import object_of, objects, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.transfer.found import Found

_MODEL = "request.body.model"
_HEADER, _BODY = ("request.header.", "request.headers."), "request.body."


def routes_of(result: Found, value: JsonObject, names: Mapping[str, str]) -> None:
    """Put the routes into *result*; *names* are the providers' by their old names."""
    router = object_of(value.get("Router"))
    profile = _profile(value)
    routes: JsonObject = {}
    for scenario in SCENARIOS:
        if route := _route(text_of(router, scenario), names):
            routes[scenario] = route
    if "default" not in routes and (main := _route(text_of(profile, "model"), names)):
        routes["default"] = main
    small = text_of(profile, "haikuModel", "smallFastModel")
    if "background" not in routes and (route := _route(small, names)):
        routes["background"] = route
    if isinstance(threshold := router.get("longContextThreshold"), int) and threshold > 0:
        routes["longContextThreshold"] = threshold
    if rules := _rules(result, router, names):
        routes["rules"] = rules
    if routes:
        result.raw["Router"] = routes
    _add_fallback(result, object_of(router.get("fallback")), names)
    _note_names(result, profile, names)


def _profile(value: JsonObject) -> JsonObject:
    """The profile for Claude Code that is in use."""
    profile = object_of(value.get("profile"))
    every = [*objects(profile.get("profiles")), object_of(profile.get("claudeCode"))]
    ours = [each for each in every if each.get("agent", "claude-code") == "claude-code"]
    return next((each for each in ours if each.get("enabled") is not False), {})


def _route(text: str, names: Mapping[str, str]) -> str:
    """`Provider/model` or `Provider,model` in our form; empty when no provider has that name."""
    for separator in (",", "/"):
        head, found, model = text.partition(separator)
        name = names.get(head.strip().casefold())
        if found and name and model.strip():
            return f"{name},{model.strip()}"
    return ""


def _add_fallback(result: Found, fallback: JsonObject, names: Mapping[str, str]) -> None:
    routes = _chain(fallback, names)
    if fallback.get("mode") == "model-chain" and routes:
        result.raw["fallback"] = {"default": routes}
    elif fallback.get("mode") == "retry":
        result.needs_hand.append("fallback: trying again is what is done here anyway.")


def _chain(fallback: JsonObject, names: Mapping[str, str]) -> list[str]:
    models = fallback.get("models")
    texts = [str(each) for each in models] if isinstance(models, list) else []
    return [route for text in texts if (route := _route(text, names))]


def _note_names(result: Found, profile: JsonObject, names: Mapping[str, str]) -> None:
    """Models for Sonnet, Opus and others by their names."""
    members = (("opusModel", "opus"), ("sonnetModel", "sonnet"), ("fableModel", "fable"))
    found = {word: _route(text_of(profile, member), names) for member, word in members}
    if models := {word: route for word, route in found.items() if route}:
        result.raw.setdefault("Router", {})["models"] = models


def _rules(result: Found, router: JsonObject, names: Mapping[str, str]) -> list[JsonObject]:
    rules = []
    for number, rule in enumerate(objects(router.get("rules")), 1):
        name = text_of(rule, "name", "id") or f"rule {number}"
        if rule.get("enabled") is False:
            result.needs_hand.append(f"rule {name}: it was switched off, and is left out.")
            continue
        made = _rule(name, rule, names)
        if isinstance(made, str):
            result.needs_hand.append(f"rule {name}: {made}")
        else:
            rules.append(made)
    return rules


def _rule(name: str, rule: JsonObject, names: Mapping[str, str]) -> JsonObject | str:
    """The rule in our form, or why there is none."""
    if rule.get("type") == "script":
        return "it is a script. Rules here have conditions; a router can be written in Python."
    rewrites = [*objects(rule.get("rewrites")), object_of(rule.get("rewrite"))]
    rewrites = [each for each in rewrites if each]
    models = [each for each in rewrites if each.get("key") == _MODEL]
    if len(models) < len(rewrites):
        return "it changes other parts of requests than the model."
    target = text_of(models[0], "value") if models else text_of(rule, "target")
    route = _route(target, names)
    if not route:
        return f"it leads to {target or 'nothing'}, which is no provider and model of the file."
    when = _when(rule)
    if isinstance(when, str):
        return when
    fallback = object_of(rule.get("fallback"))
    rest = _chain(fallback, names) if fallback.get("mode") == "model-chain" else []
    return {"name": name, "when": when, "route": [route, *rest] if rest else route}


def _when(rule: JsonObject) -> JsonObject | str:
    if rule.get("type") == "model-prefix":
        return {"model": f"{text_of(rule, 'pattern')}*"}
    condition = object_of(rule.get("condition"))
    left, right = text_of(condition, "left"), condition.get("right")
    text = _pattern(text_of(condition, "operator"), right)
    if text is None:
        return f"its comparison {condition.get('operator')!r} does not exist here."
    if left == _MODEL:
        return {"model": text}
    for head in _HEADER:
        if left.startswith(head):
            return {"header": {left.removeprefix(head): text}}
    if left.startswith(_BODY):
        return {"field": {left.removeprefix(_BODY): text}}
    return f"it looks at {left or 'nothing'}, which conditions here do not."


def _pattern(operator: str, right: Any) -> str | None:
    text = str(right if right is not None else "").strip()
    if "*" in text:
        return None
    if operator == "==":
        return text
    if operator == "starts-with":
        return f"{text}*"
    return f"*{text}*" if operator == "contains" else None
