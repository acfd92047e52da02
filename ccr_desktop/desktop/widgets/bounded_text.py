"""A text that nobody freezes the window with: what is too long to lay out is not put in.

Qt lays all of it out at once: a megabyte takes a second; one word of a tenth of that, broken into
lines, takes three.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QToolTip

from ccr_desktop.desktop import figures

MOST = 1_000_000
MOST_OF_A_WORD = 20_000
_KEEP = QTextCursor.MoveMode.KeepAnchor
_START_OF_LINE = QTextCursor.MoveOperation.StartOfBlock
_END_OF_LINE = QTextCursor.MoveOperation.EndOfBlock


class BoundedText(QPlainTextEdit):
    """`refused` says why what was pasted or dropped is not there; a tooltip says so, too."""

    refused = Signal(str)

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = source.text()
        if why := self._why_not(text):
            QToolTip.showText(self.viewport().mapToGlobal(self.cursorRect().bottomLeft()), why)
            self.refused.emit(why)
        else:
            super().insertFromMimeData(source)

    def _why_not(self, text: str) -> str:
        replaced = self.textCursor()
        length = self.document().characterCount() + len(text)
        length -= replaced.selectionEnd() - replaced.selectionStart()
        if length > MOST:
            words = self.tr("Too long: with it there would be {count} characters here, of {most}.")
            return words.format(count=figures.count(length), most=figures.count(MOST))
        if self.lineWrapMode() is QPlainTextEdit.LineWrapMode.NoWrap:
            return ""
        longest = max(map(len, self._with_what_it_joins(text).split()), default=0)
        if longest > MOST_OF_A_WORD:
            words = self.tr("It has a word of {count} characters, and {most} are the most here.")
            return words.format(count=figures.count(longest), most=figures.count(MOST_OF_A_WORD))
        return ""

    def _with_what_it_joins(self, text: str) -> str:
        """With the words that end and begin where it is put in, which it may make longer."""
        before, after = self.textCursor(), self.textCursor()
        before.setPosition(before.selectionStart())
        before.movePosition(_START_OF_LINE, _KEEP)
        after.setPosition(after.selectionEnd())
        after.movePosition(_END_OF_LINE, _KEEP)
        begun, going_on = before.selectedText(), after.selectedText()
        first = "" if begun[-1:].isspace() else "".join(begun.rsplit(None, 1)[-1:])
        last = "" if going_on[:1].isspace() else "".join(going_on.split(None, 1)[:1])
        return f"{first}{text}{last}"
