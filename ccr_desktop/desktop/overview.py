"""The state of affairs in one record, from all who know a part of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Generic, TypeVar

from ccr_desktop.desktop.service_state import Phase, ServiceState
from ccr_desktop.desktop.state import Look, Overview, model_of, provider_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.observe.journal import Journal

_T = TypeVar("_T")


def overview_of(
    service: ServiceState,
    config: Config,
    journal: Journal,
    *,
    paused_until_s: float | None,
    recent: tuple[Path, ...],
    attention: int,
    awaits_file: bool = False,
    awaits_keys: bool = False,
) -> Overview:
    main = str(config.router.route("default") or "")
    backup = _backup_for(main, config, journal) if service.phase is Phase.RUNNING else ""
    return Overview(
        service=service,
        look=_look(service.phase, on_backup=bool(backup), attention=attention),
        main=main,
        main_in_use=backup or main,
        is_demo=config.is_demo,
        awaits_file=awaits_file,
        awaits_keys=awaits_keys,
        route_set=config.route_set,
        route_sets=tuple(config.route_sets),
        favourites=_offered.of(config),
        recent_folders=recent,
        paused_until_s=paused_until_s,
        running_requests=len(journal.running),
        attention=attention,
        shared_models=_shared.of(config),
    )


def shared_models(config: Config) -> frozenset[str]:
    """Names of models that more than one provider has, or a route says so."""
    routes = (*config.desktop.favourites, *_named(config))
    offered = {(name, model) for name, each in config.providers.items() for model in each.models}
    offered |= {(provider_of(str(route)), model_of(str(route))) for route in routes}
    counts = Counter(model for _provider, model in offered)
    return frozenset(model for model, count in counts.items() if count > 1)


def favourites(config: Config) -> tuple[str, ...]:
    """The user's own choice for the tray; without one, what routes name, then what else there is.

    Routes alone would not do: once another model does the main work, none may name the former.
    """
    if config.desktop.favourites:
        return tuple(map(str, config.desktop.favourites))
    return tuple(dict.fromkeys([*_named(config), *_listed(config)]))


class _InForce(Generic[_T]):
    """What follows from the configuration alone: an overview comes with every request."""

    def __init__(self, made: Callable[[Config], _T]) -> None:
        self._made = made
        self._known: tuple[Config, _T] | None = None

    def of(self, config: Config) -> _T:
        if self._known is None or self._known[0] is not config:
            self._known = config, self._made(config)
        return self._known[1]


_shared = _InForce(shared_models)
_offered = _InForce(favourites)


def _look(phase: Phase, *, on_backup: bool, attention: int) -> Look:
    match phase:
        case Phase.OFF | Phase.STOPPING:
            return Look.OFF
        case Phase.STARTING:
            return Look.STARTING
        case Phase.FAILED:
            return Look.ATTENTION
        case Phase.RUNNING if attention:
            return Look.ATTENTION
        case Phase.RUNNING:
            return Look.BACKUP if on_backup else Look.RUNNING


def _backup_for(main: str, config: Config, journal: Journal) -> str:
    """The route that served the last request of the main work in place of *main*.

    Empty where that was *main* itself, or where *main* has become so since.
    """
    for entry in journal.entries:
        if entry.scenario == "default" and not entry.is_running and entry.status == 200:
            passed = {attempt.route for attempt in entry.attempts} - {entry.route}
            return entry.route if main in passed and entry.route in _backups(config) else ""
    return ""


def _backups(config: Config) -> set[str]:
    router = config.router
    routes = (*router.routes.get("default", ())[1:], *router.fallbacks.get("default", ()))
    return {str(route) for route in routes}


def _named(config: Config) -> Iterator[str]:
    return (str(route) for routes in config.router.routes.values() for route in routes)


def _listed(config: Config) -> Iterator[str]:
    able = ((name, each) for name, each in config.providers.items() if not each.paused)
    return (f"{name},{model}" for name, each in able for model in each.models)
