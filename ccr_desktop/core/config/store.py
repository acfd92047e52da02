"""The configuration in force: found, read again when it changes, saved without losing anything.

A bad file never replaces a good configuration: it is reported and the old one stays.
All methods may block (files, keyrings); call them in a thread where that matters.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ccr_desktop import paths
from ccr_desktop.core.config.files import Present, changed_at_s, encode, read_bytes, stamp
from ccr_desktop.core.config.last_keys import LastKeys
from ccr_desktop.core.config.origins import Origin, Source
from ccr_desktop.core.config.patching import patched
from ccr_desktop.core.config.reader import built_in_config, read_bytes_of_config, read_config
from ccr_desktop.core.config.saving import SavingTurn
from ccr_desktop.core.config.stand_ins import Noted, UnreadKeys, holds
from ccr_desktop.core.config.syntax import has_more_than_values, has_twice
from ccr_desktop.core.config.versions import Version, Versions
from ccr_desktop.core.secrets import Secrets
from ccr_desktop.core.secrets.late import AtHand, LateKeys
from ccr_desktop.core.whole_files import write_safely
from ccr_desktop.errors import CcrError, ConfigConflict, ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ccr_desktop.core.config.files import Stamp
    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.config.stand_ins import KeySource
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.secrets import SecretStore
    from ccr_desktop.errors import SecretError

_SECOND_LOOK_S = 0.2  # an editor that writes in place is done by then
_GONE_AFTER_S = 1.0  # an editor that replaces the file has put it back by then


class ConfigStore:
    """One configuration and the file it comes from.

    With `explicit` that is *path* and no other; else the first of the usual `places` that holds a
    file at the time. `overrides` are members of `Config` that beat every file (`port`,
    `host`). A bad file raises `ConfigError`, but for a `tolerant` store, which then begins with
    the built-in defaults and has the `problems`. `origin` is who saves, unless `noting` says more.
    With `patience_s` no reading waits longer for all of its keys: `awaits_keys` tells of those
    that are still to come, and with them `check` has another configuration. Without `reads_keys`
    those of the file are taken for present, and only those that a save brings are read.
    """

    def __init__(
        self,
        path: Path | None,
        *,
        explicit: bool = False,
        environment: Mapping[str, str] | None = None,
        overrides: Mapping[str, Any] | None = None,
        secrets: SecretStore | None = None,
        tolerant: bool = False,
        origin: Origin | None = None,
        patience_s: float | None = None,
        reads_keys: bool = True,
    ) -> None:
        self._explicit = path if explicit or path not in (None, *paths.config_places()) else None
        self.places = (self._explicit,) if self._explicit else paths.config_places()
        self._environment = environment
        self._overrides = dict(overrides or {})
        self._secrets = secrets or Secrets()
        self._late = None if patience_s is None else LateKeys(self._secrets, patience_s)
        self._last_keys = LastKeys()
        self._unread_keys = None if reads_keys else UnreadKeys()
        self._origin = origin or Origin(Source.PROGRAM)
        self._noted = threading.local()
        self._kept_keys: dict[str, str] = {}
        self._lock = threading.Lock()
        self._saving = SavingTurn()
        self._gone_since: float | None = None
        self._seen: list[Stamp | None] = []
        self._data = b""
        self._unread: Issue | None = None
        self._data_at_s: float | None = None
        self._in_force: tuple[Path | None, bytes] = (None, b"")
        self._in_force_at_s: float | None = None
        self.path: Path | None = None
        """The file that was read last; None for the built-in defaults."""
        self.problems: tuple[Issue, ...] = ()
        """What is wrong with the file as it stands, while an older configuration is in force."""
        self.problems_since_s: float | None = None
        """When that was seen first, in seconds since 1970."""
        self._readable: Config | None = None
        try:
            self.config = self._adopt(self._read())
        except ConfigError as exc:
            if not tolerant:
                raise
            self.problems, self._readable = exc.issues, exc.readable
            self.config = built_in_config(self._variables(), self._overrides)

    @property
    def secrets(self) -> SecretStore:
        """Where the keys are that the file refers to; what opens it opens it for all."""
        return self._secrets

    @property
    def save_path(self) -> Path:
        """Where `save` writes: never to the file of claude-code-router."""
        return self._explicit or paths.config_dir() / "config.json"

    @property
    def revision(self) -> str:
        """Changes with each change of the file; what was read with it can be saved with it."""
        return hashlib.sha256(f"{self.path}\n".encode() + self._data).hexdigest()[:16]

    @property
    def written(self) -> Config:
        """The file as it stands, for edits: with `problems` it is not what is in force.

        Raises `ConfigError` when nothing in it can be read, since an edit would lose it all.
        """
        if self.problems and self._readable is None and self._data:
            raise ConfigError(str(self.path), self.problems)
        return self._readable or self.config

    @property
    def data_in_force(self) -> bytes:
        """The text of what counts: with `problems` it is not the one that the file has."""
        return self._in_force[1]

    @property
    def awaits_file(self) -> bool:
        """Whether the built-in settings count because the file can't be used."""
        return bool(self.problems) and self.config.source is None

    @property
    def awaits_keys(self) -> bool:
        """Whether the configuration in force lacks keys that the store has yet to give."""
        return self._late is not None and self._late.is_waiting

    @property
    def keys_problem(self) -> SecretError | None:
        """Why the store did not give the last key that a *patient* reading asked for."""
        return self._late.problem if self._late else None

    @property
    def keys_at_hand(self) -> KeySource:
        """For who looks at a text again and again: with patience it waits for no person."""
        return AtHand(self._late) if self._late else self._secrets

    # -- reading -------------------------------------------------------------------------------

    def check(self) -> Config | None:
        """The new configuration when the file changed or keys came late, else None.

        Raises `ConfigError` once for each bad state of the file. A file that just vanished is
        given a second to come back before the next place counts.
        """
        with self._lock:
            if self.is_as_it_was() or self._is_gone_for_a_moment():
                return None
            had_problems = bool(self.problems)
            return self.config if self._reload() or had_problems else None

    def is_as_it_was(self) -> bool:
        """Whether `check` would read nothing. It waits for nobody, not for a save either."""
        is_read = bool(self._data) or self.path is None
        return self._stamps() == self._seen and not (is_read and self._has_late_keys)

    def reload(self) -> Config:
        """Read the file again whether it changed or not (a key in the keyring may have)."""
        with self._lock:
            self._reload()
            return self.config

    def _reload(self) -> bool:
        """Whether the configuration is another one now."""
        had_late_keys = self._has_late_keys
        try:
            config = self._read_twice()
        except ConfigError as exc:
            self.problems, self._readable = exc.issues, exc.readable
            self.problems_since_s = self.problems_since_s or time.time()
            raise
        finally:
            self._keep_what_was_in_force()
        is_new = config != self.config
        self._adopt(config)
        if had_late_keys and self.path == self.save_path:
            self.forget_keys(self._kept_keys)  # a save without them could not
        return is_new

    @property
    def _has_late_keys(self) -> bool:
        return self._late is not None and self._late.has_news

    def _keep_what_was_in_force(self) -> None:
        """What has just been deleted, or replaced by something good or bad, can be restored."""
        path, data = self._in_force
        if path == self.save_path and (self.path, self._data) != self._in_force:
            versions = self._versions()
            with contextlib.suppress(CcrError):  # a full disk is no reason not to read
                versions.keep(data, self._kept_keys, self._in_force_at_s)
            is_there = self.path == path and bool(self._data)
            if is_there and (origin := self.present_origin()).source is Source.FILE:
                versions.note(self._data, origin)
            self.forget_keys(self._kept_keys)

    def forget_keys(self, references: Mapping[str, str]) -> None:
        """Write references in place of keys in all former versions."""
        with contextlib.suppress(CcrError, OSError):  # `files_with` tells what could not be done
            self._versions().forget(references)

    def _read_twice(self) -> Config:
        try:
            return self._read()
        except ConfigError:
            time.sleep(_SECOND_LOOK_S)
            return self._read()

    def _read(self) -> Config:
        self._seen = self._stamps()
        self.path, self._data, self._unread = self._find(), b"", None
        if self.path is None:
            return self._built_in()
        self._data_at_s = changed_at_s(self.path)
        try:
            self._data = read_bytes(self.path)
        except ConfigError as exc:
            self._unread = exc.issues[0] if paths.is_there(self.path) else None
            raise
        return self._config(self._data, self.path)

    def _built_in(self) -> Config:
        self._source(is_new=False)  # has all keys that came late: nothing waits for them any more
        self._kept_keys = {}
        return read_config({}, None, self._variables(), overrides=self._overrides)

    def _config(self, data: bytes, path: Path, *, is_new: bool = False) -> Config:
        source = self._last_keys.behind(self._source(is_new=is_new), data, path)
        noted = Noted(source, source.kept)
        self._kept_keys = noted.gave
        return self._described(data, path, noted)

    def _source(self, *, is_new: bool) -> KeySource:
        if unread := self._unread_keys:
            return unread.with_new_ones(self._secrets) if is_new else unread
        return self._late.for_one_reading() if self._late else self._secrets

    def _described(self, data: bytes, path: Path, keys: KeySource) -> Config:
        return read_bytes_of_config(
            data, path, self._variables(), secrets=keys, overrides=self._overrides
        )

    def _variables(self) -> Mapping[str, str]:
        return os.environ if self._environment is None else self._environment

    def _find(self) -> Path | None:
        return self._explicit or next(filter(paths.is_there, self.places), None)

    def _stamps(self) -> list[Stamp | None]:
        return [stamp(path) for path in self.places]

    def _is_gone_for_a_moment(self) -> bool:
        if self.path is None or paths.is_there(self.path):
            self._gone_since = None
            return False
        self._gone_since = self._gone_since or time.monotonic()
        return time.monotonic() - self._gone_since < _GONE_AFTER_S

    # -- saving --------------------------------------------------------------------------------

    def loses_text(self) -> bool:
        """Whether `save` would write anew, and without one of them, what is in the file twice."""
        return self.path == self.save_path and has_twice(self._data)

    def save(self, raw: JsonObject, *, base: str | None = None) -> Config:
        """Check *raw*, keep the present file as a version, and write.

        *raw* is written as it is: `$VAR`, `keyring:` and unknown keys survive. In a file with
        comments, or numbers of more digits than are read, only what differs is written, so that
        they stay. A key that stands behind a `keyring:` of *raw* is taken out of all former
        versions. Raises `ConfigError` when it can't be used, and `ConfigConflict` when the file is
        not the one that was read (or that *base*, a former `revision`, stands for).
        """
        return self.save_text(self.as_saved(raw), base=base)

    def as_saved(self, raw: JsonObject) -> bytes:
        """The file as `save` would write it."""
        is_patched = self.path == self.save_path and has_more_than_values(self._data)
        return (patched(self._data, raw) if is_patched else None) or encode(raw)

    def save_text(self, data: bytes, *, base: str | None = None) -> Config:
        """Like `save`, for a text that is written as it is, byte for byte."""
        with self._lock:
            config, kept_keys = self._config(data, self.save_path, is_new=True), self._kept_keys
        with self.alone(), self._lock:  # not while a store of keys takes its time
            self._refuse_lost_edits(base)
            self._kept_keys = kept_keys
            self._write(data)
            return self._adopt(config)

    def alone(self) -> contextlib.AbstractContextManager[None]:
        """Meanwhile nobody else saves. Raises `CcrError` when somebody does, and does not end."""
        return self._saving.of(self.save_path)

    @contextlib.contextmanager
    def noting(self, origin: Origin, *, base: str | None = None) -> Iterator[None]:
        """What this thread saves meanwhile is remembered as *origin*, with the time.

        *base* is the revision that the first save is to be based on where that names none.
        """
        before = getattr(self._noted, "origin", None)
        self._noted.origin, self._noted.base = origin, base
        try:
            yield
        finally:
            self._noted.origin, self._noted.base = before, None

    @property
    def present(self) -> Present:
        """The text of the file that was read last, with what it needs to be saved again."""
        with self._lock:
            return Present(self.path, self._data, self.revision, self._unread)

    def issues_of(self, data: bytes, secrets: KeySource) -> tuple[Issue, ...]:
        """What would be wrong with *data* as the file; *secrets* answer instead of the store."""
        try:
            return tuple(self._described(data, self.save_path, secrets).issues)
        except ConfigError as exc:
            return exc.issues

    def heeds_port(self, port: int) -> bool:
        """Whether that port would count if the file said so: this start may have been told one."""
        known = read_config({"PORT": port}, None, self._variables(), overrides=self._overrides)
        return known.port == port

    def present_origin(self) -> Origin:
        """Where the file that was read last came from."""
        return self._versions().origin_of(self._data, self._data_at_s)

    def version_text(self, version: str) -> bytes:
        """A former version as it was, comments and all."""
        return self._versions().read(version)

    def versions(self) -> list[Version]:
        """What the file was before, newest first."""
        return self._versions().newest_first()

    def restore(self, version: str, *, base: str | None = None) -> Config:
        """Make a former version the present one, comments and all. Conflicts are as in `save`."""
        with self.alone(), self._lock:
            self._refuse_lost_edits(base)
            data = self._versions().read(version)
            with self._versions().naming(version):
                config = self._config(data, self.save_path, is_new=True)
            self._write(data)
            return self._adopt(config)

    def files_with(self, key: str) -> list[Path]:
        """The files in which *key* can be read: this one, former versions, and the older ones."""
        places = filter(paths.is_file, sorted({self.save_path, *self.places}))
        return [at for at in places if holds(read_bytes(at), key)] + self._versions().holding(key)

    def _versions(self) -> Versions:
        return Versions(self.save_path)

    def _refuse_lost_edits(self, base: str | None) -> None:
        base = base or getattr(self._noted, "base", None)
        path = self._find()
        data = read_bytes(path) if path is not None and paths.is_there(path) else b""
        if (path, data) == (self.path, self._data) and base in {None, self.revision}:
            return
        title = f"{path or self.path or self.save_path} was changed since it was read"
        raise ConfigConflict(title, "Nothing was saved. Look at the new state and save again.")

    def _write(self, data: bytes) -> None:
        if paths.is_file(self.save_path) and (old := read_bytes(self.save_path)) != data:
            self._versions().keep(old, self._kept_keys, changed_at_s(self.save_path))
        write_safely(self.save_path, data)
        self._noted.base = None  # it was that of the first save
        origin = getattr(self._noted, "origin", None) or self._origin
        self._versions().note(data, replace(origin, at_s=time.time()))
        self.forget_keys(self._kept_keys)
        self.path, self._data, self._data_at_s = self.save_path, data, time.time()
        self._unread, self._seen = None, self._stamps()

    def _adopt(self, config: Config) -> Config:
        self.problems, self.problems_since_s, self._readable = (), None, None
        self.config = config
        self._last_keys.adopt(config.raw)
        self._in_force, self._in_force_at_s = (self.path, self._data), self._data_at_s
        return config
