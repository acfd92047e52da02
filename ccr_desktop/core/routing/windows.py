"""How many tokens a model takes: what the configuration says, else what is published.

The published windows are those of genai-prices, bundled as `resources/context_windows.json`.
"""

from __future__ import annotations

import json
import re
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING, Any

from ccr_desktop import paths

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccr_desktop.core.config.schema import Config, Route

TABLE = "context_windows.json"


def window_of(route: Route, config: Config) -> int | None:
    """The context window of a route's model in tokens; None when nobody knows it."""
    provider = config.providers.get(route.provider)
    if provider is None:
        return None
    configured = _configured(route.model, provider.context_windows)
    return configured or _published(provider.url, route.model)


def _configured(model: str, windows: Mapping[str, int]) -> int | None:
    """By the exact name, else by the first pattern with `*` that fits."""
    if model in windows:
        return windows[model]
    folded = model.casefold()
    fitting = (size for name, size in windows.items() if fnmatchcase(folded, name.casefold()))
    return next(fitting, None)


@cache
def _published(address: str, model: str) -> int | None:
    for entry in _table():
        if re.match(entry["address"], address):
            return _look_up(entry, model.casefold())
    return None


def _look_up(entry: Mapping[str, Any], model: str) -> int | None:
    if size := entry.get("equals", {}).get(model):
        return int(size)
    fitting = [
        (text, size) for text, size in entry.get("prefix", {}).items() if model.startswith(text)
    ]
    fitting = fitting or [
        (text, size) for text, size in entry.get("part", {}).items() if text in model
    ]
    longest = max(fitting, key=lambda pair: len(pair[0]), default=None)
    return int(longest[1]) if longest else None


@cache
def _table() -> list[dict[str, Any]]:
    content = json.loads(paths.resource(TABLE).read_text(encoding="utf-8"))
    return list(content["providers"])
