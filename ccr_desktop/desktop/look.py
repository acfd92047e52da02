"""The colours and the language of the window, also while the settings that name them can't be used.

A person whose file breaks needs the words about it most in the own language: what was used last is
remembered beside the settings.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, cast

from ccr_desktop.core.config.schema import DesktopSettings
from ccr_desktop.desktop import language
from ccr_desktop.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.desktop.memory import Memory
    from ccr_desktop.desktop.theme import Scheme

_KEPT = "look"
_USUAL = DesktopSettings()
_THEMES = ("system", "light", "dark")
_LANGUAGES = (language.SYSTEM, *language.SHIPPED)


@dataclass(frozen=True, slots=True)
class Look:
    """Both as the settings have them: `system` follows the desktop."""

    theme: Scheme
    language: str


def wanted(store: ConfigStore, memory: Memory) -> Look:
    """By the settings; where they can't be used by what their file says, or what was used last."""
    if store.awaits_file:
        known = (_written(store), memory.get(_KEPT, {}))
        return Look(
            cast("Scheme", _first(known, "theme", _THEMES, _USUAL.theme)),
            _first(known, "language", _LANGUAGES, _USUAL.language),
        )
    desktop = store.config.desktop
    return Look(cast("Scheme", desktop.theme), desktop.language)


def keep(look: Look, memory: Memory) -> None:
    """What is used now, for a start at which the settings can't be."""
    memory.set(_KEPT, asdict(look))


def _written(store: ConfigStore) -> dict[str, Any]:
    """What a file with errors says of the window, which none of its errors need concern."""
    try:
        said = store.written.raw.get("Desktop")
    except ConfigError:
        return {}
    return said if isinstance(said, dict) else {}


def _first(known: Iterable[dict[str, Any]], name: str, allowed: tuple[str, ...], usual: str) -> str:
    found = (each.get(name) for each in known)
    return next((value for value in found if value in allowed), usual)
