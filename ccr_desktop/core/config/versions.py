"""Former versions of a configuration file: the newest twenty, restorable.

They are as they were, but for keys that have gone to a store since. Beside each a record says where
it came from, as one does for the present file; those without one were kept by older programs.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.core.config.origins import (
    UNKNOWN,
    Origin,
    Source,
    decode_record,
    encode_origin,
    read_origin,
)
from ccr_desktop.core.config.stand_ins import holds, without_keys
from ccr_desktop.core.whole_files import write_safely
from ccr_desktop.errors import CcrError, ClientError, ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ccr_desktop.core.protocol.json import JsonObject

KEPT = 20
_NAME = re.compile(r"[0-9]{8}T[0-9]{12}Z")
_TIME = "%Y%m%dT%H%M%S%fZ"
_ORIGIN = ".origin"


@dataclass(frozen=True, slots=True)
class Version:
    """`name` is what `restore` takes; `kept_at` is when it was replaced by a newer one."""

    name: str
    kept_at: datetime
    size: int
    origin: Origin = UNKNOWN


class Versions:
    """The former versions of one file. Those of the own file lie in the folder itself."""

    def __init__(self, path: Path) -> None:
        self._folder = paths.data_dir() / "config-versions"
        if path != paths.config_dir() / "config.json":
            self._folder /= hashlib.sha256(str(path).encode()).hexdigest()[:12]

    def newest_first(self) -> list[Version]:
        found = []
        for path in self._files():
            kept_at = _time(path)
            origin = read_origin(_record(path.with_suffix(_ORIGIN)))
            with contextlib.suppress(FileNotFoundError):  # another process forgot it just now
                found.append(Version(path.stem, kept_at, path.stat().st_size, origin))
        return found

    def origin_of(self, data: bytes, changed_at_s: float | None) -> Origin:
        """Where the present file came from; that of one that nothing noted was its editor, at the
        file's own time."""
        record = _record(self._folder / f"present{_ORIGIN}")
        is_noted = record.get("of") == _mark(data)
        return read_origin(record) if is_noted else Origin(Source.FILE, at_s=changed_at_s)

    def note(self, data: bytes, origin: Origin) -> None:
        """Remember where *data*, which is the present file now, came from."""
        record = encode_origin(origin, of=_mark(data))
        with contextlib.suppress(CcrError):  # a full disk is no reason to fail: it is saved
            write_safely(self._folder / f"present{_ORIGIN}", record)

    def keep(
        self, data: bytes, kept_keys: Mapping[str, str], changed_at_s: float | None = None
    ) -> None:
        """Remember *data*, unless it is the newest version already; forget the oldest.

        *kept_keys* are keys that a store has, with the references that take their place.
        """
        origin = self.origin_of(data, changed_at_s)
        data = without_keys(data, kept_keys)
        files = self._files()
        if files and _content(files[0]) == data:
            return
        name = datetime.now(UTC).strftime(_TIME)
        write_safely(self._folder / f"{name}.json", data)
        with contextlib.suppress(CcrError):
            write_safely(self._folder / f"{name}{_ORIGIN}", encode_origin(origin))
        for path in self._files()[KEPT:]:
            with contextlib.suppress(OSError):
                path.unlink()
                path.with_suffix(_ORIGIN).unlink(missing_ok=True)

    def forget(self, kept_keys: Mapping[str, str]) -> None:
        """Write references in place of *kept_keys* in all versions."""
        for path in self._files() if kept_keys else ():
            old = _content(path)
            if old is not None and (new := without_keys(old, kept_keys)) != old:
                write_safely(path, new)

    def holding(self, key: str) -> list[Path]:
        """The versions in which *key* can be read."""
        return [path for path in self._files() if holds(_content(path) or b"", key)]

    def read(self, name: str) -> bytes:
        path = self._folder / f"{name}.json"
        if not _NAME.fullmatch(name) or not path.is_file():
            known = ", ".join(path.stem for path in self._files()) or "none"
            raise ClientError(f"There is no version {name!r}", f"Kept are: {known}.", status=404)
        if (data := _content(path)) is None:
            raise ClientError(f"The version {name} can't be read", f"Its file is {path}.")
        return data

    @contextlib.contextmanager
    def naming(self, name: str) -> Iterator[None]:
        """What can't be used is that version, not the file that it was to replace."""
        try:
            yield
        except ConfigError as exc:
            raise ConfigError(str(self._folder / f"{name}.json"), exc.issues) from exc

    def _files(self) -> list[Path]:
        """Of files with names that tell no time nothing is known."""
        found = [path for path in self._folder.glob("*.json") if _is_version(path)]
        return sorted(found, reverse=True)


def _is_version(path: Path) -> bool:
    try:
        return _NAME.fullmatch(path.stem) is not None and bool(_time(path))
    except ValueError:
        return False


def _time(path: Path) -> datetime:
    return datetime.strptime(path.stem, _TIME).replace(tzinfo=UTC)


def _content(path: Path) -> bytes | None:
    """None for a version that can't be read: it is no reason not to save, or to show the others."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def _record(path: Path) -> JsonObject:
    try:
        return decode_record(path.read_bytes())
    except OSError:
        return {}


def _mark(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
