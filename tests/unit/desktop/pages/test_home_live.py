"""Home with a real service and a scripted provider."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.setup.edits import with_paused
from ccr_desktop.desktop.concerns import Concerns
from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.notice import Kept
from ccr_desktop.desktop.notices import Notices
from ccr_desktop.desktop.pages.home.page import HomePage
from ccr_desktop.desktop.pages.home.presenter import HomePresenter, build
from ccr_desktop.desktop.service_state import Phase
from ccr_desktop.desktop.shell import make_desk
from ccr_desktop.desktop.state import UNTIL_RESUMED
from tests.support.turns import http_error
from tests.support.upstream import Upstream
from tests.unit.desktop.pages.conftest import Live
from tests.unit.desktop.scenes import on_backup
from tests.unit.desktop.waiting import eventually

Shown = Callable[[HomePage], HomePage]


def _page(live: Live) -> HomePage:
    return cast("HomePage", build(live.desk))


async def test_a_request_shows_in_every_card_that_knows_of_it(
    qloop: Loop, live: Live, shown: Shown
) -> None:
    async with live.running():
        page = shown(_page(live))
        assert page.providers.words() == ["first: not used yet", "second: not used yet"]

        await live.ask()

        await eventually(lambda: page.providers.words()[0] == "first: OK")
        assert page.now.facts.value("Last request").startswith("big, Answered, ")
        assert page.today.facts.value("Requests") == "1"
        page.now._show.click()
        assert live.wanted == [f"activity/{live.desk.bridge.journal.entries[0].request_id}"]


async def test_a_refused_key_needs_attention_until_it_is_ignored(
    qloop: Loop, live: Live, upstream: Upstream, shown: Shown
) -> None:
    upstream.script(http_error(401, "wrong key"))
    async with live.running():
        page = shown(_page(live))
        await live.ask()
        await eventually(page.attention.isVisible)
        assert [line.title for line in page.attention.lines] == ["first: key not accepted"]

        page.attention.wanted.emit(page.attention.lines[0].remedies[0])
        page.attention.ignored.emit(page.attention.lines[0].key)

        assert live.wanted == ["providers/first"]
        assert not page.attention.isVisible()
        again = _page(live)  # as at the next start
        assert again.attention.lines == ()
        again.deleteLater()


async def test_the_routing_is_paused_and_resumed_from_home(
    qloop: Loop, live: Live, shown: Shown
) -> None:
    async with live.running() as desk:
        page = shown(_page(live))
        begin = page.findChild(QPushButton, "pause-routing")
        assert isinstance(begin, QPushButton)
        begin.setFocus()
        begin.click()
        assert page.now._menu.isVisible()
        page.now._menu.actions()[-1].trigger()
        page.now._menu.close()
        await eventually(page.now._pause.isVisible)
        assert desk.bridge.overview.paused_until_s == UNTIL_RESUMED
        assert not begin.isVisible()
        assert page.now._pause.button.has_cursor()

        page.now._pause.button.click()

        await eventually(lambda: not page.now._pause.isVisible())
        assert desk.bridge.overview.paused_until_s is None
        assert begin.isVisible()
        assert begin is page.now._begin_pause
        assert page.now._begin_pause.has_cursor()


async def test_the_routing_of_a_router_that_is_off_can_not_be_paused(
    qloop: Loop, live: Live, shown: Shown
) -> None:
    async with live.running() as desk:
        page = shown(_page(live))
        await desk.bridge.supervisor.stop()

        await eventually(lambda: not page.now._begin_pause.isVisible())


async def test_the_first_day_is_worked_off_by_what_really_happens(
    qloop: Loop, new: Live, shown: Shown
) -> None:
    async with new.running() as desk:
        page = shown(_page(new))
        assert [step.is_done for step in page.first_day.steps] == [False] * 4
        assert not page.providers.isVisible()

        provider = {
            "name": "own",
            "api_base_url": "http://127.0.0.1:9/v1/chat/completions",
            "api_key": "sk-x",
            "models": ["m"],
        }
        added = {"Providers": [provider], "Router": {"default": "own,m"}}
        await desk.bridge.edit(lambda _: added, "Added own")
        await eventually(
            lambda: [step.is_done for step in page.first_day.steps] == [True, False, True, False]
        )

        desk.launching.opened.emit(None)
        assert page.first_day.steps[3].is_done
        page.first_day.findChild(QPushButton, "hide-first-steps").click()
        assert not page.first_day.isVisible()
        page.first_day.assistant_wanted.emit()
        assert new.wanted == ["wizard"]


async def test_settings_without_a_provider_work_nothing_off(
    qloop: Loop, new: Live, shown: Shown
) -> None:
    async with new.running() as desk:
        page = shown(_page(new))

        await desk.bridge.edit(lambda raw: {**raw, "Failover": {"tries": 3}}, "Tries: 3")
        await eventually(lambda: desk.bridge.config.failover.tries == 3)

        assert desk.bridge.config.source is not None
        assert desk.bridge.overview.is_demo
        assert [step.is_done for step in page.first_day.steps] == [False] * 4
        assert not page.providers.isVisible()


async def test_a_test_that_was_passed_stays_passed(qloop: Loop, live: Live, shown: Shown) -> None:
    async with live.running() as desk:
        page = shown(_page(live))
        assert not page.first_day.steps[1].is_done
        await live.ask()
        await eventually(lambda: page.first_day.steps[1].is_done)

        desk.bridge.health.forget("first")

        page.shown.emit()
        assert page.first_day.steps[1].is_done


async def test_a_hidden_home_draws_nothing_and_catches_up(
    qloop: Loop, live: Live, shown: Shown
) -> None:
    async with live.running() as desk:
        page = _page(live)
        told: list[int] = []
        desk.bridge.activity_changed.connect(lambda: told.append(1))
        await live.ask()
        await eventually(lambda: told)
        await eventually(lambda: not desk.bridge._draw.isActive())
        assert page.now.facts.value("Last request") == ""

        shown(page)
        assert page.now.facts.value("Last request").startswith("big")


class Keeper(QObject):
    """Keeps notices as the app's own keeper does."""

    changed = Signal()
    muting_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.notices = Notices()

    def kept(self) -> tuple[Kept, ...]:
        return self.notices.kept()

    def ignore_for_a_week(self, key: str) -> None:
        self.notices.ignore(key, 7 * 86400.0)
        self.changed.emit()

    @property
    def muted_until_s(self) -> float | None:
        return self.notices.muted_until_s

    def mute(self) -> None:
        self.notices.mute()
        self.muting_changed.emit()

    def unmute(self) -> None:
        self.notices.unmute()
        self.muting_changed.emit()


@dataclass(slots=True)
class WithNotices:
    """A desk that has such a keeper."""

    desk: Desk
    attention: Keeper = field(default_factory=Keeper)
    concerns: Concerns = field(init=False)

    def __post_init__(self) -> None:
        self.concerns = Concerns(self.desk.bridge, self.attention, self.desk.memory)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.desk, name)


async def test_notices_are_listed_where_somebody_keeps_them(
    qloop: Loop, live: Live, shown: Shown
) -> None:
    async with live.running() as desk:
        page = HomePage()
        wider = WithNotices(desk)
        HomePresenter(page, cast("Desk", wider))
        shown(page)

        wider.attention.notices.note(on_backup())
        wider.attention.changed.emit()
        await eventually(page.attention.isVisible)
        page.attention.ignored.emit(page.attention.lines[0].key)

        await eventually(lambda: not page.attention.isVisible())
        assert wider.attention.kept() == ()


async def test_home_says_that_notices_are_muted_and_ends_it(
    qloop: Loop, live: Live, shown: Shown
) -> None:
    async with live.running() as desk:
        wider = WithNotices(desk)
        page = HomePage()
        HomePresenter(page, cast("Desk", wider))
        shown(page)

        wider.attention.mute()
        await eventually(page.attention.isVisible)
        (line,) = page.attention.lines
        assert line.title.startswith("Notices are muted until ")
        page.attention.wanted.emit(line.remedies[0])

        await eventually(lambda: not page.attention.isVisible())
        assert wider.attention.muted_until_s is None


async def test_providers_without_which_nothing_answers_are_switched_on_from_home(
    qloop: Loop, live: Live, shown: Shown
) -> None:
    async with live.running() as desk:
        page = shown(_page(live))
        change = desk.bridge.editor.change

        await change(lambda raw: with_paused(raw, "second", paused=True), "")
        assert not page.attention.isVisible()
        await change(lambda raw: with_paused(raw, "first", paused=True), "")
        await eventually(page.attention.isVisible)
        assert desk.bridge.overview.attention == 1
        page.attention.wanted.emit(page.attention.lines[0].remedies[0])

        await eventually(lambda: not page.attention.isVisible())
        assert not desk.bridge.config.providers["first"].paused
        assert desk.bridge.overview.attention == 0


async def test_a_taken_port_is_left_for_another_one(qloop: Loop, live: Live, shown: Shown) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        path = live.desk.bridge.store.path
        live.desk.secrets.close()
        desk = make_desk(ConfigStore(path))
        taken = Live(desk)
        await desk.bridge.editor.change(lambda raw: {**raw, "PORT": port}, "")
        async with taken.running():
            page = shown(_page(taken))
            await eventually(page.attention.isVisible)
            (line,) = page.attention.lines
            assert desk.bridge.supervisor.state.phase is Phase.FAILED
            assert [remedy.does for remedy in line.remedies] == ["other-port", "start"]

            page.attention.wanted.emit(line.remedies[0])

            await eventually(lambda: desk.bridge.supervisor.state.phase is Phase.RUNNING)
            assert desk.bridge.config.port > port
            assert desk.bridge.overview.service.url.endswith(f":{desk.bridge.config.port}")
            await eventually(lambda: not page.attention.isVisible())


async def test_a_launch_that_fails_is_told(qloop: Loop, live: Live, shown: Shown) -> None:
    async with live.running() as desk:
        page = shown(_page(live))
        problems: list[Any] = []
        desk.bridge.failed.connect(problems.append)

        page.recent.launch_wanted.emit("/nowhere/at/all", "continue")

        await eventually(lambda: problems)
        await asyncio.sleep(0)
        assert problems[0].title
