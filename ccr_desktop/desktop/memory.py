"""What the app remembers between starts beside the settings: places, and what was closed or hidden.

It is a file in the data folder and no part of the configuration: losing it loses nothing that
matters. Values are JSON.
"""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

from ccr_desktop import paths
from ccr_desktop.core.whole_files import write_safely
from ccr_desktop.errors import CcrError

if TYPE_CHECKING:
    from pathlib import Path

INSTALLED = "installed-at-s"
"""When the app was started for the first time, in seconds since 1970."""

log = logging.getLogger(__name__)


class Memory:
    """Values by name. `set` writes at once when something changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values = _read(path)
        self._is_told = False

    def get(self, name: str, default: Any = None) -> Any:
        """What was remembered; *default* also when it is of another type than that."""
        value = self._values.get(name, default)
        is_fitting = default is None or isinstance(value, type(default))
        return value if is_fitting else default

    def set(self, name: str, value: Any) -> None:
        if self._values.get(name) == value:
            return
        self._values[name] = value
        try:
            write_safely(self._path, json.dumps(self._values, indent=2).encode())
        except (OSError, CcrError) as exc:
            level = logging.DEBUG if self._is_told else logging.WARNING  # each move tries again
            log.log(level, "%s is not kept: %s", self._path, exc)
            self._is_told = True


def opened() -> Memory:
    """The one of this home, as the file has it now."""
    return Memory(paths.data_dir() / "window.json")


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError):
        log.warning("%s can't be read; starting afresh", path)
        return {}
    return found if isinstance(found, dict) else {}
