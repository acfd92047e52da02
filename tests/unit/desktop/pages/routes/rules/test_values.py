"""What people type, and what the file has."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.desktop.pages.routes.rules.values import (
    is_span,
    pairs_of,
    pairs_text,
    scalar_of,
    scalar_text,
    span_of,
    texts_of,
)

SCALARS = (
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.sampled_from(("1", "NaN"))
)


@given(SCALARS | st.lists(SCALARS, max_size=3))
def test_a_value_is_read_as_it_was_shown(value: Any) -> None:
    assert scalar_of(scalar_text(value)) == value


@given(st.dictionaries(st.from_regex(r"[a-z_.-]{1,9}", fullmatch=True), SCALARS, max_size=4))
def test_pairs_are_read_as_they_were_shown(value: dict[str, Any]) -> None:
    assert pairs_of(pairs_text(value)) == value


@pytest.mark.parametrize("typed", ["a", "a 1", "= 1", "a = 1\nb"])
def test_a_line_without_a_value_is_named(typed: str) -> None:
    with pytest.raises(ValueError, match=typed.splitlines()[-1].strip()):
        pairs_of(typed)


@pytest.mark.parametrize(
    ("typed", "value"), [("a", "a"), (" a \n\n b ", ["a", "b"]), ("", []), ("\n", [])]
)
def test_one_line_is_a_text_and_several_are_a_list(typed: str, value: Any) -> None:
    assert texts_of(typed) == value


def test_only_what_two_clocks_can_show_is_shown_by_them() -> None:
    assert span_of(" 7:05 - 23:59") == (7, 5, 23, 59)
    assert not any(map(is_span, ("7:00-24:00", "7:60-8:00", ["7:00-8:00"], 7, "noon")))


def test_what_is_nested_too_deeply_stands_for_itself() -> None:
    assert scalar_of("[" * 100_000) == "[" * 100_000
