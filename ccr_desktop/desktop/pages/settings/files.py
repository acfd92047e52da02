"""Files: the settings file, the logs, and reports of failures."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt

from ccr_desktop import paths
from ccr_desktop.desktop import figures
from ccr_desktop.desktop.opening import open_path
from ccr_desktop.desktop.pages.settings.section import Section
from ccr_desktop.desktop.setting_places import row_name
from ccr_desktop.desktop.sight import InSight
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.copy_field import CopyField
from ccr_desktop.desktop.widgets.copy_sign import RowCopySign
from ccr_desktop.desktop.widgets.labels import HelpText
from ccr_desktop.desktop.widgets.row_delegate import RowAction
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.rows import Row

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from ccr_desktop.desktop.crash import CrashReport
    from ccr_desktop.desktop.desk import Desk


def build(desk: Desk) -> QWidget:
    section = Section()
    view = FilesView(section)
    FilesPresenter(desk, view)
    return section


class FilesView(QObject):
    """The cards of the section. What is done with a row is told by its list."""

    def __init__(self, section: Section) -> None:
        super().__init__(section)
        self.section = section
        self.path = CopyField(compact=True, elides=True)
        self.path.setObjectName("config-path")
        self.open = PlainButton(_tr("Open"), "external-link")
        self.reveal = PlainButton(_tr("Show in folder"), "folder-open")
        self.logs = PlainButton(_tr("Open the folder of the logs"), "folder-open")
        self.edit = PlainButton(_tr("Edit the text"), "pencil")
        self.history = PlainButton(_tr("Earlier versions"), "history")
        self.reports = _row_list(_tr("Reports of failures"), "reports")
        copy = RowAction(key="copy", text=_tr("Copy report"), icon="copy")
        self.copied = RowCopySign(self.reports, copy)
        self._no_reports = HelpText(_tr("None. Nothing failed so far."))
        self._add_cards()

    def show_path(self, path: Path, *, is_there: bool) -> None:
        self.path.set_text(str(path))
        self.open.setEnabled(is_there)

    def show_reports(self, rows: list[Row]) -> None:
        self.reports.set_rows(rows)
        self.reports.setVisible(bool(rows))
        self._no_reports.setVisible(not rows)

    def _add_cards(self) -> None:
        file = Card(_tr("Settings file"), _tr("Changes that you make there show here at once."))
        file.add(self.path)
        file.add_action(self.history)
        file.add_action(self.edit)
        file.add_action(self.reveal)
        file.add_action(self.open)
        reports = Card(
            _tr("Logs and reports"),
            _tr("Reports say what failed in CCR Desktop, without keys and without requests."),
        )
        reports.add(self.reports)
        reports.add(self._no_reports)
        reports.add_action(self.logs)
        cards = {"config-file": file, "reports": reports}
        for name, card in cards.items():
            card.setObjectName(row_name(name))
            self.section.add(card)


class FilesPresenter(QObject):
    def __init__(self, desk: Desk, view: FilesView) -> None:
        super().__init__(view)
        self._bridge = desk.bridge
        self._reports = desk.crash_reports
        self._view = view
        self._found: dict[str, CrashReport] = {}
        view.open.clicked.connect(lambda: self._open(self._path()))
        view.reveal.clicked.connect(lambda: self._open(self._path().parent))
        view.logs.clicked.connect(lambda: self._open(paths.log_dir()))
        view.edit.clicked.connect(lambda: self._bridge.page_wanted.emit("settings/text"))
        view.history.clicked.connect(lambda: self._bridge.page_wanted.emit("settings/history"))
        view.reports.opened.connect(self._copy)
        view.reports.action_requested.connect(lambda key, _: self._copy(key))
        seen = InSight(view.section, self.look)
        self._bridge.config_changed.connect(seen.ask, Qt.ConnectionType.QueuedConnection)
        self.look()

    def look(self) -> None:
        self._bridge.do(self._look(), self.tr("Looking at the files"))

    async def _look(self) -> None:
        path = self._path()
        reports = await asyncio.to_thread(self._reports.listed)
        is_there = await asyncio.to_thread(path.is_file)
        self._found = {str(report.path): report for report in reports}
        self._view.show_path(path, is_there=is_there)
        self._view.show_reports([_report_row(report) for report in reports])

    def _open(self, path: Path) -> None:
        open_path(self._bridge, self._view.section, path)

    def _path(self) -> Path:
        return self._bridge.store.path or self._bridge.store.save_path

    def _copy(self, key: str) -> None:
        if report := self._found.get(key):
            self._view.copied.copy(key, report.text())


def _row_list(name: str, object_name: str) -> RowList:
    rows = RowList(name, fit_content=True)
    rows.setObjectName(object_name)
    return rows


def _report_row(report: CrashReport) -> Row:
    return Row(key=str(report.path), title=report.title, subtitle=figures.stamp(report.at_s))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
