"""Rules to begin with, made of the providers and models that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.protocol.json import JsonObject

_tr = QCoreApplication.translate


def examples(config: Config) -> tuple[JsonObject, ...]:
    """They are opened in the editor, where folders and models are put right."""
    routes = [
        f"{provider.name},{provider.models[0]}"
        for provider in config.providers.values()
        if provider.models
    ]
    first = next(iter(config.providers), "")
    last = routes[-1] if routes else ""
    found: list[JsonObject] = [
        {
            "name": _tr("Rules", "Client work"),
            "when": {"folder": "~/clients/acme"},
            "only": [first],
        },
        {
            "name": _tr("Rules", "Cheap nights"),
            "when": {"time": "22:00-06:00"},
            "route": last,
        },
        {
            "name": _tr("Rules", "Reviews"),
            "when": {"contains": [_tr("Rules", "review")], "tokensOver": 50_000},
            "route": last,
        },
        {
            "name": _tr("Rules", "No browsing in production"),
            "when": {"folder": "~/production", "tool": "WebFetch*"},
            "block": _tr("Rules", "Not from this folder."),
        },
        {
            "name": _tr("Rules", "Short answers"),
            "when": {"model": "*haiku*"},
            "set": {"max_tokens": 8000},
        },
    ]
    return tuple(rule for rule in found if rule.get("route") != "")
