"""Changing the configuration from a command: show the difference, ask, save, tell how to undo."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.cli.local_service import reload_running
from ccr_desktop.cli.output import shows_color
from ccr_desktop.cli.prompts import ask_yes, is_interactive, say
from ccr_desktop.core.config.legacy import with_legacy_provider_written
from ccr_desktop.core.config.origins import Origin, Source
from ccr_desktop.core.config.patching import odd_numbers
from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.secrets import Secrets, storing
from ccr_desktop.core.setup.difference import difference
from ccr_desktop.errors import ConfigConflict

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.secrets import SecretStore
    from ccr_desktop.core.setup.difference import Written

_COLORS = {"+": "\x1b[32m", "-": "\x1b[31m"}
_RESET = "\x1b[0m"


def open_store(
    options: argparse.Namespace,
    *,
    tolerant: bool = False,
    secrets: SecretStore | None = None,
    reads_keys: bool | None = None,
) -> ConfigStore:
    """The configuration in force, or the file of `--config`, which need not be there yet.

    Stored keys are read for those who send something or have *secrets* open. Nobody else has to
    wait until a store is unlocked.
    """
    path = paths.expanded(options.config) if options.config else None
    return ConfigStore(
        path,
        explicit=path is not None,
        tolerant=tolerant or (path is not None and not path.exists()),
        secrets=secrets,
        origin=Origin(Source.COMMAND, getattr(options, "called", "")),
        reads_keys=secrets is not None if reads_keys is None else reads_keys,
    )


def raw_of(store: ConfigStore) -> JsonObject:
    """The configuration as its file has it, or is to have it: with all providers in a list."""
    return with_legacy_provider_written(dict(store.config.raw))


def show_difference(
    old: JsonObject, new: JsonObject, written: tuple[Written, Written] = ({}, {})
) -> None:
    uses_color = shows_color(sys.stderr)
    for line in difference(old, new, written):
        color = _COLORS.get(line[:1], "") if uses_color else ""
        say(f"  {color}{line}{_RESET if color else ''}")


def save(
    store: ConfigStore,
    raw: JsonObject,
    *,
    question: str = "Save this?",
    is_asked: bool = True,
    keys: Mapping[str, str] | None = None,
    again: Callable[[JsonObject], JsonObject] | None = None,
) -> bool:
    """Show what changes, ask on a terminal, save. False when nothing was changed.

    *keys* are stored after the answer and before the file is written, also when the file itself
    has nothing to change; where it can't be saved the former keys are put back. *again* makes the
    same change in a file that another program has changed meanwhile; without it that is a conflict.
    """
    old, base = dict(store.config.raw), store.revision
    is_same = raw == old and store.path == store.save_path
    if is_same and not keys:
        say("Nothing to change.")
        return False
    if not is_same:
        is_own = store.path == store.save_path
        data = (store.data_in_force, store.as_saved(raw)) if is_own else (b"", b"")
        show_difference(old, raw, (odd_numbers(data[0]), odd_numbers(data[1])))
        warn_of_losses(store)
    if is_asked and is_interactive() and not ask_yes(question):
        say("Nothing was changed.")
        return False
    had_versions = store.save_path.is_file()
    with storing(keys or {}, Secrets()):
        if not is_same:
            _write(store, raw, base, again)
    if is_same:
        say(f"{store.save_path} stays as it is: the new key is stored.")
        reload_running(store.config)
        return True
    say(f"Saved in {store.save_path}.")
    if had_versions:
        say("The former version is kept: `ccr config restore 1` undoes this.")
    return True


def _write(
    store: ConfigStore,
    raw: JsonObject,
    base: str,
    again: Callable[[JsonObject], JsonObject] | None,
) -> None:
    try:
        store.save(raw, base=base)
    except ConfigConflict:
        if again is None:
            raise
        _save_anew(store, again)


def _save_anew(store: ConfigStore, change: Callable[[JsonObject], JsonObject]) -> None:
    with store.alone():
        store.reload()
        say("Another program has changed the file meanwhile; both changes are kept.")
        store.save(change(raw_of(store)), base=store.revision)


def warn_of_losses(store: ConfigStore) -> None:
    if store.loses_text():
        say(
            "Note: a setting is in the file twice, so it is written anew, without comments; the"
            " former file is kept as a version."
        )
    if store.path and store.path != store.save_path:
        say(f"Note: {store.path} stays as it is; from now on {store.save_path} counts.")


def is_foreign(path: Path | None) -> bool:
    return path == paths.legacy_config_file()
