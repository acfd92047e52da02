"""Tells in the window that a report about a failure was written, which can be copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from ccr_desktop.desktop.widgets.copy_sign import CopySign

if TYPE_CHECKING:
    import asyncio

    from ccr_desktop.desktop.crash import CrashReport, CrashReports
    from ccr_desktop.desktop.window import Window


class CrashNews(QObject):
    """Reports come from any thread, and reach the window in its own."""

    _written = Signal(object)

    def __init__(self, reports: CrashReports, window: Window) -> None:
        super().__init__(window)
        self._reports = reports
        self._banners = window.banners
        self._written.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        reports.tell = self._written.emit
        if reports.earlier:
            self._tell_of_earlier(reports.earlier)

    def listen_to(self, loop: asyncio.AbstractEventLoop) -> None:
        """Have failures on *loop* written down, too."""
        self._reports.listen_to(loop)

    def _tell(self, report: CrashReport) -> None:
        words = self.tr("Something in CCR Desktop failed: {title}. The router goes on.")
        self._put(words.format(title=report.title.rstrip(".")), report)

    def _tell_of_earlier(self, report: CrashReport) -> None:
        words = self.tr(
            "CCR Desktop crashed when it ran last. A report, without keys, can be copied for"
            " whoever looks into it."
        )
        self._put(words, report)

    def _put(self, words: str, report: CrashReport) -> None:
        sign: CopySign
        copy = self.tr("Copy report"), lambda: sign.copy(report.text())
        sign = CopySign(self._banners.put("crash", "error", words, copy).button)
