"""Connects Activity with the journal; while the page is hidden, nothing is done."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from ccr_desktop.core.observe.journal import report
from ccr_desktop.core.whole_files import write_safely
from ccr_desktop.desktop.dialogs import ask, pick_new_file
from ccr_desktop.desktop.pages.activity.export import as_csv, as_json
from ccr_desktop.desktop.pages.activity.page import ActivityPage
from ccr_desktop.desktop.pages.activity.report import ReportDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ccr_desktop.core.service import Service
    from ccr_desktop.desktop.desk import Desk


def build(desk: Desk) -> QWidget:
    page = ActivityPage()
    ActivityPresenter(page, desk)
    return page


class ActivityPresenter(QObject):
    """Lives as long as its page."""

    def __init__(self, page: ActivityPage, desk: Desk) -> None:
        super().__init__(page)
        self._page = page
        self._bridge = desk.bridge
        self._seen = -1
        self._bridge.activity_changed.connect(self._follow, Qt.ConnectionType.QueuedConnection)
        page.shown.connect(self._follow)
        page.time_passed.connect(lambda: page.show_time(time.time()))
        page.launch_wanted.connect(lambda: self._bridge.page_wanted.emit("launch"))
        page.rule_wanted.connect(lambda name: self._bridge.page_wanted.emit(f"routes/rule:{name}"))
        page.try_wanted.connect(lambda name: self._bridge.page_wanted.emit(f"routes/try:{name}"))
        page.stop_wanted.connect(self._stop)
        page.report_wanted.connect(self._report)
        page.export_wanted.connect(self._export)
        self._follow(always=True)

    def _follow(self, *, always: bool = False) -> None:
        journal = self._bridge.journal
        if journal.revision != self._seen and (always or self._page.isVisible()):
            self._seen = journal.revision
            self._page.show_entries(journal.entries, time.time())

    def _stop(self, request_id: str) -> None:
        async def stop(service: Service) -> None:
            service.cancel_request(request_id)

        words = self.tr("Stopping the request")
        self._bridge.do(self._bridge.host.call(stop), words)

    def _report(self, request_id: str) -> None:
        entry = self._bridge.journal.entry(request_id)
        if entry is not None:
            dialog = ReportDialog(report(entry), self._page)
            self._bridge.do(_asked(dialog), self.tr("Showing the report"))

    def _export(self, kind: str) -> None:
        self._bridge.do(self._exported(kind), self.tr("Exporting the requests"))

    async def _exported(self, kind: str) -> None:
        """The rows as they are when the file was named."""
        title = self.tr("Export the requests")
        suggestion = Path.home() / f"requests.{kind}"
        path = await pick_new_file(self._page, title, suggestion)
        if path is not None:
            shown = self._page.table.filter.shown()
            text = as_csv(shown) if kind == "csv" else as_json(shown)
            await asyncio.to_thread(write_safely, path, text.encode())


async def _asked(dialog: ReportDialog) -> None:
    try:
        await ask(dialog)
    finally:
        dialog.deleteLater()
