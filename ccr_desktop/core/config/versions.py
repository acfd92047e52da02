"""Former versions of a configuration file: the newest twenty, restorable.

They are as they were, but for keys that have gone to a store since.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.core.config.stand_ins import holds, without_keys
from ccr_desktop.core.whole_files import write_safely
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

KEPT = 20
_NAME = re.compile(r"[0-9]{8}T[0-9]{12}Z")


@dataclass(frozen=True, slots=True)
class Version:
    """`name` is what `restore` takes; `kept_at` is when it was replaced by a newer one."""

    name: str
    kept_at: datetime
    size: int


class Versions:
    """The former versions of one file. Those of the own file lie in the folder itself."""

    def __init__(self, path: Path) -> None:
        self._folder = paths.data_dir() / "config-versions"
        if path != paths.config_dir() / "config.json":
            self._folder /= hashlib.sha256(str(path).encode()).hexdigest()[:12]

    def newest_first(self) -> list[Version]:
        found = []
        for path in self._files():
            kept_at = datetime.strptime(path.stem, "%Y%m%dT%H%M%S%fZ").replace(tzinfo=UTC)
            found.append(Version(path.stem, kept_at, path.stat().st_size))
        return found

    def keep(self, data: bytes, kept_keys: Mapping[str, str]) -> None:
        """Remember *data*, unless it is the newest version already; forget the oldest.

        *kept_keys* are keys that a store has, with the references that take their place.
        """
        data = without_keys(data, kept_keys)
        files = self._files()
        if files and files[0].read_bytes() == data:
            return
        name = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
        write_safely(self._folder / f"{name}.json", data)
        for path in self._files()[KEPT:]:
            with contextlib.suppress(OSError):
                path.unlink()

    def forget(self, kept_keys: Mapping[str, str]) -> None:
        """Write references in place of *kept_keys* in all versions."""
        for path in self._files() if kept_keys else ():
            old = path.read_bytes()
            if (new := without_keys(old, kept_keys)) != old:
                write_safely(path, new)

    def holding(self, key: str) -> list[Path]:
        """The versions in which *key* can be read."""
        return [path for path in self._files() if holds(path.read_bytes(), key)]

    def read(self, name: str) -> bytes:
        path = self._folder / f"{name}.json"
        if not _NAME.fullmatch(name) or not path.is_file():
            known = ", ".join(path.stem for path in self._files()) or "none"
            raise ClientError(f"There is no version {name!r}", f"Kept are: {known}.", status=404)
        return path.read_bytes()

    def _files(self) -> list[Path]:
        found = [path for path in self._folder.glob("*.json") if _NAME.fullmatch(path.stem)]
        return sorted(found, reverse=True)
