"""What is wrong with a field, or has to be known of it, with a button that mends it."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.buttons import QuietButton
from ccr_desktop.desktop.widgets.labels import ErrorText
from ccr_desktop.desktop.widgets.picture import Picture
from ccr_desktop.desktop.widgets.ring import set_mark

Kind = Literal["error", "warning", "help"]
"""Also the role of the words in the style sheet."""

_PICTURES: dict[Kind, tuple[str, str]] = {
    "error": ("circle-alert", "attention"),
    "warning": ("triangle-alert", "backup"),
    "help": ("triangle-alert", "backup"),
}


class ProblemLine(QWidget):
    """Not seen while it has nothing to say. Most fields never have, so its parts come with that."""

    fix_wanted = Signal()

    def __init__(self, kind: Kind = "error") -> None:
        super().__init__()
        self._kind: Kind = kind
        self._parts: tuple[Picture, ErrorText, QuietButton] | None = None
        self.hide()

    def text(self) -> str:
        return self._parts[1].text() if self._parts else ""

    @property
    def kind(self) -> Kind:
        return self._kind

    def say(self, text: str, fix: str, kind: Kind) -> None:
        """Show *text*, with *fix* on the button; without a text there is nothing to see."""
        self._kind = kind
        if not (text or fix or self._parts):
            return
        picture, words, button = self._parts = self._parts or self._made()
        picture.set_icon(*_PICTURES[kind])
        set_mark(words, "role", kind)
        words.setText(text)
        button.setText(fix)
        button.setVisible(bool(fix))
        self.setVisible(bool(text))

    def _made(self) -> tuple[Picture, ErrorText, QuietButton]:
        picture, words, button = Picture(*_PICTURES[self._kind]), ErrorText(), QuietButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S)
        row.addWidget(picture)
        row.addWidget(words, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        button.clicked.connect(self.fix_wanted)
        return picture, words, button
