"""What stays below a page that scrolls: what is wrong, and the buttons that lead on."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop.tokens import XL, M, S


class Footer(QFrame):
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
