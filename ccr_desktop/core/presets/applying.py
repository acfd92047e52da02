"""What using a preset comes to: the configuration with it, and the keys for the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.presets.answers import complete
from ccr_desktop.core.presets.build import build
from ccr_desktop.core.presets.merge import merge
from ccr_desktop.core.setup.edits import find_entry, with_member
from ccr_desktop.core.setup.key_references import referring
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ccr_desktop.core.presets.manifest import Manifest
    from ccr_desktop.core.protocol.json import JsonObject


@dataclass(frozen=True, slots=True)
class Planned:
    """`raw` has references where `keys` were."""

    raw: JsonObject = field(repr=False)
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    has_routes: bool = False


def plan(
    raw: JsonObject,
    manifest: Manifest,
    folder: Path,
    given: Mapping[str, Any],
    route_set: str = "",
) -> Planned:
    """*raw* with the preset whose files are in *folder*. Raises `ClientError`.

    Its routes go into the *route_set*, if one is named, else into `Router`.
    """
    answers, missing = complete(manifest, given)
    if missing:
        wanted = ", ".join(entry.title for entry in missing)
        raise ClientError(f"The preset {manifest.name} needs answers", wanted)
    own = {str(answers[name]) for name in given if name in answers}
    parts = build(manifest, answers)
    merged = merge(raw, parts, folder, own, route_set)
    new, keys = without_keys(merged.raw, brought(manifest, answers))
    notes, left_out = tuple(merged.notes), tuple(merged.left_out)
    return Planned(new, keys, notes, left_out, has_routes=has_routes(parts))


def has_routes(parts: JsonObject) -> bool:
    """Whether what a preset brings says which model answers."""
    return isinstance(router := parts.get("Router"), dict) and bool(router)


def brought(manifest: Manifest, answers: Mapping[str, Any]) -> list[str]:
    """The names of the providers that the preset brings."""
    entries = build(manifest, answers).get("Providers")
    found = entries if isinstance(entries, list) else []
    return [str(entry["name"]) for entry in found if isinstance(entry, dict) and entry.get("name")]


def without_keys(raw: JsonObject, names: Iterable[str]) -> tuple[JsonObject, dict[str, str]]:
    """The configuration with references in place of the keys of these providers, and the keys."""
    keys: dict[str, str] = {}
    for name in names:
        entry = find_entry(raw, name)
        if entry is None:
            continue
        for member, value in referring(entry["name"], entry, keys).items():
            if value != entry[member]:
                raw = with_member(raw, name, member, value)
    return raw, keys
