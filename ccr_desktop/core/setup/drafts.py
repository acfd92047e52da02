"""Entries of providers that are not saved yet, read as the configuration reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.settings import BY_KEY
from ccr_desktop.core.config.stand_ins import KeySource, UnreadKeys
from ccr_desktop.core.secrets import PREFIX
from ccr_desktop.core.setup.edits import find_entry
from ccr_desktop.errors import ConfigError, SecretError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.config.schema import Config, Provider
    from ccr_desktop.core.protocol.json import JsonObject

_PLACE = "Providers[0]"
_MEANT = ("HOST", "PORT", "transformers")  # what else says whether an entry is good


@dataclass(frozen=True, slots=True)
class Reading:
    """What an entry comes to. The places of the issues are within it: `timeout.idle_s`."""

    provider: Provider | None
    issues: tuple[Issue, ...] = ()


class TypedKeys:
    """Keys that were typed and are not stored yet, before those of a store.

    Where the store gives none for now those in use count; `problem` is why one is missing.
    """

    def __init__(
        self, typed: Mapping[str, str], store: KeySource, in_use: Mapping[str, str] | None = None
    ) -> None:
        self.problem: SecretError | None = None
        self._typed = dict(typed)
        self._store = store
        self._in_use = dict(in_use or {})

    def get(self, name: str) -> str | None:
        if key := self._typed.get(name):
            return key
        try:
            return self._store.get(name)
        except SecretError as exc:
            if key := self._in_use.get(name):
                return key
            self.problem = exc
            raise

    def describe(self) -> str:
        return self._store.describe()


def read_entry(
    entry: JsonObject,
    raw: JsonObject,
    environment: Mapping[str, str],
    keys: KeySource | None = None,
) -> Reading:
    """The provider that *entry* describes within the configuration *raw*.

    Without *keys*, stored keys are taken for present, and no store is asked.
    """
    values = {key: raw[key] for key in _MEANT if key in raw} | {"Providers": [entry]}
    try:
        config = read_config(values, None, environment, secrets=keys or UnreadKeys())
        issues = tuple(config.issues)
    except ConfigError as exc:
        issues = tuple(exc.issues)
        if exc.readable is None:
            return Reading(None, tuple(_of_entry(issues)))
        config = exc.readable
    name = str(entry.get("name") or "").strip()
    return Reading(config.providers.get(name), tuple(_of_entry(issues)))


def key_in_use(config: Config, provider: str) -> dict[str, str]:
    """The key that a provider has from a store, by its name there."""
    entry = find_entry(dict(config.raw), provider) or {}
    reference, known = str(entry.get("api_key") or ""), config.providers.get(provider)
    if known is None or not known.api_key or not reference.startswith(PREFIX):
        return {}
    return {reference.removeprefix(PREFIX).strip(): known.api_key}


def with_typed_key(entry: JsonObject) -> JsonObject:
    """*entry* with a reference to the key that is about to be stored under its name."""
    return {**entry, "api_key": f"{PREFIX}{str(entry.get('name') or '').strip()}"}


def member_help(key: str) -> str:
    """What the settings say of a member of a provider: `dialect`, `timeout.idle_s`."""
    return BY_KEY[f"Providers[].{key}"].help


def _of_entry(issues: tuple[Issue, ...]) -> Iterator[Issue]:
    for issue in issues:
        if issue.where.startswith(_PLACE):
            place = issue.where.removeprefix(_PLACE).removeprefix(".")
            yield replace(issue, where=place)
