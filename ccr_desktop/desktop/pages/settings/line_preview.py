"""The status line as it will look, always in sight."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop.tokens import XL, M, S
from ccr_desktop.desktop.widgets.column import put_in_the_middle
from ccr_desktop.desktop.widgets.labels import HelpText
from ccr_desktop.desktop.widgets.segments import SegmentedControl
from ccr_desktop.desktop.widgets.terminal_line import TerminalLine


class LinePreview(QWidget):
    """The line, what it is drawn with, and the ground of the terminal."""

    scene_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.line = TerminalLine(self.tr("Preview of the status line"))
        self.line.setObjectName("line-preview")
        self.scene = SegmentedControl(
            [("example", self.tr("Example")), ("session", self.tr("Last session"))],
            name=self.tr("What the preview shows"),
        )
        self.scene.setObjectName("line-scene")
        self.ground = SegmentedControl(
            [("dark", self.tr("Dark")), ("light", self.tr("Light"))],
            name=self.tr("Ground of the terminal"),
        )
        self._note = HelpText()
        self._row = QHBoxLayout(self)
        self._lay_out()
        self.scene.changed.connect(self.scene_wanted)
        self.ground.changed.connect(lambda key: self.line.set_dark(key == "dark"))

    def show_line(self, text: str) -> None:
        self.line.show_line(text)
        words = ""
        if self.line.lacks_icons():
            words = self.tr("□ is an icon that your terminal draws if it has a Nerd Font.")
        elif self.scene.current() == "session":
            words = self.tr("What only Claude Code knows, such as the cost, is made up.")
        self._note.setText(words)

    def show_has_session(self, *, has_session: bool) -> None:
        """There is a choice once the router has seen a session."""
        self.scene.setVisible(has_session)

    def note(self) -> str:
        return self._note.text()

    def _lay_out(self) -> None:
        choices = QHBoxLayout()
        choices.setSpacing(S)
        choices.addWidget(self._note, 1)
        choices.addWidget(self.scene)
        choices.addWidget(self.ground)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, M)
        column.setSpacing(S)
        column.addWidget(self.line)
        column.addLayout(choices)
        put_in_the_middle(self._row, inner)
        self._row.setContentsMargins(XL, 0, XL, 0)
