"""What is wrong with a row, in words, with what mends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.config.routes import parse_route
from ccr_desktop.core.routing.windows import window_of
from ccr_desktop.desktop.form_words import form_words
from ccr_desktop.desktop.pages.routes.models import about_model, short
from ccr_desktop.desktop.pages.routes.records import ShownRoute, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.config.schema import Config


def _words(text: str) -> str:
    return QCoreApplication.translate("Routes", text)


def shown_route(text: str, config: Config) -> ShownRoute:
    """A route as the file writes it, found among the providers."""
    route = parse_route(text, config.providers)
    if route is None:
        comma = text.partition("," if "," in text else "/")
        title = comma[2].strip() or text
        detail = _words("{provider}, missing").format(provider=comma[0].strip())
        return ShownRoute(text=text, key=text, title=title, detail=detail, is_missing=True)
    provider = config.providers[route.provider]
    parts = (route.provider, _words("switched off") if provider.paused else "")
    detail = " · ".join(filter(None, (*parts, about_model(route, config))))
    is_off = provider.paused
    return ShownRoute(text=text, key=str(route), title=route.model, detail=detail, is_off=is_off)


def troubles_of(
    routes: Sequence[ShownRoute],
    where: Sequence[str],
    config: Config,
    issues: Sequence[Issue],
    holding: int = 0,
) -> tuple[Trouble, ...]:
    """All that is wrong with *routes*, which stand at the places *where* of the file."""
    own = [trouble for route in routes for trouble in _about(route, routes, config, holding)]
    named = [route.text for route in routes if route.is_missing]
    told = [
        _told(issue)
        for issue in issues
        if _is_at(issue.where, where) and not _is_said(issue, named)
    ]
    return tuple(dict.fromkeys([*own, *told]))


def _about(
    route: ShownRoute, routes: Sequence[ShownRoute], config: Config, holding: int
) -> Iterator[Trouble]:
    found = parse_route(route.text, config.providers)
    if found is None:
        yield _missing(route, len(routes) == 1)
        return
    provider = config.providers[found.provider]
    if provider.paused:
        text = _words("{provider} is switched off, so {model} is left out.")
        yield Trouble(
            text=text.format(provider=provider.name, model=found.model),
            button=_words("Switch on"),
            mend="switch_on",
            route=route.text,
        )
    names = provider.models
    if names and found.model not in names and found.model.rpartition(":")[0] not in names:
        text = _words("{model} is not in the list of {provider}. It is asked for all the same.")
        yield Trouble(
            text=text.format(provider=provider.name, model=found.model),
            button=_words("Add to its list"),
            mend="list",
            route=route.text,
        )
    window = window_of(found, config)
    if window is not None and window <= holding:
        text = _words("{model} holds {size} tokens only, less than the number above.")
        yield Trouble(text=text.format(model=found.model, size=short(window)))


def _missing(route: ShownRoute, is_alone: bool) -> Trouble:  # in its list
    provider = route.text.partition("," if "," in route.text else "/")[0].strip()
    text = _words("“{provider}” is not among your providers.").format(provider=provider)
    if is_alone:
        button = _words("Choose a model")
        return Trouble(text=text, button=button, mend="choose", route=route.text)
    return Trouble(text=text, button=_words("Remove"), mend="drop", route=route.text)


def _is_at(place: str, where: Sequence[str]) -> bool:
    return any(place == each or place.startswith(f"{each}[") for each in where)


def _is_said(issue: Issue, missing: Sequence[str]) -> bool:
    """Whether an issue says what stands there in better words already."""
    if issue.problem == "is missing." or "in its list `models`" in issue.problem:
        return True
    return any(text in issue.problem for text in missing)


def _told(issue: Issue) -> Trouble:
    return Trouble(text=form_words(issue))
