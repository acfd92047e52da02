"""The view of Launch: folders, the program, the terminal, and what else can be led here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ccr_desktop import paths
from ccr_desktop.desktop.pages.launch.claude_card import ClaudeCard
from ccr_desktop.desktop.pages.launch.own_launches_card import OwnLaunchesCard
from ccr_desktop.desktop.pages.launch.projects_card import ProjectsCard
from ccr_desktop.desktop.pages.launch.terminal_card import TerminalCard
from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.copy_field import CopyField
from ccr_desktop.desktop.widgets.labels import HelpText, PageTitle
from ccr_desktop.desktop.widgets.page_scroll import PageScroll

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent


class LaunchPage(PageScroll):
    """`dropped` carries folders, `resume_wanted` comes from the tray, `shown` when it is seen,
    `failure_closed` when a person has read it.
    """

    dropped = Signal(object)
    resume_wanted = Signal()
    shown = Signal()
    failure_closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("launch-page")
        self.setAcceptDrops(True)
        self.projects = ProjectsCard()
        self.claude = ClaudeCard()
        self.terminal = TerminalCard()
        self.own = OwnLaunchesCard()
        self._failure = Banner("error", closable=True)
        self._failure.setObjectName("launch-failure")
        self._commands = QVBoxLayout()
        self._by_hand = self._commands_to_type()
        self.add(PageTitle(self.tr("Launch")))
        for part in (
            self._failure,
            self._by_hand,
            self.projects,
            self.claude,
            self.terminal,
            self.own,
        ):
            self.add(part)
        self._failure.hide()
        self._failure.dismissed.connect(self._by_hand.hide)
        self._failure.dismissed.connect(self.failure_closed)

    def show_failure(self, words: str, commands: Sequence[str] = ()) -> None:
        """Why a launch failed, with commands that do the same; no words: nothing failed."""
        self._failure.show_notice("error", words)
        self._failure.setVisible(bool(words))
        while (item := self._commands.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for command in commands:
            self._commands.addWidget(CopyField(command))
        self._by_hand.setVisible(bool(commands))
        if words:
            self.verticalScrollBar().setValue(0)

    def show_detail(self, detail: str) -> None:
        if detail == "resume":
            self.resume_wanted.emit()

    def _commands_to_type(self) -> QWidget:
        holder = QWidget()
        holder.setObjectName("launch-commands")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addWidget(HelpText(self.tr("Typed into any terminal, these do the same:")))
        column.addLayout(self._commands)
        holder.hide()
        return holder

    # -- Qt's events -----------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _folders(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if folders := _folders(event.mimeData()):
            event.acceptProposedAction()
            self.dropped.emit(folders)


def _folders(data: QMimeData) -> list[Path]:
    places = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [place for place in places if paths.is_folder(place)]
