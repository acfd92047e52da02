from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop.widgets.choices import Choice, Heading, Later, Sought, grouped
from ccr_desktop.desktop.widgets.filter_picker import FilterPicker
from ccr_desktop.desktop.widgets.ring import has_ring
from tests.unit.desktop.widgets.conftest import Show

CHOICES = [
    Choice(key="ds,chat", title="deepseek-chat", group="DeepSeek", detail="128k"),
    Choice(key="ds,think", title="deepseek-reasoner", group="DeepSeek"),
    Choice(key="ms,kimi", title="kimi-k2.7-code", group="Moonshot", detail="256k"),
    Choice(key="or,kimi", title="moonshotai/kimi-k2.7", group="OpenRouter"),
    Choice(key="or,old", title="old-model", group="OpenRouter", enabled=False),
]


@pytest.fixture
def picker(show: Show) -> FilterPicker:
    picker = FilterPicker("Model for main work")
    picker.set_choices(CHOICES)
    picker.set_current("ms,kimi")
    show(picker)
    return picker


def _type(picker: FilterPicker, qtbot: QtBot, text: str) -> None:
    qtbot.keyClicks(picker.pop_over.search, text)


def _shown(picker: FilterPicker) -> list[str]:
    model = picker.pop_over.model
    return [str(model.index(number).data()) for number in range(model.rowCount())]


def test_every_typed_word_must_be_found() -> None:
    found = [choice.key for choice in Sought(CHOICES).matching("kimi OPENR")]

    assert found == ["or,kimi"]


def test_choices_stand_below_their_groups() -> None:
    kinds = [
        entry.text if isinstance(entry, Heading) else entry.key
        for entry in grouped([CHOICES[0], CHOICES[2], CHOICES[1]])
    ]

    assert kinds == ["DeepSeek", "ds,chat", "ds,think", "Moonshot", "ms,kimi"]


def test_the_present_choice_is_shown_and_read_out(picker: FilterPicker) -> None:
    assert picker.shown_text() == "kimi-k2.7-code"
    assert picker.accessibleName() == "Model for main work, kimi-k2.7-code"


def test_a_choice_that_is_gone_is_shown_by_its_key(picker: FilterPicker) -> None:
    picker.set_current("ms,gone")

    assert picker.shown_text() == "ms,gone"


def test_no_choice_is_said_in_words(show: Show) -> None:
    picker = FilterPicker("Model", placeholder="Same as Main work")
    show(picker)

    assert picker.current() == ""
    assert picker.shown_text() == "Same as Main work"


def test_the_list_opens_at_the_present_choice(picker: FilterPicker, qtbot: QtBot) -> None:
    qtbot.keyClick(picker, Qt.Key.Key_Down)

    assert picker.pop_over.isVisible()
    assert str(picker.pop_over.list.currentIndex().data()).startswith("kimi-k2.7-code")


def test_typing_filters_and_enter_picks_the_first(picker: FilterPicker, qtbot: QtBot) -> None:
    qtbot.mouseClick(picker, Qt.MouseButton.LeftButton)
    _type(picker, qtbot, "deep")
    assert len(_shown(picker)) == 3

    with qtbot.waitSignal(picker.picked) as told:
        qtbot.keyClick(picker.pop_over.search, Qt.Key.Key_Return)

    assert told.args == ["ds,chat"]
    assert picker.current() == "ds,chat"
    assert not picker.pop_over.isVisible()


def test_arrow_keys_pass_over_headings_and_what_cannot_be_chosen(
    picker: FilterPicker, qtbot: QtBot
) -> None:
    picker.open()
    search = picker.pop_over.search

    for _ in range(4):
        qtbot.keyClick(search, Qt.Key.Key_Down)
    qtbot.keyClick(search, Qt.Key.Key_Return)

    assert picker.current() == "or,kimi"


def test_pages_are_turned_by_keys(picker: FilterPicker, qtbot: QtBot) -> None:
    picker.open()

    qtbot.keyClick(picker.pop_over.search, Qt.Key.Key_PageUp)
    qtbot.keyClick(picker.pop_over.search, Qt.Key.Key_Return)

    assert picker.current() == "ds,chat"


def test_a_click_picks(picker: FilterPicker, qtbot: QtBot) -> None:
    picker.open()
    chosen = picker.pop_over.model.index(2)
    place = picker.pop_over.list.visualRect(chosen).center()

    qtbot.mouseClick(picker.pop_over.list.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert picker.current() == "ds,think"


def test_escape_empties_the_filter_and_then_closes(picker: FilterPicker, qtbot: QtBot) -> None:
    picker.open()
    _type(picker, qtbot, "kimi")

    qtbot.keyClick(picker.pop_over.search, Qt.Key.Key_Escape)
    assert picker.pop_over.isVisible()
    qtbot.keyClick(picker.pop_over.search, Qt.Key.Key_Escape)

    assert not picker.pop_over.isVisible()
    assert picker.current() == "ms,kimi"


def test_nothing_found_is_said(picker: FilterPicker, qtbot: QtBot) -> None:
    picker.open()

    _type(picker, qtbot, "zzz")

    assert _shown(picker) == []
    assert picker.pop_over._nothing.isVisible()


def test_what_is_typed_can_be_the_choice(show: Show, qtbot: QtBot) -> None:
    picker = FilterPicker("Model", allow_other=True)
    picker.set_choices(CHOICES)
    show(picker)
    picker.open()
    _type(picker, qtbot, "brand-new")
    assert _shown(picker) == ["Use “brand-new”"]

    qtbot.keyClick(picker.pop_over.search, Qt.Key.Key_Return)

    assert picker.current() == "brand-new"


def test_setting_a_choice_is_silent(picker: FilterPicker, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(picker.picked):
        picker.set_current("ds,chat")


def test_choices_are_made_when_the_list_is_opened_and_not_to_show_a_title_that_is_told(
    qtbot: QtBot,
) -> None:
    made: list[str] = []

    def make() -> list[Choice]:
        made.append("made")
        return CHOICES

    picker = FilterPicker("Model")
    qtbot.addWidget(picker)
    picker.set_choices(Later(make))
    picker.set_current(CHOICES[0].key, CHOICES[0].title)
    picker.set_placeholder("Same as Main work")
    assert picker.shown_text() == CHOICES[0].title
    picker.set_current("")
    assert picker.shown_text() == "Same as Main work"
    assert not made
    picker.open()
    assert made == ["made"]
    assert picker.pop_over.model.rowCount() >= len(CHOICES)


def test_a_short_list_is_as_high_as_its_lines(picker: FilterPicker) -> None:
    picker.click()
    high = picker.pop_over.height()
    bar = picker.pop_over.list.verticalScrollBar()
    assert not bar.isVisible()
    picker.pop_over.hide()
    picker.set_choices(CHOICES[:2])

    picker.click()

    assert picker.pop_over.height() < high < 360
    assert not bar.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_the_ring_comes_back_when_the_list_closes(
    picker: FilterPicker, qtbot: QtBot, key: Qt.Key
) -> None:
    picker.clearFocus()
    picker.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(picker, Qt.Key.Key_Down)
    qtbot.keyClick(picker.pop_over.search, key)
    qtbot.waitUntil(picker.hasFocus)

    assert has_ring(picker)
