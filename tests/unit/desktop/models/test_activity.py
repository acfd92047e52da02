from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.logging import _QtMessageCapture

from ccr_desktop.core.observe.journal import Journal
from ccr_desktop.desktop.models.activity import ActivityModel, Column, Role
from ccr_desktop.desktop.models.activity_filter import ActivityFilter, Wanted
from tests.unit.desktop.passages import Passages, name, typical


@pytest.fixture
def model(qapp: QApplication) -> ActivityModel:
    return ActivityModel()


def _cell(model: ActivityModel, number: int, column: Column) -> object:
    index = model.index_of(name(number))
    return model.index(index.row(), column).data()


def test_the_model_keeps_its_promises_while_requests_come_and_go(
    model: ActivityModel, qtlog: _QtMessageCapture
) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    proxy = ActivityFilter(model)
    other = QAbstractItemModelTester(proxy, QAbstractItemModelTester.FailureReportingMode.Warning)
    passages = Passages(Journal(limit=5))
    for number in range(12):
        passages.begin(number)
        model.show_entries(passages.journal.entries)
        proxy.look_for(Wanted(text="chat" if number % 2 else ""))
        if number % 3:
            passages.end(number)
        model.show_entries(passages.journal.entries)

    assert model.entries == passages.journal.entries
    assert tester.model() is model
    assert other.model() is proxy
    assert not [record.message for record in qtlog.records]


def test_nothing_is_reset_and_only_what_changed_is_told(model: ActivityModel) -> None:
    passages = typical()
    model.show_entries(passages.journal.entries)
    told: list[object] = []
    model.modelAboutToBeReset.connect(lambda: told.append("reset"))
    model.rowsInserted.connect(lambda _, first, last: told.append((first, last)))
    model.rowsRemoved.connect(lambda *_: told.append("removed"))
    model.dataChanged.connect(lambda first, _: told.append(first.row()))

    model.show_entries(passages.journal.entries)
    assert told == []

    passages.end(5)
    passages.begin(6)
    model.show_entries(passages.journal.entries)
    assert told == [(0, 0), 1]


def test_a_place_in_the_table_follows_its_request(model: ActivityModel) -> None:
    passages = typical()
    model.show_entries(passages.journal.entries)
    place = QPersistentModelIndex(model.index_of(name(2)))

    passages.begin(6)
    model.show_entries(passages.journal.entries)

    assert place.row() == 4
    assert model.entry(place) is passages.journal.entry(name(2))


def test_what_the_journal_forgets_goes(model: ActivityModel) -> None:
    passages = Passages(Journal(limit=3))
    for number in range(3):
        passages.passed(number)
    model.show_entries(passages.journal.entries)
    gone = QPersistentModelIndex(model.index_of(name(0)))

    passages.passed(3)
    model.show_entries(passages.journal.entries)

    assert not gone.isValid()
    assert [entry.request_id for entry in model.entries] == [name(3), name(2), name(1)]
    assert model.index_of(name(0)) == QModelIndex()


def test_cells_say_what_was_asked_used_and_what_came_of_it(model: ActivityModel) -> None:
    model.show_entries(typical().journal.entries)

    assert _cell(model, 2, Column.MODEL) == "k2"
    assert model.index_of(name(2)).siblingAtColumn(Column.MODEL).data(Role.SECOND) == (
        "for claude-sonnet"
    )
    assert _cell(model, 4, Column.WORK) == "Background jobs"
    assert _cell(model, 1, Column.PROJECT) == "project-1"
    assert _cell(model, 1, Column.TOKENS_IN) == "1,200"
    assert _cell(model, 1, Column.TOKENS_CACHED) == "500"
    assert _cell(model, 3, Column.TOKENS_OUT) == "–"
    assert _cell(model, 5, Column.DURATION) == "–"
    results = [_cell(model, number, Column.RESULT) for number in range(1, 6)]
    assert results == ["Answered", "On a backup", "Key not accepted", "Stopped", "Running"]


def test_states_are_shapes_and_the_status_is_small(model: ActivityModel) -> None:
    model.show_entries(typical().journal.entries)
    result = model.index_of(name(3)).siblingAtColumn(Column.RESULT)

    assert result.data(Role.STATE) == "attention"
    assert result.data(Role.SECOND) == "401"
    assert result.data(Qt.ItemDataRole.AccessibleTextRole) == "Result, Key not accepted"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), [5, 4, 3, 2, 1]),
        (Wanted(outcome="failed"), [3]),
        (Wanted(outcome="running"), [5]),
        (Wanted(outcome="backup"), [2]),
        (Wanted(work="background"), [4]),
        (Wanted(provider="kimi"), [2]),
        (Wanted(text="QWEN"), [3]),
        (Wanted(text="401"), [3]),
        (Wanted(text="project-2"), [5, 2]),
        (Wanted(outcome="answered", provider="kimi"), []),
    ],
    ids=str,
)
def test_filters_let_through_what_is_wanted(
    model: ActivityModel, wanted: Wanted, found: list[int]
) -> None:
    model.show_entries(typical().journal.entries)
    proxy = ActivityFilter(model)

    proxy.look_for(wanted)

    assert [entry.request_id for entry in proxy.shown()] == [name(number) for number in found]


def test_figures_are_sorted_as_figures_and_the_unknown_comes_last(model: ActivityModel) -> None:
    passages = typical()
    passages.passed(10)
    model.show_entries(passages.journal.entries)
    proxy = ActivityFilter(model)

    proxy.sort(Column.DURATION, Qt.SortOrder.DescendingOrder)

    shown = [entry.request_id for entry in proxy.shown()]
    assert shown == [name(number) for number in (10, 4, 3, 2, 1, 5)]
