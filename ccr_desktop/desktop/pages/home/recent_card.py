"""The card of the folders that Claude Code was used in."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ccr_desktop.desktop import figures
from ccr_desktop.desktop.folder_routes import routing_of
from ccr_desktop.desktop.widgets.buttons import QuietButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.row_delegate import RowAction
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.launch.projects import Project

_MOST = 5


class RecentCard(Card):
    """Signals: `launch_wanted(folder, mode)`, `all_wanted`."""

    launch_wanted = Signal(str, str)
    all_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Recent projects"), "", parent)
        self.setObjectName("recent-projects")
        self.rows = RowList(self.tr("Recent projects"), fit_content=True)
        self.rows.set_actions(
            (
                RowAction(
                    key="continue", text=self.tr("Continue the last session"), icon="history"
                ),
                RowAction(key="new", text=self.tr("Launch Claude Code here"), icon="terminal"),
            )
        )
        self.rows.opened.connect(lambda folder: self.launch_wanted.emit(folder, "new"))
        self.rows.action_requested.connect(self.launch_wanted)
        every = QuietButton(self.tr("All projects"))
        every.clicked.connect(self.all_wanted)
        self.add_header_action(every)
        self.add(self.rows)
        self.hide()

    def show_projects(
        self, projects: Sequence[Project], config: Config, home: str, now_s: float
    ) -> None:
        self.rows.set_rows([_row(project, config, home, now_s) for project in projects[:_MOST]])
        self.setVisible(bool(projects))


def _row(project: Project, config: Config, home: str, now_s: float) -> Row:
    folder = PurePath(project.folder)
    return Row(
        key=project.folder,
        title=folder.name or project.folder,
        subtitle=_short(project.folder, home),
        trailing=figures.ago(project.last_used_s, now_s) if project.last_used_s else "",
        badge=routing_of(config, Path(project.folder)),
    )


def _short(folder: str, home: str) -> str:
    is_below = home and PurePath(folder).is_relative_to(home)
    return str(PurePath("~") / PurePath(folder).relative_to(home)) if is_below else folder
