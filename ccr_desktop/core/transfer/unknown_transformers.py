"""Transformers that providers from elsewhere name, and that are not built in here."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from ccr_desktop.core.config.known_transformers import KNOWN_TRANSFORMERS
from ccr_desktop.core.config.transformers import read_chains
from ccr_desktop.core.setup.edits import provider_entries

if TYPE_CHECKING:
    from collections.abc import Collection

    from ccr_desktop.core.protocol.json import JsonObject

PLUGINS = "transformers"


def unknown_transformers(
    found: JsonObject, raw: JsonObject, offered: Collection[str]
) -> dict[str, str]:
    """What each of the *offered* providers of *found* lacks here, in words.

    Plugins are not loaded to see theirs.
    """
    return {
        name: _sentence(name, ", ".join(unknown), found, raw)
        for entry in provider_entries(found)
        if (name := str(entry["name"]).strip()) in offered and (unknown := _unknown(entry))
    }


def _unknown(entry: JsonObject) -> list[str]:
    chains = read_chains(entry.get("transformer"), "", [], has_plugins=True)
    links = chain(chains.own, *chains.by_model.values())
    return [*dict.fromkeys(link.name for link in links if link.name not in KNOWN_TRANSFORMERS)]


def _sentence(provider: str, names: str, found: JsonObject, raw: JsonObject) -> str:
    if found.get(PLUGINS):
        return (
            f"provider {provider}: {names} is no transformer that is built in. A plugin brings it:"
            " take the setting transformers, too."
        )
    if raw.get(PLUGINS):
        return (
            f"provider {provider}: {names} is no transformer that is built in. It has an effect"
            " only where a plugin of yours brings it."
        )
    return (
        f"provider {provider}: {names} is no transformer that is built in. It has no effect until"
        " you add a plugin that brings it."
    )
