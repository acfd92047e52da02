"""The last step: Claude Code in a folder, and the word that it works."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ccr_desktop.desktop.pages.settings.rows import SwitchRow
from ccr_desktop.desktop.tokens import M, S
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.copy_field import CopyField
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.labels import BodyText, HelpText
from ccr_desktop.desktop.widgets.state import StateDot

if TYPE_CHECKING:
    from ccr_desktop.desktop.widgets.banner import Level


class LaunchView(QWidget):
    """The signals are what a person wants."""

    choose_wanted = Signal()
    check_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.claude = StateDot("busy", self.tr("Looking for Claude Code…"))
        self.terminal = StateDot("busy", self.tr("Looking for a terminal…"))
        self.install = CopyField()
        self.check = PlainButton(self.tr("Check again"), "refresh-cw")
        self.folder = QLineEdit()
        self.folder.setObjectName("wizard-folder")
        self.choose = PlainButton(self.tr("Choose…"), "folder-open")
        self.outcome = Banner("info")
        self.outcome.setObjectName("wizard-outcome")
        self.login = SwitchRow(
            self.tr("Start at login"), self.tr("The router is there before you need it.")
        )
        self.no_tray = HelpText(
            self.tr("This desktop has no tray. Open the window again from the list of programs.")
        )
        self._lay_out()
        self.check.clicked.connect(self.check_wanted)
        self.choose.clicked.connect(self.choose_wanted)

    def show_claude(self, words: str, install: str = "", *, is_found: bool) -> None:
        self.claude.show_state("running" if is_found else "attention", words)
        if install:
            self.install.set_text(install)
        self._missing.setVisible(not is_found)

    def show_terminal(self, name: str) -> None:
        if name:
            words = self.tr("{name} opens it").format(name=name)
            self.terminal.show_state("running", words)
        else:
            words = self.tr("No terminal was found: run “ccr code” where you type commands")
            self.terminal.show_state("attention", words)

    def show_outcome(self, level: Level, text: str) -> None:
        self.outcome.show_notice(level, text)

    def folder_path(self) -> Path:
        return Path(self.folder.text().strip()).expanduser()

    def _lay_out(self) -> None:
        self._missing = QWidget()
        missing = QVBoxLayout(self._missing)
        missing.setContentsMargins(0, 0, 0, 0)
        missing.setSpacing(S)
        missing.addWidget(BodyText(self.tr("This command installs it; then check again:")))
        missing.addWidget(self.install)
        again = QHBoxLayout()
        again.addWidget(self.check)
        again.addStretch(1)
        missing.addLayout(again)
        self._missing.hide()
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S)
        row.addWidget(self.folder, 1)
        row.addWidget(self.choose)
        holder.setFocusProxy(self.folder)
        self.folder_row = FormRow(self.tr("Folder to work in"), holder)
        self.folder.setAccessibleName(self.tr("Folder to work in"))
        launch = Card()
        for part in (self.claude, self._missing, self.terminal, self.folder_row):
            launch.add(part)
        later = Card()
        later.add(self.login)
        later.add(self.no_tray)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(M)
        words = self.tr("Open Claude Code in a folder of yours, and ask it something.")
        for part in (BodyText(words), launch, self.outcome, later):
            column.addWidget(part)
