"""Which way of showing notices is taken."""

import asyncio

import pytest

from ccr_desktop.desktop.notice import Do, Kind, Notice
from ccr_desktop.desktop.system.notifier import (
    Answer,
    Chosen,
    FirstThatWorks,
    Listener,
    NotShown,
    notifier_for_system,
)
from ccr_desktop.desktop.system.notifier_tray import TrayNotifier

NOTICE = Notice(kind=Kind.KEY_PROBLEM, title="Router: kimi does not accept your key", body="…")
OTHER = Notice(kind=Kind.MOVED_TO_BACKUP, title="Router: using a backup model", body="…")


class Way:
    """Works while it is told to."""

    def __init__(self, *, works: bool) -> None:
        self.listener: Listener = lambda answer: None
        self.works = works
        self.shown: list[Notice] = []
        self.closed: list[int] = []

    async def show(self, notice: Notice) -> int:
        if not self.works:
            raise NotShown("off")
        self.shown.append(notice)
        return len(self.shown) * 10

    async def close(self, number: int) -> None:
        self.closed.append(number)

    async def run(self) -> None:
        await asyncio.Event().wait()


async def test_the_first_way_that_works_is_taken() -> None:
    first, second = Way(works=False), Way(works=True)
    notifier = FirstThatWorks([first, second], pytest.fail)

    number = await notifier.show(NOTICE)
    await notifier.close(number)
    await notifier.close(number)

    assert second.shown == [NOTICE]
    assert second.closed == [10]
    assert not notifier.is_blocked


async def test_that_nothing_works_is_told_once_until_something_does() -> None:
    told: list[str] = []
    way = Way(works=False)
    notifier = FirstThatWorks([way], lambda: told.append("blocked"))

    assert [await notifier.show(NOTICE) for _ in range(3)] == [0, 0, 0]
    assert told == ["blocked"]
    assert notifier.is_blocked

    way.works = True
    assert await notifier.show(NOTICE)
    way.works = False
    assert not await notifier.show(NOTICE)
    assert told == ["blocked", "blocked"]


async def test_a_click_on_the_icons_message_is_one_on_the_newest_notice() -> None:
    answers: list[Answer] = []
    shown: list[Notice] = []
    tray = TrayNotifier(lambda notice: not shown.append(notice))
    notifier = FirstThatWorks([tray], pytest.fail)
    notifier.listener = answers.append
    tray.clicked()

    await notifier.show(NOTICE)
    await notifier.show(OTHER)
    tray.clicked()

    assert shown == [NOTICE, OTHER]
    assert answers == [Chosen(OTHER, Do.OPEN)]


@pytest.mark.parametrize("system", ["win32", "darwin"])
async def test_elsewhere_the_icon_shows_them(system: str) -> None:
    told: list[Notice] = []

    tray = TrayNotifier(lambda notice: not told.append(notice))
    notifier = notifier_for_system(tray, pytest.fail, system=system)

    assert await notifier.show(NOTICE)
    assert told == [NOTICE]


async def test_without_tray_and_bus_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    told: list[str] = []
    tray = TrayNotifier(lambda notice: False)
    notifier = notifier_for_system(tray, lambda: told.append("blocked"), system="linux")
    running = asyncio.ensure_future(notifier.run())

    assert await notifier.show(NOTICE) == 0
    assert told == ["blocked"]

    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
