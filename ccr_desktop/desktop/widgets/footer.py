"""What stays below a page that scrolls: what is wrong, and the buttons that lead on."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QMoveEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop.tokens import XL, M, S
from ccr_desktop.desktop.widgets.toast import KEPT_CLEAR, UndoToast


class KeptClear(QFrame):
    """No toast covers it, wherever it goes."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName(KEPT_CLEAR)

    def keep_clear(self, wanted: bool) -> None:
        """Else toasts may stand before it, as before anything."""
        self.setObjectName(KEPT_CLEAR if wanted else "")
        self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tell()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        QTimer.singleShot(0, self, self._tell)  # its window may be on its way out

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def _tell(self) -> None:
        for toast in self.window().findChildren(UndoToast):
            toast.give_way()


class Footer(KeptClear):
    """*notice* has all of the room that *buttons* leave."""

    def __init__(self, notice: QWidget, *buttons: QWidget) -> None:
        super().__init__()
        edge = QFrame()
        edge.setProperty("surface", "line")
        edge.setFixedHeight(1)
        row = QHBoxLayout()
        row.setContentsMargins(XL, M, XL, M)
        row.setSpacing(S)
        row.addWidget(notice, 1000)
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(edge)
        column.addLayout(row)
