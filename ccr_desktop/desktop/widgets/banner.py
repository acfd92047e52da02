"""A notice within a page, about what is on that page."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop.tokens import M, S
from ccr_desktop.desktop.widgets.buttons import IconButton, PlainButton, QuietButton
from ccr_desktop.desktop.widgets.labels import BodyText
from ccr_desktop.desktop.widgets.picture import Picture
from ccr_desktop.desktop.widgets.ring import set_mark
from ccr_desktop.desktop.widgets.showing import set_shown

Level = Literal["info", "ok", "warn", "error"]
_LEAST_FOR_WORDS = {1: 280, 2: 420}
"""In pixels, by the number of buttons beside them."""
_LOOKS = {
    "info": ("info", "info", "secondary"),
    "ok": ("running", "circle-check", "running"),
    "warn": ("backup", "triangle-alert", "backup"),
    "error": ("attention", "circle-alert", "attention"),
}


class Banner(QFrame):
    """Words, a button, seldom another, and a cross where it may be put away."""

    activated = Signal()
    other_activated = Signal()
    dismissed = Signal()

    def __init__(
        self,
        level: Level = "info",
        text: str = "",
        button: str = "",
        parent: QWidget | None = None,
        *,
        closable: bool = False,
    ) -> None:
        super().__init__(parent)
        self._picture = Picture("info", "secondary", 20)
        self._text = BodyText()
        self.button = PlainButton()
        self.other_button = QuietButton()
        self.close_button = IconButton("x", self.tr("Close"))
        self._row, self._below = QHBoxLayout(), QHBoxLayout()
        self._is_low = False
        self._lay_out()
        set_shown(self.close_button, closable)
        self.button.clicked.connect(self.activated)
        self.other_button.clicked.connect(self.other_activated)
        self.close_button.clicked.connect(self._close)
        self.show_notice(level, text, button)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(M, S, S, S)
        column.setSpacing(S)
        for line in (self._row, self._below):
            line.setSpacing(M)
            column.addLayout(line)
        middle = Qt.AlignmentFlag.AlignVCenter
        self._row.addWidget(self._picture, 0, middle)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self.other_button, 0, middle)
        self._row.addWidget(self.button, 0, middle)
        self._row.addWidget(self.close_button, 0, middle)
        self._below.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_words_room()

    def _give_words_room(self) -> None:
        """Below the words, where the buttons beside them would leave a narrow column."""
        seen = [each for each in (self.button, self.other_button) if not each.isHidden()]
        beside = sum(each.sizeHint().width() for each in seen)
        is_low = bool(seen) and self.width() - beside < _LEAST_FOR_WORDS[len(seen)]
        if is_low == self._is_low:
            return
        self._is_low = is_low
        line, at = (self._below, 1) if is_low else (self._row, 2)
        for number, button in enumerate((self.other_button, self.button)):
            line.insertWidget(at + number, button, 0, Qt.AlignmentFlag.AlignVCenter)

    def text(self) -> str:
        return self._text.text()

    def show_notice(self, level: Level, text: str, button: str = "", other: str = "") -> None:
        surface, picture, color = _LOOKS[level]
        set_mark(self, "surface", surface)
        self._picture.set_icon(picture, color)
        self._text.setText(text)
        self.button.setText(button)
        set_shown(self.button, bool(button))
        self.other_button.setText(other)
        set_shown(self.other_button, bool(other))
        self.setAccessibleName(text)
        self._give_words_room()

    def _close(self) -> None:
        self.hide()
        self.dismissed.emit()
