"""The card of the terminal that Claude Code opens in."""

import pytest
from PySide6.QtWidgets import QLabel

from ccr_desktop.desktop.pages.launch.terminal_card import TerminalCard
from ccr_desktop.launch.terminals import Terminal

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
