"""The place that something scrolled had before it was made anew."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QAbstractScrollArea

_AWAITED_MS = 3000


class ScrolledTo(QObject):
    """Brings *area* there as soon as it is that long; whoever scrolls it meanwhile goes first."""

    def __init__(self, area: QAbstractScrollArea, far: int) -> None:
        super().__init__(area)
        self._bar = area.verticalScrollBar()
        self._far = far
        self._is_over = False
        self._bar.rangeChanged.connect(self._go)
        self._bar.actionTriggered.connect(self._end)
        QTimer.singleShot(_AWAITED_MS, self, self._end)
        self._go()

    def _go(self) -> None:
        self._bar.setValue(self._far)
        if self._bar.value() == self._far:
            QTimer.singleShot(0, self, self._check)

    def _check(self) -> None:
        """What is laid out once more may be shorter for a moment."""
        if self._bar.value() == self._far:
            self._end()

    def _end(self) -> None:
        if self._is_over:
            return
        self._is_over = True
        self._bar.rangeChanged.disconnect(self._go)
        self._bar.actionTriggered.disconnect(self._end)
        self.deleteLater()
