"""Changed lines of a text, with what came and what went in their own colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFontDatabase, QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from ccr_desktop.desktop import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

_COLORS = {"+": ("running_soft", "running"), "-": ("attention_soft", "attention")}
_MOST_LINES = 18


class DifferenceText(QPlainTextEdit):
    """Lines begin with `+`, `-`, `@` or a space, so that colour is not all that tells."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        theme.current().changed.connect(self._paint)

    def show_lines(self, lines: Sequence[str]) -> None:
        self.setPlainText("\n".join(lines))
        shown = min(max(len(lines), 3), _MOST_LINES)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * (shown + 1) + 16)
        self._paint()

    def _paint(self) -> None:
        marks = []
        block = self.document().begin()
        while block.isValid():
            if (colors := _COLORS.get(block.text()[:1])) is not None:
                marks.append(self._mark(block.position(), *colors))
            block = block.next()
        self.setExtraSelections(marks)

    def _mark(self, position: int, behind: str, text: str) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        look.setBackground(theme.current().color(behind))
        look.setForeground(theme.current().color(text))
        look.setProperty(QTextFormat.Property.FullWidthSelection, True)
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        mark.format, mark.cursor = look, cursor
        return mark
