"""Spans of the day."""

import pytest

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.spans import is_span, is_within


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("22:00-06:00", True),
        (" 8:00 - 24:00 ", True),
        ("24:00-8:00", False),
        ("8-9", False),
        ("8:60-9:00", False),
        ("", False),
    ],
)
def test_a_span_has_two_times(text: str, is_one: bool) -> None:
    assert is_span(text) is is_one


@pytest.mark.parametrize(
    ("minute", "span", "holds"),
    [
        (22 * 60, "22:00-06:00", True),
        (0, "22:00-06:00", True),
        (6 * 60, "22:00-06:00", False),
        (12 * 60, "22:00-06:00", False),
        (8 * 60, "8:00-9:00", True),
        (9 * 60, "8:00-9:00", False),
    ],
)
def test_a_span_may_reach_over_midnight(minute: int, span: str, holds: bool) -> None:
    assert is_within(minute, span) is holds


def test_quiet_hours_that_are_none_are_reported_and_left_out() -> None:
    config = read_config({"Desktop": {"quietHours": "at night"}}, None, {})

    assert config.desktop.quiet_hours == ""
    (issue,) = (issue for issue in config.issues if "quietHours" in issue.where)
    assert (issue.severity, "22:00-06:00" in issue.hint) == ("warning", True)
