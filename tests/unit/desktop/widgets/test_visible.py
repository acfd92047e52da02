"""Names with signs that nobody sees are shown so that they can't lie, wherever names are shown."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ccr_desktop.core.hidden_signs import MARK
from ccr_desktop.desktop.notice import Kind, Notice
from ccr_desktop.desktop.pages.providers.model_choices import ModelChoices
from ccr_desktop.desktop.tray.menu import Line
from ccr_desktop.desktop.widgets.choices import Choice, Heading, Typed
from ccr_desktop.desktop.widgets.labels import BodyText, ElidedText, SectionTitle
from ccr_desktop.desktop.widgets.rows import Row, RowModel

NAME = "allow\u202eyned"
SHOWN = f"allow{MARK}yned"


@pytest.mark.parametrize("kind", [BodyText, SectionTitle, ElidedText])
def test_labels(qtbot: QtBot, kind: type[BodyText | SectionTitle | ElidedText]) -> None:
    label = kind(NAME)
    qtbot.addWidget(label)
    assert label.text() == SHOWN

    label.setText(f"{NAME}, {NAME}")

    assert label.text() == f"{SHOWN}, {SHOWN}"


def test_rows_keep_their_keys(qtbot: QtBot) -> None:
    row = Row(key=NAME, title=NAME, subtitle=NAME, trailing=NAME, badge=NAME, state_word=NAME)
    model = RowModel([row])

    assert (row.key, row.title, row.subtitle, row.trailing) == (NAME, SHOWN, SHOWN, SHOWN)
    assert model.data(model.index(0)) == SHOWN
    assert "\u202e" not in str(model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole))


def test_choices_keep_what_is_chosen() -> None:
    choice = Choice(key=NAME, title=NAME, group=NAME, detail=NAME)

    assert (choice.key, choice.title, choice.group, choice.detail) == (NAME, SHOWN, SHOWN, SHOWN)
    assert Heading(NAME).text == SHOWN
    assert (Typed(NAME, NAME).text, Typed(NAME, NAME).words) == (NAME, SHOWN)


def test_the_tray_and_notices() -> None:
    line = Line(text=NAME, argument=NAME)
    notice = Notice(kind=Kind.MOVED_TO_BACKUP, title=NAME, body=NAME, subject=NAME)

    assert (line.text, line.argument) == (SHOWN, NAME)
    assert (notice.title, notice.body, notice.subject) == (SHOWN, SHOWN, NAME)


def test_models_of_a_provider_are_chosen_by_their_real_names(qtbot: QtBot) -> None:
    model = ModelChoices()
    model.show_models([NAME], [])
    index = model.index(0)
    assert model.data(index) == SHOWN

    model.setData(index, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)

    assert model.chosen == [NAME]
