"""The rows of the list of providers, from the configuration and what was seen of late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.config.interpolation import is_reference
from ccr_desktop.core.config.legacy import with_legacy_provider_written
from ccr_desktop.core.secrets import PREFIX
from ccr_desktop.core.setup.edits import provider_entries, routes_to
from ccr_desktop.core.setup.keys import needs_no_key
from ccr_desktop.desktop import lists
from ccr_desktop.desktop.health_words import HealthWord, health_word
from ccr_desktop.desktop.state import model_of
from ccr_desktop.desktop.widgets.rows import Row
from ccr_desktop.errors import begun

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.config.schema import Config, Provider
    from ccr_desktop.core.observe.health import Health, ProviderHealth
    from ccr_desktop.core.protocol.json import JsonObject

_NAMED = 3  # models in a row; others are counted


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


def _row(
    entry: JsonObject,
    provider: Provider | None,
    health: ProviderHealth,
    in_use: Sequence[str],
    store: str,
) -> Row:
    name = str(entry["name"]).strip()
    state, word = _fares(provider, health)
    is_paused = bool(provider and provider.paused)
    is_demo = str(entry.get("api_base_url") or "").startswith("demo:")
    badge = _tr("Demo") if is_demo else _tr("Off") if is_paused else ""
    return Row(
        key=name,
        title=name,
        subtitle=" · ".join(filter(None, (_models(entry, in_use), _key(entry, store)))),
        state=state,
        state_word=word,
        trailing=word,
        enabled=not is_paused,
        badge=badge,
        monogram=name,
    )


def _fares(provider: Provider | None, health: ProviderHealth) -> HealthWord:
    if provider is None:
        return HealthWord("attention", _tr("Needs attention"))
    state, word = health_word(provider, health)
    return HealthWord(state, begun(word))


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


def _tr(text: str) -> str:
    return QCoreApplication.translate("Providers", text)
