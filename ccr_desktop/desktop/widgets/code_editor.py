"""A text that is edited as it is: line numbers, marks at problems, and offers while typing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontDatabase,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.widgets.bounded_text import BoundedText
from ccr_desktop.desktop.widgets.line_numbers import LineNumbers
from ccr_desktop.desktop.widgets.offers import Offer, Offers

Level = Literal["attention", "backup"]
OffersAt = Callable[[str, int], tuple[int, int, Sequence[Offer]]]
_INDENT = "  "
_PAIRS = {"{": "}", "[": "]"}
_WRITES_COLON = re.compile(r'":\s*\S{0,2}$')
_STARTS_OFFERS = '"_$-,/'


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the text, in characters; the colour says how bad it is."""

    start: int
    end: int
    line: int
    level: Level
    words: str = ""


class CodeEditor(BoundedText):
    """Tab leaves it, as everywhere in the window; Enter keeps the indent.

    `offers_at` gives start, end and the offers for a position in the text: on Ctrl+Space, and
    while words are typed.
    """

    save_wanted = Signal()
    find_wanted = Signal()
    next_problem_wanted = Signal(int)
    """1 forwards, -1 backwards."""
    about_to_paint = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.offers_at: OffersAt | None = None
        self._marks: tuple[Mark, ...] = ()
        self._found: tuple[tuple[int, int], ...] = ()
        self._behind_colon = -1
        """Where the cursor was put behind the colon of an offer."""
        self._numbers = LineNumbers(self)
        self._offers = Offers(self)
        self._offers.taken.connect(self._take)
        self.blockCountChanged.connect(self._make_room)
        self.updateRequest.connect(self._scrolled)
        self.cursorPositionChanged.connect(self._repaint)
        theme.current().changed.connect(self._repaint)
        self.keys_of_its_section: dict[QKeySequence, Callable[[], None]] = {
            QKeySequence(QKeySequence.StandardKey.Save): self.save_wanted.emit,
            QKeySequence("F8"): lambda: self.next_problem_wanted.emit(1),
            QKeySequence("Shift+F8"): lambda: self.next_problem_wanted.emit(-1),
        }
        """What also counts beside the text, as on the buttons that belong to it."""
        self._keys = {
            **self.keys_of_its_section,
            QKeySequence(QKeySequence.StandardKey.Find): self.find_wanted.emit,
            QKeySequence("Ctrl+Space"): lambda: self.offer(is_asked=True),
        }
        self._make_room()
        self._repaint()

    # -- text ------------------------------------------------------------------------------

    def text(self) -> str:
        """The whole text, letter by letter: `toPlainText` changes some spaces."""
        return self.document().toRawText().replace("\u2029", "\n")

    def show_text(self, text: str) -> None:
        """Another text; the cursor and what is in sight stay near their places.

        Only the lines that differ are put in: to lay out all of a long text takes its time.
        """
        position, scroll = self.position(), self.verticalScrollBar().value()
        start, end, middle = _difference(self.text(), text)
        document = self.document()
        document.setUndoRedoEnabled(False)  # no way back to what stood there before
        cursor = self._cursor(self.text(), start, end)
        cursor.insertText(middle)
        document.setUndoRedoEnabled(True)
        self.go_to(min(position, len(text)))
        self.verticalScrollBar().setValue(scroll)

    def replace_all(self, text: str) -> None:
        """Another text, as a step that Ctrl+Z takes back."""
        line, before = self.textCursor().blockNumber(), self.text()
        start, end, middle = _difference(before, text)
        self._cursor(before, start, end).insertText(middle)
        self.go_to_line(line + 1)

    def lay_out(self, text: str) -> None:
        """The same, for the same in another layout: the cursor stays at its word."""
        at, before = self.position(), self.text()
        self.replace_all(text)
        self.go_to(_same_place(before, at, text))

    def position(self) -> int:
        """Of the cursor, in characters; Qt counts in UTF-16."""
        units = self.textCursor().position()
        return len(_encoded(self.text())[: units * 2].decode("utf-16-le", "ignore"))

    def go_to(self, start: int, end: int | None = None) -> None:
        """Put the cursor there, or mark what is between."""
        self._offers.hide()
        text = self.text()
        cursor = self.textCursor()
        cursor.setPosition(_units(text[:start]))
        if end is not None:
            cursor.setPosition(_units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.centerCursor()

    def go_to_line(self, line: int) -> None:
        block = self.document().findBlockByNumber(line - 1)
        cursor = QTextCursor(block if block.isValid() else self.document().lastBlock())
        self.setTextCursor(cursor)
        self.centerCursor()

    # -- marks -----------------------------------------------------------------------------

    def show_marks(self, marks: Sequence[Mark]) -> None:
        self._marks = tuple(marks)
        self._repaint()
        self._numbers.update()

    def show_found(self, places: Sequence[tuple[int, int]]) -> None:
        """Where a word that is looked for stands."""
        self._found = tuple(places)
        self._repaint()

    def level_of(self, line: int) -> str:
        levels = [mark.level for mark in self._marks if mark.line == line]
        return "attention" if "attention" in levels else levels[0] if levels else ""

    def visible_lines(self) -> list[tuple[int, float, float]]:
        """Number, top and height of each line in sight."""
        found = []
        blocks = self.visible_blocks()
        top = self.blockBoundingGeometry(blocks[0]).translated(self.contentOffset()).top()
        for block in blocks:
            height = self.blockBoundingRect(block).height()
            found.append((block.blockNumber() + 1, top, height))
            top += height
        return found

    def visible_blocks(self) -> list[QTextBlock]:
        found = []
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top <= self.viewport().height():
            found.append(block)
            top += self.blockBoundingRect(block).height()
            block = block.next()
        return found

    # -- offers ----------------------------------------------------------------------------

    def offer(self, *, is_asked: bool = False) -> None:
        """Show what may stand at the cursor."""
        if self.offers_at is None or self.isReadOnly():
            return
        start, end, offers = self.offers_at(self.text(), self.position())
        self._offers.show_at(self.cursorRect(), start, end, offers, is_asked=is_asked)

    def _take(self, offer: Offer, start: int, end: int) -> None:
        text = self.text()
        cursor = self.textCursor()
        cursor.setPosition(_units(text[:start]))
        cursor.setPosition(_units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(offer.text)
        left = QTextCursor.MoveOperation.PreviousCharacter
        cursor.movePosition(left, QTextCursor.MoveMode.MoveAnchor, offer.back)
        self.setTextCursor(cursor)
        self._behind_colon = self.position() if _WRITES_COLON.search(offer.text) else -1
        if self._behind_colon >= 0:
            self.offer()  # the values of the key

    # -- Qt's events -----------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keys that are also the window's mean the text while it has the focus."""
        is_override = event.type() is QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and self._is_for_text(event):
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # Qt's signature
        """Tab takes an offer while there is one."""
        return not self._offers.is_shown and super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._offers.press(event):
            return
        if does := self._pressed(event):
            self._offers.hide()
            does()
        elif event.text() == ":" and self.position() == self._behind_colon:
            self._behind_colon = -1  # the offer that was taken wrote it already
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not self.isReadOnly():
            self._offers.hide()
            self._new_line()
        else:
            super().keyPressEvent(event)
            self._follow_typing(event.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._offers.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.about_to_paint.emit()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        area = self.contentsRect()
        place = QRect(area.left(), area.top(), self._numbers.wanted_width(), area.height())
        self._numbers.setGeometry(place)

    def _is_for_text(self, event: QKeyEvent) -> bool:
        return self._pressed(event) is not None or self._offers.wants(event)

    def _pressed(self, event: QKeyEvent) -> Callable[[], None] | None:
        pressed = QKeySequence(event.keyCombination())
        return next((does for keys, does in self._keys.items() if keys == pressed), None)

    def _follow_typing(self, typed: str) -> None:
        if typed and (typed.isalnum() or typed in _STARTS_OFFERS):
            self.offer()
        elif self._offers.is_shown:
            self.offer() if typed == "\b" else self._offers.close()

    def _new_line(self) -> None:
        """Keep the indent, one more behind an opening bracket."""
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        after = cursor.block().text()[cursor.positionInBlock() :].lstrip()
        indent = before[: len(before) - len(before.lstrip())]
        last = before.rstrip()[-1:]
        inner = f"\n{indent}{_INDENT}" if last in _PAIRS else f"\n{indent}"
        cursor.insertText(inner)
        if last in _PAIRS and after.startswith(_PAIRS[last]):
            at = cursor.position()
            cursor.insertText(f"\n{indent}")
            cursor.setPosition(at)
        self.setTextCursor(cursor)

    def _make_room(self) -> None:
        self.setViewportMargins(self._numbers.wanted_width(), 0, 0, 0)

    def _scrolled(self, area: QRect, by: int) -> None:
        if by:
            self._numbers.scroll(0, by)
        else:
            self._numbers.update(0, area.y(), self._numbers.width(), area.height())

    def _repaint(self) -> None:
        text = self.text()
        line = QTextCursor(self.textCursor())
        line.clearSelection()
        looks = [_look(line, "hover", whole_line=True)]
        for start, end in self._found:
            looks.append(_look(self._cursor(text, start, end), "backup_soft"))
        for mark in self._marks:
            found = _look(self._cursor(text, mark.start, mark.end), "")
            found.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            found.format.setUnderlineColor(theme.current().color(mark.level))
            found.format.setToolTip(mark.words)
            looks.append(found)
        self.setExtraSelections(looks)

    def _cursor(self, text: str, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        last = max(self.document().characterCount() - 1, 0)
        cursor.setPosition(min(_units(text[:start]), last))
        cursor.setPosition(min(_units(text[:end]), last), QTextCursor.MoveMode.KeepAnchor)
        return cursor


def _look(
    cursor: QTextCursor, behind: str, *, whole_line: bool = False
) -> QTextEdit.ExtraSelection:
    look = QTextEdit.ExtraSelection()
    shape = QTextCharFormat()
    if behind:
        shape.setBackground(theme.current().color(behind))
    if whole_line:
        shape.setProperty(QTextFormat.Property.FullWidthSelection, True)
    look.cursor, look.format = cursor, shape
    return look


def _encoded(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _units(text: str) -> int:
    return len(_encoded(text)) // 2


def _same_place(before: str, at: int, after: str) -> int:
    """Where *at* is in a text that differs in spaces and commas alone."""
    solid = sum(not _is_layout(letter) for letter in before[:at])
    places = (place for place, letter in enumerate(after, 1) if not _is_layout(letter))
    return next(islice(places, solid - 1, None), len(after)) if solid else 0


def _is_layout(letter: str) -> bool:
    return letter == "," or letter.isspace()


def _difference(before: str, after: str) -> tuple[int, int, str]:
    """Start and end of what *before* has at the lines that differ, and what *after* has there."""
    old, new = before.split("\n"), after.split("\n")
    shorter, fewer = min(len(before), len(after)), min(len(old), len(new))
    same = next((n for n in range(fewer) if old[n] != new[n]), fewer)
    alike = next((n for n in range(fewer - same) if old[-1 - n] != new[-1 - n]), fewer - same)
    start = min(sum(len(line) + 1 for line in old[:same]), shorter)
    tail = min(sum(len(line) + 1 for line in old[len(old) - alike :]), shorter - start)
    return start, len(before) - tail, after[start : len(after) - tail]
