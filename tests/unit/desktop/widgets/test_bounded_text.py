"""What is too long to be laid out at once is not put in, and that is said."""

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.widgets.bounded_text import MOST, MOST_OF_A_WORD, BoundedText
from ccr_desktop.desktop.widgets.code_editor import CodeEditor


def pasted(edit: QPlainTextEdit, text: str) -> list[str]:
    """Why it is not there."""
    why: list[str] = []
    if isinstance(edit, BoundedText):
        edit.refused.connect(why.append)
    data = QMimeData()
    data.setText(text)
    edit.insertFromMimeData(data)
    return why


@pytest.mark.parametrize("kind", ["plain", "code"])
def test_ten_megabytes_are_refused_in_words(kind: str, qtbot: QtBot, look: theme.Theme) -> None:
    edit = BoundedText("before") if kind == "plain" else CodeEditor("code")
    edit.setPlainText("before")
    qtbot.addWidget(edit)

    (why,) = pasted(edit, '{"a": 1},\n' * 1_000_000)

    assert why == "Too long: with it there would be 10,000,007 characters here, of 1,000,000."
    assert edit.toPlainText() == "before"


def test_a_long_word_is_refused_where_lines_are_broken(qtbot: QtBot, look: theme.Theme) -> None:
    word = "x" * (MOST_OF_A_WORD + 1)
    plain, code = BoundedText(), CodeEditor("code")
    for edit in (plain, code):
        qtbot.addWidget(edit)

    (why,) = pasted(plain, f"see {word}")

    assert why == "It has a word of 20,001 characters, and 20,000 are the most here."
    assert pasted(code, word) == []
    assert code.text() == word


def test_a_word_does_not_grow_too_long_piece_by_piece(qtbot: QtBot, look: theme.Theme) -> None:
    edit = BoundedText()
    qtbot.addWidget(edit)
    piece = "x" * (MOST_OF_A_WORD // 2)

    assert pasted(edit, f"see {piece}") == []
    assert pasted(edit, piece) == []
    (why,) = pasted(edit, "x and on")
    edit.moveCursor(QTextCursor.MoveOperation.StartOfBlock)
    edit.moveCursor(QTextCursor.MoveOperation.NextWord)
    (why_before,) = pasted(edit, "so: x")

    assert why == "It has a word of 20,001 characters, and 20,000 are the most here."
    assert why_before == why
    assert pasted(edit, f"{piece} ") == []
    edit.moveCursor(QTextCursor.MoveOperation.End)
    assert pasted(edit, f"\n{piece}") == []


def test_what_fits_is_pasted_in_place_of_what_is_marked(qtbot: QtBot, look: theme.Theme) -> None:
    edit = BoundedText()
    qtbot.addWidget(edit)
    half = "word " * (MOST // 20)
    edit.setPlainText(half)
    edit.selectAll()

    assert pasted(edit, half * 3) == []
    assert len(edit.toPlainText()) == len(half) * 3
