"""The text of the settings file that nobody has saved yet, wherever its editor is just now.

Some seconds after a change it is also on the disk, beside the loop: neither a lost process nor a
power cut takes more than that. What is found there at a start is offered, never used unasked.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ccr_desktop.desktop import kept_text

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from typing import Any

    from ccr_desktop.desktop.kept_text import KeptText
    from ccr_desktop.desktop.state import UnsavedText

    Do = Callable[[Coroutine[Any, Any, None], str], asyncio.Task[None]]

_KEPT_AFTER_MS = 2000


class TextDraft(QObject):
    offer_changed = Signal()

    def __init__(self, do: Do) -> None:
        super().__init__()
        self._do = do
        self.unsaved: UnsavedText | None = None
        self.offered: KeptText | None = None
        """From an app that ran before; what is kept stays as it is until this is answered."""
        self._on_disk: UnsavedText | None = None
        self._writing: asyncio.Task[None] | None = None
        self._due = QTimer(self, singleShot=True, interval=_KEPT_AFTER_MS)
        self._due.timeout.connect(self._write)

    def bring_back(self) -> None:
        """Offer what was being written when the app was ended by something that asks nobody."""
        self.offered = kept_text.kept()
        self._on_disk = self.offered.unsaved if self.offered else None
        self.offer_changed.emit()

    def restore(self) -> UnsavedText | None:
        """What was offered, which is not saved yet from now on."""
        if self.offered:
            self.unsaved, self.offered = self.offered.unsaved, None
            self.offer_changed.emit()
        return self.unsaved

    def discard(self) -> None:
        """Let what was offered be gone."""
        if self.offered:
            self.offered = None
            self.offer_changed.emit()
            self.hold(None)

    def hold(self, unsaved: UnsavedText | None) -> None:
        """None: it was saved or discarded, and is not to be found anywhere any more."""
        self.unsaved = unsaved
        if unsaved is None:
            self._due.stop()
            self._write()
        elif not self._due.isActive():
            self._due.start()

    async def end(self) -> None:
        self._due.stop()
        if self._writing:
            await asyncio.wait([self._writing])
        if self.offered is None:
            await asyncio.to_thread(kept_text.keep, self.unsaved)

    @property
    def _is_behind(self) -> bool:
        return self.offered is None and self._on_disk is not self.unsaved

    def _write(self) -> None:
        if self._is_behind and (self._writing is None or self._writing.done()):
            self._writing = self._do(self._catch_up(), self.tr("Keeping unsaved text"))

    async def _catch_up(self) -> None:
        while self._is_behind:
            self._on_disk = self.unsaved
            await asyncio.to_thread(kept_text.keep, self._on_disk)
