"""Rows of a list as frozen data, and the model that changes only what differs."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from ccr_desktop.desktop import lists
from ccr_desktop.desktop.widgets.state import State
from ccr_desktop.desktop.widgets.visible import show_hidden_signs

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing in a list; *key* stays the same while the rest changes."""

    key: str
    title: str
    gives_way: str = ""
    """The part of the title that is shortened where it has too little room."""
    subtitle: str = ""
    state: State | None = None
    state_word: str = ""
    """What the state's shape means, for screen readers and the tooltip."""
    trailing: str = ""
    enabled: bool = True
    """False: switched off, and shown with less weight. It can still be chosen."""
    badge: str = ""
    monogram: str = ""
    """A name whose initials stand in a tile before the text."""

    def __post_init__(self) -> None:
        show_hidden_signs(
            self,
            *("title", "gives_way", "subtitle", "state_word", "trailing", "badge", "monogram"),
        )


class RowRole(enum.IntEnum):
    """What the model gives beside Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole + 1
    KEY = Qt.ItemDataRole.UserRole + 2


class RowModel(QAbstractListModel):
    """Follows a sequence of rows by their keys: no reset, so that the selection stays."""

    def __init__(self, rows: Sequence[Row] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = list(rows)

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(self._rows)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Become *rows* by removing, moving, inserting and changing single ones."""
        wanted = {row.key for row in rows}
        if len(wanted) != len(rows):
            raise ValueError("two rows have the same key")
        for number in reversed(range(len(self._rows))):
            if self._rows[number].key not in wanted:
                self._remove(number)
        for number, row in enumerate(rows):
            self._settle(number, row)

    def index_of(self, key: str) -> QModelIndex:
        """Where a row is; an invalid index if it is not there."""
        for number, row in enumerate(self._rows):
            if row.key == key:
                return self.index(number)
        return QModelIndex()

    def row_at(self, index: Index) -> Row | None:
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return _said(row)
            case Qt.ItemDataRole.ToolTipRole:
                return _tip(row)
            case RowRole.ROW:
                return row
            case RowRole.KEY:
                return row.key
            case _:
                return None

    def _settle(self, number: int, row: Row) -> None:
        """Have *row* at *number*, all before it being as it shall be."""
        is_there = number < len(self._rows) and self._rows[number].key == row.key
        present = number if is_there else self.index_of(row.key).row()
        if present < 0:
            self.beginInsertRows(_TOP, number, number)
            self._rows.insert(number, row)
            self.endInsertRows()
            return
        if present != number:
            self.beginMoveRows(_TOP, present, present, _TOP, number)
            self._rows.insert(number, self._rows.pop(present))
            self.endMoveRows()
        if self._rows[number] != row:
            self._rows[number] = row
            self.dataChanged.emit(self.index(number), self.index(number))

    def _remove(self, number: int) -> None:
        self.beginRemoveRows(_TOP, number, number)
        del self._rows[number]
        self.endRemoveRows()


def _tip(row: Row) -> str | None:
    """What the state means; of a title that may be shortened all, in lines of a usual length."""
    if not row.gives_way:
        return row.state_word or None
    words = (escape(text) for text in (row.title, row.state_word) if text)
    return f"<qt>{'<br>'.join(words)}</qt>"


def _said(row: Row) -> str:
    parts = (row.title, row.badge, row.state_word, row.subtitle, row.trailing)
    return lists.phrases(dict.fromkeys(parts))
