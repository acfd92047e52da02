"""When a person is not told, but for what can't wait: it is in the list all the same."""

import pytest

from ccr_desktop.desktop.happenings import Happening, LaunchFailed, ServiceStopped, UpdateReady
from ccr_desktop.desktop.notice import Kind, Urgency
from tests.unit.desktop.notice_life import Life
from tests.unit.desktop.scenes import ended, on_backup

NO_MODEL = ended("deepseek,chat", 429)
BAD_KEY = ended("openrouter,x", 401)


def test_four_an_hour_then_one_that_says_there_is_more() -> None:
    life = Life()
    told = [life.kinds(1, ended(f"p{number},m", 401)) for number in range(7)]

    assert told == [[Kind.KEY_PROBLEM]] * 4 + [[Kind.DIGEST], [], []]
    assert len(life.notices.kept()) == 7
    assert [kept.was_shown for kept in life.notices.kept()] == [False] * 3 + [True] * 4
    assert life.kinds(60, ended("p8,m", 401)) == [Kind.KEY_PROBLEM]


def test_a_storm_of_an_hour_is_told_in_numbers_and_goes_on_so() -> None:
    life = Life()
    told = [life.after(1 / 60, NO_MODEL) for _ in range(3601)]

    assert [notice.title for [notice] in filter(None, told)] == [
        "Router: a request failed",
        *["Router: 300 requests failed"] * 3,
        "Router: more happened",
        "Router: 2700 requests failed",
    ]
    assert life.notices.kept()[0].count == 3601


def test_what_was_held_of_a_storm_is_not_counted_once_it_is_over() -> None:
    life = Life()
    for _ in range(1800):
        life.after(1 / 60, NO_MODEL)
    assert life.notices.next_due_s() is None

    life.after(0, ended("deepseek,chat"))

    assert life.after(40) == []
    [notice] = life.after(0, NO_MODEL)
    assert notice.title == "Router: a request failed"


def test_the_first_hour_is_quiet_but_for_a_launch() -> None:
    life = Life(installed_at_s=1_000_000.0)
    assert life.after(30, on_backup()) == []
    [notice] = life.after(1, LaunchFailed("Claude Code was not found."))
    assert notice.kind is Kind.LAUNCH_FAILED
    assert notice.actions[0].label == "Show"
    assert life.kinds(30, on_backup()) == [Kind.MOVED_TO_BACKUP]
    assert life.after(60, UpdateReady("1.2")) == []
    assert life.kinds(23 * 60, UpdateReady("1.2")) == [Kind.UPDATE_READY]


def test_a_muted_hour_and_do_not_disturb_leave_it_to_the_list() -> None:
    life = Life()
    life.notices.mute()
    assert life.after(59, BAD_KEY) == []
    assert life.kinds(1, BAD_KEY) == [Kind.KEY_PROBLEM]

    life.notices.is_quiet = True
    assert life.after(0, NO_MODEL) == []
    assert len(life.notices.kept()) == 2


@pytest.mark.parametrize("urgent", [NO_MODEL, ServiceStopped("It ended.")])
def test_a_muted_hour_holds_nothing_back_that_is_urgent(urgent: Happening) -> None:
    life = Life()
    life.notices.mute()

    assert life.after(1, BAD_KEY) == []
    [notice] = life.after(1, urgent)
    assert notice.urgency is Urgency.HIGH


def test_it_is_known_until_when_it_is_muted_and_that_can_be_ended() -> None:
    life = Life()
    assert life.notices.muted_until_s is None
    life.notices.mute(600)
    assert life.notices.muted_until_s == life.now_s + 600

    life.notices.unmute()
    assert life.notices.muted_until_s is None
    assert life.kinds(0, BAD_KEY) == [Kind.KEY_PROBLEM]

    life.notices.mute(600)
    life.after(10)
    assert life.notices.muted_until_s is None


def test_who_muted_before_the_clock_was_set_right_is_not_silent_for_ever() -> None:
    life = Life(muted_until_s=9_000_000.0)

    assert life.kinds(59, BAD_KEY) == []
    assert life.kinds(1, BAD_KEY) == [Kind.KEY_PROBLEM]


def test_what_waits_when_it_gets_quiet_is_left_to_the_list() -> None:
    life = Life()
    life.after(0, NO_MODEL)
    life.after(1, NO_MODEL)
    life.notices.switches[Kind.NO_MODEL_LEFT] = False

    assert life.after(10) == []
    assert life.notices.next_due_s() is None
