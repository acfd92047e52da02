"""The table of the requests: it follows them without losing what is chosen or where one reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.models.activity import ActivityModel, Column
from ccr_desktop.desktop.models.activity_filter import ActivityFilter
from ccr_desktop.desktop.pages.activity.cells import CellDelegate
from ccr_desktop.desktop.tokens import L, S
from ccr_desktop.desktop.widgets.behind import KeepsRow
from ccr_desktop.desktop.widgets.state import SIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.observe.journal import Entry

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_WIDEST = {  # a text that a column has to hold
    Column.TIME: "00:00:00",
    Column.PROJECT: "weather-station",
    Column.WORK: "Long conversations",
    Column.RESULT: "Too many requests",
    Column.DURATION: "00 min 00 s",
    Column.FIRST: "00 min 00 s",
    Column.TOKENS_IN: "1 000 000",
    Column.TOKENS_OUT: "100 000",
    Column.TOKENS_CACHED: "1 000 000",
}
# Where there is no room these go, the first one first; the details have them all.
_EXPENDABLE = (
    Column.TOKENS_CACHED,
    Column.FIRST,
    Column.TOKENS_IN,
    Column.TOKENS_OUT,
    Column.PROJECT,
    Column.WORK,
    Column.DURATION,
)
_LEAST_MODEL = 160  # it gets all that is left


class RequestTable(KeepsRow, QTableView):
    """Enter or a click opens a request."""

    opened = Signal(str)
    selected = Signal(str)
    """The request that is chosen, empty for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("requests")
        self.setAccessibleName(self.tr("Requests"))
        self.requests = ActivityModel(self)
        self.filter = ActivityFilter(self.requests, self)
        self.setModel(self.filter)
        self.setItemDelegate(CellDelegate(self))
        self._set_up()
        self.clicked.connect(self._open)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Take over the journal; who has scrolled down goes on reading the same rows."""
        bar = self.verticalScrollBar()
        first = QPersistentModelIndex(self.indexAt(self.viewport().rect().topLeft()))
        before = self.rowViewportPosition(first.row()) if first.isValid() else 0
        was_scrolled = bar.value() > 0
        with self.showing():
            self.requests.show_entries(entries)
        if was_scrolled and first.isValid():
            self.updateGeometries()  # the bar learns of new rows only now
            bar.setValue(bar.value() + self.rowViewportPosition(first.row()) - before)

    def current_id(self) -> str:
        entry = self.filter.entry(self.currentIndex())
        return entry.request_id if entry else ""

    def select(self, request_id: str) -> bool:
        """Choose a request; False where it is not shown."""
        index = self.filter.mapFromSource(self.requests.index_of(request_id))
        if index.isValid():
            with self.showing():
                self.setCurrentIndex(index)
        return index.isValid()

    # -- Qt's events -----------------------------------------------------------------------

    def row_chosen(self, row: QModelIndex | QPersistentModelIndex) -> None:
        entry = self.filter.entry(row)
        self.selected.emit(entry.request_id if entry else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.current_id():
            self.opened.emit(self.current_id())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._share_room(event.size().width())
        super().resizeEvent(event)

    # -- construction ----------------------------------------------------------------------

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSortingEnabled(True)
        self.sortByColumn(Column.TIME, Qt.SortOrder.DescendingOrder)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.current().row_height())
        rows.hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsMovable(False)
        head.setMinimumSectionSize(40)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(Column.MODEL, QHeaderView.ResizeMode.Stretch)

    def _share_room(self, room: int) -> None:
        needed = {column: self._width(column) for column in Column}
        hidden: set[Column] = set()
        for column in _EXPENDABLE:
            if sum(needed.values()) <= room:
                break
            hidden.add(column)
            del needed[column]
        for column in Column:
            self.setColumnHidden(column, column in hidden)
            if column in needed and column is not Column.MODEL:
                self.setColumnWidth(column, needed[column])

    def _width(self, column: Column) -> int:
        if column is Column.MODEL:
            return _LEAST_MODEL
        look = theme.current()
        heading = str(self.filter.headerData(column, Qt.Orientation.Horizontal))
        words = QFontMetrics(look.font()).horizontalAdvance(_WIDEST[column])
        head = QFontMetrics(look.font("strong")).horizontalAdvance(heading) + L
        dot = SIDE + S if column is Column.RESULT else 0
        return max(words + dot, head) + 2 * S + 2

    def _open(self, index: QModelIndex) -> None:
        if entry := self.filter.entry(index):
            self.opened.emit(entry.request_id)
