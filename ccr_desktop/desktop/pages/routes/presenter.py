"""Connects Routes with the configuration: each change is saved at once and can be undone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from ccr_desktop.core.config.routes import parse_route
from ccr_desktop.core.setup.edits import (
    with_model,
    with_paused,
    with_route,
    without_missing_providers,
)
from ccr_desktop.core.setup.route_lists import (
    fallback_of,
    route_texts,
    router_of,
    with_agent,
    with_fallback,
    with_favourites,
    with_model_name,
    with_threshold,
)
from ccr_desktop.desktop import figures, lists
from ccr_desktop.desktop.in_force import beside_the_file
from ccr_desktop.desktop.pages.routes.agents_presenter import AgentsPresenter
from ccr_desktop.desktop.pages.routes.kinds import kind_title, last_title, model_title
from ccr_desktop.desktop.pages.routes.page import RoutesPage
from ccr_desktop.desktop.pages.routes.records import AGENT, FALLBACK, MODEL
from ccr_desktop.desktop.pages.routes.sets_presenter import SetsPresenter
from ccr_desktop.desktop.pages.routes.shown import shown_routes
from ccr_desktop.desktop.pages.routes.trial_presenter import TrialPresenter
from ccr_desktop.desktop.sight import InSight
from ccr_desktop.desktop.state import model_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.routes.records import Trouble

Change = Callable[["JsonObject", str, "Sequence[str]", str], "JsonObject"]
_BY_CLAUDE_NAME = "routes.byClaudeName"


def build(desk: Desk) -> QWidget:
    page = RoutesPage()
    RoutesPresenter(page, desk)
    page.tabs.use(lambda build: build(desk, page))
    return page


class RoutesPresenter(QObject):
    """Lives as long as its page."""

    def __init__(self, page: RoutesPage, desk: Desk) -> None:
        super().__init__(page)
        self._page = page
        self._bridge = desk.bridge
        self._memory = desk.memory
        self._sets = SetsPresenter(page, desk.bridge, self._show)
        AgentsPresenter(page, desk, lambda: self._sets.shown)
        trial = TrialPresenter(page.try_it, desk, self)
        trial.answered.connect(page.note_trial)
        seen, queued = InSight(page, self._show), Qt.ConnectionType.QueuedConnection
        for signal in (desk.bridge.config_changed, desk.bridge.issues_changed):
            signal.connect(seen.ask, queued)
        page.providers_wanted.connect(lambda: desk.bridge.page_wanted.emit("providers"))
        page.plugins_wanted.connect(lambda: desk.bridge.page_wanted.emit("settings/plugins"))
        page.mend_all_wanted.connect(self._mend_all)
        for card in (page.kinds, page.agents):
            card.routes_wanted.connect(self._set_routes)
            card.mend_wanted.connect(self._mend)
        page.kinds.threshold_wanted.connect(self._set_threshold)
        page.favourites.favourites_wanted.connect(self._set_favourites)
        page.kinds.show_claude_names(desk.memory.get(_BY_CLAUDE_NAME, False))
        page.kinds.claude_names_wanted.connect(self._name_by_claude)
        self._show()

    def _show(self) -> None:
        problems = self._bridge.store.problems
        shown = shown_routes(
            self._bridge.written,
            tuple(dict.fromkeys([*problems, *self._bridge.issues])),
            route_set=self._sets.shown,
            by_claude_name=self._memory.get(_BY_CLAUDE_NAME, False),
            trouble=beside_the_file(self._bridge.store),
        )
        self._page.show_routes(shown)

    def _name_by_claude(self, wanted: bool) -> None:
        self._memory.set(_BY_CLAUDE_NAME, wanted)
        self._show()

    def _set_routes(self, place: str, routes: tuple[str, ...]) -> None:
        kind, name, title, change = _place(place)
        words = self.tr("{row}: {model}").format(row=title, model=_named(routes) or self._usual())
        route_set = self._sets.shown

        def edit(raw: JsonObject) -> JsonObject:
            before = _entries(raw, kind, route_set).get(name)
            listed = self._listing(raw, routes, route_texts(before))
            return change(listed, name, routes, route_set)

        self._bridge.edit(edit, words)

    def _set_threshold(self, tokens: int) -> None:
        words = self.tr("Conversations are long over {tokens} tokens")
        route_set = self._sets.shown
        self._bridge.edit(
            lambda raw: with_threshold(raw, tokens, route_set),
            words.format(tokens=figures.count(tokens)),
        )

    def _set_favourites(self, routes: tuple[str, ...]) -> None:
        edit = partial(self._with_favourites, routes=routes)
        self._bridge.edit(edit, self.tr("Changed the quick choices"))

    def _with_favourites(self, raw: JsonObject, routes: tuple[str, ...]) -> JsonObject:
        found = raw.get("Desktop")
        before = found.get("favourites") if isinstance(found, dict) else None
        listed = self._listing(raw, routes, route_texts(before))
        return with_favourites(listed, routes)

    def _mend(self, _place: str, trouble: Trouble) -> None:
        route = parse_route(trouble.route, self._bridge.written.providers)
        if route is None:
            return
        match trouble.mend:
            case "switch_on":
                words = self.tr("Switched on {provider}").format(provider=route.provider)
                self._bridge.edit(lambda raw: with_paused(raw, route.provider, False), words)
            case "list":
                text = self.tr("Added {model} to {provider}")
                words = text.format(model=route.model, provider=route.provider)
                self._bridge.edit(lambda raw: with_model(raw, route.provider, route.model), words)

    def _mend_all(self) -> None:
        self._bridge.edit(without_missing_providers, self.tr("Removed missing models"))

    def _listing(self, raw: JsonObject, routes: Sequence[str], before: Sequence[str]) -> JsonObject:
        """*raw* with models that were typed just now in the lists of their providers."""
        config = self._bridge.written
        for text in routes:
            route = parse_route(text, config.providers)
            models = config.providers[route.provider].models if route else ()
            if route and models and route.model not in models and text not in before:
                raw = with_model(raw, route.provider, route.model)
        return raw

    def _usual(self) -> str:
        return self.tr("cleared")


def _place(place: str) -> tuple[str, str, str, Change]:
    """Where in `Router` the row has its routes, its name there, its title, and what changes it."""
    if place.startswith(AGENT):
        name = place.removeprefix(AGENT)
        return "agents", name, name, with_agent
    if place.startswith(MODEL):
        part = place.removeprefix(MODEL)
        return "models", part, model_title(part), with_model_name
    if place.startswith(FALLBACK):
        scenario = place.removeprefix(FALLBACK)
        return "fallback", scenario, last_title(scenario), with_fallback
    return "", place, kind_title(place), with_route


def _entries(raw: JsonObject, kind: str, route_set: str) -> JsonObject:
    if kind == "fallback":
        return fallback_of(raw, route_set)
    router = router_of(raw, route_set)
    found = router.get(kind) if kind else router
    return found if isinstance(found, dict) else {}


def _named(routes: tuple[str, ...]) -> str:
    return lists.names(model_of(text) for text in routes)
