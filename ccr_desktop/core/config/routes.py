"""Routes as texts: read, and each mistake in one named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.dialects import CHAT
from ccr_desktop.core.config.fields import shown
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.schema import Provider, Route
from ccr_desktop.core.config.spelling import did_you_mean, most_like, nearest
from ccr_desktop.core.providers.catalog import find_profile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Routes = tuple[Route, ...]
NO_ROUTE: tuple[Any, ...] = (None, "", [])
"""How a file may say that there is none."""
_FEW = 5
"""So many providers a hint names; who has dozens looks in the list."""


def parse_route(text: str, providers: Mapping[str, Provider]) -> Route | None:
    """`provider,model` (or `provider/model`) with the provider in any case, spaces trimmed.

    The model keeps its commas and slashes. None when no such provider is configured.
    """
    for separator in (",", "/"):
        head, found, model = text.partition(separator)
        if not found or not model.strip():
            continue
        if provider := find_provider(head.strip(), providers):
            return Route(provider.name, _configured_spelling(model.strip(), provider))
    return None


def find_provider(name: str, providers: Mapping[str, Provider]) -> Provider | None:
    """The provider of that name, in any case."""
    if name in providers:
        return providers[name]
    folded = name.casefold()
    return next((p for key, p in providers.items() if key.casefold() == folded), None)


def _configured_spelling(model: str, provider: Provider) -> str:
    if model in provider.models:
        return model
    folded = model.casefold()
    return next((known for known in provider.models if known.casefold() == folded), model)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubledName:
    """A name that several providers have: the place that says so, and the models of all."""

    name: str
    where: str
    models: frozenset[str]


@dataclass(frozen=True, slots=True)
class RouteReader:
    """Reads routes to `providers`.

    One that leads to a provider of `broken` is left out without a word: what is wrong with that
    provider has been said. One to a model of providers that share a name, `doubled`, may mean the
    one that does not count, or was to have a name of its own.
    """

    providers: Mapping[str, Provider]
    issues: list[Issue]
    broken: frozenset[str] = frozenset()
    doubled: Sequence[DoubledName] = ()
    has_plugins: bool = False
    """Whether a name of a transformer that is not built in may be a plugin's."""

    def routes(self, found: Any, where: str) -> Routes:
        """A route, or a list of them; what is wrong is reported and left out."""
        if found is None or found == "":
            return ()
        if not isinstance(found, list):
            return tuple(self._routes([(found, where)]))
        return tuple(self._routes([(item, f"{where}[{i}]") for i, item in enumerate(found)]))

    def note_toolless(self, routes: Routes, where: str) -> None:
        """Say which of *routes* lead to models that are known to have no tools."""
        for route in routes:
            provider = self.providers[route.provider]
            names = provider.transformers_of(route.model)
            profile = find_profile(provider.url, names, provider.dialect, provider.profile)
            is_translated = provider.dialect == CHAT
            if is_translated and not profile.for_model(route.model).accepts_tools:
                problem = f"{shown(str(route))} can't use tools, and Claude Code works with them."
                hint = "Choose another model here; for searches it suits Router.webSearch."
                self.issues.append(Issue(where, problem, hint, "warning"))

    def note_no_route(self, found: Any, where: str) -> None:
        hint = 'It has no effect. Write "provider,model", or remove the entry.'
        self.issues.append(Issue(where, f"found {shown(found)}.", hint, "warning"))

    def by_name(self, found: Any, where: str) -> dict[str, Routes]:
        """An object of routes."""
        if not isinstance(found, dict):
            if found is not None:
                hint = 'An object of "provider,model" is allowed.'
                self.issues.append(Issue(where, f"found {shown(found)}.", hint))
            return {}
        for name, item in found.items():
            if item is None or item == []:
                self.note_no_route(item, f"{where}.{name}")
        by_name = {name: self.routes(item, f"{where}.{name}") for name, item in found.items()}
        return {name: routes for name, routes in by_name.items() if routes}

    def provider_names(self, found: Any, where: str) -> tuple[str, ...]:
        """A name of a provider, or a list of them."""
        if found is None:
            return ()
        names = []
        for index, name in enumerate(found if isinstance(found, list) else [found]):
            place = f"{where}[{index}]" if isinstance(found, list) else where
            provider = find_provider(name, self.providers) if isinstance(name, str) else None
            if provider:
                names.append(provider.name)
            elif not (isinstance(name, str) and name in self.broken):
                follows = self.doubled[0].where if self.doubled else ""
                self._unknown_provider(name, place, follows=follows)
        return tuple(names)

    def _routes(self, items: list[tuple[Any, str]]) -> list[Route]:
        return [route for item, where in items if (route := self._route(item, where))]

    def _route(self, found: Any, where: str) -> Route | None:
        match found:
            case str(text):
                pass
            case {"provider": str(provider), "model": str(model)}:
                text = f"{provider},{model}"
            case _:
                hint = 'Write "provider,model".'
                self.issues.append(Issue(where, f"found {shown(found)}.", hint))
                return None
        route = parse_route(text, self.providers)
        if route is None:
            self._explain(text, where)
        else:
            self._note_unlisted(route, where)
        return route

    def _explain(self, text: str, where: str) -> None:
        """Say which of its mistakes *text* makes."""
        separator = "," if "," in text else "/"
        head, found, model = (part.strip() for part in text.partition(separator))
        provider = find_provider(head, self.providers)
        if head.casefold() in {name.casefold() for name in self.broken}:
            return
        if provider:
            problem = f"found {shown(text)}, which names no model."
            hint = f'Write "{provider.name},MODEL"{_first_of(provider)}.'
            self.issues.append(Issue(where, problem, hint))
        elif found != "," and (owners := self._owners(text.strip())):
            problem = f"found {shown(text)}, which names no provider."
            hint = " or ".join(f'"{owner},{text.strip()}"' for owner in owners)
            self.issues.append(Issue(where, problem, f"Write {hint}."))
        elif not found and (split := self._without_comma(text)):
            problem = f"found {shown(text)}: the comma is missing."
            self.issues.append(Issue(where, problem, f'Write "{split}".'))
        else:
            hiding = (doubled.where for doubled in self.doubled if model in doubled.models)
            name, follows = head if model else text, next(hiding, "")
            self._unknown_provider(name, where, shown(text), follows=follows)

    def _unknown_provider(
        self, name: Any, where: str, found: str = "", *, follows: str = ""
    ) -> None:
        known, more = _few_of(self.providers, name)
        meant = did_you_mean(name, self.providers) if isinstance(name, str) else ""
        if found:
            hint = f'Write "provider,model" with a provider of the list: {known}.'
        else:
            hint = f"Write a name of the list: {known}."
        hint += f" The list has {more} more." if more else ""
        problem = f"found {found or shown(name)}; there is no such provider."
        self.issues.append(Issue(where, problem, f"{meant}{hint}", follows=follows))

    def _owners(self, model: str) -> list[str]:
        return [
            name
            for name, provider in self.providers.items()
            if model in provider.models or self._is_hidden(Route(name, model))
        ]

    def _is_hidden(self, route: Route) -> bool:
        """Whether a provider of the same name, which does not count, has the model."""
        return any(
            route.provider == doubled.name and route.model in doubled.models
            for doubled in self.doubled
        )

    def _without_comma(self, text: str) -> Route | None:
        """The route that is meant by a text with a space or a colon for the comma."""
        for separator in (" ", ":", ";", "|"):
            if route := parse_route(text.strip().replace(separator, ",", 1), self.providers):
                return route
        return None

    def _note_unlisted(self, route: Route, where: str) -> None:
        models = self.providers[route.provider].models
        if not models or route.model in models or route.model.rpartition(":")[0] in models:
            return
        if self._is_hidden(route):
            return
        near = nearest(route.model, models)
        meant = f"Did you mean {near!r}? " if near else ""
        problem = f"{shown(route.provider)} has no model {shown(route.model)} in its list `models`."
        hint = f"{meant}It is asked for all the same; add it to `models` when it is right."
        self.issues.append(Issue(where, problem, hint, "warning"))


def _few_of(providers: Iterable[str], name: Any) -> tuple[str, int]:
    """The names that are most like *name*, and how many more there are."""
    names = tuple(providers)
    if len(names) > _FEW and isinstance(name, str):
        names = most_like(name, names)
    return ", ".join(names[:_FEW]) or "none yet", max(0, len(names) - _FEW)


def _first_of(provider: Provider) -> str:
    return f', for example "{provider.name},{provider.models[0]}"' if provider.models else ""
