"""When a new version is looked for without being asked."""

import pytest

from ccr_desktop.core.updates.rhythm import DAY_S, HOUR_S, is_due

START_S = 1_000_000.0


def due(after_s: float, rhythm: str = "weekly", **more: float) -> bool:
    return is_due(rhythm, now_s=START_S + after_s, first_start_s=START_S, **more)


@pytest.mark.parametrize("rhythm", ["weekly", "daily"])
def test_never_on_the_first_day_and_at_once_after_it(rhythm: str) -> None:
    assert not due(0, rhythm)
    assert not due(DAY_S - 1, rhythm)
    assert due(DAY_S, rhythm)


def test_a_week_or_a_day_lies_between_two_looks() -> None:
    checked_at_s = START_S + 2 * DAY_S

    assert not due(8 * DAY_S, "weekly", checked_at_s=checked_at_s)
    assert due(9 * DAY_S, "weekly", checked_at_s=checked_at_s)
    assert not due(2.9 * DAY_S, "daily", checked_at_s=checked_at_s)
    assert due(3 * DAY_S, "daily", checked_at_s=checked_at_s)


def test_off_is_never() -> None:
    assert not due(1000 * DAY_S, "off")


def test_where_nobody_sits_in_front_it_is_never() -> None:
    assert not due(1000 * DAY_S, "daily", is_unattended=True)


def test_after_a_failure_it_takes_some_hours_until_the_next_try() -> None:
    tried_at_s = START_S + 10 * DAY_S

    assert not due(10 * DAY_S + HOUR_S, tried_at_s=tried_at_s)
    assert due(10 * DAY_S + 6 * HOUR_S, tried_at_s=tried_at_s)


def test_a_clock_that_was_set_back_does_not_stop_it_for_years() -> None:
    assert due(2 * DAY_S, checked_at_s=START_S + 9999 * DAY_S, tried_at_s=START_S + 9999 * DAY_S)
