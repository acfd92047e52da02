"""The frame of a page: one column that scrolls, no wider than is read with ease."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop.sight import Afterwards
from ccr_desktop.desktop.tokens import XL, L
from ccr_desktop.desktop.widgets.column import put_in_the_middle
from ccr_desktop.desktop.widgets.gap import Gap
from ccr_desktop.desktop.widgets.late_scroll import LateScroll

if TYPE_CHECKING:
    from collections.abc import Iterable


class PageScroll(LateScroll):
    """`column` takes the cards; beyond 880 px it stays in the middle.

    `rest` makes what is below those in sight, where a `Gap` keeps its place.
    """

    def __init__(self, parent: QWidget | None = None, *, top: int = 0) -> None:
        """*top* is the margin there; the window has one of its own over its pages."""
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._page = page = QWidget()
        page.setProperty("surface", "page")
        content = QWidget()
        self.column = QVBoxLayout()
        self.column.setSpacing(L)
        self._rest = QVBoxLayout(content)
        self._rest.setContentsMargins(0, 0, 0, 0)
        self._rest.setSpacing(0)
        self._rest.addLayout(self.column)
        self._rest.addStretch(1)
        self._frame = row = QHBoxLayout(page)
        row.setContentsMargins(XL, top, XL, XL)
        row.setSpacing(0)
        put_in_the_middle(row, content)
        self.setWidget(page)
        self.rest = Afterwards(page)
        self.rest.made.connect(self._lay_out_made)
        self.verticalScrollBar().rangeChanged.connect(self._make_room)

    def add(self, part: QWidget | QLayout, *, fill: bool = False) -> None:
        """Put a card, or a row of things, below what the page has; *fill* takes all the room."""
        if isinstance(part, QLayout):
            self.column.addLayout(part, int(fill))
        else:
            self.column.addWidget(part, int(fill))
        if fill:
            self._rest.setStretch(0, 1)
            self._rest.setStretch(1, 0)

    def showEvent(self, event: QShowEvent) -> None:
        """A high window sees more than was made for one of the usual height."""
        super().showEvent(event)
        if self.rest.is_over:
            return
        below = [
            (gap, self.viewport().height() - gap.mapTo(self.viewport(), QPoint()).y())
            for gap in self.findChildren(Gap)
        ]
        self.rest.make(sum(gap.reached_by(height) for gap, height in below))

    def lay_out(self, parts: Iterable[QWidget]) -> None:
        """What changed and all around it, at once and from the inside out.

        Qt goes out by one step a turn: all would move, or be seen squashed into too little room.
        """
        if not self.isVisible():
            return
        for part in parts:
            around: QWidget | None = part
            while around is not None and around is not self.viewport():
                if layout := around.layout():
                    layout.activate()
                around = around.parentWidget()
        QCoreApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))

    def _lay_out_made(self) -> None:
        self.lay_out(self.findChildren(Gap))

    def _make_room(self, _least: int, most: int) -> None:
        """The bar takes its room from the margin: cards stay where they are, with it or without."""
        if (self.viewport().width() < self.contentsRect().width()) != (most > 0):
            # Qt shows or hides the bar a turn later, and all of the page is laid out once more.
            # First, since with the room of the bar in the margin the page may need no bar.
            QCoreApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))
        margins = self._frame.contentsMargins()
        bar = self.verticalScrollBar().sizeHint().width() if most > 0 else 0
        if self.isRightToLeft():
            margins.setLeft(XL - bar)
        else:
            margins.setRight(XL - bar)
        self._frame.setContentsMargins(margins)
        self._page.resize(self.viewport().width(), self._page.height())
