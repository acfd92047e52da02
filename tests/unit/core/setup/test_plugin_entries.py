"""The list of the user's own transformers, edited."""

import copy
from typing import Any

import pytest

from ccr_desktop.core.setup.plugin_entries import (
    entry_options,
    path_text,
    plugin_entries,
    with_plugin,
    with_plugin_options,
    without_plugin,
)
from ccr_desktop.errors import ClientError

RAW: dict[str, Any] = {
    "transformers": ["~/a.py", {"path": "/b.py", "options": {"n": 1}, "note": "mine"}],
    "other": 1,
}


def test_a_file_goes_to_the_end_of_the_list() -> None:
    before = copy.deepcopy(RAW)

    new = with_plugin(RAW, "/c.py")

    assert new["transformers"] == [*RAW["transformers"], {"path": "/c.py"}]
    assert new["other"] == 1
    assert before == RAW


def test_a_file_that_is_there_is_not_added_again() -> None:
    with pytest.raises(ClientError, match="already"):
        with_plugin(RAW, "/b.py")


def test_the_last_entry_takes_the_list_along() -> None:
    one = without_plugin(RAW, 0, "~/a.py")

    assert without_plugin(one, 0, "/b.py") == {"other": 1}


def test_options_are_changed_and_what_else_is_there_stays() -> None:
    new = with_plugin_options(RAW, 1, "/b.py", {"n": 2})

    assert new["transformers"][1] == {"path": "/b.py", "options": {"n": 2}, "note": "mine"}
    assert with_plugin_options(RAW, 1, "/b.py", {})["transformers"][1] == {
        "path": "/b.py",
        "note": "mine",
    }


def test_a_mere_path_becomes_an_entry_with_options() -> None:
    new = with_plugin_options(RAW, 0, "~/a.py", {"word": "x"})

    assert new["transformers"][0] == {"path": "~/a.py", "options": {"word": "x"}}


def test_an_entry_is_found_where_the_file_has_it_by_now() -> None:
    moved = {"transformers": list(reversed(RAW["transformers"]))}

    assert without_plugin(moved, 0, "~/a.py")["transformers"] == [RAW["transformers"][1]]


def test_what_is_gone_meanwhile_is_told() -> None:
    with pytest.raises(ClientError, match="no longer"):
        without_plugin(RAW, 0, "/gone.py")


def test_a_list_that_is_none_is_left_alone() -> None:
    assert plugin_entries({"transformers": {}}) == []
    with pytest.raises(ClientError, match="no list"):
        with_plugin({"transformers": {}}, "/c.py")


@pytest.mark.parametrize(
    ("entry", "path", "options"),
    [
        (" /a.py ", "/a.py", {}),
        ({"path": "/a.py", "options": {"n": 1}}, "/a.py", {"n": 1}),
        ({"path": 3, "options": 4}, "", {}),
        (None, "", {}),
    ],
)
def test_entries_are_read_whatever_they_are(entry: Any, path: str, options: Any) -> None:
    assert path_text(entry) == path
    assert entry_options(entry) == options
