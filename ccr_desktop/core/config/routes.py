"""Reading the `Router` object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.fields import shown, texts, whole_number
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.schema import (
    DEFAULT_LONG_CONTEXT_THRESHOLD,
    SCENARIOS,
    THINKING_SIGNS,
    Provider,
    Route,
    Router,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


def read_router(
    values: Mapping[str, Any], providers: Mapping[str, Provider], issues: list[Issue]
) -> Router:
    """The routes; a missing default is the first model of the first provider."""
    found = values.get("Router") or {}
    if not isinstance(found, dict):
        issues.append(Issue("Router", f"found {shown(found)}.", "An object is allowed."))
        found = {}
    routes = {}
    for scenario in SCENARIOS:
        if parsed := _routes(found.get(scenario), f"Router.{scenario}", providers, issues):
            routes[scenario] = parsed
    if not found.get("default") and providers:
        routes |= _missing_default(providers, issues)
    return Router(
        routes=routes,
        long_context_threshold=_threshold(found.get("longContextThreshold"), issues),
        think_when=_think_when(found.get("thinkWhen"), issues),
    )


def _missing_default(
    providers: Mapping[str, Provider], issues: list[Issue]
) -> dict[str, tuple[Route, ...]]:
    first = _first_model(providers)
    hint = f"Until Router.default is set, {first} answers." if first else 'Write "provider,model".'
    issues.append(Issue("Router.default", "is missing.", hint, "warning"))
    return {"default": (first,)} if first else {}


def _think_when(found: Any, issues: list[Issue]) -> tuple[str, ...]:
    if found is None:
        return Router().think_when
    signs = texts(found, "Router.thinkWhen", issues)
    for index, sign in enumerate(signs):
        if sign not in THINKING_SIGNS and not sign.startswith(("effort:", "thinking:")):
            hint = f"Allowed: {', '.join(THINKING_SIGNS)}, effort:LEVEL, thinking:TYPE."
            where = f"Router.thinkWhen[{index}]"
            issues.append(Issue(where, f"no request shows {shown(sign)}.", hint, "warning"))
    return signs


def parse_route(text: str, providers: Mapping[str, Provider]) -> Route | None:
    """`provider,model` (or `provider/model`) with the provider in any case, spaces trimmed.

    The model keeps its commas and slashes. None when no such provider is configured.
    """
    for separator in (",", "/"):
        head, found, model = text.partition(separator)
        provider = _provider(head.strip(), providers)
        if found and provider and model.strip():
            return Route(provider.name, _configured_spelling(model.strip(), provider))
    return None


def _provider(name: str, providers: Mapping[str, Provider]) -> Provider | None:
    if name in providers:
        return providers[name]
    folded = name.casefold()
    return next((p for key, p in providers.items() if key.casefold() == folded), None)


def _configured_spelling(model: str, provider: Provider) -> str:
    if model in provider.models:
        return model
    folded = model.casefold()
    return next((known for known in provider.models if known.casefold() == folded), model)


def _routes(
    found: Any, where: str, providers: Mapping[str, Provider], issues: list[Issue]
) -> tuple[Route, ...]:
    if found is None or found == "":
        return ()
    routes = []
    for index, text in enumerate(found if isinstance(found, list) else [found]):
        place = f"{where}[{index}]" if isinstance(found, list) else where
        route = parse_route(text, providers) if isinstance(text, str) else None
        if route:
            routes.append(route)
        else:
            known = ", ".join(providers) or "none yet"
            hint = f'Write "provider,model" with a provider of the list: {known}.'
            issues.append(Issue(place, f"found {shown(text)}.", hint))
    return tuple(routes)


def _threshold(found: Any, issues: list[Issue]) -> int:
    if not found:
        return DEFAULT_LONG_CONTEXT_THRESHOLD
    number = whole_number(found)
    if number is None or number <= 0:
        hint = "A number of tokens above 0 is allowed."
        issues.append(Issue("Router.longContextThreshold", f"found {shown(found)}.", hint))
        return DEFAULT_LONG_CONTEXT_THRESHOLD
    return number


def _first_model(providers: Mapping[str, Provider]) -> Route | None:
    return next((Route(p.name, p.models[0]) for p in providers.values() if p.models), None)
