"""The colours of JSON5: keys, texts, numbers and words, and comments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextLayout

from ccr_desktop.desktop import theme

if TYPE_CHECKING:
    from ccr_desktop.desktop.widgets.code_editor import CodeEditor

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
_SPAN = re.compile(  # comments over several lines, and what may have their signs in it
    r"""
      (?P<comment>/\*[\s\S]*?(?:\*/|\Z))
    | //[^\n]*
    | "(?:[^"\\\n]|\\.)*"?
    | '(?:[^'\\\n]|\\.)*'?
    """,
    re.VERBOSE,
)
_COLORS = {"comment": "secondary", "open": "secondary", "key": "accent", "text": "running"}
_NOT_YET = -1
_MUCH = 5_000  # characters at once, of so many lines that each would take its time
_LONG = 5_000  # a line of thousands of pieces is drawn as slowly as it is read


class JsonColors(QObject):
    """Words, such as numbers, are in the colour for what is not usual.

    A line gets its colours when it comes in sight: a file may have ten thousand.
    """

    def __init__(self, editor: CodeEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._turn = 0  # lines that have their colours say of which turn
        self._looks: dict[str, QTextCharFormat] = {}
        self._in_comment: frozenset[int] = frozenset()
        """The lines that begin within a comment."""
        self._is_looked_through = False
        editor.about_to_paint.connect(self._color_visible)
        editor.document().contentsChange.connect(self._changed)
        theme.current().changed.connect(self._repaint)

    def _repaint(self) -> None:
        self._looks.clear()
        self._turn += 1
        self._editor.viewport().update()

    def _changed(self, position: int, _removed: int, added: int) -> None:
        if added > _MUCH:
            self._turn += 1
        else:
            self._forget_colors(position, position + added)
        self._is_looked_through = False

    def _forget_colors(self, start: int, end: int) -> None:
        block = self._editor.document().findBlock(start)
        while block.isValid() and block.position() <= end:
            block.setUserState(_NOT_YET)
            block = block.next()

    def _look_through(self) -> None:
        """Where a comment begins or ends now, lines that were not touched have other colours."""
        inside = _lines_in_comments(self._editor.text())
        if inside != self._in_comment:
            self._turn += 1
        self._in_comment, self._is_looked_through = inside, True

    def _color_visible(self) -> None:
        if not self._is_looked_through:
            self._look_through()
        for block in self._editor.visible_blocks():
            if block.userState() != self._turn:
                self._color(block)

    def _color(self, block: QTextBlock) -> None:
        block.setUserState(self._turn)
        text = block.text()
        if len(text) > _LONG:
            return
        begins_inside = block.blockNumber() in self._in_comment
        block.layout().setFormats(self._pieces(text, begins_inside=begins_inside))
        self._editor.document().markContentsDirty(block.position(), block.length())

    def _pieces(self, text: str, *, begins_inside: bool) -> list[QTextLayout.FormatRange]:
        found, start = [], 0
        if begins_inside:
            end = text.find("*/")
            start = len(text) if end < 0 else end + 2
            found.append((0, start, "secondary"))
        for match in _PIECE.finditer(text, start):
            color = _COLORS.get(match.lastgroup or "", "backup")
            found.append((match.start(), match.end(), color))
        return [self._range(text, *piece) for piece in found]

    def _range(self, text: str, start: int, end: int, color: str) -> QTextLayout.FormatRange:
        piece = QTextLayout.FormatRange()
        piece.start = _units(text[:start])  # Qt counts in UTF-16
        piece.length = _units(text[start:end])
        piece.format = self._look(color)
        return piece

    def _look(self, color: str) -> QTextCharFormat:
        if color not in self._looks:
            look = QTextCharFormat()
            look.setForeground(theme.current().color(color))
            look.setFontItalic(color == "secondary")
            self._looks[color] = look
        return self._looks[color]


def _lines_in_comments(text: str) -> frozenset[int]:
    """The numbers, from 0, of the lines that begin within one."""
    if "/*" not in text:
        return frozenset()
    inside: set[int] = set()
    line = at = 0
    for match in _SPAN.finditer(text):
        if match.lastgroup:
            line += text.count("\n", at, match.start())
            at = match.start()
            inside.update(range(line + 1, line + 1 + match.group().count("\n")))
    return frozenset(inside)


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
