"""What nobody sees is not brought up to date before somebody looks, nor made before the rest."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

_A_MINUTE_MS = 60_000
_A_PICTURE_MS = 16
_A_TURN_S = 0.025


class InSight(QObject):
    """Calls *show* when it is asked to while *widget* is in sight, else when it comes to be.

    However often it was asked meanwhile, once is enough. With *each_time* it need not be asked when
    the widget comes to be in sight. Lives as long as the widget.
    """

    _is_due = False  # also when an unreachable cycle is taken apart, and Qt goes on asking
    _each_time = False

    def __init__(
        self, widget: QWidget, show: Callable[[], object], *, each_time: bool = False
    ) -> None:
        super().__init__(widget)
        self._each_time = each_time
        self._widget = widget
        self._show = show
        widget.installEventFilter(self)

    def ask(self) -> None:
        if self._widget.isVisible():
            self._show()
        else:
            self._is_due = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (self._is_due or self._each_time) and event.type() is QEvent.Type.Show:
            self._is_due = False
            self._show()
        return False


def each_minute(widget: QWidget, show: Callable[[], object]) -> QTimer:
    """Call *show* again every minute that *widget* is in sight: “5 min ago” is not for long."""
    timer = QTimer(widget, interval=_A_MINUTE_MS, timerType=Qt.TimerType.VeryCoarseTimer)
    timer.timeout.connect(lambda: widget.isVisible() and show())
    timer.start()
    return timer


class Afterwards(QObject):
    """Makes what is out of sight once *seen* has been painted, in the order it was added.

    Some milliseconds a turn of the loop, so that no click waits long. Whoever needs it sooner calls
    `finish`, which makes all of it at once; from then on nothing waits any more.
    """

    made = Signal()
    """Some of it was made, and is to be laid out."""

    _is_awaited = False  # also when an unreachable cycle is taken apart, as above

    def __init__(self, seen: QWidget) -> None:
        super().__init__(seen)
        self._steps: deque[Callable[[], object]] = deque()
        self._is_awaited = True
        self._timer = QTimer(self, singleShot=True, interval=_A_PICTURE_MS)
        self._timer.timeout.connect(self._go_on)
        seen.installEventFilter(self)

    def add(self, step: Callable[[], object]) -> None:
        if self._is_awaited or self._steps:
            self._steps.append(step)
        else:
            step()

    @property
    def is_over(self) -> bool:
        return not self._steps

    def make(self, count: int) -> None:
        """The next *count*, which are in sight after all."""
        for _ in range(min(count, len(self._steps))):
            self._steps.popleft()()
        if count:
            self.made.emit()

    def finish(self) -> None:
        self._is_awaited = False
        self.make(len(self._steps))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._is_awaited and event.type() is QEvent.Type.Paint:
            self._is_awaited = False
            watched.removeEventFilter(self)
            self._timer.start()
        return False

    def _go_on(self) -> None:
        until_s = time.thread_time() + _A_TURN_S
        while self._steps and time.thread_time() < until_s:
            self._steps.popleft()()
        self.made.emit()
        if self._steps:
            self._timer.start()


def finish_within(page: QWidget) -> None:
    """Make all of *page* that was left for later: something in it is looked for."""
    for rest in page.findChildren(Afterwards):
        rest.finish()
