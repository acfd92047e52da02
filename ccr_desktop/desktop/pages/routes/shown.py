"""From the configuration to what the page shows: a pure function."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.config.routes import parse_route
from ccr_desktop.core.config.schema import DEFAULT_LONG_CONTEXT_THRESHOLD, SCENARIOS
from ccr_desktop.core.setup.edits import current_routes, missing_providers, provider_entries
from ccr_desktop.core.setup.route_lists import fallback_of, route_texts, router_of
from ccr_desktop.core.setup.route_sets import route_set_names
from ccr_desktop.desktop.pages.routes.kinds import (
    CLAUDE_NAMES,
    ORDER,
    claude_title,
    kind_about,
    kind_title,
    last_about,
    last_title,
    model_about,
    model_title,
)
from ccr_desktop.desktop.pages.routes.models import holders, model_choices, other_models
from ccr_desktop.desktop.pages.routes.records import (
    AGENT,
    FALLBACK,
    MODEL,
    ModelRow,
    Routes,
    ShownRoute,
    ShownSet,
)
from ccr_desktop.desktop.pages.routes.troubles import shown_route, troubles_of
from ccr_desktop.desktop.widgets.choices import Later

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.protocol.json import JsonObject


def standard_words() -> str:
    """What the routes that are of no set are called."""
    return _words("Standard")


def _words(text: str) -> str:
    return QCoreApplication.translate("Routes", text)


def shown_routes(
    config: Config,
    issues: Sequence[Issue],
    *,
    route_set: str = "",
    by_claude_name: bool = False,
    trouble: str = "",
) -> Routes:
    """The page for the set *route_set* of *config*, which may have errors."""
    raw = dict(config.raw)
    sets = _sets(raw, config.route_set)
    if route_set not in {each.name for each in sets}:
        route_set = ""
    if not provider_entries(raw):
        return Routes(has_providers=False, route_set=route_set, sets=sets, trouble=trouble)
    rows = _Rows(config, issues, route_set)
    return Routes(
        has_providers=True,
        route_set=route_set,
        sets=sets,
        rows=rows.work(by_claude_name),
        agents=rows.agents(),
        choices=rows.choices,
        others=partial(other_models, config=config),
        threshold=rows.threshold,
        threshold_note=holders(config, rows.threshold),
        favourites=_favourites(raw, config),
        asks_own_code=bool(config.custom_router_path),
        rules=_rules(raw, route_set),
        trouble=trouble,
        missing=tuple(missing_providers(raw)),
    )


class _Rows:
    """Makes the rows of one set, which share what they know of it."""

    def __init__(self, config: Config, issues: Sequence[Issue], route_set: str) -> None:
        self._config = config
        self._issues = issues
        self._set = route_set
        self._raw = dict(config.raw)
        self._router = router_of(self._raw, route_set)
        self._chosen = current_routes(self._raw, route_set)
        self._where = f"routeSets.{route_set}" if route_set else "Router"
        self._main = _main_model(self._chosen, config)
        self._standard = _main_model(current_routes(self._raw), config) or _first(config)
        self.threshold = _threshold(self._raw, self._router)
        self.choices = Later(partial(model_choices, config))

    def work(self, by_claude_name: bool) -> tuple[ModelRow, ...]:  # as the switch says
        """The kinds of work, and behind the main work the names of models that have routes.

        By the names of Claude's models there is a row for each of them.
        """
        main, *others = (self.kind(scenario, by_claude_name) for scenario in ORDER)
        found = self._router.get("models")
        chosen: JsonObject = found if isinstance(found, dict) else {}
        known = {part.casefold(): part for part in chosen}
        claude = [known.pop(name, name) for name in CLAUDE_NAMES if by_claude_name or name in known]
        models = [
            self._model(part, route_texts(chosen.get(part))) for part in (*claude, *known.values())
        ]
        if by_claude_name:
            return (*models, main, *others, *self._last())
        return (main, *models, *others, *self._last())

    def _last(self) -> Iterator[ModelRow]:
        """What is asked behind all rows above; behind one alone, where the file has that."""
        entries = fallback_of(self._raw, self._set)
        where = f"{self._where}.fallback" if self._set else "fallback"
        for scenario in SCENARIOS:
            if scenario == "default" or scenario in entries:
                texts = route_texts(entries.get(scenario))
                yield ModelRow(
                    place=f"{FALLBACK}{scenario}",
                    title=last_title(scenario),
                    about=last_about(scenario),
                    usual=_words("None"),
                    choices=self.choices,
                    **self._row(scenario, texts, [f"{where}.{scenario}"], 0),
                )

    def _model(self, part: str, texts: Sequence[str]) -> ModelRow:
        title = model_title(part)
        return ModelRow(
            place=f"{MODEL}{part}",
            title=title,
            about=model_about(part),
            usual=self._usual(part),
            choices=self.choices,
            **self._row(part, texts, [f"{self._where}.models.{part}"], 0),
        )

    def kind(self, scenario: str, by_claude_name: bool) -> ModelRow:  # as the switch says
        holding = self.threshold if scenario == "longContext" else 0
        where = [f"{self._where}.{scenario}"]
        row = self._row(scenario, self._chosen.get(scenario, []), where, holding)
        title = claude_title(scenario) if by_claude_name else kind_title(scenario)
        is_base = scenario == "default" and not self._set
        return ModelRow(
            place=scenario,
            title=title,
            about=kind_title(scenario) if by_claude_name else kind_about(scenario),
            usual=self._usual(scenario),
            can_clear=not is_base,
            choices=self._holding(holding) if holding else self.choices,
            **row,
        )

    def _holding(self, tokens: int) -> Later:
        return Later(partial(model_choices, self._config, tokens))

    def agents(self) -> tuple[ModelRow, ...]:
        found = self._router.get("agents")
        entries = found.items() if isinstance(found, dict) else ()
        return tuple(
            ModelRow(
                place=f"{AGENT}{name}",
                title=name,
                can_rename=True,
                choices=self.choices,
                **self._row(name, route_texts(entry), [f"{self._where}.agents.{name}"], 0),
            )
            for name, entry in entries
        )

    def _row(
        self, name: str, texts: Sequence[str], where: Sequence[str], holding: int
    ) -> dict[str, Any]:
        routes = tuple(shown_route(text, self._config) for text in dict.fromkeys(texts))
        threshold = [f"{self._where}.longContextThreshold"] if name == "longContext" else []
        places = [*where, *threshold]
        troubles = troubles_of(routes, places, self._config, self._issues, holding)
        return {"routes": routes, "troubles": troubles}

    def _usual(self, scenario: str) -> str:
        """What answers while nothing is chosen."""
        if scenario != "default":
            text = _words("Same as {kind} ({model})")
            model = self._main or self._standard
            return text.format(kind=kind_title("default"), model=model)
        if self._set:
            text = _words("Same as in {set} ({model})")
            return text.format(set=standard_words(), model=self._standard)
        return _words("Not chosen: {model} answers").format(model=self._standard)


def _sets(raw: JsonObject, in_force: str) -> tuple[ShownSet, ...]:
    standard = ShownSet(name="", label=standard_words(), is_in_force=not in_force)
    others = (
        ShownSet(name=name, label=name, is_in_force=name == in_force)
        for name in route_set_names(raw)
    )
    return (standard, *others)


def _threshold(raw: JsonObject, router: JsonObject) -> int:
    for found in (router, router_of(raw)):
        tokens = found.get("longContextThreshold")
        if isinstance(tokens, int) and tokens > 0:
            return tokens
    return DEFAULT_LONG_CONTEXT_THRESHOLD


def _main_model(chosen: dict[str, list[str]], config: Config) -> str:
    """The model of the main work, the first that can be found."""
    routes = (parse_route(text, config.providers) for text in chosen.get("default", ()))
    return next((route.model for route in routes if route), "")


def _first(config: Config) -> str:
    """What the router takes where no default is set."""
    able = sorted((p for p in config.providers.values() if p.models), key=lambda p: p.paused)
    return able[0].models[0] if able else _words("nothing")


def _favourites(raw: JsonObject, config: Config) -> tuple[ShownRoute, ...]:
    desktop = raw.get("Desktop")
    found = desktop.get("favourites") if isinstance(desktop, dict) else None
    return tuple(shown_route(text, config) for text in dict.fromkeys(route_texts(found)))


def _rules(raw: JsonObject, route_set: str) -> str:
    found = router_of(raw, route_set).get("rules") or router_of(raw).get("rules")
    count = len(found) if isinstance(found, list) else 0
    if not count:
        return ""
    if count == 1:
        return _words("One rule of your own comes before this table.")
    text = _words("{count} rules of your own come before this table.")
    return text.format(count=count)
