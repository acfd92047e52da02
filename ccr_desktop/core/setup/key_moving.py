"""Doing a planned move of keys: first the store, then the file, then what is left behind.

Whatever fails leaves the key where it was. All of it may block.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.interpolation import interpolate
from ccr_desktop.core.secrets import PREFIX, put_back, store_safely
from ccr_desktop.core.setup.edits import need_entry
from ccr_desktop.core.setup.key_moves import Change, KeyPlace, KeyStep, export_line
from ccr_desktop.core.setup.keys import references
from ccr_desktop.errors import CcrError, ClientError

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Mapping

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.secrets import SecretStore
    from ccr_desktop.core.setup.secret_fields import Path


class VariableKeyMissing(ClientError):
    """A key can't be left to this variable, which does not hold it yet; nothing was changed."""

    def __init__(self, title: str, message: str, *, variable: str) -> None:
        super().__init__(title, message)
        self.variable = variable


@dataclass(frozen=True, slots=True)
class Moved:
    """What was done. `still_in` are files that the key can be read in all the same."""

    change: Change
    deleted: tuple[str, ...] = ()
    """Names that the store holds no key for any more."""
    kept: tuple[str, ...] = ()
    """Names that the store still has, until their variables are set."""
    to_set: tuple[str, ...] = ()
    """Variables that are not set here."""
    still_in: tuple[pathlib.Path, ...] = ()
    revision: str = ""
    """That of the configuration after the move."""
    stored_before: Mapping[str, str | None] = field(default_factory=dict, repr=False)

    @property
    def lines_to_export(self) -> tuple[str, ...]:
        return tuple(export_line(variable) for variable in self.to_set)


def apply_move(
    change: Change,
    store: ConfigStore,
    secrets: SecretStore,
    environment: Mapping[str, str],
    *,
    base: str | None = None,
) -> Moved:
    """Move the keys. Raises `ClientError`, `SecretError` or what `store.save` raises.

    *base* is the revision of the configuration that the move was planned with.
    """
    keys = {step.path: _key(step, secrets, environment) for step in change.steps}
    _refuse_to_lose(change, keys, environment)
    return _apply(change, keys, store, secrets, environment=environment, base=base)


def store_key(
    raw: JsonObject,
    provider: str,
    key: str,
    store: ConfigStore,
    secrets: SecretStore,
    *,
    base: str | None = None,
) -> Moved:
    """Store a key that somebody typed, and save *raw* with a reference to it.

    Raises what `apply_move` raises. `still_in` also tells where the key that it replaces is.
    """
    return store_keys(raw, provider, {("api_key",): key}, store, secrets, base=base)


def store_keys(
    raw: JsonObject,
    provider: str,
    keys: Mapping[Path, str],
    store: ConfigStore,
    secrets: SecretStore,
    *,
    base: str | None = None,
) -> Moved:
    """The same with several keys, by their places in the provider's entry.

    Those of a pool go where the references in *raw* say.
    """
    entry = need_entry(raw, provider)
    name = str(entry["name"]).strip()
    steps = tuple(_step(entry, name, path) for path in keys)
    return _apply(
        Change(name, KeyPlace.KEYRING, raw, steps), keys, store, secrets, environment={}, base=base
    )


def _step(entry: JsonObject, name: str, path: Path) -> KeyStep:
    found: Any = entry
    for part in path:
        found = found.get(part) if isinstance(found, dict) else found[part]
    text = found.strip() if isinstance(found, str) else ""
    is_own = path == ("api_key",) or not text.startswith(PREFIX)
    return KeyStep(path, text, f"{PREFIX}{name}" if is_own else text)


def _apply(
    change: Change,
    keys: Mapping[Path, str],
    store: ConfigStore,
    secrets: SecretStore,
    *,
    environment: Mapping[str, str],
    base: str | None,
) -> Moved:
    new = change.written(keys)
    before = _stored_before(change, secrets)
    try:
        _store(change, keys, secrets)
        store.save(new, base=base)
    except BaseException:
        put_back(before, secrets)
        raise
    if change.to is KeyPlace.ENVIRONMENT:
        store.forget_keys({keys[step.path]: step.after for step in change.steps})
    deleted, kept = _delete_old(change, new, keys, secrets, environment)
    return Moved(
        change,
        deleted,
        kept,
        tuple(_unset(change, environment)),
        tuple(_files(change, store, keys)),
        store.revision,
        before,
    )


def undo_move(moved: Moved, store: ConfigStore, secrets: SecretStore) -> None:
    """Everything as it was before. Raises `ConfigConflict` when the file was changed since."""
    gone = {name: key for name, key in moved.stored_before.items() if key is not None}
    for name, key in gone.items():
        secrets.set(name, key)
    store.save(moved.change.raw, base=moved.revision)
    for name in moved.stored_before.keys() - gone.keys():
        secrets.delete(name)


def _key(step: KeyStep, secrets: SecretStore, environment: Mapping[str, str]) -> str:
    if step.source is KeyPlace.KEYRING:
        name = _name(step.text)
        if key := secrets.get(name):
            return key
        hint = f"Nothing was changed. `ccr keys set {name}` keeps one."
        raise ClientError(f"{secrets.describe()} holds no key {name!r}", hint)
    issues: list[Issue] = []
    found = str(interpolate(step.text, environment, issues))
    if issues and step.after.startswith(PREFIX) and (kept := secrets.get(_name(step.after))):
        return kept  # it was moved to a variable that was never set, and is taken back
    if issues:
        hint = "Nothing was changed. Set it where this runs, or enter the key again."
        raise ClientError(f"{step.name}: {step.shown_before} is not set here", hint)
    return found


def _refuse_to_lose(
    change: Change, keys: Mapping[Path, str], environment: Mapping[str, str]
) -> None:
    """A key must be somewhere else before it leaves the file, and be read there as it is."""
    issues: list[Issue] = []
    for step in change.steps:
        key = keys[step.path]
        if change.to is KeyPlace.FILE:
            is_safe = interpolate(key, {}, issues) == key and not issues
            if not is_safe or key.startswith(PREFIX):
                hint = "Nothing was changed. In the file a $ would stand for a variable."
                raise ClientError(f"{step.name} can't be written into the file", hint)
        elif change.to is KeyPlace.ENVIRONMENT and step.source is not KeyPlace.KEYRING:
            variable = step.after.removeprefix("$")
            if environment.get(variable) != key:
                hint = f"Nothing was changed. Set it first: {export_line(variable)}"
                raise VariableKeyMissing(
                    f"{variable} does not hold this key here", hint, variable=variable
                )


def _stored_before(change: Change, secrets: SecretStore) -> dict[str, str | None]:
    """What the store has for every name that the move touches."""
    texts = (text for step in change.steps for text in (step.text, step.after))
    names = {_name(text) for text in texts if text.startswith(PREFIX)}
    return {name: secrets.get(name) for name in sorted(names)}


def _store(change: Change, keys: Mapping[Path, str], secrets: SecretStore) -> None:
    if change.to is not KeyPlace.KEYRING:
        return
    for step in change.steps:
        name = _name(step.after)
        store_safely(name, keys[step.path], secrets)


def _delete_old(
    change: Change,
    new: JsonObject,
    keys: Mapping[Path, str],
    secrets: SecretStore,
    environment: Mapping[str, str],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names whose keys are gone from the store, and those that are better kept for now."""
    in_use = {_name(text) for _, text in references(new) if text.startswith(PREFIX)}
    deleted: list[str] = []
    kept: list[str] = []
    for step in change.steps:
        name = _name(step.text)
        if step.source is not KeyPlace.KEYRING or name in in_use:
            continue
        variable = step.after.removeprefix("$")
        is_set = change.to is KeyPlace.FILE or environment.get(variable) == keys[step.path]
        (deleted if is_set and _is_deleted(secrets, name) else kept).append(name)
    return tuple(deleted), tuple(kept)


def _is_deleted(secrets: SecretStore, name: str) -> bool:
    try:
        return secrets.delete(name)
    except CcrError:
        return False


def _unset(change: Change, environment: Mapping[str, str]) -> list[str]:
    if change.to is not KeyPlace.ENVIRONMENT:
        return []
    variables = (step.after.removeprefix("$") for step in change.steps)
    return [variable for variable in variables if not environment.get(variable)]


def _files(change: Change, store: ConfigStore, keys: Mapping[Path, str]) -> list[pathlib.Path]:
    """Where keys that left the file can still be read."""
    if change.to is KeyPlace.FILE:
        return []
    old = (step.text for step in change.steps if step.source is KeyPlace.FILE and step.text)
    return sorted({path for key in {*keys.values(), *old} for path in store.files_with(key)})


def _name(text: str) -> str:
    return text.removeprefix(PREFIX).strip()
