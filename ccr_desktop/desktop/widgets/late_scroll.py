"""What scrolls, and costs nothing while the page around it is made."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScrollArea


class LateScroll(QScrollArea):
    """Measures what is in it when it is shown.

    Qt does so each time it gets a parent, as parts of a page do while it is made: all that is in
    it would be given its style, and with the next parent again. So it also does in `setWidget`,
    which is best called with a widget that is to be filled.
    """

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.StyleChange and not self.isVisible():
            return QAbstractScrollArea.event(self, event)
        return super().event(event)
