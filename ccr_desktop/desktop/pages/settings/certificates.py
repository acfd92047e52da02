"""The file with own certificates: what is in it is told before anybody relies on it."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QObject, Qt

from ccr_desktop import paths
from ccr_desktop.core.upstream.certificates import look_into
from ccr_desktop.desktop.pages.settings.field_rows import PathRow

if TYPE_CHECKING:
    from ccr_desktop.core.upstream.certificates import CertificateFile
    from ccr_desktop.desktop.bridge import Bridge


class CertificateRow(PathRow):
    """Its file may be a right one by name and a wrong one by what is in it."""

    _of_file = ""
    _of_setting: tuple[str, str] = ("", "")

    def show_error(self, text: str, fix: str = "") -> None:
        self._of_setting = text, fix
        self._show_problem()

    def show_file_problem(self, text: str) -> None:
        self._of_file = text
        self._show_problem()

    def _show_problem(self) -> None:
        text, fix = self._of_setting
        super().show_error(self._of_file or text, fix)


class CertificateWatch(QObject):
    """Looks into the file whenever it is another one. Lives as long as its row."""

    def __init__(self, bridge: Bridge, row: CertificateRow) -> None:
        super().__init__(row)
        self._bridge = bridge
        self._row = row
        self._usual = row.help_text()
        bridge.config_changed.connect(self._look, Qt.ConnectionType.QueuedConnection)
        self._look()

    def _look(self) -> None:
        self._bridge.do(self._looked(), self.tr("Looking at the certificates"))

    async def _looked(self) -> None:
        told = str(self._bridge.raw.get("CA_FILE") or "")
        if not told:
            self._row.show_help(self._usual)
            self._row.show_file_problem("")
            return
        store = self._bridge.store
        folder = (store.path or store.save_path).parent
        try:
            found = await asyncio.to_thread(look_into, str(folder / paths.expanded(told)))
        except (OSError, ValueError):  # which is told where the settings are read
            self._row.show_help(self._usual)
            self._row.show_file_problem("")
            return
        self._row.show_help(_facts(found))
        is_useless = found.count == 1 and _is_over(found)
        words = self.tr("It is no longer valid. Ask for a new one where you got it.")
        self._row.show_file_problem(words if is_useless else "")


def _facts(found: CertificateFile) -> str:
    count = (
        _tr("One certificate.")
        if found.count == 1
        else _tr("{count} certificates.").format(count=found.count)
    )
    if not found.ends_at_s:
        return count
    ends = QDateTime.fromSecsSinceEpoch(round(found.ends_at_s)).date()
    words = (
        _tr("“{name}” ended on {day}.")
        if _is_over(found)
        else _tr("The first to end is “{name}”, on {day}.")
    )
    day = QLocale().toString(ends, QLocale.FormatType.ShortFormat)
    return f"{count} {words.format(name=found.first_to_end, day=day)}"


def _is_over(found: CertificateFile) -> bool:
    return bool(found.ends_at_s) and found.ends_at_s < time.time()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
