"""What leads Claude Code past the router or gives it another key, taken out of a settings file.

Only that goes, after somebody has seen the change and agreed to it. A dated copy stays beside the
file, and going back has the file byte for byte as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ccr_desktop.errors import ConfigConflict
from ccr_desktop.launch.claude_settings import read_settings, write_settings
from ccr_desktop.launch.environment import KEY_HELPER
from ccr_desktop.launch.file_changes import dated_copy, difference

if TYPE_CHECKING:
    from pathlib import Path

    from ccr_desktop.launch.claude_settings import ClaudeSettings
    from ccr_desktop.launch.environment import Override


@dataclass(frozen=True, slots=True)
class Removal:
    """What would change in the file, to be shown before it is done. `diff` has keys masked."""

    path: Path
    names: tuple[str, ...]
    diff: str
    before: bytes = field(repr=False)
    after: bytes = field(repr=False)


def plan(override: Override) -> Removal:
    """What would change. Raises `CcrError` when the file can't be read."""
    settings = read_settings(override.file)
    after = settings.with_env({}, without=frozenset(override.names))
    return _planned(settings, override.names, after)


def plan_of_helper(file: Path) -> Removal:
    """What would change where the program that is asked for a key goes. Raises as `plan` does."""
    settings = read_settings(file)
    return _planned(settings, (KEY_HELPER,), settings.without(KEY_HELPER))


def _planned(settings: ClaudeSettings, names: tuple[str, ...], after: bytes) -> Removal:
    diff = difference(settings, after)
    return Removal(settings.path, names, diff, settings.data or b"", after)


def apply(planned: Removal) -> Path:
    """Do what was planned; the copy of the file as it was.

    Raises `ConfigConflict` when the file changed since.
    """
    if read_settings(planned.path).data != planned.before:
        raise ConfigConflict(f"{planned.path} changed meanwhile", "Look at the changes again.")
    copy = dated_copy(planned.path, planned.before)
    write_settings(planned.path, planned.after)
    return copy


def undo(planned: Removal, copy: Path) -> None:
    """Put the file back as it was, unless somebody changed it since; then the copy stays."""
    if read_settings(planned.path).data != planned.after:
        hint = f"It stays as it is. What it was before is in {copy}."
        raise ConfigConflict(f"{planned.path} changed meanwhile", hint)
    write_settings(planned.path, planned.before)
    copy.unlink(missing_ok=True)
