"""Whether this desktop has a panel for the icon, decided only after panels had time to start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from ccr_desktop.desktop.tray.tray import Tray

WAIT_MS = 30_000
"""So long a panel may take to start, at a login or when it was ended."""


class Panel(QObject):
    """Signal: `missing_changed`, when `is_missing` is another.

    Until `begin` is called nothing is missing.
    """

    missing_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_missing = False
        """Whether what the icon does has to be done without it."""
        self._wait = QTimer(self, interval=WAIT_MS, singleShot=True)
        self._wait.timeout.connect(lambda: self._tell(is_missing=True))

    def begin(self, tray: Tray) -> None:
        """Follow the panels that *tray* finds, from its start on."""
        tray.presence_changed.connect(self._presence_changed)
        if not tray.is_present:
            self._wait.start()

    def end(self) -> None:
        self._wait.stop()

    def _presence_changed(self, is_present: bool) -> None:
        if is_present:
            self._wait.stop()
            self._tell(is_missing=False)
        else:
            self._wait.start()

    def _tell(self, *, is_missing: bool) -> None:
        if is_missing != self.is_missing:
            self.is_missing = is_missing
            self.missing_changed.emit()
