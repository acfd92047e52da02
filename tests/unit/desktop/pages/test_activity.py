"""The view of Activity, with a journal and without a service."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ccr_desktop.core.observe.journal import Entry, Journal
from ccr_desktop.desktop import language, theme
from ccr_desktop.desktop.figures import duration
from ccr_desktop.desktop.models.activity import Column
from ccr_desktop.desktop.pages.activity.page import ActivityPage
from ccr_desktop.desktop.pages.activity.report import ReportDialog
from ccr_desktop.desktop.pages.activity.trace import attempt_steps, decision_steps
from ccr_desktop.desktop.tokens import S
from tests.unit.desktop.passages import AT_S, Passages, name, typical

Shown = Callable[[ActivityPage], ActivityPage]


@pytest.fixture
def page(shown: Shown) -> ActivityPage:
    made = shown(ActivityPage())
    made.show_entries(typical().journal.entries, AT_S + 17)
    return made


def _show(page: ActivityPage, passages: Passages) -> None:
    page.show_entries(passages.journal.entries, AT_S + 20)


def _top(page: ActivityPage) -> Entry | None:
    """The request in the topmost row that is seen."""
    return page.table.filter.entry(page.table.indexAt(page.table.viewport().rect().topLeft()))


def _place_of_table(page: ActivityPage) -> QPoint:
    """Once all is in its place."""
    for part in (page.running, page._above, page, page._below):
        layout = part.layout()
        assert layout
        layout.invalidate()
        layout.activate()
    return page.table.mapTo(page, QPoint())


def test_before_any_request_there_is_a_sentence_and_a_button(shown: Shown, qtbot: QtBot) -> None:
    page = shown(ActivityPage())

    assert page.empty.isVisible()
    assert page.empty.height() > page.height() / 2  # in the middle of all the room there is
    assert not page.table.isVisible()
    assert not page.filters.isVisible()
    with qtbot.waitSignal(page.launch_wanted):
        qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)


def test_what_runs_is_above_the_table_and_can_be_stopped(page: ActivityPage, qtbot: QtBot) -> None:
    assert page.running.lines() == ["chat: first word after 0.50\u00a0s, 12.0\u00a0s so far"]
    line = page.running._lines[name(5)]
    assert line.mapTo(page.running, line.rect().topLeft()).x() == page.running.title.x()

    page.show_time(AT_S + 25)
    assert page.running.lines()[0].endswith("20.0\u00a0s so far")
    with qtbot.waitSignal(page.stop_wanted) as told:
        page.running._lines[name(5)].stop.click()
    assert told.args == [name(5)]


def test_the_time_goes_on_when_the_page_is_shown_again(page: ActivityPage, qtbot: QtBot) -> None:
    page.hide()
    page.show()

    with qtbot.waitSignal(page.time_passed):
        pass


def test_the_table_stays_where_it_is_when_requests_begin_and_end(page: ActivityPage) -> None:
    passages = typical()
    passages.begin(6)
    _show(page, passages)
    place = _place_of_table(page)

    for number in (5, 6):
        passages.end(number)
        _show(page, passages)
        assert _place_of_table(page) == place
    assert page.running.lines() == []
    assert page.running.title.text() == "Nothing is running now"
    assert not page._clock.isActive()

    passages.begin(7)
    _show(page, passages)
    assert _place_of_table(page) == place


def test_nothing_above_the_table_when_the_page_is_opened_and_nothing_runs(
    page: ActivityPage,
) -> None:
    passages = typical()
    passages.end(5)
    _show(page, passages)

    page.hide()
    page.show()

    assert not page.running.isVisible()
    assert not page._clock.isActive()


def test_many_that_run_are_counted(page: ActivityPage) -> None:
    passages = Passages()
    for number in range(8):
        passages.begin(number)

    _show(page, passages)

    assert len(page.running.lines()) == 3
    assert page.running.title.text() == "Running now: 8"
    assert page.running._rest.text() == "and 5 more"


def test_enter_opens_the_details_and_escape_closes_them(page: ActivityPage, qtbot: QtBot) -> None:
    page.table.select(name(2))
    page.table.setFocus()

    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.details.isVisible()
    assert page.details.request_id == name(2)

    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.details.request_id == name(1)  # they go along

    qtbot.keyClick(page.details, Qt.Key.Key_Escape)
    assert not page.details.isVisible()
    assert QApplication.focusWidget() is page.table


def test_a_click_opens_them_too(page: ActivityPage, qtbot: QtBot) -> None:
    index = page.table.filter.index(3, 0)
    place = page.table.visualRect(index).center()

    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert page.details.isVisible()
    assert page.details.request_id == name(2)


def test_details_say_who_won_why_and_who_was_asked(page: ActivityPage) -> None:
    page.show_detail(name(2))

    details = page.details
    assert [step.title for step in details.decision.steps] == ["Rule “night”", "Main work: chat"]
    assert details.decision.steps[-1].reason == "no other rule took it"
    assert [step.title for step in details.others.steps] == ["Background jobs"]
    assert [(step.state, step.title) for step in details.attempts.steps] == [
        ("attention", "chat at deepseek"),
        ("backup", "k2 at kimi"),
    ]
    assert details.facts.value("Tokens") == "1,200 in, 34 out, 500 cached"
    assert details.facts.value("Took") == "4.00\u00a0s"


@pytest.mark.parametrize("request_id", [name(2), "forgotten"])
def test_who_is_led_to_a_request_has_the_cursor_in_the_table(
    page: ActivityPage, request_id: str
) -> None:
    page.export_button.setFocus()

    page.show_detail(request_id)

    assert page.table.hasFocus()
    assert page.details.isVisible() == (request_id == name(2))


def test_details_ask_for_a_report_a_trial_and_a_stop(page: ActivityPage, qtbot: QtBot) -> None:
    page.show_detail(name(5))

    for button, signal in (
        (page.details.report_button, page.report_wanted),
        (page.details.try_button, page.try_wanted),
        (page.details.stop_button, page.stop_wanted),
    ):
        with qtbot.waitSignal(signal) as told:
            button.click()
        assert told.args == [name(5)]


def test_one_request_is_counted_in_the_singular(page: ActivityPage) -> None:
    page.show_entries(typical().journal.entries[:1], AT_S + 17)

    assert page._count.text() == "1 request since the start"


def test_only_what_runs_can_be_stopped(page: ActivityPage) -> None:
    page.show_detail(name(1))

    assert not page.details.stop_button.isVisible()


def test_a_narrow_page_shows_the_details_in_place_of_the_table(page: ActivityPage) -> None:
    page.resize(600, 480)
    page.show_detail(name(1))

    assert not page.table.isVisible()
    assert QApplication.focusWidget() is page.details.close_button

    page.details.close_button.click()
    assert page.table.isVisible()


def test_filters_are_set_by_words_and_cleared_by_a_button(page: ActivityPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.filters.search, "qwen")
    assert page.table.filter.rowCount() == 1
    assert page._count.text() == "1 of 5 requests"

    page.filters.outcome.choose("answered")
    assert page.nothing_found.isVisible()
    assert not page.table.isVisible()

    qtbot.mouseClick(page.nothing_found.button, Qt.MouseButton.LeftButton)
    assert page.table.filter.rowCount() == 5
    assert page.filters.search.text() == ""


def test_filters_offer_what_was_seen(page: ActivityPage) -> None:
    assert page.filters.work.menu_lines() == ["All kinds of work", "Background jobs", "Main work"]
    providers = ["deepseek", "kimi", "ollama", "openrouter"]
    assert page.filters.provider.menu_lines() == ["All providers", *providers]


def test_a_request_that_is_filtered_out_is_shown_when_it_is_asked_for(page: ActivityPage) -> None:
    page.filters.outcome.choose("failed")

    page.show_detail(name(1))

    assert page.table.current_id() == name(1)
    assert page.filters.outcome.current() == ""


def test_the_chosen_row_and_the_place_stay_when_requests_come(
    page: ActivityPage, qtbot: QtBot
) -> None:
    passages = Passages()
    for number in range(60):
        passages.passed(number)
    _show(page, passages)
    page.table.select(name(30))
    page.table.verticalScrollBar().setValue(800)
    top = _top(page)
    place = page.table.visualRect(page.table.currentIndex()).top()

    for number in range(60, 65):
        passages.passed(number)
    _show(page, passages)

    assert page.table.current_id() == name(30)
    assert page.table.visualRect(page.table.currentIndex()).top() == place
    assert (
        page.table.filter.entry(page.table.indexAt(page.table.viewport().rect().topLeft())) is top
    )


def test_who_is_at_the_top_sees_the_newest(page: ActivityPage) -> None:
    passages = Passages()
    for number in range(60):
        passages.passed(number)
    _show(page, passages)
    passages.passed(60)
    _show(page, passages)

    first = _top(page)
    assert first is not None
    assert first.request_id == name(60)


def test_details_of_a_request_that_is_forgotten_close(page: ActivityPage) -> None:
    passages = Passages(Journal(limit=2))
    passages.passed(1)
    _show(page, passages)
    page.show_detail(name(1))

    passages.passed(2)
    passages.passed(3)
    _show(page, passages)

    assert not page.details.isVisible()
    assert page.table.isVisible()


def test_columns_make_way_and_the_result_never_does(page: ActivityPage) -> None:
    hidden: list[int] = []
    for width in (1400, 900, 700, 560):
        page.resize(width, 480)
        QApplication.sendPostedEvents()
        table = page.table
        hidden.append(sum(table.isColumnHidden(column) for column in Column))
        assert not table.isColumnHidden(Column.RESULT)
        assert not table.isColumnHidden(Column.MODEL)
        assert table.horizontalHeader().length() <= table.viewport().width()

    assert hidden[0] == 0
    assert hidden == sorted(hidden)


def test_the_time_of_a_long_request_is_seen_whole(page: ActivityPage) -> None:
    page.resize(1400, 480)
    QApplication.sendPostedEvents()
    words = QFontMetrics(theme.current().font()).horizontalAdvance(duration(44 * 60 + 44))
    for column in (Column.DURATION, Column.FIRST):
        assert page.table.columnWidth(column) >= words + 2 * S


def test_a_window_of_the_first_size_has_room_for_the_tokens_of_an_answer(
    page: ActivityPage,
) -> None:
    page.resize(880, 640)  # where the list is longer than the window
    QApplication.sendPostedEvents()

    assert not page.table.isColumnHidden(Column.DURATION)
    assert not page.table.isColumnHidden(Column.TOKENS_OUT)


def test_the_report_is_seen_before_it_is_copied(
    shown: Callable[[ReportDialog], ReportDialog],
) -> None:
    dialog = shown(ReportDialog("Request req_1\nAsked for: x"))
    QApplication.clipboard().setText("before")

    assert dialog.text.isReadOnly()
    assert QApplication.clipboard().text() == "before"
    dialog.copy_button.click()
    assert QApplication.clipboard().text() == "Request req_1\nAsked for: x"
    assert not dialog.isVisible()


def test_rows_are_drawn_from_right_to_left_too(page: ActivityPage) -> None:
    before = page.table.viewport().grab().toImage()

    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    assert page.table.viewport().grab().toImage() != before


def test_what_was_left_out_of_a_request_stands_with_who_was_asked() -> None:
    passages = Passages()
    passages.passed(1, left_out=("pictures", "context_management"))
    (entry,) = passages.journal.entries

    (step,) = attempt_steps(entry)

    assert step.reason.endswith("\nLeft out, since it was refused: pictures, context_management")


def test_why_a_model_was_chosen_is_told_in_the_language_of_the_window(qapp: QApplication) -> None:
    language.current().use("zh_CN")
    entry = next(each for each in typical().journal.entries if each.decision)

    reasons = [step.reason for step in decision_steps(entry)]

    assert reasons
    assert "no other rule took it" not in reasons
