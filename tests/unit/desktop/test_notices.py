"""What a person is told, and how often."""

from dataclasses import replace

import pytest

from ccr_desktop.core.observe.events import ProviderResumed
from ccr_desktop.desktop.happenings import (
    AgentUpdated,
    BalanceSeen,
    BudgetSeen,
    KeyChanged,
    ServiceStopped,
    UpdateReady,
)
from ccr_desktop.desktop.notice import Do, Kind, Urgency
from ccr_desktop.desktop.notice_rules import DEFAULT_SWITCHES
from ccr_desktop.desktop.notice_words import NoticeWords
from ccr_desktop.desktop.notices import MOST_KEPT
from tests.unit.desktop.notice_life import Life
from tests.unit.desktop.scenes import ended, failed, on_backup, paused

EVERYTHING = dict.fromkeys(DEFAULT_SWITCHES, True)
DEEPSEEK_OK = ended("deepseek,chat")
NO_MODEL = ended("deepseek,chat", 429)
BAD_KEY = ended("openrouter,x", 401)
BUDGET = BudgetSeen(spent=4.02, limit=5.0, currency="USD", period="today's", since="2026-11-26")


def test_a_model_that_two_providers_have_is_told_with_its_provider() -> None:
    words = NoticeWords(model=lambda route: route.replace(",", ": "))

    assert "Main work now uses kimi: k2.7." in words.moved(on_backup()).body
    assert words.routes({"kimi,k2.7": 2}).body == "kimi: k2.7 (2)"


# -- moved to a backup, and back -------------------------------------------------------------


def test_the_first_request_on_a_backup_is_told_with_names() -> None:
    [notice] = Life().after(0, on_backup())

    assert notice.title == "Router: using a backup model"
    assert notice.body == (
        "DeepSeek is answering too slowly. Main work now uses k2.7. It will switch back by itself."
    )
    assert [action.do for action in notice.actions] == [Do.SHOW, Do.KEEP_USING, Do.MUTE]
    assert notice.actions[0].label == "Show why"
    assert (notice.subject, notice.replaces) == ("deepseek", "moved-to-backup")


def test_a_backup_is_told_once_until_the_first_choice_works_again() -> None:
    life = Life()
    assert life.kinds(0, on_backup()) == [Kind.MOVED_TO_BACKUP]
    assert life.kinds(20, on_backup()) == []
    assert life.kinds(1, DEEPSEEK_OK) == []
    assert life.kinds(1, on_backup()) == [Kind.MOVED_TO_BACKUP]


def test_a_flickering_provider_is_told_every_ten_minutes_at_most() -> None:
    life = Life()
    assert life.kinds(0, on_backup()) == [Kind.MOVED_TO_BACKUP]
    for _ in range(4):
        life.after(1, DEEPSEEK_OK)
        assert life.kinds(1, on_backup()) == []
    life.after(1, DEEPSEEK_OK)
    assert life.kinds(1, on_backup()) == [Kind.MOVED_TO_BACKUP]


def test_the_way_back_is_told_after_five_minutes_by_those_who_want_it() -> None:
    life = Life(switches=EVERYTHING | {Kind.ROUTE_USED: False})
    life.after(0, on_backup())
    assert life.kinds(4, DEEPSEEK_OK) == []
    life.after(10, on_backup())
    [notice] = life.after(6, DEEPSEEK_OK)

    assert notice.body == "DeepSeek answers again. chat is in use as before."
    assert [kept.is_over for kept in life.notices.kept()] == [True, True]


def test_a_provider_is_back_when_all_of_its_models_are() -> None:
    life = Life()
    life.after(0, on_backup("deepseek,chat"))
    life.after(0, on_backup("deepseek,fast"))
    life.after(11, ended("deepseek,fast"))
    assert life.kinds(0, on_backup("deepseek,fast")) == []


def test_a_second_try_at_the_same_route_is_no_backup() -> None:
    assert Life().after(0, ended("deepseek,chat", 200, failed("deepseek,chat"))) == []


# -- failures --------------------------------------------------------------------------------


def test_a_backup_that_the_settings_kept_back_is_told_as_that() -> None:
    [told] = Life().after(0, replace(NO_MODEL, withheld="kimi,k2.7"))

    assert told.body == (
        "DeepSeek asks to wait: too many requests."
        " k2.7 was not tried: “Backup behaviour” in Routes does not count this failure."
    )


def test_a_failure_is_told_and_those_after_it_are_counted() -> None:
    life = Life()
    [first] = life.after(0, NO_MODEL)
    assert first.body == (
        "DeepSeek asks to wait: too many requests. No other model could take over."
    )
    assert first.urgency is Urgency.HIGH
    for _ in range(6):
        assert life.after(0.1, NO_MODEL) == []
    assert life.notices.next_due_s() == 1_000_000.0 + 300
    assert life.after(1) == []

    [later] = life.after(4)

    assert later.title == "Router: 6 requests failed"
    assert later.replaces == first.replaces
    assert life.notices.next_due_s() is None
    assert life.notices.kept()[0].count == 7


@pytest.mark.parametrize("status", [400, 413, 499])
def test_the_clients_own_mistakes_are_not_told(status: int) -> None:
    life = Life()

    assert life.after(0, ended("deepseek,chat", status)) == []
    assert life.notices.kept() == ()


def test_a_request_that_no_provider_saw_is_not_blamed_on_one() -> None:
    assert Life().after(0, ended("", 404)) == []


@pytest.mark.parametrize("status", [401, 403])
def test_what_the_router_itself_refuses_is_no_problem_of_a_providers_key(status: int) -> None:
    """A rule that forbids it, or a client without the router's own key."""
    assert Life().kinds(0, ended("", status)) == []


def test_a_refused_key_is_told_once_until_it_changes() -> None:
    life = Life()
    [notice] = life.after(0, BAD_KEY)
    assert notice.body == (
        "OpenRouter refused the key. Requests to it will fail until you enter a new one."
    )
    assert life.kinds(300, BAD_KEY) == []

    life.after(0, KeyChanged("openrouter"))

    assert life.notices.kept()[0].is_over
    assert life.kinds(0, BAD_KEY) == [Kind.KEY_PROBLEM]


def test_a_key_that_is_accepted_after_all_is_no_trouble_and_not_told_again() -> None:
    life = Life()
    [notice] = life.after(0, BAD_KEY)

    life.after(1, ended("openrouter,chat"))

    assert life.notices.kept()[0].is_over
    assert life.notices.is_past(notice)
    assert life.kinds(1, BAD_KEY) == []
    assert not life.notices.kept()[0].is_over


def test_of_several_keys_one_may_be_refused_while_others_serve() -> None:
    life = Life(has_one_key=lambda _provider: False)
    life.after(0, BAD_KEY)

    life.after(1, ended("openrouter,chat"))

    assert not life.notices.kept()[0].is_over


def test_a_refused_key_is_told_although_a_backup_served() -> None:
    kinds = Life().kinds(0, on_backup(status=401))

    assert kinds == [Kind.KEY_PROBLEM, Kind.MOVED_TO_BACKUP]


# -- what others find out --------------------------------------------------------------------


def test_a_pause_is_told_once_each_to_those_who_want_it() -> None:
    pause = paused("deepseek")
    assert Life().after(0, pause) == []
    life = Life(switches={Kind.PROVIDER_PAUSED: True})
    assert life.kinds(0, pause) == [Kind.PROVIDER_PAUSED]
    assert life.kinds(1, pause) == []
    life.after(0, ProviderResumed(provider="deepseek"))
    assert life.kinds(1, pause) == [Kind.PROVIDER_PAUSED]


def test_each_level_of_a_balance_is_told_once_a_window() -> None:
    life = Life()
    assert life.after(0, BalanceSeen("kimi", 21)) == []
    [low] = life.after(0, BalanceSeen("kimi", 19, "this week"))
    assert low.body == "Kimi: less than 20 % left (this week)."
    assert life.after(0, BalanceSeen("kimi", 12, "this week")) == []
    assert life.kinds(0, BalanceSeen("kimi", 4, "this week")) == [Kind.BALANCE_LOW]
    assert life.kinds(0, BalanceSeen("kimi", 4, "next week")) == [Kind.BALANCE_LOW]


def test_the_levels_of_a_budget_are_told_once_a_period_and_half_of_it_on_request() -> None:
    def spent(amount: float, since: str = "2026-11-26") -> BudgetSeen:
        return BudgetSeen(amount, 5.0, "USD", "today's", since)

    life = Life()
    assert life.after(0, spent(2.6)) == []
    [notice] = life.after(0, spent(4.02))
    assert (notice.title, notice.body) == (
        "Router: 80 % of today's budget",
        "4.02 of 5.00 USD used.",
    )
    assert life.after(0, spent(4.5)) == []
    assert life.kinds(0, spent(5.0)) == [Kind.BUDGET]
    assert life.kinds(0, spent(4.1, "2026-11-27")) == [Kind.BUDGET]
    assert Life(switches=EVERYTHING).kinds(0, spent(2.6)) == [Kind.BUDGET_HALF]


def test_a_stopped_service_is_told_every_five_minutes_at_most() -> None:
    life = Life()
    stopped = ServiceStopped("Port 3456 is used by another program.")
    assert life.kinds(0, stopped) == [Kind.SERVICE_STOPPED]
    assert life.kinds(4, stopped) == []
    assert life.kinds(1, stopped) == [Kind.SERVICE_STOPPED]


def test_what_was_told_of_a_version_is_remembered_in_the_next_life() -> None:
    life = Life()
    assert life.kinds(0, UpdateReady("1.2")) == [Kind.UPDATE_READY]
    assert life.kinds(0, AgentUpdated("2.1.7", "It needs a newer router.")) == [Kind.AGENT_UPDATED]
    life.after(0, BAD_KEY)

    next_life = Life(remembered=life.notices.remembered())

    assert next_life.after(0, UpdateReady("1.2")) == []
    assert next_life.kinds(0, UpdateReady("1.3")) == [Kind.UPDATE_READY]
    assert next_life.kinds(0, BAD_KEY) == [Kind.KEY_PROBLEM]


def test_used_routes_are_merged_for_those_who_look_for_a_mistake() -> None:
    life = Life(switches={Kind.ROUTE_USED: True})
    [first] = life.after(0, DEEPSEEK_OK)
    assert first.body == "chat (1)"
    life.after(0.05, DEEPSEEK_OK)
    life.after(0.05, ended("kimi,k2.7"))
    [merged] = life.after(0.1)
    assert merged.body == "chat (1), k2.7 (1)"
    assert life.notices.kept() == ()


# -- rules for all ---------------------------------------------------------------------------


def test_what_the_user_just_did_is_not_told() -> None:
    life = Life(switches=EVERYTHING)
    pause = paused("deepseek")

    assert life.notices.note(pause, by_user=True) == []
    assert life.after(1, pause) == []
    assert len(life.notices.kept()) == 1


def test_a_kind_that_is_off_is_in_the_list_and_can_be_dismissed() -> None:
    life = Life(switches={Kind.KEY_PROBLEM: False})
    assert life.after(0, BAD_KEY) == []
    [kept] = life.notices.kept()
    assert kept.notice.title == "Router: OpenRouter does not accept your key"

    life.notices.dismiss(kept.key)
    life.notices.dismiss(kept.key)

    assert life.notices.kept() == ()


def test_the_list_has_an_end_and_loses_the_oldest() -> None:
    life = Life()
    for number in range(MOST_KEPT + 5):
        life.after(1, ended(f"p{number},m", 401))

    subjects = [kept.notice.subject for kept in life.notices.kept()]
    assert len(subjects) == MOST_KEPT
    assert subjects[0] == f"p{MOST_KEPT + 4}"
    assert subjects[-1] == "p5"


@pytest.mark.parametrize("status", [402, 403, 404, 408, 409, 429, 500, 502, 503, 504, 529])
def test_each_failure_names_the_vendor(status: int) -> None:
    [notice] = Life().after(0, ended("deepseek,chat", status))

    assert "DeepSeek" in notice.body
    assert "{" not in notice.body


def test_each_button_has_a_word() -> None:
    assert all(NoticeWords().label(do) for do in Do)


def test_words_can_be_translated() -> None:
    words = NoticeWords(translate=lambda text: text.replace("{vendor}", "[{vendor}]"))

    assert "[deepseek]" in words.moved(on_backup()).body
    assert BUDGET.period in words.budget(BUDGET, 80).title


def test_a_provider_that_answers_again_ends_what_was_said_of_its_failures() -> None:
    life = Life()
    life.after(0, NO_MODEL)

    life.after(1, DEEPSEEK_OK)

    assert [kept.is_over for kept in life.notices.kept()] == [True]


def test_what_is_ignored_is_neither_told_nor_listed_for_so_long() -> None:
    life = Life()
    life.after(0, BAD_KEY)
    [kept] = life.notices.kept()
    life.notices.ignore(kept.key, for_s=3600)

    assert life.kinds(20, BAD_KEY) == []
    assert life.notices.kept() == ()
    assert set(life.notices.ignored()) == {kept.key}

    life.after(41, BAD_KEY)
    assert [kept.key for kept in life.notices.kept()] == [kept.key]
    assert life.notices.ignored() == {}


def test_a_clock_that_is_set_back_silences_nothing() -> None:
    life = Life(installed_at_s=1_000_000.0 - 7200)
    assert life.kinds(0, NO_MODEL) == [Kind.NO_MODEL_LEFT]
    life.notices.mute(600)

    assert life.kinds(-24 * 60, BAD_KEY) == []
    assert life.kinds(0, NO_MODEL) == [], "told a moment ago"
    assert life.kinds(11, BAD_KEY) == [Kind.KEY_PROBLEM]
    assert life.kinds(0) == [Kind.NO_MODEL_LEFT]
