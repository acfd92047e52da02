"""Looking for words in a text: Enter goes on, Shift+Enter back, Escape closes."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.buttons import IconButton
from ccr_desktop.desktop.widgets.code_editor import CodeEditor
from ccr_desktop.desktop.widgets.labels import SecondaryText
from ccr_desktop.desktop.widgets.search_field import SearchField


class FindBar(QWidget):
    """Above the text that it looks through."""

    closed = Signal()

    def __init__(self, editor: CodeEditor) -> None:
        super().__init__()
        self._editor = editor
        self._places: list[tuple[int, int]] = []
        self.field = SearchField(self.tr("Find in the text"), empties=False)
        self.count = SecondaryText()
        previous = IconButton("chevron-up", self.tr("Previous match"))
        following = IconButton("chevron-down", self.tr("Next match"))
        close = IconButton("x", self.tr("Close"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S)
        row.addWidget(self.field, 1)
        for widget in (self.count, previous, following, close):
            row.addWidget(widget)
        self.field.searched.connect(lambda _: self._look(moves=True))
        self.field.enter_pressed.connect(lambda: self.go(1))
        previous.clicked.connect(lambda: self.go(-1))
        following.clicked.connect(lambda: self.go(1))
        close.clicked.connect(self.close_bar)
        editor.textChanged.connect(self._text_changed)
        self.hide()

    def open_bar(self) -> None:
        """Show it, with what is selected in the text."""
        chosen = self._editor.textCursor().selectedText()
        if chosen and "\u2029" not in chosen:
            self.field.setText(chosen)
        self.show()
        self.field.setFocus()
        self.field.selectAll()
        self._look(moves=False)

    def close_bar(self) -> None:
        self.hide()
        self._editor.show_found(())
        self._editor.setFocus()
        self.closed.emit()

    def go(self, step: int) -> None:
        """To the next place, from the cursor; at the end it begins anew."""
        if not self._places:
            return
        cursor = self._editor.textCursor()
        at = self._editor.position() - (len(cursor.selectedText()) if cursor.hasSelection() else 0)
        behind = [place for place in self._places if place[0] > at]
        before = [place for place in self._places if place[0] < at]
        chosen = (behind or self._places)[0] if step > 0 else (before or self._places)[-1]
        self._editor.go_to(*chosen)
        self._say()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and is_back:
            self.go(-1)
        else:
            super().keyPressEvent(event)

    def _text_changed(self) -> None:
        if self.isVisible():
            self._look(moves=False)

    def _look(self, *, moves: bool) -> None:
        wanted = self.field.text()
        found = re.finditer(re.escape(wanted), self._editor.text(), re.IGNORECASE)
        self._places = [match.span() for match in found] if wanted else []
        self._editor.show_found(self._places)
        if moves and self._places:
            at = self._editor.position()
            nearest = next((p for p in self._places if p[1] >= at), self._places[0])
            self._editor.go_to(*nearest)
        self._say()

    def _say(self) -> None:
        words = self.tr("{count} found").format(count=len(self._places))
        self.count.setText(words if self.field.text() else "")
