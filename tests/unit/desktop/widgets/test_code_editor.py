"""A text in colours: as much of it as is in sight."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QTextBlock, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.widgets.code_editor import CodeEditor, _difference
from ccr_desktop.desktop.widgets.json_colors import JsonColors
from ccr_desktop.desktop.widgets.offers import Offer

LONG = "\n".join(f'  "model-{number}": {number},' for number in range(5000))


def test_only_lines_in_sight_get_their_colours(qtbot: QtBot, look: theme.Theme) -> None:
    editor = _shown(qtbot, LONG)

    assert 10 < len(_colored(editor)) < 100
    editor.go_to_line(4000)
    editor.grab()
    assert 3999 in _colored(editor)


def test_pieces_have_their_colours(qtbot: QtBot, look: theme.Theme) -> None:
    editor = _shown(qtbot, '{ "😀": "text", // said\n  n: 1 }')

    assert _names(editor, 0) == [
        ('"😀"', "accent"),
        ('"text"', "running"),
        ("// said", "secondary"),
    ]
    assert _names(editor, 1) == [("n", "accent"), ("1", "backup")]


def test_a_comment_over_lines_is_followed_while_it_is_written(
    qtbot: QtBot, look: theme.Theme
) -> None:
    editor = _shown(qtbot, '{\n  "a": "/* none",\n  "b": 1\n}')
    assert _names(editor, 2) == [('"b"', "accent"), ("1", "backup")]

    editor.show_text('{ /* said\n  "a": "/* none",\n  "b": */ 1\n}')
    editor.grab()

    assert _names(editor, 1) == [('  "a": "/* none",', "secondary")]
    assert _names(editor, 2) == [('  "b": */', "secondary"), ("1", "backup")]
    editor.show_text('{\n  "a": "/* none",\n  "b": 1\n}')
    editor.grab()
    assert _names(editor, 2) == [('"b"', "accent"), ("1", "backup")]


def test_a_comment_that_begins_above_takes_the_lines_below(qtbot: QtBot, look: theme.Theme) -> None:
    editor = _shown(qtbot, '{\n  "a": 1,\n  "b": 2 /* end */\n}')
    editor.grab()

    editor.show_text('{/*\n  "a": 1,\n  "b": 2 /* end */\n}')  # two signs more
    editor.grab()
    assert _names(editor, 1) == [('  "a": 1,', "secondary")]

    editor.show_text('{\n  "a": 1,\n  "b": 2 /* end */\n}')
    editor.grab()
    assert _names(editor, 1) == [('"a"', "accent"), ("1", "backup")]


def test_a_long_text_in_place_of_another_has_its_own_colours(
    qtbot: QtBot, look: theme.Theme
) -> None:
    editor = _shown(qtbot, LONG)

    editor.show_text(LONG.replace('"', "'").replace(": ", ": 'is ").replace(",", "',"))
    editor.grab()

    assert _names(editor, 0) == [("'model-0'", "accent"), ("'is 0'", "running")]


def test_another_text_leaves_the_lines_that_stay_alone(qtbot: QtBot, look: theme.Theme) -> None:
    editor = _shown(qtbot, LONG)
    changes: list[tuple[int, int, int]] = []
    editor.document().contentsChange.connect(lambda *change: changes.append(change))

    editor.show_text(LONG.replace('"model-7": 7', '"model-7": 8'))

    assert '"model-7": 8' in editor.text()
    assert max(added for _, _, added in changes) < 40
    assert not editor.document().isUndoAvailable()


@given(st.text("ab\n", max_size=12), st.text("ab\n", max_size=12))
def test_what_differs_is_all_that_differs(before: str, after: str) -> None:
    start, end, middle = _difference(before, after)

    assert before[:start] + middle + before[end:] == after


def test_a_colon_that_an_offer_wrote_is_not_written_again(qtbot: QtBot, look: theme.Theme) -> None:
    editor = _offering(qtbot, Offer("PORT", '"PORT": '))
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, ": 1:")

    assert editor.text() == '{"PORT":  1:}'
    nested = _offering(qtbot, Offer("Router", '"Router": {}', back=1))
    QTest.keyClick(nested, Qt.Key.Key_Return)
    QTest.keyClicks(nested, ":x")

    assert nested.text() == '{"Router": {x}}'


def test_enter_behind_a_comma_is_a_new_line_until_an_offer_is_chosen(
    qtbot: QtBot, look: theme.Theme
) -> None:
    editor = _offering(qtbot, Offer("PORT", '"PORT": '))
    QTest.keyClicks(editor, "1,")
    assert editor._offers.is_shown
    QTest.keyClick(editor, Qt.Key.Key_Return)

    assert editor.text().splitlines() == ["{1,", "}"]
    assert not editor._offers.is_shown
    QTest.keyClicks(editor, "2,")
    QTest.keyClick(editor, Qt.Key.Key_Down)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text().splitlines() == ["{1,", '2,"PORT": }']


def test_a_key_that_was_taken_is_followed_by_the_offer_of_its_values(
    qtbot: QtBot, look: theme.Theme
) -> None:
    editor = _offering(qtbot, Offer("LOG_LEVEL", '"LOG_LEVEL": ""', back=1))
    editor.offers_at = lambda _text, at: (at - 1, at + 1, [Offer("debug", '"debug"')])

    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor._offers.is_shown
    QTest.keyClick(editor, Qt.Key.Key_Return)

    assert editor.text() == '{"LOG_LEVEL": "debug"}'
    assert not editor._offers.is_shown


def test_going_to_a_problem_puts_the_offers_away(qtbot: QtBot, look: theme.Theme) -> None:
    editor = _offering(qtbot, Offer("PORT", '"PORT": '))
    gone: list[int] = []
    editor.next_problem_wanted.connect(gone.append)

    QTest.keyClick(editor, Qt.Key.Key_F8)

    assert gone == [1]
    assert not editor._offers.is_shown
    editor.offer()
    editor.go_to(0)
    assert not editor._offers.is_shown


def test_leaving_the_text_puts_the_offers_away(qtbot: QtBot, look: theme.Theme) -> None:
    editor = _offering(qtbot, Offer("PORT", '"PORT": '))
    editor.offer()
    assert editor._offers.is_shown

    QApplication.sendEvent(editor, QFocusEvent(QEvent.Type.FocusOut))

    assert not editor._offers.is_shown


def _offering(qtbot: QtBot, offer: Offer) -> CodeEditor:
    """Within an object, with the list of offers open."""
    editor = _shown(qtbot, "{}")
    editor.offers_at = lambda _text, at: (at, at, [offer])
    editor.go_to(1)
    QTest.keyClick(editor, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert editor._offers.is_shown
    return editor


def _shown(qtbot: QtBot, text: str) -> CodeEditor:
    editor = CodeEditor("text")
    qtbot.addWidget(editor)
    JsonColors(editor)
    editor.resize(500, 400)
    editor.show_text(text)
    editor.show()
    editor.grab()
    return editor


def _blocks(editor: CodeEditor) -> list[QTextBlock]:
    count = editor.blockCount()
    return [editor.document().findBlockByNumber(number) for number in range(count)]


def _colored(editor: CodeEditor) -> list[int]:
    return [block.blockNumber() for block in _blocks(editor) if block.layout().formats()]


def _names(editor: CodeEditor, line: int) -> list[tuple[str, str]]:
    block = _blocks(editor)[line]
    units = block.text().encode("utf-16-le")
    found = []
    for piece in block.layout().formats():
        text = units[piece.start * 2 : (piece.start + piece.length) * 2].decode("utf-16-le")
        found.append((text, _name(piece.format)))
    return found


def _name(look: QTextCharFormat) -> str:
    names = ("accent", "running", "backup", "secondary")
    color = look.foreground().color()
    return next(name for name in names if theme.current().color(name) == color)
