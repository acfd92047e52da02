"""Tells when files may have changed, as the system itself notices it: nobody looks at them.

A system tells of the files and folders that it is asked for, and of those that are there. So what
is watched here is each file, the folder that it is in or would be in, and where a link leads.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QFileSystemWatcher, QObject, QStorageInfo, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_SETTLE_MS = 30  # a save is several steps
_REST_MS = 400  # in a folder where much happens that is none of our business
_SHARED = ("nfs", "cifs", "smb", "fuse", "9p", "afs", "ceph", "vboxsf", "vmhgfs", "virtiofs")
"""Kinds of disks that may change from elsewhere, of which this system hears nothing."""


class PathWatch(QObject):
    """Watches *places*, files that need not exist, from `begin` to `end`."""

    changed = Signal()
    """One of them may be another by now. It comes once for what happens at the same time."""

    def __init__(self, places: Iterable[Path], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places = tuple(places)
        self._watcher: QFileSystemWatcher | None = None
        self._settle = QTimer(self, singleShot=True)
        self._settle.timeout.connect(self._look)
        self._since_look = QElapsedTimer()
        self.is_sure = False
        """Whether the system tells of each change."""

    def begin(self) -> None:
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._heard)
        self._watcher.directoryChanged.connect(self._heard)
        self._follow(self._watcher)

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
            self._follow(self._watcher)
            self.changed.emit()  # after that, so that nothing comes in between

    def _follow(self, watcher: QFileSystemWatcher) -> None:
        """A file that is replaced is followed no more; and links and folders may be others."""
        wanted = {path for place in self._places for path in watched_for(place)}
        known = {*watcher.files(), *watcher.directories()}
        if gone := known - wanted:
            watcher.removePaths(sorted(gone))
        new = sorted(wanted - known)
        failed = watcher.addPaths(new) if new else []
        self.is_sure = not failed and not any(map(is_shared, wanted))


def watched_for(place: Path) -> Iterator[str]:
    """What has to be watched to hear of a change of *place*."""
    for path in {str(place), os.path.realpath(place)}:
        folder = os.path.dirname(path)  # noqa: PTH120  # as Qt names it
        while not os.path.isdir(folder) and folder != os.path.dirname(folder):  # noqa: PTH112, PTH120
            folder = os.path.dirname(folder)  # noqa: PTH120
        yield folder
        if os.path.exists(path):  # noqa: PTH110
            yield path


def is_shared(path: str) -> bool:
    kind = bytes(QStorageInfo(path).fileSystemType().data()).decode(errors="replace")
    return kind.lower().startswith(_SHARED)
