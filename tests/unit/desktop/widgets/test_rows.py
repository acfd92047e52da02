from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, Qt

from ccr_desktop.desktop.widgets.reorder import moved, shifted
from ccr_desktop.desktop.widgets.rows import Row, RowModel, RowRole

ROWS = st.lists(
    st.builds(Row, key=st.sampled_from("abcdefg"), title=st.sampled_from(["one", "two"])),
    unique_by=lambda row: row.key,
)


def _rows(keys: str) -> list[Row]:
    return [Row(key=key, title=key.upper()) for key in keys]


@given(ROWS, ROWS)
def test_a_model_becomes_what_it_is_given(before: list[Row], after: list[Row]) -> None:
    model = RowModel(before)
    mirror = list(before)
    model.rowsRemoved.connect(lambda _p, first, last: mirror.__delitem__(slice(first, last + 1)))
    model.rowsInserted.connect(lambda _p, first, _l: mirror.insert(first, model.rows[first]))
    model.rowsMoved.connect(lambda _p, a, _b, _q, goal: mirror.insert(goal, mirror.pop(a)))
    model.dataChanged.connect(lambda a, _b: mirror.__setitem__(a.row(), model.rows[a.row()]))

    model.set_rows(after)

    assert list(model.rows) == after
    assert mirror == after  # what a view knows from the signals alone


def test_only_what_differs_is_told() -> None:
    model = RowModel(_rows("abc"))
    changed: list[int] = []
    others: list[str] = []
    model.dataChanged.connect(lambda index, _last: changed.append(index.row()))
    model.modelReset.connect(lambda: others.append("reset"))
    model.rowsInserted.connect(lambda *_: others.append("inserted"))

    model.set_rows([*_rows("a"), replace(_rows("b")[0], subtitle="slow"), *_rows("c")])

    assert (changed, others) == ([1], [])


def test_the_selection_stays_with_its_row() -> None:
    model = RowModel(_rows("abc"))
    chosen = QItemSelectionModel(model)
    chosen.setCurrentIndex(model.index_of("c"), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    model.set_rows(_rows("cxb"))

    assert chosen.currentIndex().row() == 0
    assert chosen.currentIndex().data(RowRole.KEY) == "c"


def test_two_rows_with_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="same key"):
        RowModel().set_rows(_rows("aa"))


def test_a_row_is_read_out_with_its_state() -> None:
    row = Row(
        key="a",
        title="DeepSeek",
        subtitle="deepseek-v4",
        state="backup",
        state_word="Slow",
        trailing="8.2 s",
        badge="Main work",
    )
    model = RowModel([row])

    said = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)

    assert said == "DeepSeek, Main work, Slow, deepseek-v4, 8.2 s"


def test_what_a_row_shows_twice_is_said_once() -> None:
    row = Row(key="a", title="Main model", state="running", state_word="Used", trailing="Used")

    model = RowModel([row])
    said = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)

    assert said == "Main model, Used"


@pytest.mark.parametrize(
    ("key", "step", "order"),
    [("a", 1, "bac"), ("a", -1, "abc"), ("c", 1, "abc"), ("c", -1, "acb")],
)
def test_moving_by_one_stops_at_the_ends(key: str, step: int, order: str) -> None:
    assert "".join(shifted(tuple("abc"), key, step)) == order


@pytest.mark.parametrize(
    ("key", "gap", "order"),
    [("a", 0, "abc"), ("a", 1, "abc"), ("a", 2, "bac"), ("a", 3, "bca"), ("c", 0, "cab")],
)
def test_dropping_into_a_gap(key: str, gap: int, order: str) -> None:
    assert "".join(moved(tuple("abc"), key, gap)) == order


def test_rows_that_stay_in_their_places_are_not_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    model, looked_for = RowModel(_rows("abc")), list[str]()
    find = model.index_of
    monkeypatch.setattr(model, "index_of", lambda key: looked_for.append(key) or find(key))

    model.set_rows([*_rows("ab"), Row(key="c", title="other")])
    assert not looked_for
    model.set_rows(_rows("acb"))
    assert looked_for == ["c"]
    assert [row.key for row in model.rows] == ["a", "c", "b"]
