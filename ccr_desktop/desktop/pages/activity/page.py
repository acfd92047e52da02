"""The view of Activity: running requests, filters, the table, and the details of a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from ccr_desktop.core.observe.journal import LIMIT
from ccr_desktop.desktop.models.activity_filter import Wanted
from ccr_desktop.desktop.pages.activity.details import RequestDetails
from ccr_desktop.desktop.pages.activity.filters import FilterRow
from ccr_desktop.desktop.pages.activity.running import RunningCard
from ccr_desktop.desktop.pages.activity.table import RequestTable
from ccr_desktop.desktop.tokens import XL, L, M
from ccr_desktop.desktop.widgets.buttons import SplitButton
from ccr_desktop.desktop.widgets.empty_state import EmptyState
from ccr_desktop.desktop.widgets.labels import PageTitle, SecondaryText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.observe.journal import Entry

_BESIDE_FROM = 820  # a narrower page shows the details in place of the table
_DETAILS_WIDE = 360
_TICK_MS = 500


class ActivityPage(QWidget):
    """Signals tell what a person wants. `shown` asks for what happened while it was hidden."""

    has_own_search = True
    shown = Signal()
    time_passed = Signal()
    """Twice a second while requests run and the page is seen."""
    launch_wanted = Signal()
    stop_wanted = Signal(str)
    report_wanted = Signal(str)
    try_wanted = Signal(str)
    rule_wanted = Signal(str)
    export_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("activity")
        self._count = SecondaryText()
        self._count.setObjectName("request-count")
        self.export_button = SplitButton(self.tr("Export CSV…"), "download", primary=False)
        self.running = RunningCard()
        self.filters = FilterRow()
        self.table = RequestTable()
        self.details = RequestDetails()
        self.empty = EmptyState(
            self.tr(
                "Nothing has passed through yet. Launch Claude Code from here to see its requests."
            ),
            self.tr("Launch"),
            "activity",
        )
        self.nothing_found = EmptyState(
            self.tr("No request matches these filters."), self.tr("Clear filters"), "list-filter"
        )
        self._above, self._below = QWidget(), QWidget()
        self._table_card = QFrame()
        self._clock = QTimer(self, interval=_TICK_MS)
        self._lay_out()
        self._connect()
        self.details.hide()
        self.show_entries((), 0.0)

    # -- what is shown ---------------------------------------------------------------------

    def show_entries(self, entries: Sequence[Entry], now_s: float) -> None:
        """The whole journal, newest first; only what differs is drawn anew."""
        self.table.show_entries(entries)
        running = [entry for entry in reversed(entries) if entry.is_running]
        self.running.show_entries(running, now_s)
        self.filters.offer(entries)
        self._refresh_details()
        self._arrange()
        self._run_clock()

    def show_time(self, now_s: float) -> None:
        self.running.show_time(now_s)

    def show_detail(self, request_id: str) -> None:
        """Open the details of a request, whatever is filtered; the cursor is in the table."""
        self.table.setFocus()
        if not self.table.requests.index_of(request_id).isValid():
            return
        if not self.table.select(request_id):
            self.filters.clear()
            self.table.select(request_id)
        self._open(request_id)

    # -- construction ----------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(XL, 0, XL, L)
        column.setSpacing(M)
        head = QHBoxLayout()
        head.setSpacing(M)
        head.addWidget(PageTitle(self.tr("Activity")))
        head.addWidget(self._count, 1)
        head.addWidget(self.export_button)
        column.addLayout(head)
        above = QVBoxLayout(self._above)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(M)
        above.addWidget(self.running)
        above.addWidget(self.filters)
        column.addWidget(self._above)
        self._table_card.setProperty("surface", "card")
        inner = QVBoxLayout(self._table_card)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self.table)
        inner.addWidget(self.nothing_found, 1)
        self.details.setMinimumWidth(_DETAILS_WIDE)
        row = QHBoxLayout(self._below)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(M)
        row.addWidget(self._table_card, 1)
        row.addWidget(self.details)
        column.addWidget(self._below, 1)
        column.addWidget(self.empty, 1)
        menu = QMenu(self)
        menu.addAction(self.tr("Export JSON…")).triggered.connect(
            lambda: self.export_wanted.emit("json")
        )
        self.export_button.set_menu(menu)

    def _connect(self) -> None:
        self.empty.activated.connect(self.launch_wanted)
        self.nothing_found.activated.connect(self.filters.clear)
        self.export_button.clicked.connect(lambda: self.export_wanted.emit("csv"))
        self.running.stop_wanted.connect(self.stop_wanted)
        self.filters.changed.connect(self._look_for)
        self.filters.search.down_pressed.connect(self.table.setFocus)
        self.table.opened.connect(self._open)
        self.table.selected.connect(self._follow)
        self.details.closed.connect(self._close_details)
        self.details.stop_wanted.connect(self.stop_wanted)
        self.details.report_wanted.connect(self.report_wanted)
        self.details.try_wanted.connect(self.try_wanted)
        self.details.rule_wanted.connect(self.rule_wanted)
        self._clock.timeout.connect(self.time_passed)
        find = QShortcut(QKeySequence.StandardKey.Find, self, self.filters.search.setFocus)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # -- what is done here -----------------------------------------------------------------

    def _look_for(self, wanted: Wanted) -> None:
        self.table.filter.look_for(wanted)
        self._arrange()

    def _open(self, request_id: str) -> None:
        entry = self.table.requests.entry(self.table.requests.index_of(request_id))
        if entry is not None:
            self.details.show_entry(entry)
            self.details.show()
            self._arrange()
            if not self._table_card.isVisibleTo(self):
                self.details.close_button.setFocus()

    def _follow(self, request_id: str) -> None:
        """Details that are open go along with the row that is chosen."""
        if request_id and not self.details.isHidden():
            self._open(request_id)

    def _close_details(self) -> None:
        self.details.hide()
        self._arrange()
        self.table.setFocus()

    def _refresh_details(self) -> None:
        if self.details.isHidden():
            return
        entry = self.table.requests.entry(self.table.requests.index_of(self.details.request_id))
        if entry is None:
            self.details.hide()  # it was forgotten
        else:
            self.details.show_entry(entry)

    def _arrange(self) -> None:
        """What there is room for, and what there is at all."""
        known, found = len(self.table.requests.entries), self.table.filter.rowCount()
        is_beside = self.width() >= _BESIDE_FROM
        self.empty.setVisible(not known)
        self._below.setVisible(bool(known))  # or it keeps half of the room
        self.export_button.setVisible(bool(found))
        is_covered = not (is_beside or self.details.isHidden())
        self._above.setVisible(bool(known) and not is_covered)
        self._table_card.setVisible(bool(known) and not is_covered)
        self.details.setMaximumWidth(_DETAILS_WIDE if is_beside else 16777215)
        self.table.setVisible(bool(found))
        self.nothing_found.setVisible(bool(known) and not found)
        self._count.setText(self._count_words(known, found) if known else "")

    def _count_words(self, known: int, found: int) -> str:
        if found != known:
            return self.tr("{found} of {known} requests").format(found=found, known=known)
        if known >= LIMIT:
            return self.tr("the last {known} requests").format(known=known)
        if known == 1:
            return self.tr("1 request since the start")
        return self.tr("{known} requests since the start").format(known=known)

    def _run_clock(self) -> None:
        if self.isVisible() and self.running.is_busy:
            if not self._clock.isActive():
                self._clock.start()
        else:
            self._clock.stop()

    # -- Qt's events -----------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()
        self._run_clock()  # also where nothing new has come since it was hidden

    def hideEvent(self, event: QHideEvent) -> None:
        self._clock.stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
