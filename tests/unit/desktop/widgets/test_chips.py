from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop.widgets.facts import Facts
from ccr_desktop.desktop.widgets.filter_chip import FilterChip
from ccr_desktop.desktop.widgets.labels import ElidedText
from ccr_desktop.desktop.widgets.state_chip import StateChip
from tests.unit.desktop.widgets.conftest import Show

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def chip(show: Show) -> FilterChip:
    chip = FilterChip("Provider", "All providers")
    chip.set_choices([("ds", "DeepSeek"), ("ki", "Kimi & more")])
    show(chip)
    return chip


def test_a_filter_opens_its_choices_without_waiting(chip: FilterChip, qtbot: QtBot) -> None:
    qtbot.mouseClick(chip, LEFT)

    assert chip._menu.isVisible()
    assert chip.menu_lines() == ["All providers", "DeepSeek", "Kimi && more"]
    with qtbot.waitSignal(chip.changed) as told:
        chip._menu.actions()[2].trigger()
    assert told.args == ["ki"]
    chip._menu.hide()


def test_a_filter_says_what_it_lets_through(chip: FilterChip, qtbot: QtBot) -> None:
    assert (chip.text(), chip.accessibleName()) == ("Provider", "Provider, All providers")

    chip.choose("ki")
    assert (chip.text(), chip.accessibleName()) == (
        "Provider: Kimi && more",
        "Provider, Kimi & more",
    )
    assert chip.property("filters") is True
    with qtbot.assertNotEmitted(chip.changed):
        chip.choose("ki")
        chip.set_current("")
    assert chip.property("filters") is False


def test_what_is_chosen_stays_when_the_choices_change(chip: FilterChip) -> None:
    chip.choose("ds")

    chip.set_choices([("ki", "Kimi")])

    assert chip.current() == "ds"
    assert chip.text() == "Provider: ds"


def test_a_state_is_a_shape_a_name_and_a_word(show: Show) -> None:
    chip, other = StateChip(), StateChip()
    chip.show_state("DeepSeek", "running", "OK")
    other.show_state("DeepSeek", "attention", "OK")
    show(chip, other)

    assert chip.accessibleName() == "DeepSeek, OK"
    assert chip.grab().toImage() != other.grab().toImage()


def test_a_long_name_does_not_widen_a_chip_for_ever(show: Show) -> None:
    chip = StateChip()
    chip.show_state("a very long name " * 10, "off", "a very long word " * 10)
    show(chip)

    assert chip.width() < 480
    assert chip.toolTip().startswith("a very long name a very")


def test_chips_are_drawn_from_right_to_left_too(show: Show) -> None:
    chip = StateChip()
    chip.show_state("DeepSeek", "running", "OK")
    show(chip)
    before = chip.grab().toImage()

    chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    assert chip.grab().toImage() != before


def test_facts_come_and_go(show: Show) -> None:
    facts = Facts()
    show(facts)

    facts.show_fact("Took", "")
    assert facts.value("Took") == ""
    facts.show_fact("Took", "2.1 s")
    assert facts.value("Took") == "2.1 s"
    facts.show_fact("Took", "")
    assert all(text.isHidden() for text in facts._lines["Took"])


@pytest.mark.parametrize(("name", "value"), [("x", "x 中文"), ("x 中文", "x"), ("x", "x")])
def test_a_fact_stands_on_one_line_with_its_name(show: Show, name: str, value: str) -> None:
    """Chinese letters come from a font with a higher line."""
    facts = Facts()
    facts.show_fact(name, value)
    facts.setFixedHeight(facts.sizeHint().height())
    show(facts)

    ends = [_lowest_ink(facts, label) for label in facts._lines[name]]

    assert abs(ends[0] - ends[1]) <= 1


def _lowest_ink(facts: Facts, label: QLabel) -> int:
    """Where its first letter, an x, ends."""
    picture = facts.grab().toImage()
    place = label.geometry()
    wide = label.fontMetrics().horizontalAdvance("x")
    ground = picture.pixelColor(place.left() + wide + 2, place.top())
    inked = (
        y
        for y in range(place.top(), place.bottom() + 1)
        for x in range(place.left(), place.left() + wide)
        if picture.pixelColor(x, y) != ground
    )
    return max(inked)


def test_a_text_that_does_not_fit_ends_in_dots_and_is_in_the_tooltip(show: Show) -> None:
    text = ElidedText("a model with a very long name")
    show(text)
    text.grab()
    assert text.toolTip() == ""

    text.setFixedWidth(60)
    text.grab()

    assert text.toolTip() == "a model with a very long name"
