"""Stored keys that the settings do not refer to: of a provider that went, or of an undone change.

They stay in the store by themselves, so that a step back finds them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccr_desktop.core.secrets import PREFIX
from ccr_desktop.core.setup.edits import provider_entries
from ccr_desktop.core.setup.history import content_of
from ccr_desktop.core.setup.key_moves import Change, KeyPlace
from ccr_desktop.core.setup.key_moving import Moved
from ccr_desktop.core.setup.keys import references
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.secrets import SecretStore
    from ccr_desktop.core.setup.history import State


@dataclass(frozen=True, slots=True)
class UnusedKey:
    """Never the key itself. `is_in_history`: a version that can be restored refers to it."""

    name: str
    is_in_history: bool = False


def unused_keys(
    raw: JsonObject, states: Sequence[State], secrets: SecretStore
) -> tuple[UnusedKey, ...]:
    """Those in the store that *raw* does not refer to, in order. Raises `SecretError`.

    *states* are those of the history. Stores that can't list their keys are asked for the names
    in them, too.
    """
    former = [content for state in states if (content := content_of(state.data)) is not None]
    in_history = {name for each in former for name in names_in(each)}
    of_providers = {
        str(entry.get("name", "")).strip() for each in former for entry in provider_entries(each)
    }
    found = secrets.names(sorted(in_history | of_providers))
    used = names_in(raw)
    return tuple(UnusedKey(name, name in in_history) for name in found if name not in used)


def names_in(raw: JsonObject) -> set[str]:
    """The names in the store that the settings refer to."""
    texts = (text for _, text in references(raw) if text.startswith(PREFIX))
    return {text.removeprefix(PREFIX).strip() for text in texts}


def forget_key(raw: JsonObject, name: str, secrets: SecretStore) -> Moved:
    """Delete a key that *raw* does not refer to. Raises `ClientError`, or `SecretError`."""
    if name in names_in(raw):
        raise ClientError(f"The key {name} is used again", "Nothing was changed.")
    before = secrets.get(name)
    secrets.delete(name)
    return Moved(Change(name, KeyPlace.KEYRING, raw), stored_before={name: before})
