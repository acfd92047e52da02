"""Well-known providers, from `resources/providers.json`: what `ccr providers add NAME` fills in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from ccr_desktop import paths
from ccr_desktop.core.config.spelling import did_you_mean
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """Facts about a provider. Models are suggestions: they change every few weeks."""

    id: str
    title: str
    group: str
    url: str
    env: str = ""
    """The environment variable that holds the key by custom."""
    key_url: str = ""
    key_starts: tuple[str, ...] = ()
    needs_key: bool = True
    models: tuple[str, ...] = ()
    models_url: str = ""
    transformer: Mapping[str, Any] = field(default_factory=dict)
    context_windows: Mapping[str, int] = field(default_factory=dict)
    note: str = ""
    retired: bool = False
    """Whether the service is said to have ended; it is known by its name, and not offered."""
    sources: tuple[str, ...] = ()
    """Where all of that was read, at last on `checked_on`."""
    checked_on: str = ""

    def entry(self, name: str) -> JsonObject:
        """The entry of the `Providers` list, without a key."""
        entry: JsonObject = {"name": name, "api_base_url": self.url}
        if self.models:
            entry["models"] = list(self.models)
        if self.transformer:
            entry["transformer"] = dict(self.transformer)
        if self.context_windows:
            entry["context_windows"] = dict(self.context_windows)
        return entry

    def doubts(self, key: str) -> str:
        """A sentence when the key does not look like one of this provider."""
        if not self.key_starts or key.startswith(self.key_starts):
            return ""
        beginnings = " or ".join(self.key_starts)
        return f"Keys of {self.title} begin with {beginnings}; this one does not."


@cache
def templates() -> Mapping[str, Template]:
    """All templates by id, in the order in which they are offered."""
    text = paths.resource("providers.json").read_text(encoding="utf-8")
    entries: list[dict[str, Any]] = json.loads(text)["providers"]
    return {entry["id"]: _template(entry) for entry in entries}


def offered() -> tuple[str, ...]:
    """The names that are worth a mention."""
    return tuple(name for name, template in templates().items() if not template.retired)


def _template(entry: dict[str, Any]) -> Template:
    members: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()
    }
    return Template(**members)


def find_template(name: str) -> Template | None:
    return templates().get(name.strip().casefold())


def need_template(name: str) -> Template:
    found = find_template(name)
    if found is None:
        known = ", ".join(offered())
        hint = f"{did_you_mean(name, templates())}There are: {known}."
        raise ClientError(f"There is no preset {name!r}", hint)
    return found
