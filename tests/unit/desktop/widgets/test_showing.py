"""Parts that are shown and hidden while their page is made."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop.widgets.showing import set_shown


def page_with_part(qtbot: QtBot) -> tuple[QWidget, QLabel]:
    """Not as fixtures: events between these and the test would give the part its style."""
    page, part = QWidget(), QLabel("words")
    QVBoxLayout(page).addWidget(part)
    qtbot.addWidget(page)
    return page, part


def has_style(part: QWidget) -> bool:
    return part.testAttribute(Qt.WidgetAttribute.WA_WState_Polished)


@pytest.mark.parametrize("told", [[True], [False, True], [True, False, True]])
def test_a_part_takes_on_its_style_with_its_page(qtbot: QtBot, told: list[bool]) -> None:
    page, part = page_with_part(qtbot)
    for wanted in told:
        set_shown(part, wanted)
        assert part.isHidden() is not wanted
    assert not has_style(part)

    page.show()

    assert part.isVisible()
    assert has_style(part)


@pytest.mark.parametrize("told", [[False], [True, False], [False, True, False]])
def test_a_part_that_was_hidden_stays_so(qtbot: QtBot, told: list[bool]) -> None:
    page, part = page_with_part(qtbot)
    for wanted in told:
        set_shown(part, wanted)

    page.show()

    assert not part.isVisible()


def test_a_part_of_a_page_that_is_seen_is_shown_at_once(qtbot: QtBot) -> None:
    page, part = page_with_part(qtbot)
    page.show()

    set_shown(part, False)
    assert not part.isVisible()
    set_shown(part, True)
    assert part.isVisible()


def test_the_page_has_room_for_what_is_shown_again(qtbot: QtBot) -> None:
    page, part = page_with_part(qtbot)
    with_part = page.sizeHint().height()
    set_shown(part, False)
    assert page.sizeHint().height() < with_part

    set_shown(part, True)

    assert page.sizeHint().height() == with_part
