"""What is wrong with a row, below it, each with the button that mends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop.tokens import XS, S
from ccr_desktop.desktop.widgets.buttons import QuietButton
from ccr_desktop.desktop.widgets.labels import BodyText
from ccr_desktop.desktop.widgets.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.desktop.pages.routes.records import Trouble


class TroubleLines(QWidget):
    """`mend_wanted` gives the trouble whose button was pressed."""

    mend_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Trouble, ...] = ()
        self._lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(XS)
        self.hide()

    def show_troubles(self, troubles: Sequence[Trouble]) -> None:
        if tuple(troubles) == self._shown:
            return
        self._shown = tuple(troubles)
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = [self._line(trouble) for trouble in troubles]
        for line in self._lines:
            self._column.addWidget(line)
        self.setVisible(bool(troubles))

    def texts(self) -> tuple[str, ...]:
        return tuple(trouble.text for trouble in self._shown)

    def _line(self, trouble: Trouble) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S)
        words = BodyText(trouble.text)
        row.addWidget(Picture("triangle-alert", "backup"), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(words, 1)
        if trouble.button:
            button = QuietButton(trouble.button)
            button.setAccessibleDescription(trouble.text)
            button.clicked.connect(lambda: self.mend_wanted.emit(trouble))
            row.addWidget(button)
        return line
