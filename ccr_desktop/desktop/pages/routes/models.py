"""The models that can be chosen, with what is known of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.config.routes import parse_route
from ccr_desktop.core.config.schema import Route
from ccr_desktop.core.routing.windows import window_of, windows_of
from ccr_desktop.desktop import lists
from ccr_desktop.desktop.widgets.choices import Choice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccr_desktop.core.config.schema import Config, Price, Provider

_LEAST_TYPED = 2  # letters, before they are offered as a model of every provider
_MANY = 3


def _words(text: str) -> str:
    return QCoreApplication.translate("Routes", text)


def model_choices(config: Config, holding: int = 0) -> tuple[Choice, ...]:
    """All models by provider; those known to hold no more than *holding* tokens can't be chosen."""
    return tuple(
        choice
        for provider in config.providers.values()
        for choice in _choices_of(provider, holding)
    )


def other_models(typed: str, config: Config) -> Sequence[Choice]:
    """What is typed, as a model that is in no list: of the provider it names, else of each.

    The name of a model that is in a list means that one.
    """
    route = parse_route(typed, config.providers)
    if route and route.model not in config.providers[route.provider].models:
        return [_other(route)]
    if route or len(typed) < _LEAST_TYPED or "," in typed or " " in typed:
        return []
    if any(typed in provider.models for provider in config.providers.values()):
        return []
    return [_other(Route(name, typed)) for name in config.providers]


def about_model(route: Route, config: Config) -> str:
    """Memory size and price of a route's model, as far as they are known."""
    prices = config.providers[route.provider].prices
    return _about(window_of(route, config), prices.get(route.model))


def holders(config: Config, tokens: int) -> str:
    """Which models are known to hold more than *tokens*, in a sentence."""
    found = [
        (window, model)
        for provider in config.providers.values()
        for model, window in windows_of(provider).items()
        if window > tokens
    ]
    if not found:
        return _words("None of your models is known to hold more.")
    found.sort(key=lambda pair: -pair[0])
    named = lists.names(lists.aside(model, short(window)) for window, model in found[:_MANY])
    if len(found) <= _MANY:
        return _words("Models that hold more: {models}.").format(models=named)
    more = len(found) - _MANY
    if more == 1:
        return _words("Models that hold more: {models}, and another one.").format(models=named)
    text = _words("Models that hold more: {models}, and {count} others.")
    return text.format(models=named, count=more)


def short(tokens: int) -> str:
    """`128k`, `1M`: a size in tokens as people say it."""
    if tokens >= 950_000:
        millions = tokens / 1_000_000
        return f"{millions:.0f}M" if abs(millions - round(millions)) < 0.06 else f"{millions:.1f}M"
    return f"{tokens // 1000}k" if tokens >= 1000 else str(tokens)


def _choices_of(provider: Provider, holding: int) -> Iterator[Choice]:
    group = provider.name
    if provider.paused:
        group = _words("{provider} (switched off)").format(provider=provider.name)
    windows = windows_of(provider)
    for model in dict.fromkeys(provider.models):
        window = windows.get(model)
        is_small = bool(holding and window and window <= holding)
        detail = _about(window, provider.prices.get(model))
        if is_small:
            detail = _words("{size}, too small").format(size=short(window or 0))
        key = str(Route(provider.name, model))
        yield Choice(key=key, title=model, group=group, detail=detail, enabled=not is_small)


def _about(window: int | None, price: Price | None) -> str:
    return " · ".join(filter(None, (short(window) if window else "", _price(price))))


def _other(route: Route) -> Choice:
    return Choice(
        key=str(route),
        title=route.model,
        group=_words("In no list: ask for it all the same"),
        detail=route.provider,
    )


def _price(price: Price | None) -> str:
    """What a million tokens cost, in and out."""
    if price is None:
        return ""
    if not price.input and not price.output:
        return _words("free")
    text = _words("${input} in, ${output} out")
    return text.format(input=f"{price.input:g}", output=f"{price.output:g}")
