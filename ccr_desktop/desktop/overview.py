"""The state of affairs in one record, from all who know a part of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ccr_desktop.desktop.service_state import Phase, ServiceState
from ccr_desktop.desktop.state import Look, Overview, model_of, provider_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.observe.journal import Journal


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
        favourites=_favourites(config),
        recent_folders=recent,
        paused_until_s=paused_until_s,
        running_requests=len(journal.running),
        attention=attention,
        shared_models=_shared.of(config),
    )


def shared_models(config: Config) -> frozenset[str]:
    """Names of models that more than one provider has, or a route says so."""
    routes = (*_favourites(config), *_named(config))
    offered = {(name, model) for name, each in config.providers.items() for model in each.models}
    offered |= {(provider_of(route), model_of(route)) for route in routes}
    counts = Counter(model for _provider, model in offered)
    return frozenset(model for model, count in counts.items() if count > 1)


class _Shared:
    """`shared_models` of the configuration in force: an overview comes with every request."""

    def __init__(self) -> None:
        self._config: Config | None = None
        self._names: frozenset[str] = frozenset()

    def of(self, config: Config) -> frozenset[str]:
        if config is not self._config:
            self._config, self._names = config, shared_models(config)
        return self._names


_shared = _Shared()


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


def _favourites(config: Config) -> tuple[str, ...]:
    """The user's own choice for the tray; without one, all models that any route names."""
    if config.desktop.favourites:
        return tuple(map(str, config.desktop.favourites))
    return tuple(dict.fromkeys(_named(config)))


def _named(config: Config) -> Iterator[str]:
    return (str(route) for routes in config.router.routes.values() for route in routes)
