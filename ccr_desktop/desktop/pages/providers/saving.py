"""Putting what a form says into the configuration, and its keys into the store of keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.config.interpolation import stands_for_another
from ccr_desktop.core.config.legacy import with_legacy_provider_written
from ccr_desktop.core.hidden_signs import hidden_sign
from ccr_desktop.core.secrets import PREFIX
from ccr_desktop.core.setup.edits import find_entry, free_name, need_entry, with_provider
from ccr_desktop.core.setup.key_moving import store_keys
from ccr_desktop.core.setup.renaming import with_provider_renamed
from ccr_desktop.core.setup.three_way import clashes, merged
from ccr_desktop.desktop.state import Toast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.secrets import SecretStore
    from ccr_desktop.core.setup.key_moving import Moved
    from ccr_desktop.core.setup.secret_fields import Path
    from ccr_desktop.desktop.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An entry as a form has it. `before` is what the form began with, None for a new provider.

    `key` was typed for the provider, `pool_keys` for its pool, by the names that the entry has
    for them; both are stored nowhere yet.
    """

    entry: JsonObject
    before: JsonObject | None = None
    key: str = field(default="", repr=False)
    pool_keys: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        return str(self.entry.get("name") or "").strip()

    @property
    def has_keys(self) -> bool:
        return bool(self.key or self.pool_keys)


async def save(desk: Desk, draft: Draft) -> bool:
    """Save *draft* as one step that can be undone; False when nothing was changed.

    Raises what went wrong (`SecretError`, `ConfigError`, `ClientError`), for the form to tell:
    nothing was changed then.
    """
    words = _words(draft)
    did = await _saved(desk, draft, words)
    if did:
        desk.bridge.told.emit(Toast(words, can_undo=True))
    return did


async def _saved(desk: Desk, draft: Draft, words: str) -> bool:
    editor = desk.bridge.editor
    if not draft.has_keys:
        return await editor.change(lambda raw: edited(raw, draft), words)

    def with_keys(raw: JsonObject, store: ConfigStore, secrets: SecretStore) -> Moved:
        new = edited(raw, draft)
        keys = dict(_places(need_entry(new, draft.name), draft))
        return store_keys(new, draft.name, keys, store, secrets)

    return await editor.change_keys(with_keys, desk.secrets, words) is not None


def edited(raw: JsonObject, draft: Draft) -> JsonObject:
    """The configuration with the provider of *draft*, and all that names it renamed with it.

    One that was taken out elsewhere while the form was open comes back whole.
    """
    raw = with_legacy_provider_written(raw)
    old = str((draft.before or {}).get("name") or "").strip()
    if draft.before is None or find_entry(raw, old) is None:
        return with_provider(raw, {**draft.entry, "name": free_name(raw, draft.name)})
    if draft.name != old:
        raw = with_provider_renamed(raw, old, draft.name)
    current = need_entry(raw, draft.name)
    return with_provider(raw, _changed(current, draft))


def both_changed(raw: JsonObject, draft: Draft) -> list[str]:
    """The fields of an entry that are changed in the form and, to something else, in the file."""
    before = draft.before or {}
    current = find_entry(raw, str(before.get("name") or "").strip())
    return clashes(before, draft.entry, current) if before and current else []


def _changed(current: JsonObject, draft: Draft) -> JsonObject:
    """*current* with what was changed in the form; the rest may have changed elsewhere."""
    return {**merged(draft.before or {}, draft.entry, current), "name": current["name"]}


def name_problem(raw: JsonObject, draft: Draft) -> str:
    """Why a provider can't have the name of *draft*; empty when it can. See `free_name`."""
    name = draft.name
    if not name:
        return _tr("Give the provider a name.")
    if "," in name or "/" in name:
        return _tr("A name holds no comma and no slash.")
    if stands_for_another(name):
        return _tr("A name holds no variable, such as $NAME, and no reference to a key.")
    before = str((draft.before or {}).get("name") or "").strip()
    if hidden_sign(name) and name != before:
        return _tr("It has signs that can't be seen: type it anew.")
    other = find_entry(with_legacy_provider_written(raw), name)
    if other is not None and str(other["name"]).strip() != before:
        return _tr("There is a provider of this name already.")
    return ""


def _places(entry: JsonObject, draft: Draft) -> Iterator[tuple[Path, str]]:
    if draft.key:
        yield ("api_key",), draft.key
    pool = entry.get("api_keys")
    for number, item in enumerate(pool if isinstance(pool, list) else []):
        text = item.get("key") if isinstance(item, dict) else item
        key = draft.pool_keys.get(str(text).removeprefix(PREFIX))
        if key:
            place = ("api_keys", number)
            yield ((*place, "key") if isinstance(item, dict) else place), key


def _words(draft: Draft) -> str:
    if draft.before is None:
        return _tr("Added {name}").format(name=draft.name)
    return _tr("Changed {name}").format(name=draft.name)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Providers", text)
