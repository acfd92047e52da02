from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.widgets import announcing
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.flow_layout import FlowLayout
from ccr_desktop.desktop.widgets.labels import HelpText, PageTitle, SectionTitle
from ccr_desktop.desktop.widgets.page_scroll import PageScroll
from ccr_desktop.desktop.widgets.picture import Monogram, initials
from ccr_desktop.desktop.widgets.sparkline import Sparkline
from ccr_desktop.desktop.widgets.state import State, StateDot
from tests.unit.desktop.widgets.conftest import Show

STATES: tuple[State, ...] = ("running", "backup", "attention", "off", "busy")


def test_texts_have_the_sizes_of_their_roles(show: Show) -> None:
    title, section, body, small = PageTitle("A"), SectionTitle("A"), QLabel("A"), HelpText("A")
    show(title, section, body, small)

    sizes = [label.font().pointSizeF() for label in (title, section, body, small)]

    assert [round(size / sizes[2], 2) for size in sizes] == pytest.approx(
        [1.5, 1.15, 1, 0.92], abs=0.01
    )


def test_a_card_shows_only_what_it_has(show: Show) -> None:
    card = Card("Providers")
    show(card)
    assert card.title.isVisible()
    assert not card.help.isVisible()
    assert not card._footer.isVisible()

    card.set_help("Those that answer.")
    card.add_action(QPushButton("Save"))

    assert card.help.isVisible()
    assert card._footer.isVisible()


def test_the_heads_of_cards_are_of_one_height(show: Show) -> None:
    plain, busy = Card("Providers"), Card("Today")
    busy.add_header_action(QPushButton("Refresh"))
    for card in (plain, busy):
        card.add(QLabel("Body"))
    show(plain, busy)

    tops = [card.body.geometry().top() for card in (plain, busy)]

    assert tops[0] == tops[1]


def test_actions_of_a_card_stand_at_its_lower_right(show: Show) -> None:
    card, save = Card("Providers"), QPushButton("Save")
    card.add(QLabel("Body"))
    card.add_action(save)
    show(card)

    corner = save.mapTo(card, save.rect().bottomRight())

    assert card.width() - corner.x() < 24
    assert card.height() - corner.y() < 24


@pytest.mark.parametrize("width", [700, 1400])
def test_a_page_is_a_column_of_readable_width(width: int, show: Show) -> None:
    page, card = PageScroll(), Card("Now")
    page.add(card)
    window = show(page)
    window.resize(width, 500)

    left = card.mapTo(page, QPoint(0, 0)).x()
    right = page.width() - left - card.width()

    assert card.width() <= 880
    assert abs(left - right) <= 2
    assert (card.width() == 880) is (width == 1400)


def test_a_scroll_bar_moves_no_card(show: Show, qtbot: QtBot) -> None:
    page, card = PageScroll(), Card("Now")
    page.add(card)
    window = show(page)
    window.resize(700, 400)
    before = card.width()

    card.setMinimumHeight(900)
    qtbot.waitUntil(page.verticalScrollBar().isVisible)

    assert card.width() == before


def test_a_page_that_is_just_too_high_comes_to_rest(show: Show) -> None:
    """With the room of the bar its texts may take fewer lines, and it would need none."""
    page, told = PageScroll(), list[int]()
    for words in range(20, 60):
        page.add(HelpText("word " * words))
    window = show(page)
    page.verticalScrollBar().rangeChanged.connect(lambda _least, most: told.append(most))
    wrong = {}

    for width in range(500, 560, 4):
        window.resize(width, 4000)
        QApplication.processEvents()
        needs = page.widget().heightForWidth(page.viewport().width())
        window.resize(width, window.height() - page.viewport().height() + needs - 6)
        for _ in range(10):
            QApplication.processEvents()
        told.clear()
        for _ in range(5):
            QApplication.processEvents()
        if told:
            wrong[width] = list(told)

    assert not wrong


def test_cards_keep_their_height_and_one_may_fill_the_page(show: Show) -> None:
    page, card = PageScroll(), Card("Now")
    page.add(card)
    show(page)
    assert card.height() < 100

    rest = Card("Rest")
    page.add(rest, fill=True)
    QApplication.sendPostedEvents()

    assert card.height() < 100
    assert rest.height() > 200


def test_chips_go_on_in_the_next_line(show: Show) -> None:
    holder = QWidget()
    flow = FlowLayout(holder)
    chips = [QPushButton(f"Filter number {number}") for number in range(6)]
    for chip in chips:
        flow.addWidget(chip)
    window = show(holder)
    window.resize(320, 400)

    lines = {chip.y() for chip in chips}

    assert len(lines) > 1
    assert all(chip.geometry().right() <= holder.width() for chip in chips)
    assert flow.heightForWidth(5000) < flow.heightForWidth(200)


def test_chips_stand_at_the_right_where_one_reads_from_there(show: Show) -> None:
    holder, chip = QWidget(), QPushButton("Filter")
    FlowLayout(holder).addWidget(chip)
    holder.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    show(holder)

    assert chip.geometry().right() == holder.width() - 1


def test_states_differ_in_shape_without_colour(show: Show, look: theme.Theme) -> None:
    dots = [StateDot(state) for state in STATES]
    show(*dots)
    ground = look.color("window").lightness()

    shapes = set()
    for dot in dots:
        image = dot.grab().toImage()
        places = [(x, y) for x in range(image.width()) for y in range(image.height())]
        shapes.add(tuple(abs(image.pixelColor(*at).lightness() - ground) > 40 for at in places))

    assert len(shapes) == len(STATES)


def test_a_state_is_named_and_makes_room_for_its_word(show: Show) -> None:
    dot = StateDot("running", "Running")
    show(dot)
    narrow = dot.sizeHint().width()

    dot.show_state("attention", "Running with problems")

    assert dot.accessibleName() == "Running with problems"
    assert (dot.state, dot.word) == ("attention", "Running with problems")
    assert dot.sizeHint().width() > narrow


def test_only_a_state_that_is_waited_for_is_announced_and_only_when_it_changes(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[QObject, str]] = []
    monkeypatch.setattr(
        announcing.QAccessible,
        "updateAccessibility",
        lambda event: said.append((event.object(), event.message())),
    )
    service, provider = StateDot("off", "Off", announces=True), StateDot("off", "Off")
    show(service, provider)

    for dot in (service, provider):
        dot.show_state("running", "Running")
        dot.show_state("backup", "Running")

    assert said == [(service, "Running")]


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("DeepSeek", "DS"),
        ("ollama", "O"),
        ("my-key", "MK"),
        ("xAI", "XA"),
        ("GLM", "G"),
        ("", "?"),
    ],
)
def test_monograms(name: str, letters: str, show: Show) -> None:
    assert initials(name) == letters
    show(Monogram(name))


@pytest.mark.parametrize("values", [[], [0.0], [0.0, 0.0], [1.0, 5.0, 2.0]])
def test_a_curve_is_drawn_from_any_values(values: list[float], show: Show) -> None:
    curve = Sparkline(name="Requests")
    show(curve)

    curve.show_values(values)

    assert not curve.grab().toImage().isNull()


def test_parts_of_different_heights_stand_in_the_middle_of_their_line(show: Show) -> None:
    holder = QWidget()
    flow = FlowLayout(holder)
    low, high = QWidget(), QWidget()
    low.setFixedSize(40, 20)
    high.setFixedSize(40, 32)
    flow.addWidget(low)
    flow.addWidget(high)
    show(holder)
    assert low.geometry().center().y() == high.geometry().center().y()


def test_a_page_wider_than_its_window_can_be_moved_to_its_end(show: Show, qtbot: QtBot) -> None:
    page, end = PageScroll(), QLabel("The end")
    bar = page.horizontalScrollBar()
    end.setMinimumWidth(700)
    page.add(end)
    window = show(page)

    window.resize(820, 400)
    qtbot.waitUntil(lambda: not bar.isVisible())

    window.resize(640, 400)
    qtbot.waitUntil(bar.isVisible)
