"""The latest requests as a table that follows the journal row by row."""

from __future__ import annotations

import enum
import time
from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from ccr_desktop.core.hidden_signs import visible
from ccr_desktop.desktop import figures, lists
from ccr_desktop.desktop.outcomes import outcome_of
from ccr_desktop.desktop.state import model_of, provider_of
from ccr_desktop.desktop.tally import tokens_in
from ccr_desktop.desktop.work_words import work_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.observe.journal import Entry

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_tr = QCoreApplication.translate


class Column(enum.IntEnum):
    TIME = 0
    PROJECT = 1
    WORK = 2
    MODEL = 3
    RESULT = 4
    DURATION = 5
    FIRST = 6
    TOKENS_IN = 7
    TOKENS_OUT = 8
    TOKENS_CACHED = 9


NUMBERS = frozenset(column for column in Column if column >= Column.DURATION)


class Role(enum.IntEnum):
    """What the model gives beside Qt's own roles."""

    ENTRY = Qt.ItemDataRole.UserRole + 1
    SORT = Qt.ItemDataRole.UserRole + 2
    SECOND = Qt.ItemDataRole.UserRole + 3
    """A second line of the cell, of less weight."""
    STATE = Qt.ItemDataRole.UserRole + 4


class ActivityModel(QAbstractTableModel):
    """Newest first. Rows come and go one by one, so that what is chosen stays chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(self._entries)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Become *entries*: those of a journal, which only adds at the front and forgets."""
        wanted = {entry.request_id for entry in entries}
        for number in reversed(range(len(self._entries))):
            if self._entries[number].request_id not in wanted:
                self.beginRemoveRows(_TOP, number, number)
                del self._entries[number]
                self.endRemoveRows()
        self._add(entries[: len(entries) - len(self._entries)])
        for number, entry in enumerate(entries):
            if self._entries[number] is not entry:
                self._entries[number] = entry
                self.dataChanged.emit(
                    self.index(number, 0), self.index(number, self.columnCount() - 1)
                )

    def entry(self, index: Index) -> Entry | None:
        return self._entries[index.row()] if index.isValid() else None

    def index_of(self, request_id: str) -> QModelIndex:
        """Where a request is; an invalid index if it was forgotten."""
        for number, entry in enumerate(self._entries):
            if entry.request_id == request_id:
                return self.index(number, 0)
        return QModelIndex()

    # -- what Qt asks ----------------------------------------------------------------------

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return heading(Column(section))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(Column(section))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entry(index)
        if entry is None:
            return None
        column = Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return visible(words(entry, column))
            case Qt.ItemDataRole.ToolTipRole:
                return visible(_tip(entry, column)) or None
            case Qt.ItemDataRole.AccessibleTextRole:
                return visible(lists.phrases((heading(column), words(entry, column))))
            case Qt.ItemDataRole.TextAlignmentRole:
                return _side(column)
            case Role.ENTRY:
                return entry
            case Role.SORT:
                return _sorted_by(entry, column)
            case Role.SECOND:
                return visible(_second(entry, column))
            case Role.STATE if column is Column.RESULT:
                return outcome_of(entry).state
            case _:
                return None

    def _add(self, new: Sequence[Entry]) -> None:
        if new:
            self.beginInsertRows(_TOP, 0, len(new) - 1)
            self._entries[:0] = new
            self.endInsertRows()


def heading(column: Column) -> str:
    return {
        Column.TIME: _tr("Activity", "Time"),
        Column.PROJECT: _tr("Activity", "Project"),
        Column.WORK: _tr("Activity", "Kind of work"),
        Column.MODEL: _tr("Activity", "Model"),
        Column.RESULT: _tr("Activity", "Result"),
        Column.DURATION: _tr("Activity", "Took"),
        Column.FIRST: _tr("Activity", "First word"),
        Column.TOKENS_IN: _tr("Activity", "Tokens in"),
        Column.TOKENS_OUT: _tr("Activity", "Tokens out"),
        Column.TOKENS_CACHED: _tr("Activity", "Cached"),
    }[column]


def words(entry: Entry, column: Column) -> str:
    """What a cell says."""
    match column:
        case Column.TIME:
            return figures.moment(entry.at_s, time.time())
        case Column.PROJECT:
            return PurePath(entry.folder).name or figures.NOTHING
        case Column.WORK:
            return work_words(entry.scenario)
        case Column.MODEL:
            return model_of(entry.route) or figures.NOTHING
        case Column.RESULT:
            return outcome_of(entry).word
        case Column.DURATION:
            return figures.duration(entry.duration_s)
        case Column.FIRST:
            return figures.duration(entry.first_s)
        case _:
            return figures.count(_tokens(entry, column))


def _tokens(entry: Entry, column: Column) -> int | None:
    if "output_tokens" not in entry.usage:
        return None
    if column is Column.TOKENS_IN:
        return tokens_in(entry.usage)
    name = "output_tokens" if column is Column.TOKENS_OUT else "cache_read_input_tokens"
    return int(entry.usage.get(name) or 0)


def _second(entry: Entry, column: Column) -> str:
    if column is Column.MODEL:
        return _asked(entry)
    if column is Column.RESULT and (number := outcome_of(entry).number):
        return str(number)
    return ""


def _asked(entry: Entry) -> str:
    if not entry.model or entry.model in {entry.route, model_of(entry.route)}:
        return provider_of(entry.route)
    return _tr("Activity", "for {model}").format(model=entry.model)


def _tip(entry: Entry, column: Column) -> str:
    match column:
        case Column.PROJECT:
            return entry.folder
        case Column.MODEL:
            return f"{entry.model} → {entry.route}"
        case Column.RESULT:
            return entry.error
        case _:
            return ""


def _sorted_by(entry: Entry, column: Column) -> object:
    match column:
        case Column.TIME:
            return entry.at_s
        case Column.DURATION:
            return -1.0 if entry.duration_s is None else entry.duration_s
        case Column.FIRST:
            return -1.0 if entry.first_s is None else entry.first_s
        case Column.TOKENS_IN | Column.TOKENS_OUT | Column.TOKENS_CACHED:
            found = _tokens(entry, column)
            return -1 if found is None else found
        case _:
            return words(entry, column).casefold()


def _side(column: Column) -> int:
    side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
