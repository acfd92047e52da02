"""What is heard of, shown, listed, and done about."""

import asyncio
import time
from dataclasses import replace

import pytest

from ccr_desktop.core.config.schema import NOTIFICATIONS
from ccr_desktop.desktop import language
from ccr_desktop.desktop.answering import Answering
from ccr_desktop.desktop.happenings import Happening, ServiceStopped
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.notice import Do, Kind, Notice
from ccr_desktop.desktop.notice_rules import DEFAULT_SWITCHES
from ccr_desktop.desktop.notices import Notices
from ccr_desktop.desktop.service_state import Phase, ServiceState
from ccr_desktop.desktop.switches import kind_of, switches_of
from ccr_desktop.desktop.system.notifier import Chosen
from tests.unit.desktop.attended import RAW, Screen, listening, make
from tests.unit.desktop.scenes import ended, on_backup, paused
from tests.unit.desktop.waiting import eventually

BAD_KEY = ended("kimi,k2.7", 401)


def kinds(screen: Screen) -> list[Kind]:
    return [notice.kind for notice in screen.shown]


async def test_a_backup_that_takes_over_is_told_and_listed(qloop: Loop) -> None:
    async with listening() as (desk, screen):
        desk.bridge.happened.emit(on_backup())

        await eventually(lambda: screen.shown)
        assert kinds(screen) == [Kind.MOVED_TO_BACKUP]
        assert "DeepSeek" in screen.shown[0].body
        assert [kept.notice.kind for kept in desk.attention.kept()] == [Kind.MOVED_TO_BACKUP]


async def test_a_provider_is_called_in_the_words_of_the_window(qloop: Loop) -> None:
    async with listening() as (desk, _):
        language.current().use("zh_CN")
        desk.bridge.happened.emit(ended("openrouter-anthropic,m", 401))

        kept = desk.attention.kept()[0].notice
        assert "OpenRouter（Anthropic 自己的协议）" in f"{kept.title} {kept.body}"


async def test_a_backup_has_a_shape_of_its_own_and_is_not_counted(qloop: Loop) -> None:
    async with listening() as (desk, _):
        desk.bridge.happened.emit(on_backup())
        assert desk.concerns.count() == 0

        desk.bridge.happened.emit(BAD_KEY)
        await eventually(lambda: desk.bridge.overview.attention == 1)


async def test_a_switched_off_kind_is_listed_alone(qloop: Loop) -> None:
    raw = {**RAW, "Desktop": {"notifications": {"keyProblem": False}}}
    async with listening(raw) as (desk, screen):
        desk.bridge.happened.emit(BAD_KEY)
        desk.bridge.happened.emit(on_backup(then="other,m"))

        await eventually(lambda: screen.shown)
        assert kinds(screen) == [Kind.MOVED_TO_BACKUP]
        assert desk.concerns.count() == 1


@pytest.mark.parametrize("is_on", [True, False])
@pytest.mark.parametrize(
    ("name", "happenings"),
    [
        ("movedToBackup", [on_backup()]),
        ("backToNormal", [on_backup(), ended("deepseek,chat")]),
        ("providerPaused", [paused("deepseek")]),
        ("noModelLeft", [ended("deepseek,chat", 503)]),
        ("keyProblem", [BAD_KEY]),
        ("serviceStopped", [ServiceStopped("It ended.")]),
        ("routeUsed", [ended("deepseek,chat")]),
    ],
)
async def test_each_kind_is_told_only_while_its_switch_is_on(
    qloop: Loop, name: str, happenings: list[Happening], is_on: bool
) -> None:
    switches = {**dict.fromkeys(NOTIFICATIONS, False), name: is_on}
    async with listening({**RAW, "Desktop": {"notifications": switches}}) as (desk, screen):
        now_s = 4e9
        desk.attention._notices._clock = lambda: now_s
        for happening in happenings:
            desk.attention.note(happening)
            now_s += 400
        await desk.attention.preview()

        told = [kind for kind in kinds(screen) if kind is not Kind.DIGEST]
        assert told == ([kind_of(name)] if is_on else [])


@pytest.mark.parametrize(("hour", "is_told"), [(21, True), (23, False), (3, False), (8, True)])
async def test_nothing_is_shown_in_the_quiet_hours_but_listed(
    qloop: Loop, hour: int, is_told: bool
) -> None:
    async with listening({**RAW, "Desktop": {"quietHours": "22:00-08:00"}}) as (desk, screen):
        now_s = time.mktime((2026, 11, 26, hour, 30, 0, 0, 0, -1))
        desk.attention._notices._clock = lambda: now_s

        desk.attention.note(BAD_KEY)
        await desk.attention.preview()  # shown at any time: it was asked for

        assert kinds(screen) == [*([Kind.KEY_PROBLEM] if is_told else []), Kind.DIGEST]
        assert [kept.notice.kind for kept in desk.attention.kept()] == [Kind.KEY_PROBLEM]


async def test_quiet_hours_count_at_once(qloop: Loop) -> None:
    async with listening() as (desk, screen):
        await desk.bridge.edit(lambda raw: {**raw, "Desktop": {"quietHours": "0:00-24:00"}}, "")

        desk.bridge.happened.emit(BAD_KEY)

        await eventually(desk.attention.kept)
        assert not screen.shown


async def test_switches_count_at_once(qloop: Loop) -> None:
    async with listening() as (desk, screen):
        off = {"notifications": {"keyProblem": False}}
        await desk.bridge.edit(lambda raw: {**raw, "Desktop": off}, "")

        desk.bridge.happened.emit(BAD_KEY)
        desk.bridge.happened.emit(on_backup())

        await eventually(lambda: screen.shown)
        assert kinds(screen) == [Kind.MOVED_TO_BACKUP]


async def test_a_new_key_ends_the_trouble_with_it(qloop: Loop) -> None:
    async with listening() as (desk, _):
        desk.bridge.happened.emit(BAD_KEY)
        new = [RAW["Providers"][0], {**RAW["Providers"][1], "api_key": "sk-new"}]

        await desk.bridge.edit(lambda raw: {**raw, "Providers": new}, "")

        assert [kept.is_over for kept in desk.attention.kept()] == [True]
        assert desk.concerns.count() == 0


async def test_nothing_is_told_within_the_first_hour(qloop: Loop, tmp_path: object) -> None:
    async with listening() as (desk, screen):
        desk.memory.set("installed-at-s", 0.0)
    async with listening() as (desk, screen):
        desk.bridge.happened.emit(BAD_KEY)
        await eventually(lambda: desk.bridge.overview.attention == 1)
        assert screen.shown == []


async def test_a_first_start_with_a_clock_ahead_of_now_counts_as_today(qloop: Loop) -> None:
    async with listening() as (desk, _):
        desk.memory.set("installed-at-s", time.time() + 3e9)

    async with listening() as (desk, _):
        assert desk.memory.get("installed-at-s") <= time.time()


async def test_a_service_that_gave_up_is_told_until_it_runs_again(qloop: Loop) -> None:
    async with listening() as (desk, screen):
        [tell, *_] = desk.bridge.supervisor._listeners
        tell(ServiceState(Phase.FAILED, "", "The router keeps ending", "It was too much."))
        await eventually(lambda: screen.shown)
        assert "keeps ending" in screen.shown[0].body

        tell(ServiceState(Phase.RUNNING))
        assert desk.concerns.count() == 0


async def test_what_the_window_shows_already_is_not_told_beside_it(qloop: Loop) -> None:
    async with listening() as (desk, screen):
        desk.attention.note(ServiceStopped("It ended."), by_user=True)
        desk.bridge.happened.emit(on_backup())

        await eventually(lambda: screen.shown)
        assert kinds(screen) == [Kind.MOVED_TO_BACKUP]


async def test_a_system_that_shows_nothing_is_in_the_list_until_it_does(qloop: Loop) -> None:
    async with listening() as (desk, screen):
        screen.is_broken = True
        assert not await desk.attention.preview()
        assert [kept.notice.kind for kept in desk.attention.kept()] == [Kind.NOTICES_BLOCKED]
        assert desk.attention.is_blocked

        screen.is_broken = False
        assert await desk.attention.preview()
        assert desk.concerns.count() == 0


async def test_what_is_dismissed_or_ignored_leaves_the_list(qloop: Loop) -> None:
    async with listening() as (desk, screen):
        told: list[None] = []
        desk.attention.changed.connect(lambda: told.append(None))
        desk.bridge.happened.emit(BAD_KEY)
        desk.bridge.happened.emit(ended("deepseek,chat", 401))
        one, other = desk.attention.kept()

        desk.attention.dismiss(one.key)
        desk.attention.ignore_for_a_week(other.key)

        assert desk.attention.kept() == ()
        assert told
        shown = len(screen.shown)
        desk.bridge.happened.emit(ended("kimi,k2.7", 401))
        assert len(screen.shown) == shown
        assert desk.attention.kept() == ()


async def test_what_is_ignored_stays_so_after_a_restart(qloop: Loop) -> None:
    async with listening() as (desk, _):
        desk.bridge.happened.emit(BAD_KEY)
        [kept] = desk.attention.kept()
        desk.attention.ignore_for_a_week(kept.key)
    async with listening() as (desk, screen):
        desk.bridge.happened.emit(BAD_KEY)
        desk.bridge.happened.emit(on_backup())

        await eventually(lambda: screen.shown)
        assert kinds(screen) == [Kind.MOVED_TO_BACKUP]


async def test_what_is_counted_is_told_when_its_time_has_come(qloop: Loop) -> None:
    raw = {**RAW, "Desktop": {"notifications": {"routeUsed": True}}}
    async with listening(raw) as (desk, screen):
        desk.bridge.happened.emit(ended("deepseek,chat"))
        await eventually(lambda: screen.shown)
        desk.bridge.happened.emit(ended("deepseek,chat"))
        await asyncio.sleep(0)

        assert len(screen.shown) == 1
        assert desk.attention._tick.isActive()
        desk.attention._clock = lambda: 0.0
        desk.attention._notices._clock = lambda: 4e9
        desk.attention._show_waiting()
        await eventually(lambda: len(screen.shown) == 2)


# -- what the buttons do -----------------------------------------------------------------------


async def test_a_click_brings_the_page_and_the_window(qloop: Loop) -> None:
    async with listening() as (desk, screen):
        pages: list[str] = []
        tokens: list[str] = []
        desk.bridge.page_wanted.connect(pages.append)
        desk.attention.forward_wanted.connect(tokens.append)
        desk.bridge.happened.emit(BAD_KEY)
        await eventually(lambda: screen.shown)

        screen.listener(Chosen(screen.shown[0], Do.ENTER_KEY, "token"))

        assert pages == ["providers/kimi"]
        assert tokens == ["token"]


@pytest.mark.parametrize(
    ("kind", "do", "page"),
    [
        (Kind.MOVED_TO_BACKUP, Do.SHOW, "activity"),
        (Kind.NO_MODEL_LEFT, Do.OPEN, "activity"),
        (Kind.NO_MODEL_LEFT, Do.CHECK, "providers/kimi"),
        (Kind.LAUNCH_FAILED, Do.SHOW, "launch"),
        (Kind.NOTICES_BLOCKED, Do.SHOW, "settings/notifications"),
        (Kind.DIGEST, Do.OPEN, "home"),
    ],
)
async def test_each_kind_has_its_page(qloop: Loop, kind: Kind, do: Do, page: str) -> None:
    async with listening() as (desk, _):
        pages: list[str] = []
        desk.bridge.page_wanted.connect(pages.append)

        desk.attention.act(Notice(kind=kind, title="", body="", subject="kimi"), do)

        assert pages == [page]


async def test_a_notice_of_a_request_leads_to_it(qloop: Loop) -> None:
    async with listening() as (desk, screen):
        pages: list[str] = []
        desk.bridge.page_wanted.connect(pages.append)
        desk.bridge.happened.emit(on_backup())
        await eventually(lambda: screen.shown)

        screen.listener(Chosen(screen.shown[0], Do.SHOW))

        assert pages == ["activity/req_1"]


@pytest.mark.parametrize("work", ["default", "think"])
async def test_keep_using_makes_the_backup_the_first_choice(qloop: Loop, work: str) -> None:
    before = {"default": ["deepseek,chat"], "think": ["deepseek,chat"]}
    router = {**before, work: ["deepseek,chat", "kimi,k2.7"]}
    async with listening({**RAW, "Router": router}) as (desk, screen):
        desk.bridge.happened.emit(replace(on_backup(), scenario=work))
        await eventually(lambda: screen.shown)

        screen.listener(Chosen(screen.shown[0], Do.KEEP_USING))

        kept = {**before, work: ["kimi,k2.7", "deepseek,chat"]}
        await eventually(lambda: desk.bridge.raw["Router"] == kept)


@pytest.mark.parametrize("work", ["think", "rule", "explicit", "longContext"])
async def test_keep_using_is_offered_only_where_the_settings_have_that_list(
    qloop: Loop, work: str
) -> None:
    router = {**RAW["Router"], "think": ["kimi,k2.7", "deepseek,chat"]}
    async with listening({**RAW, "Router": router}) as (desk, screen):
        desk.bridge.happened.emit(replace(on_backup(), scenario=work))

        await eventually(lambda: screen.shown)
        assert [action.do for action in screen.shown[0].actions] == [Do.SHOW, Do.MUTE]


async def test_a_paused_provider_is_used_again(qloop: Loop) -> None:
    off = [{**RAW["Providers"][0], "paused": True}, RAW["Providers"][1]]
    async with listening({**RAW, "Providers": off}) as (desk, _):
        notice = Notice(kind=Kind.PROVIDER_PAUSED, title="", body="", subject="deepseek")

        desk.attention.act(notice, Do.TRY_AGAIN)

        await eventually(lambda: desk.bridge.raw == RAW)


async def test_a_notice_goes_once_a_button_was_pressed(qloop: Loop) -> None:
    async with listening() as (desk, screen):
        desk.bridge.happened.emit(BAD_KEY)
        await eventually(lambda: screen.shown)
        assert screen.closed == []

        screen.listener(Chosen(screen.shown[0], Do.ENTER_KEY))

        await eventually(lambda: screen.closed == [1])


async def test_mute_keeps_silent_and_the_list_goes_on(qloop: Loop) -> None:
    async with listening() as (desk, screen):
        notice = Notice(kind=Kind.MOVED_TO_BACKUP, title="", body="")
        desk.attention.act(notice, Do.MUTE)

        desk.bridge.happened.emit(BAD_KEY)

        assert desk.concerns.count() == 1
        assert screen.shown == []


async def test_what_is_muted_stays_so_after_a_restart(qloop: Loop) -> None:
    async with listening() as (desk, _):
        desk.attention.act(Notice(kind=Kind.MOVED_TO_BACKUP, title="", body=""), Do.MUTE)
        until_s = desk.attention.muted_until_s
        assert until_s is not None

    async with listening() as (again, screen):
        assert again.attention.muted_until_s == until_s
        again.bridge.happened.emit(BAD_KEY)
        assert screen.shown == []
        again.attention.unmute()

    assert make().attention.muted_until_s is None


def test_every_switch_of_the_settings_is_a_kind() -> None:
    assert set(switches_of({})) <= set(DEFAULT_SWITCHES)
    assert kind_of("movedToBackup") is Kind.MOVED_TO_BACKUP


async def test_restart_restarts(qloop: Loop) -> None:
    desk = make()
    told: list[str] = []
    desk.bridge.restart = lambda: told.append("restart")  # type: ignore[method-assign]

    Answering(desk.bridge, Notices()).act(
        Notice(kind=Kind.SERVICE_STOPPED, title="", body=""), Do.RESTART
    )

    assert told == ["restart"]
