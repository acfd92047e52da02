"""`config.json` of claude-code-router 1 and 2: its keys are ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.config.legacy import OF_PRESETS, with_legacy_provider_written
from ccr_desktop.core.setup.importing import read_import
from ccr_desktop.core.transfer.found import Found, Origin

if TYPE_CHECKING:
    from pathlib import Path

    from ccr_desktop.core.protocol.json import JsonObject

_SIGNS = ("Providers", "providers", "Router", "OPENAI_API_KEY", "OPENAI_BASE_URL")


def is_settings(raw: JsonObject) -> bool:
    return any(key in raw for key in _SIGNS)


def is_preset(raw: JsonObject) -> bool:
    return any(key in raw for key in ("schema", "template", "configMappings"))


def read(path: Path, presets: Path, origin: Origin) -> Found:
    """The settings in *path*; *presets* is claude-code-router's folder of them."""
    result = read_import(path, presets)
    raw = with_legacy_provider_written(result.raw)
    hand = [line for line in result.needs_hand if line != result.clear_keys_note]
    return Found(
        title="Settings of claude-code-router",
        origin=origin,
        raw={key: value for key, value in raw.items() if key not in OF_PRESETS},
        place=str(path),
        needs_hand=hand,
        issues=result.issues,
        is_whole=True,
    )
