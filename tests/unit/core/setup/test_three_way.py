"""What a form and an editor made of the same entry, put together."""

from typing import Any

import pytest

from ccr_desktop.core.setup.three_way import clashes, merged

ABSENT = object()


def _sides(*values: Any) -> list[dict[str, Any]]:
    return [{} if value is ABSENT else {"x": value} for value in values]


@pytest.mark.parametrize(
    ("before", "mine", "theirs", "expected"),
    [
        pytest.param(1, 1, 2, 2, id="theirs only"),
        pytest.param(1, 2, 1, 2, id="mine only"),
        pytest.param(1, ABSENT, 1, ABSENT, id="removed by me"),
        pytest.param(1, 1, ABSENT, ABSENT, id="removed by them"),
        pytest.param(["a"], ["a", "m"], ["a", "t"], ["a", "m", "t"], id="both add"),
        pytest.param(["a", "b"], ["b"], ["a", "b", "t"], ["b", "t"], id="one removes, one adds"),
        pytest.param(["a", "b"], ["b"], ["a"], [], id="both remove"),
        pytest.param(["a", "b"], ["b", "a"], ["a", "t", "b"], ["b", "a", "t"], id="I sort"),
        pytest.param(["a", "b"], ["a", "m", "b"], ["b", "a"], ["b", "a", "m"], id="they sort"),
        pytest.param(["a"], ["a"], ["t", "a"], ["t", "a"], id="at the front"),
        pytest.param(["a"], ABSENT, ["a", "t"], ["t"], id="I take all that I knew out"),
        pytest.param(ABSENT, ["m"], ["t"], ["m", "t"], id="a list that is new to both"),
        pytest.param({"a": 1}, {"a": 1, "m": 1}, {"t": 1}, {"t": 1, "m": 1}, id="objects"),
        pytest.param(
            [{"key": "k", "weight": 1}],
            [{"key": "k", "weight": 2}],
            [{"key": "k", "weight": 1, "own": 3}, {"key": "t"}],
            [{"key": "k", "weight": 2, "own": 3}, {"key": "t"}],
            id="items with names",
        ),
        pytest.param(
            [["use", {"a": 1}]],
            [["use", {"a": 1, "m": 2}]],
            [["use", {"a": 1}], "t"],
            [["use", {"a": 1, "m": 2}], "t"],
            id="items that begin with a name",
        ),
    ],
)
def test_both_changes_are_kept(before: Any, mine: Any, theirs: Any, expected: Any) -> None:
    sides = _sides(before, mine, theirs)

    assert [merged(*sides)] == _sides(expected)
    assert clashes(*sides) == []


@pytest.mark.parametrize(
    ("before", "mine", "theirs"),
    [
        pytest.param(1, 2, 3, id="values"),
        pytest.param(1, 2, ABSENT, id="removed by them"),
        pytest.param(1, ABSENT, 2, id="removed by me"),
        pytest.param("a", "b", ["c"], id="another kind"),
        pytest.param(["a"], ["a", "m"], ["a", "a"], id="a list that has something twice"),
        pytest.param([{"id": "a"}], [], [{"id": "a", "own": 1}], id="an item I removed"),
        pytest.param({"a": 1}, {"a": 2}, {"a": 3, "t": 1}, id="a member"),
    ],
)
def test_where_both_changed_one_value_mine_counts(before: Any, mine: Any, theirs: Any) -> None:
    sides = _sides(before, mine, theirs)
    found = merged(*sides)

    if isinstance(mine, dict):
        assert found["x"]["a"] == mine["a"]
    else:
        assert [found] == _sides(mine)
    assert clashes(*sides) == ["x"]
