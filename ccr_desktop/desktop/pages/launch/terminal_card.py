"""Which terminal Claude Code opens in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.tokens import M, S
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.choice_box import FieldOfChoices, label_for_readers
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.labels import HelpText
from ccr_desktop.launch.terminals import SCRIPT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.launch.terminals import Terminal

_OWN = "own"
_CHOICE_WIDTH = 280


class TerminalCard(Card):
    """Only terminals that are here can be chosen, or a command of one's own."""

    terminal_wanted = Signal(str)
    """As `Desktop.terminal` of the settings has it."""
    test_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Terminal"), parent=parent)
        self._choice = FieldOfChoices()
        self._choice.setObjectName("terminal")
        self._choice.setAccessibleName(self.tr("Terminal"))
        self._choice.setMinimumWidth(_CHOICE_WIDTH)
        self._test = PlainButton(self.tr("Test"))
        self._test.setObjectName("test-terminal")
        self._result = HelpText()
        self._result.setObjectName("terminal-result")
        self._command = QLineEdit()
        self._command.setObjectName("terminal-command")
        self._command.setPlaceholderText(f"xterm -e {SCRIPT}")
        help_text = self.tr("Write {script} where the script belongs.").replace("{script}", SCRIPT)
        self._own = FormRow(self.tr("Command"), self._command, help_text)
        self._own.setObjectName("terminal-own")
        self._lay_out()
        self._choice.activated.connect(self._choose)
        self._command.editingFinished.connect(self._typed)
        self._test.clicked.connect(lambda: self.test_wanted.emit(self.wish()))

    def show_terminals(self, found: Sequence[Terminal], chosen: str) -> None:
        """*chosen* is what the settings say: a name, a command, or empty for the first found."""
        self._choice.clear()
        first = self.tr("The first one found")
        label = self.tr("Automatic: {name}").format(
            name=in_words(found[0].label) if found else first
        )
        self._choice.addItem(label, "")
        for terminal in found:
            self._choice.addItem(in_words(terminal.label), terminal.name)
        is_own = SCRIPT in chosen
        if chosen and not is_own and self._choice.findData(chosen) < 0:
            self._choice.addItem(self.tr("{name} (not found)").format(name=chosen), chosen)
        self._choice.addItem(self.tr("A command of your own…"), _OWN)
        self._choice.setCurrentIndex(self._choice.findData(_OWN if is_own else chosen))
        self._own.setVisible(is_own)
        if is_own and not self._command.hasFocus():
            self._command.setText(chosen)
        none_found = self.tr("No terminal was found here. Name a command of your own.")
        if not found and not chosen:
            self.show_result(none_found)
        elif self._result.text() == none_found:
            self.show_result("")

    def show_result(self, words: str) -> None:
        """What came of a test."""
        self._result.setText(words)

    def show_command_error(self, words: str) -> None:
        self._own.show_error(words)

    def wish(self) -> str:
        if self._choice.currentData() == _OWN:
            return self._command.text().strip()
        return str(self._choice.currentData())

    def _choose(self) -> None:
        is_own = self._choice.currentData() == _OWN
        self._own.setVisible(is_own)
        self.show_result("")
        if is_own:
            self._command.setFocus()
        else:
            self.terminal_wanted.emit(self.wish())

    def _typed(self) -> None:
        if self._choice.currentData() == _OWN and self.wish():
            self.terminal_wanted.emit(self.wish())

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(S)
        line.addWidget(self._choice)
        line.addWidget(self._test)
        line.addSpacing(M)
        line.addWidget(self._result, 1)
        self.body.addLayout(line)
        label_for_readers(self._choice)
        self.body.addWidget(self._own)
        self._own.hide()
