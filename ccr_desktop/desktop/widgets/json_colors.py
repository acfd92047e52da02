"""The colours of JSON5: keys, texts, numbers and words, and comments."""

from __future__ import annotations

import re

from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from ccr_desktop.desktop import theme

_PIECE = re.compile(
    r"""
      (?P<comment>//.*|/\*.*?\*/)
    | (?P<open>/\*.*)
    | (?P<key>(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\W\d][\w$]*|\$[\w$]*)(?=\s*:))
    | (?P<text>"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)
    | (?P<word>[+-]?[\w.$]+)
    """,
    re.VERBOSE,
)
_COLORS = {"comment": "secondary", "open": "secondary", "key": "accent", "text": "running"}
_PLAIN, _IN_COMMENT = 0, 1


class JsonColors(QSyntaxHighlighter):
    """Words, such as numbers, are in the colour for what is not usual."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        theme.current().changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        start = self._end_of_comment(text) if self.previousBlockState() == _IN_COMMENT else 0
        if start < 0:
            return
        self.setCurrentBlockState(_PLAIN)
        for match in _PIECE.finditer(text, start):
            kind = match.lastgroup or ""
            self._paint(match.start(), match.end(), _COLORS.get(kind, "backup"))
            if kind == "open":
                self.setCurrentBlockState(_IN_COMMENT)

    def _end_of_comment(self, text: str) -> int:
        """Where the text goes on; -1 where the comment does."""
        end = text.find("*/")
        is_over = end >= 0
        self._paint(0, end + 2 if is_over else len(text), "secondary")
        self.setCurrentBlockState(_PLAIN if is_over else _IN_COMMENT)
        return end + 2 if is_over else -1

    def _paint(self, start: int, end: int, color: str) -> None:
        look = QTextCharFormat()
        look.setForeground(theme.current().color(color))
        if color == "secondary":
            look.setFontItalic(True)
        # Qt counts in UTF-16.
        text = self.currentBlock().text()
        begin, length = _units(text[:start]), _units(text[start:end])
        self.setFormat(begin, length, look)


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
