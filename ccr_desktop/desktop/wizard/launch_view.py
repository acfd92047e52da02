"""The last step: Claude Code in a folder, and the word that it works."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.pages.settings.rows import SwitchRow
from ccr_desktop.desktop.tokens import M, S
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.buttons import PlainButton, QuietButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.copy_field import CopyField
from ccr_desktop.desktop.widgets.disclosure import OpeningButton
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
        self.guide = OpeningButton(self.tr("Install guide"), "chevron-right")
        self.guide.setObjectName("wizard-guide")
        self.guide.setCheckable(True)
        self.check = QuietButton(self.tr("Check again"), "refresh-cw")
        self.folder = QLineEdit()
        self.folder.setObjectName("wizard-folder")
        self.folder.setPlaceholderText(self.tr("The folder of a project"))
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
        self.guide.toggled.connect(self._open_guide)
        self.check.clicked.connect(self.check_wanted)
        self.choose.clicked.connect(self.choose_wanted)

    def show_claude(self, words: str, install: str = "", *, is_found: bool) -> None:
        self.claude.show_state("running" if is_found else "attention", words)
        if install:
            self.install.set_text(install)
        self.check.setVisible(not is_found)
        self.guide.setVisible(not is_found or self.guide.isChecked())

    def show_terminal(self, name: str) -> None:
        if name:
            words = self.tr("{name} opens it").format(name=name)
            self.terminal.show_state("running", words)
        else:
            words = self.tr("No terminal was found: run “ccr code” where you type commands")
            self.terminal.show_state("attention", words)

    def show_outcome(self, level: Level, text: str) -> None:
        self.outcome.show_notice(level, text)

    def folder_path(self) -> Path | None:
        """None for nothing, and for less than a whole path: it would begin where the app did."""
        try:
            path = Path(self.folder.text().strip()).expanduser()
        except RuntimeError:  # ~ and a name that nobody has here
            return None
        return path if path.is_absolute() else None

    def _open_guide(self, opened: bool) -> None:
        self._how.setVisible(opened)
        self.guide.set_icon("chevron-down" if opened else "chevron-right")

    def _claude_line(self) -> QWidget:
        """As high with its buttons as without: what is below stays where it is."""
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(M)
        self.claude.setMinimumHeight(theme.current().control_height())
        for part in (self.claude, self.guide, self.check):
            line.addWidget(part)
        line.addStretch(1)
        self.guide.hide()
        self.check.hide()
        return holder

    def _lay_out(self) -> None:
        self._how = QWidget()
        how = QVBoxLayout(self._how)
        how.setContentsMargins(0, 0, 0, 0)
        how.setSpacing(S)
        how.addWidget(BodyText(self.tr("This command installs it; then check again:")))
        command = QHBoxLayout()
        command.addWidget(self.install)
        command.addStretch(1)
        how.addLayout(command)
        self._how.hide()
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
        for part in (self._claude_line(), self._how, self.terminal):
            launch.add(part)
        launch.body.addSpacing(S)
        launch.add(self.folder_row)
        later = Card()
        later.add(self.login)
        later.add(self.no_tray)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(M)
        words = self.tr("Open Claude Code in a folder of yours, and ask it something.")
        for part in (BodyText(words), launch, self.outcome, later):
            column.addWidget(part)
