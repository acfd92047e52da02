"""Single values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.config.fields import (
    positive_number,
    positive_numbers,
    shown,
    texts,
    whole_number,
)
from ccr_desktop.core.config.issues import Issue


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (5, 5),
        ("5", 5),
        (" -5 ", -5),
        (5.0, 5),
        (6e4, 60000),
        (True, None),
        (1.5, None),
        ("1.5", None),
        ("five", None),
        ("²", None),
        ("--5", None),
        ("-", None),
        (None, None),
        ([5], None),
        (float("nan"), None),
        (float("inf"), None),
        ("9" * 5000, None),
    ],
)
def test_whole_numbers_may_be_numerals(found: object, expected: int | None) -> None:
    assert whole_number(found) == expected


@given(st.text() | st.integers() | st.floats() | st.none() | st.booleans())
def test_nothing_breaks_the_reading_of_numbers(found: object) -> None:
    assert isinstance(whole_number(found), int | None)


def test_texts_that_are_none_are_reported_and_left_out() -> None:
    issues: list[Issue] = []

    assert texts([" a ", 5, "b"], "models", issues) == ("a", "b")
    assert [str(issue) for issue in issues] == ["models[1]: found 5. A text is allowed."]


def test_numbers_by_name_that_are_none_are_reported_and_left_out() -> None:
    issues: list[Issue] = []

    assert positive_numbers({"a": "5", "b": 0, "c": []}, "windows", issues) == {"a": 5}
    assert [issue.where for issue in issues] == ["windows.b", "windows.c"]
    assert positive_numbers("5", "windows", issues) == {}


@pytest.mark.parametrize("found", [0, -1, "x", True, None, [5], float("inf"), 10**400])
def test_what_is_no_number_above_0_is_reported(found: object) -> None:
    issues: list[Issue] = []

    assert positive_number(found, "weight", issues) is None
    assert [issue.where for issue in issues] == ["weight"]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("text", "'text'"),
        (5, "5"),
        ({"api_key": "sk"}, "an object"),
        (["sk"], "a list"),
        ("x" * 100, "'" + "x" * 59 + "…"),
    ],
)
def test_a_wrong_value_is_shown_short_and_without_what_is_inside(
    found: object, expected: str
) -> None:
    assert shown(found) == expected
