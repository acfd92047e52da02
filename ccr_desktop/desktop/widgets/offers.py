"""What may be written at the cursor, in a list below it. The text keeps the focus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QPlainTextEdit, QVBoxLayout

from ccr_desktop.desktop.tokens import XS, S
from ccr_desktop.desktop.widgets.labels import HelpText

_MOST_ROWS = 8
_WIDTH = 340


@dataclass(frozen=True, slots=True)
class Offer:
    """`text` is written; the cursor then goes `back` by so many characters."""

    label: str
    text: str
    about: str = ""
    back: int = 0


class Offers(QFrame):
    """Up and Down choose, Enter or Tab takes, Escape closes.

    Where no letter of an offer was typed and none was chosen, Enter is a new line of the text.
    """

    taken = Signal(object, int, int)

    def __init__(self, editor: QPlainTextEdit) -> None:
        super().__init__(editor)
        self.setProperty("surface", "raised")
        self.setAccessibleName(self.tr("What may stand here"))
        self._editor = editor
        self._offers: tuple[Offer, ...] = ()
        self._start = self._end = 0
        self._is_meant = False
        """Whether one was chosen, or the list was asked for."""
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("What may stand here"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.about: QLabel = HelpText()
        column = QVBoxLayout(self)
        column.setContentsMargins(XS, XS, XS, XS)
        column.setSpacing(XS)
        column.addWidget(self.list)
        column.addWidget(self.about)
        self.list.currentRowChanged.connect(self._tell)
        self.list.itemClicked.connect(lambda _: self._take())
        self.hide()

    @property
    def is_shown(self) -> bool:
        return not self.isHidden()

    def show_at(
        self, cursor: QRect, start: int, end: int, offers: Sequence[Offer], *, is_asked: bool
    ) -> None:
        """Below the line with the cursor, or above where there is no room.

        Not `is_asked`: it is shown by itself, while somebody types.
        """
        self._is_meant = is_asked or start < end
        self._offers, self._start, self._end = tuple(offers), start, end
        if not offers:
            self.hide()
            return
        self.list.clear()
        self.list.addItems([offer.label for offer in offers])
        self.list.setCurrentRow(0)
        rows = min(len(offers), _MOST_ROWS)
        self.list.setFixedHeight(self.list.sizeHintForRow(0) * rows + 2)
        self.setFixedWidth(min(_WIDTH, self._editor.width() - 2 * S))
        self.adjustSize()
        self._place(cursor)
        self.show()
        self.raise_()

    def wants(self, event: QKeyEvent) -> bool:
        keys = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Escape, Qt.Key.Key_Tab}
        if self._is_meant:
            keys |= {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        return self.is_shown and event.key() in keys

    def press(self, event: QKeyEvent) -> bool:
        """Whether the key was for the list."""
        if not self.wants(event) or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        match event.key():
            case Qt.Key.Key_Up | Qt.Key.Key_Down as key:
                step = 1 if key == Qt.Key.Key_Down else -1
                self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
                self._is_meant = True
            case Qt.Key.Key_Escape:
                self.hide()
            case _:
                self._take()
        return True

    def _place(self, cursor: QRect) -> None:
        area = self._editor.viewport()
        below = area.mapTo(self._editor, cursor.bottomLeft() + QPoint(0, XS))
        x = min(below.x(), self._editor.width() - self.width() - S)
        y = below.y()
        if y + self.height() > self._editor.height():
            above = area.mapTo(self._editor, cursor.topLeft()).y() - self.height() - XS
            y = above if above >= 0 else max(0, self._editor.height() - self.height())
        self.move(max(0, x), y)

    def _tell(self, row: int) -> None:
        words = self._offers[row].about if 0 <= row < len(self._offers) else ""
        self.about.setText(words)
        self.about.setVisible(bool(words))
        self.adjustSize()

    def _take(self) -> None:
        row = self.list.currentRow()
        self.hide()
        if 0 <= row < len(self._offers):
            self.taken.emit(self._offers[row], self._start, self._end)
