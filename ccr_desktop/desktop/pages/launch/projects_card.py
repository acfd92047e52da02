"""The folders that Claude Code is opened in."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ccr_desktop.desktop.pages.launch.rows import row_of
from ccr_desktop.desktop.widgets.buttons import PlainButton, PrimaryButton, QuietButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.empty_state import EmptyState
from ccr_desktop.desktop.widgets.row_delegate import RowAction
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.showing import set_shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from ccr_desktop.desktop.pages.launch.rows import Folder


class ProjectsCard(Card):
    """Signals carry the folder they are about; `add_wanted` asks for one."""

    add_wanted = Signal()
    launch_wanted = Signal(object)
    continue_wanted = Signal(object)
    resume_wanted = Signal(object)
    options_wanted = Signal(object)
    forget_wanted = Signal(object)
    chosen = Signal(object)
    """The folder that is selected now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Projects"), parent=parent)
        self.list = RowList(self.tr("Projects"), fit_content=True)
        self.list.setObjectName("projects")
        self._empty = EmptyState(
            self.tr("Drop a folder here, or choose one."), self.tr("Choose folder…"), "folder-open"
        )
        self._add = QuietButton(self.tr("Add folder…"), "plus")
        self._add.setObjectName("add-folder")
        self._resume = PlainButton(self.tr("Resume…"), "history")
        self._resume.setObjectName("resume")
        self._continue = PlainButton(self.tr("Continue last"))
        self._continue.setObjectName("continue")
        self._launch = PrimaryButton(self.tr("Start new"), "terminal")
        self._launch.setObjectName("start-new")
        self._lay_out()
        self._connect()
        self.show_folders(())

    def show_folders(self, folders: Sequence[Folder]) -> None:
        now_s = time.time()
        self.list.set_rows([row_of(folder, now_s) for folder in folders])
        for part in (self.list, self._add, self._resume, self._continue, self._launch):
            set_shown(part, bool(folders))
        set_shown(self._empty, not folders)
        if folders and not self.list.current_key():
            self.list.select(folders[0].key)

    def folder(self) -> Path | None:
        """The one that is selected."""
        key = self.list.current_key()
        return Path(key) if key else None

    def _lay_out(self) -> None:
        self.add_header_action(self._add)
        self.add(self.list)
        self.add(self._empty)
        for button in (self._resume, self._continue, self._launch):
            self.add_action(button)
        self.list.set_actions(
            [
                RowAction(key="launch", text=self.tr("Start new"), icon="terminal"),
                RowAction(key="continue", text=self.tr("Continue last"), icon="rotate-ccw"),
                RowAction(key="resume", text=self.tr("Resume…"), icon="history"),
                RowAction(key="options", text=self.tr("Arguments and route set…"), icon="pencil"),
                RowAction(key="forget", text=self.tr("Forget"), icon="x"),
            ]
        )

    def _connect(self) -> None:
        self._add.clicked.connect(self.add_wanted)
        self._empty.activated.connect(self.add_wanted)
        self._launch.clicked.connect(lambda: self._wish("launch"))
        self._continue.clicked.connect(lambda: self._wish("continue"))
        self._resume.clicked.connect(lambda: self._wish("resume"))
        self.list.opened.connect(lambda key: self._ask("launch", key))
        self.list.action_requested.connect(lambda key, action: self._ask(action, key))
        self.list.selected.connect(lambda key: self.chosen.emit(Path(key) if key else None))

    def _wish(self, action: str) -> None:
        if key := self.list.current_key():
            self._ask(action, key)

    def _ask(self, action: str, key: str) -> None:
        signals = {
            "launch": self.launch_wanted,
            "continue": self.continue_wanted,
            "resume": self.resume_wanted,
            "options": self.options_wanted,
            "forget": self.forget_wanted,
        }
        signals[action].emit(Path(key))
