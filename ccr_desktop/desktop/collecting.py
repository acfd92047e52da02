"""Python's search for unreachable cycles, done in the thread of the window alone.

By itself it begins in whichever thread makes an object too many. Widgets that are in such a cycle
would then end in that thread, and the app with them.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

if TYPE_CHECKING:
    from types import TracebackType

_LOOK_EVERY_MS = 1000
_LOOK_SELDOM_MS = 60_000  # where next to nothing happens
_FEW_OBJECTS = 1000


class Collecting(QObject):
    """Within it nothing is collected but by its timer, as often as the thresholds want."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self, timerType=Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self.look)
        self._young = 0

    def __enter__(self) -> Collecting:
        gc.disable()
        self._timer.start(_LOOK_EVERY_MS)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """What has gathered is collected here: a search that begins by itself while Qt takes an
        object apart, as this one soon is, may end another object and wait for itself for ever.
        """
        self._timer.stop()
        gc.collect(1)
        gc.enable()

    def spare_what_is_loaded(self) -> None:
        """Go through nothing that is there by now, as the service has it for what was before it."""
        if gc.get_freeze_count():
            gc.freeze()

    def look(self) -> None:
        """Collect the oldest generation that is due, and the younger ones with it."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [age for age in range(3) if 0 < thresholds[age] < counts[age]]
        if due:
            gc.collect(max(due))
        is_at_rest = not due and counts[0] - self._young < _FEW_OBJECTS
        self._young = gc.get_count()[0]
        self._timer.setInterval(_LOOK_SELDOM_MS if is_at_rest else _LOOK_EVERY_MS)

    def look_often(self) -> None:
        """Something happens: until it is over, look each second."""
        if self._timer.interval() != _LOOK_EVERY_MS:
            self._timer.setInterval(_LOOK_EVERY_MS)
