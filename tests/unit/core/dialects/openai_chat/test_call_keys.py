from typing import Any

import pytest

from ccr_desktop.core.dialects.openai_chat.call_keys import CallKeys

Entry = tuple[object, str, object]  # index, id, name


@pytest.mark.parametrize(
    ("entries", "calls"),
    [
        pytest.param([(0, "a", "f"), (0, "", None), (1, "b", "g"), (0, "", "")], "0010", id="i"),
        pytest.param([(1, "a", "f"), (1, "", None), (4, "b", "g")], "001", id="gaps"),
        pytest.param([(0, "a", "f"), (0, "b", "g"), (0, "", None)], "011", id="all zero"),
        pytest.param([(0, "a", "f"), (0, "b", "g"), (0, "a", "f")], "010", id="back to the first"),
        pytest.param([(0, "a", "f"), (0, "b", None), (0, "c", "")], "000", id="id rotation"),
        pytest.param([(None, "a", "f"), (None, "", None), (None, "b", "g")], "001", id="no index"),
        pytest.param([(None, "a", "f"), (None, "b", "g"), (None, "a", None)], "010", id="known id"),
        pytest.param([(None, "", "f"), (None, "", None), (None, "", "f")], "001", id="only names"),
        pytest.param([(0, "a", "f"), (None, "a", None), (None, "", None)], "000", id="index lost"),
        pytest.param([("0", "a", "f"), ("0", "", None)], "00", id="index is a string"),
        pytest.param([(0, "a", "f"), (0, "a", "f")], "00", id="all repeated"),
    ],
)  # fmt: skip
def test_entries_find_their_call(entries: list[Entry], calls: str) -> None:
    keys = CallKeys()

    found: list[Any] = [keys.key(0, *entry) for entry in entries]

    assert "".join(str(list(dict.fromkeys(found)).index(key)) for key in found) == calls


def test_an_entry_that_says_nothing_belongs_to_no_call() -> None:
    assert CallKeys().key(0, None, "", None) is None


def test_choices_have_calls_of_their_own() -> None:
    keys = CallKeys()

    assert keys.key(0, 0, "a", "f") != keys.key(1, 0, "b", "f")


def test_only_calls_that_have_begun_are_continued() -> None:
    keys = CallKeys()
    key = keys.key(0, 0, "a", "f")

    assert keys.continued(0, 0) == key
    assert keys.continued(0, 1) is None


def test_thousands_of_nameless_entries_cost_nothing() -> None:
    keys = CallKeys()

    assert len({keys.key(0, None, "", "f") for _ in range(100_000)}) == 100_000


@pytest.mark.parametrize("arguments", ['{"a": 1}', "{}", {"a": 1}])
def test_a_name_with_complete_arguments_begins_another_call(arguments: object) -> None:
    keys = CallKeys()

    found = [keys.key(0, 0, "", name, arguments) for name in ("f", "g", "h")]

    assert len(set(found)) == 3
    assert keys.continued(0, 0) == found[-1]


def test_the_same_name_with_the_same_arguments_is_a_repetition() -> None:
    keys = CallKeys()

    assert len({keys.key(0, 0, "", "f", '{"a": 1}') for _ in range(3)}) == 1
    assert keys.key(0, 0, "", "f", '{"a": 2}') != keys.key(0, 0, "", "f", '{"a": 1}')


def test_a_name_that_comes_again_before_the_arguments_are_complete_begins_nothing() -> None:
    keys = CallKeys()

    found = {keys.key(0, 0, "", "f", text) for text in ("", '{"a": ', '{"b": 1}', "}")}

    assert len(found) == 1
