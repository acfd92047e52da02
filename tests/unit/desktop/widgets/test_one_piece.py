"""Paths within sentences that go over several lines."""

import pytest
from PySide6.QtGui import QFont, QTextLayout
from PySide6.QtWidgets import QApplication

from ccr_desktop.desktop.widgets.one_piece import in_one_piece

PLACES = ("the PATH", "~/.local/bin", "~/.npm-global/bin", "/opt/homebrew/bin", "/usr/local/bin")


def lines(text: str, width: int) -> list[str]:
    layout = QTextLayout(text, QFont())
    layout.beginLayout()
    found = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        found.append(text[line.textStart() : line.textStart() + line.textLength()])
    layout.endLayout()
    return found


@pytest.mark.parametrize("width", range(150, 500, 10))
def test_a_line_ends_between_two_paths(width: int, qapp: QApplication) -> None:
    text = ", ".join(map(in_one_piece, PLACES))

    assert [line[-1:] for line in lines(text, width)[:-1]] == [" "] * (len(lines(text, width)) - 1)


def test_what_would_not_fit_into_a_line_may_be_broken() -> None:
    assert in_one_piece("/long" * 20) == "/long" * 20
