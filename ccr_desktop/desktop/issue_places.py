"""Which page can mend what is wrong at a place of the settings file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ccr_desktop.desktop.setting_places import ALL_PLACES

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config

_PROVIDER = re.compile(r"(?:providers|Providers)\[(\d+)\]")
_ROUTING = ("Router", "router", "routeSets", "fallback", "rules")


def page_of_issue(where: str, config: Config) -> str:
    """A key of a page, and where on it: `providers/kimi`, `settings/#PORT`."""
    if found := _PROVIDER.match(where):
        names, number = list(config.providers), int(found[1])
        return f"providers/{names[number]}" if number < len(names) else "providers"
    if where.startswith(_ROUTING):
        return "routes"
    if where.startswith("transformers"):
        return "settings/plugins"
    place = ALL_PLACES.get(where)
    return f"{place.page}/#{where}" if place else "settings"
