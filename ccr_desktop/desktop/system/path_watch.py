"""Tells when files may have changed, as the system itself notices it: nobody looks at them.

A system tells of the files and folders that it is asked for, and of those that are there: of these
themselves, whatever takes their names later. So what is watched here is each file, the folder that
it is in or would be in, the one around that, and those with links on the way. With each news the
names are looked up again.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QFileSystemWatcher, QObject, QStorageInfo, QTimer, Signal

from ccr_desktop.core.config.files import stamp
from ccr_desktop.paths import is_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ccr_desktop.core.config.files import Stamp

Identity = tuple[int, int]

_SETTLE_MS = 30  # a save is several steps
_REST_MS = 400  # in a folder where much happens that is none of our business
_MOST_LINKS = 40  # as in Linux
_SHARED = ("nfs", "cifs", "smb", "fuse", "9p", "afs", "ceph", "vboxsf", "vmhgfs", "virtiofs")
"""Kinds of disks that may change from elsewhere, of which this system hears nothing."""


class PathWatch(QObject):
    """Watches *places*, files that need not exist, from `begin` to `end`."""

    changed = Signal()
    """One of them is another by now. It comes once for what happens at the same time."""

    def __init__(self, places: Iterable[Path], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places = tuple(places)
        self._watcher: QFileSystemWatcher | None = None
        self._followed: dict[str, Identity] = {}
        self._stamps: list[Stamp | None] = []
        self._settle = QTimer(self, singleShot=True)
        self._settle.timeout.connect(self._look)
        self._since_look = QElapsedTimer()
        self.is_sure = False
        """Whether the system tells of each change."""

    def begin(self) -> None:
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._heard)
        self._watcher.directoryChanged.connect(self._heard)
        self.follow()
        self._stamps = self._present()

    def end(self) -> None:
        self._settle.stop()
        if self._watcher:
            self._watcher.deleteLater()
        self._watcher, self.is_sure = None, False

    def _heard(self, _: str) -> None:
        if not self._settle.isActive():
            is_soon = self._since_look.isValid() and not self._since_look.hasExpired(_REST_MS)
            self._settle.start(_REST_MS if is_soon else _SETTLE_MS)

    def _look(self) -> None:
        if self._watcher:
            self._since_look.start()
            self.follow()
            before, self._stamps = self._stamps, self._present()  # nothing came in between
            if before != self._stamps:
                self.changed.emit()

    def _present(self) -> list[Stamp | None]:
        return [stamp(place) for place in self._places]

    def follow(self) -> None:
        """Watch what has the names now, also where no news of that came."""
        if (watcher := self._watcher) is None:
            return
        wanted = _identities(path for place in self._places for path in watched_for(place))
        known = {*watcher.files(), *watcher.directories()}
        left = {path for path in known if wanted.get(path) != self._followed.get(path)}
        self._followed = wanted
        if wanted.keys() == known and not left:
            return
        if left:
            watcher.removePaths(sorted(left))
        new = sorted(wanted.keys() - (known - left))
        failed = watcher.addPaths(new) if new else []
        self.is_sure = not failed and not any(map(is_shared, watcher.directories()))


def watched_for(place: Path) -> Iterator[Path]:
    """What has to be watched to hear of a change of *place*."""
    for link in _links(place):
        yield from _if_seen(link.parent)
    path = Path(os.path.realpath(place))
    folder = next(each for each in path.parents if is_folder(each) or each == each.parent)
    yield from (folder, path)
    if sys.platform == "linux":  # others tell of a folder that it has another name now
        yield from _if_seen(folder.parent)


def _links(place: Path) -> Iterator[Path]:
    """The links on the way to *place*, and on the way that they lead."""
    path = place.absolute()
    for _ in range(_MOST_LINKS):
        if (found := _first_link(path)) is None:
            return
        link, target = found
        yield link
        path = link.parent / target / path.relative_to(link)


def _first_link(path: Path) -> tuple[Path, Path] | None:
    """The link by which the way to *path* goes first, and what stands in it."""
    for each in (*reversed(path.parents), path):
        with suppress(OSError, ValueError):  # no link, or nothing any more
            return each, each.readlink()
    return None


def _if_seen(folder: Path) -> Iterator[Path]:
    """What nobody may list nobody can watch; nor does it change often."""
    if os.access(folder, os.R_OK):
        yield folder


def _identities(paths: Iterable[Path]) -> dict[str, Identity]:
    """Which file or folder has each of these names now, of those that are there."""
    found = dict[str, Identity]()
    for path in paths:
        with suppress(OSError):
            state = path.stat()
            found[str(path)] = state.st_dev, state.st_ino
    return found


def is_shared(folder: str) -> bool:
    """Not for files: Qt opens them, and in one of some kinds waits for another program."""
    kind = bytes(QStorageInfo(folder).fileSystemType().data()).decode(errors="replace")
    return kind.lower().startswith(_SHARED)
