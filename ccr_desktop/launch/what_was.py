"""What Claude Code's settings were before we changed them, kept in a file of our own."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccr_desktop import paths
from ccr_desktop.core.config.files import encode
from ccr_desktop.core.whole_files import write_safely

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Change:
    """One variable: what we set it to (None: taken away), and what it was."""

    name: str
    ours: str | None = field(repr=False)
    before: Any = field(repr=False)
    was_there: bool

    def holds(self, env: Mapping[str, Any]) -> bool:
        """Whether it still is as we left it."""
        return self.name not in env if self.ours is None else env.get(self.name) == self.ours

    def is_written(self, env: Mapping[str, Any], was: WhatWas | None) -> bool:
        """Whether what is there now is of ours, from an earlier time."""
        earlier = was.change(self.name) if was else None
        return earlier is not None and earlier.holds(env)


@dataclass(frozen=True, slots=True)
class WhatWas:
    """Enough to go back."""

    settings: str
    changes: tuple[Change, ...]
    written: str = ""
    """Checksum of the file as we left it.

    Empty when the file as it was can't be had any more, but only the variables.
    """
    had_file: bool = True
    original: str = ""
    """Checksum of the file before."""
    copy: str = ""
    had_env: bool = True
    mode: int | None = None
    """Who might read the file before it was closed for a key; None when that has not changed."""

    def change(self, name: str) -> Change | None:
        return next((change for change in self.changes if change.name == name), None)

    def is_in_force(self, env: Mapping[str, Any]) -> bool:
        return all(change.holds(env) for change in self.changes)

    def is_partly_in_force(self, env: Mapping[str, Any]) -> bool:
        set_by_us = (change for change in self.changes if change.ours is not None)
        return any(change.holds(env) for change in set_by_us)


def load(settings: Path) -> WhatWas | None:
    """What is remembered of this file; None when nothing is."""
    try:
        raw = json.loads(_path().read_text(encoding="utf-8"))
        changes = tuple(Change(**change) for change in raw.pop("changes"))
        was = WhatWas(changes=changes, **raw)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    return was if was.settings == str(settings) else None


def save(was: WhatWas) -> None:
    write_safely(_path(), encode(asdict(was)))


def forget() -> None:
    _path().unlink(missing_ok=True)


def _path() -> Path:
    return paths.data_dir() / "normal-claude.json"
