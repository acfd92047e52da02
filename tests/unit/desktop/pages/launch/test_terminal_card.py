"""The card of the terminal that Claude Code opens in."""

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel

from ccr_desktop.desktop import language
from ccr_desktop.desktop.pages.launch.terminal_card import TerminalCard
from ccr_desktop.launch.terminals import Terminal, known_terminals

pytestmark = pytest.mark.usefixtures("look")
XTERM = Terminal("xterm", "XTerm", ("xterm", "-e", "{script}"))


def result(card: TerminalCard) -> str:
    label = card.findChild(QLabel, "terminal-result")
    assert isinstance(label, QLabel)
    return label.text()


def test_that_none_was_found_is_told_until_one_is() -> None:
    card = TerminalCard()
    card.show_terminals([], "")
    assert result(card).startswith("No terminal was found")

    card.show_terminals([XTERM], "")

    assert result(card) == ""


def test_what_came_of_a_test_stays_when_the_terminals_are_looked_for_again() -> None:
    card = TerminalCard()
    card.show_terminals([XTERM], "")
    card.show_result("XTerm works.")

    card.show_terminals([XTERM], "")

    assert result(card) == "XTerm works."


def test_terminals_that_are_no_program_by_name_are_in_words(qapp: QApplication) -> None:
    language.current().use("zh_CN")
    card = TerminalCard()
    card.show_terminals(known_terminals("linux")[:3], "")

    box = card.findChild(QComboBox, "terminal")
    assert isinstance(box, QComboBox)
    shown = [box.itemText(index) for index in range(4)]
    assert shown == ["自动：默认终端", "默认终端", "系统终端", "GNOME Terminal"]
