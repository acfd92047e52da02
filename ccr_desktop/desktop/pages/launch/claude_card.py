"""The Claude Code program that is used, or how to get one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop import lists, theme
from ccr_desktop.desktop.at_home import shown
from ccr_desktop.desktop.pages.launch.overrides import Overrides
from ccr_desktop.desktop.tokens import XS, M
from ccr_desktop.desktop.widgets.buttons import QuietButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.copy_field import CopyField
from ccr_desktop.desktop.widgets.disclosure import OpeningButton
from ccr_desktop.desktop.widgets.labels import BodyText, HelpText
from ccr_desktop.desktop.widgets.one_piece import in_one_piece
from ccr_desktop.desktop.widgets.reveal import bring_into_sight
from ccr_desktop.desktop.widgets.state import StateDot

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent

    from ccr_desktop.launch.program import ClaudeProgram


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the search for Claude Code brought. Without a `program` it was not found."""

    program: ClaudeProgram | None = None
    configured: str = ""
    """What the settings name; empty: it is looked for."""
    install: str = ""
    looked: tuple[str, ...] = ()


class ClaudeCard(Card):
    """One line, whatever the search brings: what is below stays where it is meanwhile.

    The guide for installing opens and closes when a person wants it. The signals are what else a
    person wants.
    """

    locate_wanted = Signal()
    check_wanted = Signal()
    automatic_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Claude Code"), parent=parent)
        self._state = StateDot("busy", self.tr("Looking for it…"))
        self._state.setObjectName("claude-state")
        self._place = HelpText()
        self._place.setObjectName("claude-place")
        self._automatic = QuietButton(self.tr("Find it by itself"))
        self._automatic.setObjectName("claude-automatic")
        self._locate = QuietButton(self.tr("Locate…"))
        self._locate.setObjectName("claude-locate")
        self._check = QuietButton(self.tr("Re-check"), "refresh-cw")
        self._check.setObjectName("claude-check")
        self._install = CopyField()
        self._install.setObjectName("claude-install")
        self._opener = OpeningButton(self.tr("Install guide"), "chevron-right")
        self._opener.setObjectName("claude-guide")
        self._opener.setCheckable(True)
        self._looked = HelpText()
        self._looked.setObjectName("claude-looked")
        self._guide = self._install_guide()
        self.overrides = Overrides()
        self._lay_out()
        self._opener.toggled.connect(self._open_guide)
        self._automatic.clicked.connect(self.automatic_wanted)
        self._locate.clicked.connect(self.locate_wanted)
        self._check.clicked.connect(self.check_wanted)

    def show_looking(self) -> None:
        self._state.show_state("busy", self.tr("Looking for it…"))
        self._check.set_busy(busy=True)

    def show_found(self, found: Found) -> None:
        self._check.set_busy(busy=False)
        self._automatic.setVisible(bool(found.configured))
        self._opener.setVisible(found.program is None or self._opener.isChecked())
        if found.program is None:
            self._show_missing(found)
            return
        version = found.program.version
        words = self.tr("Version {version}").format(version=version) if version else ""
        self._state.show_state("running", words or self.tr("Found"))
        how = self._how(found.program.kind, in_file=bool(found.configured))
        self._show_place(f"{shown(Path(found.program.path))}  ·  {how}")

    def _show_missing(self, found: Found) -> None:
        self._state.show_state("attention", self.tr("Claude Code was not found"))
        self._show_place("")
        self._install.set_text(found.install)
        words = {
            "the PATH": self.tr("the PATH"),
            "the login shell": self.tr("the login shell"),
            "npm (no answer)": self.tr("npm (no answer)"),
        }
        looked = lists.names(in_one_piece(words.get(place, place)) for place in found.looked)
        self._looked.setText(self.tr("Looked in {places}.").format(places=looked))

    def _show_place(self, words: str) -> None:
        """Words can be copied; where there are none, there is nothing to have the cursor."""
        self._place.setText(words)
        flags = Qt.TextInteractionFlag
        self._place.setTextInteractionFlags(
            flags.TextSelectableByMouse if words else flags.NoTextInteraction
        )

    def _how(self, kind: str, *, in_file: bool) -> str:
        match kind:
            case "configured" if in_file:
                return self.tr("named in the settings")
            case "configured":
                return self.tr("named by the variable CLAUDE_PATH")
            case "PATH":
                return self.tr("found on the PATH")
            case "login shell":
                return self.tr("found by the login shell")
            case "native":
                return self.tr("installed by its own installer")
            case _:
                return self.tr("installed with {name}").format(name=kind)

    def _install_guide(self) -> QWidget:
        guide = QWidget()
        column = QVBoxLayout(guide)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(XS)
        column.addWidget(BodyText(self.tr("Type this into a terminal to install it:")))
        line = QHBoxLayout()
        line.addWidget(self._install)
        line.addStretch(1)
        column.addLayout(line)
        text = self.tr(
            "It needs Node.js 18 or newer. Then choose Re-check; Locate… is for a Claude Code in"
            " an unusual place."
        )
        column.addWidget(HelpText(text))
        column.addWidget(self._looked)
        guide.hide()
        return guide

    def _open_guide(self, opened: bool) -> None:
        self._guide.setVisible(opened)
        self._opener.set_icon("chevron-down" if opened else "chevron-right")
        if opened:
            QTimer.singleShot(0, self._guide, lambda: bring_into_sight(self._guide))  # has its size

    def hideEvent(self, event: QHideEvent) -> None:
        """A guide that is of no use any more goes while nobody looks."""
        if self._place.text():
            self._opener.show_checked(False)
            self._opener.hide()
        super().hideEvent(event)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(M)
        self._state.setMinimumHeight(theme.current().control_height())  # with a button or without
        line.addWidget(self._state)
        line.addWidget(self._opener)
        line.addWidget(self._place, 1)
        for button in (self._automatic, self._locate, self._check):
            self.add_header_action(button)
        self._automatic.hide()
        self._opener.hide()
        self.body.addLayout(line)
        self.body.addWidget(self._guide)
        self.body.addWidget(self.overrides)
