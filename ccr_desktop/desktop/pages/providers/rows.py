"""The rows of the list of providers, from the configuration and what was seen of late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from ccr_desktop.core.config.interpolation import is_reference
from ccr_desktop.core.config.legacy import with_legacy_provider_written
from ccr_desktop.core.observe.health import ProviderHealth
from ccr_desktop.core.observe.health import State as Fares
from ccr_desktop.core.secrets import PREFIX
from ccr_desktop.core.setup.edits import provider_entries, routes_to
from ccr_desktop.core.setup.keys import needs_no_key
from ccr_desktop.desktop import lists
from ccr_desktop.desktop.state import model_of
from ccr_desktop.desktop.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.config.schema import Config, Provider
    from ccr_desktop.core.observe.health import Health
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.desktop.widgets.state import State

_NAMED = 3  # models in a row; others are counted


@dataclass(frozen=True, slots=True)
class Shape:
    """A state: its shape, and its word."""

    state: State
    word: str


def provider_rows(config: Config, health: Health, store: str) -> tuple[Row, ...]:
    """A row for each provider of the file; *store* is what the store of keys is called."""
    raw = with_legacy_provider_written(dict(config.raw))
    rows: dict[str, Row] = {}
    for entry in provider_entries(raw):
        name = str(entry["name"]).strip()
        provider = config.providers.get(name)
        rows[name] = _row(entry, provider, health.of(name), _in_use(raw, name), store)
    return tuple(rows.values())


def key_place(entry: JsonObject, store: str) -> str:
    """Where the key of an entry is, in words; empty where there is none."""
    found = entry.get("api_key")
    text = found.strip() if isinstance(found, str) else ""
    if text.startswith(PREFIX):
        return store
    if is_reference(text):
        return _tr("environment variable {name}").format(name=text.strip("${}"))
    return _tr("the settings file, readable") if text else ""


def health_shape(health: ProviderHealth) -> Shape:
    """How a provider fares."""
    match health.state:
        case Fares.OK:
            return Shape("running", _tr("OK"))
        case Fares.SLOW:
            return Shape("backup", _tr("Slow"))
        case Fares.BUSY:
            words = _tr("Paused until {time}").format(time=_time(health.until_s))
            return Shape("backup", words if health.until_s else _tr("Too many requests"))
        case Fares.UNKNOWN:
            return Shape("off", _tr("Not used yet"))
        case _:
            return Shape("attention", _trouble(health.state))


def _trouble(state: Fares) -> str:
    return {
        Fares.FAILING: _tr("Not answering"),
        Fares.KEY_PROBLEM: _tr("Key not accepted"),
        Fares.OUT_OF_MONEY: _tr("Balance empty"),
    }.get(state, _tr("Trouble"))


def _row(
    entry: JsonObject,
    provider: Provider | None,
    health: ProviderHealth,
    in_use: Sequence[str],
    store: str,
) -> Row:
    name = str(entry["name"]).strip()
    shape = _shape(provider, health)
    is_paused = bool(provider and provider.paused)
    is_demo = str(entry.get("api_base_url") or "").startswith("demo:")
    badge = _tr("Demo") if is_demo else _tr("Off") if is_paused else ""
    return Row(
        key=name,
        title=name,
        subtitle=" · ".join(filter(None, (_models(entry, in_use), _key(entry, store)))),
        state=shape.state,
        state_word=shape.word,
        trailing=shape.word,
        enabled=not is_paused,
        badge=badge,
        monogram=name,
    )


def _shape(provider: Provider | None, health: ProviderHealth) -> Shape:
    if provider is None:
        return Shape("attention", _tr("Needs attention"))
    if provider.paused:
        return Shape("off", _tr("Switched off"))
    if provider.awaits_key:
        return Shape("busy", _tr("Waiting for its key"))
    if provider.key_problem and not provider.api_key:
        return Shape("attention", _tr("Key missing"))
    return health_shape(health)


def _in_use(raw: JsonObject, name: str) -> tuple[str, ...]:
    """The models of a provider that routes lead to."""
    routes = (text for _, text in routes_to(raw, name))
    return tuple(dict.fromkeys(model_of(text).strip() for text in routes))


def _models(entry: JsonObject, in_use: Sequence[str]) -> str:
    if in_use:
        named = lists.names(in_use[:_NAMED])
        more = len(in_use) - _NAMED
        return _tr("{models} and {n} more").format(models=named, n=more) if more > 0 else named
    models: Any = entry.get("models")
    count = len(models) if isinstance(models, list) else 0
    if not count:
        return _tr("no models chosen")
    return _tr("{n} models, none in use").format(n=count) if count > 1 else _tr("1 model, not used")


def _key(entry: JsonObject, store: str) -> str:
    if place := key_place(entry, store):
        return _tr("key: {place}").format(place=place)
    pool = entry.get("api_keys")
    if isinstance(pool, list) and pool:
        return _tr("{n} keys").format(n=len(pool))
    return _tr("needs no key") if needs_no_key(entry) else _tr("no key")


def _time(until_s: float | None) -> str:
    moment = QDateTime.fromSecsSinceEpoch(int(until_s or 0)).time()
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Providers", text)
