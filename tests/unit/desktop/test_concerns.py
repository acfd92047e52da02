"""Home's list, the tray and the status strip tell the same."""

from dataclasses import dataclass, replace
from typing import Any, cast

import pytest

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.spelling import NO_SUCH_SETTING
from ccr_desktop.desktop.concerns import Concerns
from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.happenings import (
    AgentUpdated,
    BalanceSeen,
    BudgetSeen,
    Happening,
    LaunchFailed,
    NoticesBlocked,
    ServiceStopped,
    UpdateReady,
)
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.notice import Kind
from ccr_desktop.desktop.notice_rules import RULES
from ccr_desktop.desktop.pages.home.page import HomePage
from ccr_desktop.desktop.pages.home.presenter import build
from ccr_desktop.desktop.service_state import Phase, ServiceState
from ccr_desktop.desktop.state import Look
from ccr_desktop.desktop.tray.menu import Act, attention_words, menu_lines, tooltip
from tests.unit.desktop.attended import RAW, listening
from tests.unit.desktop.scenes import ended, failed, on_backup, paused
from tests.unit.desktop.waiting import eventually

NEEDED, HINT = 1, 0
WEEK_S = 7 * 86400.0
HAPPENINGS: dict[Kind, tuple[Happening, int]] = {
    Kind.MOVED_TO_BACKUP: (on_backup(), HINT),
    Kind.PROVIDER_PAUSED: (paused("deepseek"), NEEDED),
    Kind.NO_MODEL_LEFT: (ended("deepseek,chat", 503), NEEDED),
    Kind.KEY_PROBLEM: (ended("kimi,k2.7", 401), NEEDED),
    Kind.BALANCE_LOW: (BalanceSeen("kimi", 3), NEEDED),
    Kind.BUDGET_HALF: (BudgetSeen(5, 10, "USD", "today's", "2026-11-28"), NEEDED),
    Kind.BUDGET: (BudgetSeen(9, 10, "USD", "today's", "2026-11-28"), NEEDED),
    Kind.SERVICE_STOPPED: (ServiceStopped("It ended."), NEEDED),
    Kind.AGENT_UPDATED: (AgentUpdated("9.9", "It fails."), NEEDED),
    Kind.UPDATE_READY: (UpdateReady("9.9"), HINT),
    Kind.LAUNCH_FAILED: (LaunchFailed("No terminal."), NEEDED),
    Kind.NOTICES_BLOCKED: (NoticesBlocked(), NEEDED),
}
ISSUES = {
    "an error": (Issue("PORT", "It is no number."), NEEDED),
    "the whole file": (Issue("", "It is a folder."), NEEDED),
    "a missing key": (Issue("Providers[0].api_key", "there is no key.", "", "warning"), NEEDED),
    "a missing key of a pool": (
        Issue("Providers[1].api_keys[0].key", "this key is empty.", "", "warning"),
        NEEDED,
    ),
    "no main model": (Issue("Router.default", "is missing.", "", "warning"), NEEDED),
    "a plugin that fails": (Issue("transformers[0].path", "It fails.", "", "warning"), NEEDED),
    "a custom router that fails": (
        Issue("CUSTOM_ROUTER_PATH", "It fails.", "", "warning"),
        NEEDED,
    ),
    "an unknown setting": (Issue("FOO", NO_SUCH_SETTING, "", "warning"), HINT),
    "an unknown setting of a plugin": (
        Issue("transformers[0].foo", NO_SUCH_SETTING, "", "warning"),
        HINT,
    ),
    "a rule that never applies": (Issue("Router.rules[1]", "Never.", "", "warning"), HINT),
    "a style": (Issue("StatusLine.currentStyle", "there is none.", "", "warning"), HINT),
}


def agreed(desk: Desk) -> int:
    """How many things need attention, in the words of all who tell it."""
    desk.bridge.refresh()
    overview = desk.bridge.overview
    page = cast("HomePage", build(desk))
    try:
        lines = page.attention.lines
        title = page.attention.accessibleName()
    finally:
        page.deleteLater()
    count = sum(not line.is_hint for line in lines)
    in_menu = [line.text for line in menu_lines(overview) if line.act is Act.ATTENTION]
    assert in_menu == ([attention_words(count)] if count else [])
    assert overview.attention == count
    running = replace(overview.service, phase=Phase.RUNNING)
    if overview.service.phase is Phase.RUNNING:
        assert (overview.look is Look.ATTENTION) is (count > 0)
        assert ("problems" in tooltip(replace(overview, service=running))) is (count > 0)
    if lines:
        assert title == ("Needs attention" if count else "Worth a look")
    return count


@dataclass(frozen=True)
class _Running:
    """Stands for a supervisor whose service runs."""

    of: Any

    def __getattr__(self, name: str) -> Any:
        return getattr(self.of, name)

    @property
    def state(self) -> ServiceState:
        return ServiceState(Phase.RUNNING, "http://127.0.0.1:1")


def test_each_kind_that_is_listed_is_in_the_table() -> None:
    listed = {kind for kind, rule in RULES.items() if rule.is_listed}
    assert listed - {Kind.BACK_TO_NORMAL} == HAPPENINGS.keys()


@pytest.mark.parametrize("kind", HAPPENINGS, ids=lambda kind: kind.value)
async def test_a_notice_is_told_alike_by_all(qloop: Loop, kind: Kind) -> None:
    happening, expected = HAPPENINGS[kind]
    async with listening() as (desk, _):
        desk.bridge.supervisor = cast("Any", _Running(desk.bridge.supervisor))
        assert agreed(desk) == 0

        desk.attention.note(happening)

        assert [kept.notice.kind for kept in desk.attention.kept()] == [kind]
        assert agreed(desk) == expected


@pytest.mark.parametrize("name", ISSUES)
async def test_a_problem_of_the_settings_is_told_alike_by_all(qloop: Loop, name: str) -> None:
    issue, expected = ISSUES[name]
    async with listening() as (desk, _):
        desk.bridge.supervisor = cast("Any", _Running(desk.bridge.supervisor))
        desk.bridge._issues = issue, Issue("Router.think", "It goes with the other.", follows="X")

        assert agreed(desk) == expected
        assert len(desk.concerns.lines()) == 1


async def test_a_refused_key_that_only_the_health_knows_is_told_alike(qloop: Loop) -> None:
    refused = ended("kimi,k2.7", 401)
    async with listening() as (desk, _):
        desk.bridge.health.note(replace(refused, last_failure=failed("kimi,k2.7", 401)))

        assert agreed(desk) == 1


async def test_a_router_that_does_not_run_and_muted_notices_are_told_alike(qloop: Loop) -> None:
    async with listening() as (desk, _):
        desk.bridge.supervisor.state = ServiceState(Phase.FAILED, "", "The router keeps ending")
        desk.attention.note(ServiceStopped("It ended."))
        desk.attention._notices.mute()

        assert agreed(desk) == 1
        assert [line.key for line in desk.concerns.lines()] == ["service", "muted"]


async def test_what_is_ignored_on_home_is_not_counted_until_its_time_is_over(
    qloop: Loop,
) -> None:
    now_s = 1000.0
    async with listening() as (desk, _):
        concerns = Concerns(desk.bridge, desk.attention, desk.memory, lambda: now_s)
        desk.bridge._issues = (Issue("PORT", "It is no number."),)
        desk.bridge.refresh()
        assert desk.bridge.overview.attention == 1

        concerns.ignore_for_a_week(concerns.lines()[0].key)
        assert desk.bridge.overview.attention == 0

        now_s += WEEK_S
        desk.bridge.refresh()
        assert desk.bridge.overview.attention == 1


async def test_warnings_of_a_real_file_are_told_alike(qloop: Loop) -> None:
    async with listening({**RAW, "FOO": 1}) as (desk, _):
        await desk.bridge._look_at_issues()
        assert [line.is_hint for line in desk.concerns.lines()] == [True]
        assert agreed(desk) == 0

        no_key = [{**RAW["Providers"][0], "api_key": "$NO_SUCH_KEY"}, RAW["Providers"][1]]
        await desk.bridge.edit(lambda raw: {**raw, "Providers": no_key}, "")

        await eventually(lambda: desk.bridge.overview.attention == 1)
        assert agreed(desk) == 1


@pytest.mark.parametrize("status", [401, 403])
async def test_a_key_that_came_back_ends_what_was_told_of_it(qloop: Loop, status: int) -> None:
    stored = [RAW["Providers"][0], {**RAW["Providers"][1], "api_key": "keyring:kimi"}]
    async with listening({**RAW, "Providers": stored}) as (desk, _):
        await desk.bridge._look_at_issues()
        refused = ended("kimi,k2.7", status)
        desk.bridge._heard(replace(refused, last_failure=failed("kimi,k2.7", status)))
        assert desk.attention.kept()
        assert agreed(desk) == 1
        assert [line.place for line in desk.concerns.lines()] == ["Providers[1].api_key"]

        desk.bridge.store.secrets.set("kimi", "sk-of-the-test")
        await desk.bridge.reload()

        await eventually(lambda: desk.concerns.lines() == ())
        assert agreed(desk) == 0
