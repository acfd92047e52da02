"""Logs: whether they are written, how much, and where they are."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QObject

from ccr_desktop import paths
from ccr_desktop.desktop.opening import open_path
from ccr_desktop.desktop.pages.settings.binding import Binding
from ccr_desktop.desktop.pages.settings.choice_rows import PickRow
from ccr_desktop.desktop.pages.settings.rows import SettingRow, SwitchRow
from ccr_desktop.desktop.pages.settings.section import Section
from ccr_desktop.desktop.setting_places import help_of, row_name, title_of
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.tick_row import breakable

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from ccr_desktop.desktop.bridge import Bridge
    from ccr_desktop.desktop.desk import Desk


def build(desk: Desk) -> QWidget:
    section = Section()
    binding = Binding(desk.bridge, section)
    card = Card(_tr("Logs"), _tr("What happened, without keys and without what was said."))
    written = SwitchRow(title_of("LOG"), help_of("LOG"))
    level = PickRow(title_of("LOG_LEVEL"), _levels(), _tr("Counts at once."))
    folder = PlainButton(_tr("Open folder"), "folder-open")
    folder.setObjectName("open-logs")
    files = SettingRow(title_of("log-files"), str(paths.log_dir()), folder)
    files.setObjectName(row_name("log-files"))
    for row in (written, level, files):
        card.add(row)
    binding.add("LOG", written)
    binding.add("LOG_LEVEL", level)
    section.add(card)
    LogFolder(desk.bridge, files, folder)
    return section


class LogFolder(QObject):
    """How much room the logs take; what is in them is for an editor."""

    def __init__(self, bridge: Bridge, row: SettingRow, button: PlainButton) -> None:
        super().__init__(row)
        self._bridge, self._row = bridge, row
        button.clicked.connect(self._open)
        bridge.do(self._look(), self.tr("Looking at the logs"))

    async def _look(self) -> None:
        folder = paths.log_dir()
        count, size = await asyncio.to_thread(_measured, folder)
        words = self.tr("{folder}: {count} files, {size}. Old ones are removed by themselves.")
        shown = QLocale().formattedDataSize(size)
        self._row.show_help(words.format(folder=breakable(str(folder)), count=count, size=shown))

    def _open(self) -> None:
        open_path(self._bridge, self._row, paths.log_dir())


def _measured(folder: Path) -> tuple[int, int]:
    """How many files there are, and their size."""
    sizes = [path.stat().st_size for path in folder.glob("*.log*") if path.is_file()]
    return len(sizes), sum(sizes)


def _levels() -> list[tuple[str, str]]:
    return [
        ("fatal", _tr("What ended the router")),
        ("error", _tr("Errors")),
        ("warn", _tr("Errors and warnings")),
        ("info", _tr("A line for each request")),
        ("debug", _tr("Decisions as well")),
        ("trace", _tr("Everything")),
    ]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
