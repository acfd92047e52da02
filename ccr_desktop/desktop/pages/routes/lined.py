"""A row of a card below the line that parts it from the one above."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ccr_desktop.desktop.tokens import M
from ccr_desktop.desktop.widgets.showing import set_shown


class Lined(QWidget):
    def __init__(self, row: QWidget) -> None:
        super().__init__()
        self._line = QFrame()
        self._line.setProperty("surface", "line")
        self._line.setFixedHeight(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(M)
        column.addWidget(self._line)
        column.addWidget(row)

    def show_line(self, wanted: bool) -> None:  # the first row has none
        set_shown(self._line, wanted)
