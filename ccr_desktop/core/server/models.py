"""`GET /v1/models`: what can be asked for.

Claude Code lists only ids that contain `claude` or `anthropic`, so every model also has an alias
that does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.config.schema import Route
from ccr_desktop.core.routing.router import is_off
from ccr_desktop.core.routing.rules import ALIAS_PREFIX
from ccr_desktop.core.routing.windows import window_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccr_desktop.core.config.schema import Config, Provider
    from ccr_desktop.core.protocol.json import JsonObject

_CREATED = "2025-01-01T00:00:00Z"  # the API demands a date, and providers tell none
_CREATED_S = 1_735_689_600  # the same for clients of OpenAI's API


def list_models(config: Config) -> JsonObject:
    """All models in one page, in a shape that is both Anthropic's list and OpenAI's."""
    models = {model["id"]: model for model in _models(config)}
    ids = list(models)
    return {
        "object": "list",
        "data": list(models.values()),
        "has_more": False,
        "first_id": ids[0] if ids else None,
        "last_id": ids[-1] if ids else None,
    }


def find_model(config: Config, model_id: str) -> JsonObject | None:
    return next((model for model in _models(config) if model["id"] == model_id), None)


def _models(config: Config) -> Iterator[JsonObject]:
    """Those of providers that are switched off are left out: nobody would answer."""
    for routes in config.router.routes.values():
        for route in routes:
            if not is_off(route, config):
                yield from _entries(config, config.providers[route.provider], route.model)
    for provider in config.providers.values():
        for model in () if provider.paused else provider.models:
            yield from _entries(config, provider, model)


def _entries(config: Config, provider: Provider, model: str) -> Iterator[JsonObject]:
    window = window_of(Route(provider.name, model), config)
    for model_id in (f"{provider.name},{model}", f"{ALIAS_PREFIX}{provider.name}-{model}"):
        entry: JsonObject = {
            "type": "model",
            "id": model_id,
            "display_name": f"{model} ({provider.name})",
            "created_at": _CREATED,
            "lifecycle": "active",
            "object": "model",
            "created": _CREATED_S,
            "owned_by": provider.name,
        }
        if window:
            entry["max_input_tokens"] = window
        yield entry
