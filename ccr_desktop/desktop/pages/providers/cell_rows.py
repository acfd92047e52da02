"""Rows of a few fields each, that come and go: headers, memory sizes, prices, keys of a pool."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSpacerItem, QVBoxLayout, QWidget

from ccr_desktop.desktop.tokens import XS, S
from ccr_desktop.desktop.widgets.buttons import IconButton, LeadingButton
from ccr_desktop.desktop.widgets.labels import HelpText
from ccr_desktop.desktop.widgets.reveal import bring_into_sight
from ccr_desktop.desktop.widgets.ring import set_mark

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What stands in one place of each row. A `wide` of 0 takes the room that is left."""

    name: str
    placeholder: str = ""
    wide: int = 0
    hides: Callable[[Cells], bool] | None = None
    """Whether the text of this place is secret, as the whole row tells."""


class CellRows(QWidget):
    """Line edits in rows; `cells()` are their texts, rows that are all empty left out."""

    changed = Signal()

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        add_words: str,
        *,
        ordered: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._name = name
        self._columns = tuple(columns)
        self._ordered = ordered
        self._lines: list[_Line] = []
        self._head = QWidget()
        self._heading = QHBoxLayout(self._head)
        self._over_buttons = QSpacerItem(0, 0)
        self._stack = QVBoxLayout()
        self._stack.setSpacing(XS)
        self.add_button = LeadingButton(add_words, "plus")
        self.add_button.setObjectName(f"{name}-add")
        self._lay_out()
        self.add_button.clicked.connect(self._add_empty)

    def show_cells(self, rows: Sequence[Cells]) -> None:
        for row in self._lines:
            row.setParent(None)
            row.deleteLater()
        self._lines = []
        for cells in rows:
            self._add(cells)
        self._describe()

    def cells(self) -> list[Cells]:
        return [cells for row in self._lines if any(cells := row.cells())]

    def mark_bad(self, words: Mapping[tuple[int, int], str]) -> None:
        """Mark the fields with something wrong: by row, as `cells()` counts them, and column."""
        filled = [row for row in self._lines if any(row.cells())]
        for number, row in enumerate(filled):
            for place, edit in enumerate(row.edits):
                said = words.get((number, place), "")
                set_mark(edit, "invalid", bool(said))
                edit.setAccessibleDescription(said)

    def first_bad(self) -> QLineEdit | None:
        edits = (edit for row in self._lines for edit in row.edits)
        return next((edit for edit in edits if edit.property("invalid")), None)

    def _lay_out(self) -> None:
        head = self._heading
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(S)
        for column in self._columns:
            label = HelpText(column.name)
            label.setWordWrap(False)
            if column.wide:
                label.setFixedWidth(column.wide)
            head.addWidget(label, 0 if column.wide else 1)
        head.addSpacerItem(self._over_buttons)
        tail = QHBoxLayout()
        tail.addWidget(self.add_button)
        tail.addStretch(1)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(XS)
        column_.addWidget(self._head)
        column_.addLayout(self._stack)
        column_.addLayout(tail)

    def _add(self, cells: Cells) -> _Line:
        row = _Line(self._columns, cells, ordered=self._ordered)
        row.edited.connect(self.changed)
        row.removed.connect(lambda: self._remove(row))
        row.moved.connect(lambda step: self._move(row, step))
        self._lines.append(row)
        self._stack.addWidget(row)
        return row

    def _add_empty(self) -> None:
        row = self._add(("",) * len(self._columns))
        self._describe()
        row.show()
        row.edits[0].setFocus()
        QTimer.singleShot(0, row, lambda: bring_into_sight(row))  # once it has its place

    def _remove(self, row: _Line) -> None:
        number = self._lines.index(row)
        self._lines.remove(row)
        self._stack.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._describe()
        if self._lines:
            self._lines[min(number, len(self._lines) - 1)].edits[0].setFocus()
        else:
            self.add_button.setFocus()
        self.changed.emit()

    def _move(self, row: _Line, step: int) -> None:
        number = self._lines.index(row)
        goal = min(max(number + step, 0), len(self._lines) - 1)
        self._lines.insert(goal, self._lines.pop(number))
        self._stack.removeWidget(row)
        self._stack.insertWidget(goal, row)
        self._describe()
        self.changed.emit()

    def _describe(self) -> None:
        """Names for tests and screen readers, which say which row a field is in."""
        self._head.setVisible(bool(self._lines))
        if self._lines:
            self._over_buttons.changeSize(self._lines[0].width_of_buttons(), 0)
            self._heading.invalidate()
        for number, row in enumerate(self._lines):
            row.describe(self._name, number, is_last=number == len(self._lines) - 1)


class _Line(QWidget):
    """One row with its buttons."""

    edited = Signal()
    removed = Signal()
    moved = Signal(int)

    def __init__(self, columns: Sequence[Column], cells: Cells, *, ordered: bool) -> None:
        super().__init__()
        self._columns = columns
        self.edits = [self._edit(*pair) for pair in zip(columns, cells, strict=True)]
        self._hide_secrets()
        self._up = IconButton("arrow-up", self.tr("Move up"))
        self._down = IconButton("arrow-down", self.tr("Move down"))
        self._remove = IconButton("trash-2", self.tr("Remove"))
        self._buttons = [*((self._up, self._down) if ordered else ()), self._remove]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S)
        for column, edit in zip(columns, self.edits, strict=True):
            row.addWidget(edit, 0 if column.wide else 1)
        for button in self._buttons:
            row.addWidget(button)
        self._up.clicked.connect(lambda: self.moved.emit(-1))
        self._down.clicked.connect(lambda: self.moved.emit(1))
        self._remove.clicked.connect(self.removed)

    def width_of_buttons(self) -> int:
        """With the gaps before them."""
        for button in self._buttons:
            button.ensurePolished()
        return sum(button.sizeHint().width() + S for button in self._buttons)

    def cells(self) -> Cells:
        return tuple(edit.text().strip() for edit in self.edits)

    def describe(self, name: str, number: int, *, is_last: bool) -> None:
        for place, (column, edit) in enumerate(zip(self._columns, self.edits, strict=True)):
            edit.setObjectName(f"{name}-{number}-{place}")
            edit.setAccessibleName(f"{column.name} {number + 1}")
        for button in self._buttons:
            button.setAccessibleName(f"{button.toolTip()} {number + 1}")
        self._remove.setObjectName(f"{name}-{number}-remove")
        self._up.setObjectName(f"{name}-{number}-up")
        self._down.setObjectName(f"{name}-{number}-down")
        self._up.setEnabled(number > 0)
        self._down.setEnabled(not is_last)

    def _edit(self, column: Column, text: str) -> QLineEdit:
        edit = QLineEdit(text)
        edit.setPlaceholderText(column.placeholder)
        if column.wide:
            edit.setFixedWidth(column.wide)
        edit.textChanged.connect(lambda _text: self._edited())
        return edit

    def _edited(self) -> None:
        self._hide_secrets()
        self.edited.emit()

    def _hide_secrets(self) -> None:
        cells = self.cells()
        mode = QLineEdit.EchoMode
        for column, edit in zip(self._columns, self.edits, strict=True):
            if column.hides is not None:
                edit.setEchoMode(mode.Password if column.hides(cells) else mode.Normal)
