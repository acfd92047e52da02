"""What the window calls a place of the settings file, and which page can mend what is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.desktop.setting_places import ALL_PLACES, nearest_key, nearest_title

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config

_PROVIDER = re.compile(r"(?:providers|Providers)\[(\d+)\]")
_ITEM_OF_TRANSFORMERS = re.compile(r"transformers(?:\[|$)")
_ITEM = re.compile(r"\[\d+\]$")  # a list has its place as a whole
_NUMBER = re.compile(r"\[\d+\]")
_PROJECT = "projects."
_ROUTING = ("Router", "router", "routeSets", "fallback", "rules")


def page_of_issue(where: str, config: Config) -> str:
    """A key of a page, and where on it: `providers/kimi`, `settings/#PORT`.

    What no form has can be mended in the text: `settings/text/problem/FOO`.
    """
    if _PROVIDER.match(where):
        return f"providers/{owner}" if (owner := provider_of_issue(where, config)) else "providers"
    if where.startswith(_PROJECT):
        return f"routes/#{_PROJECT[:-1]}"
    if _ITEM_OF_TRANSFORMERS.match(where):
        return "settings/plugins"
    key = _ITEM.sub("", where)
    place = ALL_PLACES.get(key)
    if where.startswith(_ROUTING) and (place is None or place.page == "routes"):
        nearest = nearest_key(_NUMBER.sub("[]", where))
        return f"routes/#{nearest}" if nearest.startswith("Router.") else "routes"
    return f"{place.page}/#{key}" if place else f"settings/text/problem/{where}"


def provider_of_issue(where: str, config: Config) -> str:
    """The provider whose entry a place is in; nothing for others."""
    found = _PROVIDER.match(where)
    names = list(config.providers)
    return names[int(found[1])] if found and int(found[1]) < len(names) else ""


def place_words(where: str, config: Config) -> str:
    """The setting, and whose it is: "Compatibility fixes: kimi"."""
    setting, owner = place_parts(where, config)
    words = QCoreApplication.translate("Attention", "{setting}: {owner}")
    return words.format(setting=setting, owner=owner) if owner else setting


def place_parts(where: str, config: Config) -> tuple[str, str]:
    """The setting, or the nearest one around it, and the provider or project that it is of, if any.

    A place without a name in the window is called as in the file.
    """
    if where.startswith(_PROJECT):
        return nearest_title(_PROJECT[:-1]), _ITEM.sub("", where.removeprefix(_PROJECT))
    owner = provider_of_issue(where, config)
    if found := _PROVIDER.match(where):
        where = f"Providers[]{where[found.end() :]}"
    title = nearest_title(_NUMBER.sub("[]", where)) or where.removeprefix("Providers[].")
    return title, owner
